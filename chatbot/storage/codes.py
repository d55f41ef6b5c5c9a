"""Codes to come back with: sixteen characters that sound and look unlike each other, and one that finds slips."""

from __future__ import annotations

import re
from hashlib import sha256

from chatbot.errors import InputError

# No 0, 1, I, O; of the letters whose names rhyme (B C D E G P T V Z, A H J K, F S X, M N) at most one.
ALPHABET = "23456789HLMQRWXY"
BITS = 44
_GROUP, _LENGTH = 4, 12
_BETWEEN = re.compile(r"[\s\-\u2010-\u2015.,_]+")


def code_of(number: int) -> str:
    """The code for a number of 44 bits, as it is shown: three groups of four characters."""
    digits = [number >> shift & 15 for shift in range(BITS - 4, -1, -4)]
    text = "".join(ALPHABET[digit] for digit in (*digits, _check(digits)))
    return "-".join(text[at : at + _GROUP] for at in range(0, _LENGTH, _GROUP))


def read_code(typed: str) -> str:
    """The code that was typed, as it is shown; InputError says what is wrong with it before it is looked up."""
    text = _BETWEEN.sub("", typed).upper()
    for character in text:
        if character not in ALPHABET:
            raise InputError(f"a code has no '{character[:1]}'; it is made of {' '.join(ALPHABET)}")
    if len(text) != _LENGTH:
        raise InputError(f"a code has {_LENGTH} characters; this one has {len(text)}")
    digits = [ALPHABET.index(character) for character in text]
    if _check(digits[:-1]) != digits[-1]:
        raise InputError("this code has a slip in it; compare it with what you wrote down")
    return "-".join(text[at : at + _GROUP] for at in range(0, _LENGTH, _GROUP))


def secret_of(code: str) -> str:
    """The part of a code that is kept: nobody who reads the records can come back as the person."""
    return sha256(f"triage code 1\0{code}".encode()).hexdigest()


def _check(digits: list[int]) -> int:
    """One more digit: every single slip, and every two neighbours in the wrong order, gives another one.

    Damm's scheme over the field of sixteen elements: double, and add.
    """
    digit_so_far = 0
    for digit in digits:
        digit_so_far = _double(digit_so_far ^ digit)
    return digit_so_far


def _double(element: int) -> int:
    return (element << 1 ^ (0b10011 if element & 8 else 0)) & 15
