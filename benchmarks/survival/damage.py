"""Ways in which the files of a store get damaged."""

from __future__ import annotations

import random
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

PAGE = 4096


def flip_in_events(file: Path) -> str:
    """Change one byte of an event in the middle of a case, in the file itself; the case it was."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
        query = "SELECT case_id, body FROM events WHERE length(body) > 150 ORDER BY case_id LIMIT 1 OFFSET 3"
        case, body = connection.execute(query).fetchone()
        content = file.read_bytes()
        at = content.index(body) + len(body) // 2
        with file.open("r+b") as writing:
            writing.seek(at)
            writing.write(bytes([content[at] ^ 1]))
    return str(case)


def flipped_bit(path: Path, chance: random.Random) -> None:
    """One bit is another."""
    _flip(path, chance.randrange(path.stat().st_size), chance)


def flipped_in_event(path: Path, chance: random.Random) -> None:
    """One bit of what somebody said is another."""
    content = path.read_bytes()
    places = [found.start() for found in re.finditer(rb'"did":\{', content)]
    if places:
        at = chance.choice(places) + chance.randrange(1, 40)
        _flip(path, min(at, len(content) - 1), chance)


def _flip(path: Path, at: int, chance: random.Random) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        byte = file.read(1)[0]
        file.seek(at)
        file.write(bytes([byte ^ 1 << chance.randrange(8)]))


def cut(path: Path, chance: random.Random) -> None:
    """It ends too early."""
    size = path.stat().st_size
    at = chance.randrange(size)
    with path.open("r+b") as file:
        file.truncate(at - at % chance.choice((1, 1, 512, PAGE)))


def garbage_header(path: Path, chance: random.Random) -> None:
    """It begins with something else."""
    with path.open("r+b") as file:
        file.write(chance.randbytes(chance.choice((16, 32, 100, 512))))


def emptied(path: Path, _: random.Random) -> None:
    """Nothing is in it."""
    path.write_bytes(b"")


def zeroed(path: Path, chance: random.Random) -> None:
    """Some of its pages are empty."""
    pages = max(1, path.stat().st_size // PAGE)
    with path.open("r+b") as file:
        for _ in range(chance.choice((1, 1, 3))):
            file.seek(chance.randrange(pages) * PAGE)
            file.write(bytes(PAGE))


def swapped(path: Path, chance: random.Random) -> None:
    """Two of its pages have changed places."""
    content = bytearray(path.read_bytes())
    pages = len(content) // PAGE
    if pages > 1:
        one, other = (place * PAGE for place in chance.sample(range(pages), 2))
        content[one : one + PAGE], content[other : other + PAGE] = (
            content[other : other + PAGE],
            content[one : one + PAGE],
        )
    path.write_bytes(content)


# How often of a hundred each is done, to the file or to its log.
WAYS: tuple[tuple[int, str, str, Callable[[Path, random.Random], None]], ...] = (
    (22, "a bit of the file", "", flipped_bit),
    (12, "a bit of an event", "", flipped_in_event),
    (14, "a bit of the log", "-wal", flipped_bit),
    (4, "a bit of an event in the log", "-wal", flipped_in_event),
    (10, "the file cut", "", cut),
    (10, "the log cut", "-wal", cut),
    (4, "garbage for a header", "", garbage_header),
    (2, "garbage for the log's header", "-wal", garbage_header),
    (2, "an empty file", "", emptied),
    (2, "an empty log", "-wal", emptied),
    (6, "zeroed pages", "", zeroed),
    (4, "zeroed log", "-wal", zeroed),
    (4, "pages in each other's place", "", swapped),
)
