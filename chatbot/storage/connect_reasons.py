"""Why PostgreSQL lets nobody in, in words that say what to do.

No code says it: libpq gives none before a connection stands. What it wrote is looked at and never shown, for it can
hold what it was given. Of a server that writes in another language no more is said than that it refused.
"""

from __future__ import annotations

import re

from chatbot.errors import InputError, StorageError, UnreachableError

_OPTION = "an option behind the '?' of the address is not one that PostgreSQL takes; mend it or leave it out"
_CERTIFICATE = "mend sslmode and sslrootcert in the address, or the certificate of the server"
# What stands in the message, what to say, and what that is: a slip in the address, something that lasts, or not.
_REASONS: tuple[tuple[str, str, type[InputError | StorageError]], ...] = (
    (
        r"failed to resolve host|could not translate host name|nodename nor servname|Name or service not known",
        "no computer of that name is known; look at the host in the address, and at the network",
        UnreachableError,
    ),
    (
        r"password authentication failed|empty password returned",
        "the password is wrong, or there is no such login; look at the login in the address and at ~/.pgpass",
        StorageError,
    ),
    (
        r"no password supplied",
        "a password is needed; write it into ~/.pgpass, which only its owner may read",
        StorageError,
    ),
    (r'role ".*" does not exist', "there is no such role; an administrator makes it with CREATE ROLE", StorageError),
    (r"not permitted to log in", "this role may not log in; an administrator allows it with LOGIN", StorageError),
    (
        r'database ".*" does not exist',
        "there is no such database; an administrator makes it with createdb",
        StorageError,
    ),
    (
        r"permission denied for database",
        "this account may not use the database; an administrator allows it with GRANT CONNECT",
        StorageError,
    ),
    (
        r"no pg_hba\.conf entry|pg_hba\.conf rejects|authentication failed for user",
        "the server lets this login in from nowhere here; an administrator adds it to pg_hba.conf",
        StorageError,
    ),
    (
        r"too many connections|too many clients|connection slots are reserved",
        "the database has too many connections; close other programs, or an administrator allows more",
        UnreachableError,
    ),
    (r"is starting up|in recovery mode|not yet accepting", "the database is starting; wait a moment", UnreachableError),
    (r"is shutting down|terminating connection", "the database is being shut down", UnreachableError),
    (r"does not support SSL", "the server does not speak TLS, and the address asks for it", StorageError),
    (
        r"certificate|SSL error|private key",
        f"the certificate of the server or of this login is not accepted; {_CERTIFICATE}",
        StorageError,
    ),
    (
        r"invalid .*(?:value|option|parameter|port)|definition of service|unrecognized configuration|could not match",
        _OPTION,
        InputError,
    ),
    (
        r"not in hot standby|read-only|not read-only|session is not",
        "the server is not of the kind that the address asks for",
        UnreachableError,
    ),
    (
        r"Connection refused|No such file or directory",
        "the database cannot be reached: nothing answers at that host and port; look at both, and whether it runs",
        UnreachableError,
    ),
    (
        r"timeout expired|timed out",
        "the database cannot be reached: that host does not answer in time; look at the host, and at the network",
        UnreachableError,
    ),
    (
        r"No route to host|Network is unreachable",
        "the database cannot be reached: there is no way to that host from here; look at the network",
        UnreachableError,
    ),
    (
        r"closed the connection unexpectedly|Connection reset|invalid response|unexpected response",
        "what answers at that host and port is no PostgreSQL, or it broke off; look at the port",
        UnreachableError,
    ),
    (r"FATAL", "the database lets nobody in who asks so; its own log says why", UnreachableError),
)  # fmt: skip


def refusal(message: str) -> InputError | StorageError:
    """The reason for which there is no connection."""
    # Names that people gave must not be taken for reasons.
    plain = re.sub(r"connection to server (?:at|on socket) .*? failed: ", "", message)
    for pattern, words, kind in _REASONS:
        if re.search(pattern, plain, re.IGNORECASE):
            return kind(words)
    return UnreachableError("the database cannot be reached")
