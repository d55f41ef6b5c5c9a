"""What the readers of answers know of one language: its words, and nothing of how they are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal

from chatbot.case import Mode
from chatbot.interview.reading.sanitise import fold

Phrases = tuple[str, ...]
# What a phrase before or after a value says about it, as marks parted by spaces; an empty text says nothing.
Marks = Mapping[str, str]
# What is said of no question: that all answers are right, that there is nothing more to ask, or for the references.
Remark = Literal["confirmed", "done", "references"]
Unit = Literal["year", "month", "fortnight", "week", "day", "hour", "minute"]


def _fold(words: Any) -> Any:  # whatever holds words: one, several, or words by words
    if isinstance(words, str):
        return fold(words)
    if isinstance(words, Mapping):
        return {_fold(key): _fold(value) for key, value in words.items()}
    return type(words)(map(_fold, words)) if isinstance(words, (tuple, frozenset)) else words


@dataclass(frozen=True, slots=True)
class _Folded:
    """Words that are compared with folded ones, and so are folded themselves, but for patterns and signs."""

    def __post_init__(self) -> None:
        """Fold all words, so that "weiß" is met by "weiss"."""
        for name in (field.name for field in fields(self)):
            if name not in ("spellings", "said_after_no", "signs"):
                object.__setattr__(self, name, _fold(getattr(self, name)))


@dataclass(frozen=True, slots=True)
class Replies(_Folded):
    """The words of replies and choices.

    `spellings` are patterns and what they are written out as; `negations`, `doubts` and `fillers` are words that make
    a phrase a denial, a guess, or nothing else. `sides` are passed over where an option is named `left`. `one` may
    follow what it stands for. `none` are words that deny a whole list, also where one line is at hand. `endings` reply
    to one line of a list; `unsure` with `rest` is said of what is left.
    """

    spellings: tuple[tuple[str, str], ...]
    yes: Phrases
    no: Phrases
    not_sure: Phrases
    perhaps: Phrases
    none_of_these: Phrases
    prefer_not: Phrases
    doubts: Phrases
    negations: frozenset[str]
    fillers: frozenset[str]
    left: str
    sides: frozenset[str]
    one: str
    said_after_no: str
    joints: Phrases
    both: str
    none: Phrases
    endings: tuple[tuple[str, Literal["yes", "no", "unknown"]], ...]
    unsure: Phrases
    rest: Phrases
    label_words: Phrases
    line_words: Phrases
    change_words: Phrases
    not_labels: frozenset[str]


@dataclass(frozen=True, slots=True)
class Numbers(_Folded):
    """The words of numbers: `spelled` are whole numbers, `tens` may be followed by one below ten."""

    spelled: Mapping[str, int]
    tens: Mapping[str, int]
    hundred: frozenset[str]
    before_hundred: frozenset[str]
    articles: frozenset[str]
    also: frozenset[str]
    joints: frozenset[str]
    between: str
    between_and: frozenset[str]
    leads: Phrases
    soft_leads: Phrases
    soft_tails: Phrases
    tails: Phrases
    out_of_ten: Phrases
    units: Mapping[str, Phrases]
    signs: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Lengths(_Folded):
    """The words of lengths of time.

    The marks that phrases carry are `since`, `about`, `over`, `slightly`, `under`, `nearly`, `equal`, `upto`,
    `recent` and `last`. `few` are quantities that are no numbers, at least and at most. `within_for` and
    `within_since` begin a length inside a longer sentence; only the second is read with it.
    """

    units: Mapping[Unit, Phrases]
    shorthand: Mapping[str, Unit]
    few: Mapping[str, tuple[str, str]]
    and_a_half: frozenset[Phrases]
    or_words: frozenset[str]
    whole: frozenset[str]
    alone: frozenset[str]
    leads: Marks
    tails: Marks
    bound_leads: Marks
    bound_tails: Marks
    suffixes: frozenset[str]
    within_for: Phrases
    within_since: Phrases


@dataclass(frozen=True, slots=True)
class Dates(_Folded):
    """The words of days, months and years: `need_anchor` are ordinary words as well."""

    spoken: Mapping[str, tuple[int, int]]
    times_of_day: frozenset[str]
    night: frozenset[str]
    weekdays: Mapping[str, int]
    months: Mapping[str, int]
    need_anchor: frozenset[str]
    holidays: Mapping[str, tuple[int, int]]
    parts: Mapping[str, int]
    anchors: frozenset[str]
    earlier: frozenset[str]
    this: frozenset[str]
    last: frozenset[str]
    week: frozenset[str]
    month: frozenset[str]
    year: frozenset[str]
    last_week: frozenset[Phrases]
    weekend: frozenset[str]
    dropped: frozenset[str]
    of: frozenset[str]
    ordinals: frozenset[str]


@dataclass(frozen=True, slots=True)
class SaidBack:
    """The words in which a length of time is said back; `form` gives the place of a unit's form for a number."""

    units: Mapping[Unit, Phrases]
    form: Callable[[int], int]
    so_many: str
    between: str
    about: str
    at_least: str
    less_than: str
    up_to: str
    under_a_day: str
    under_a_week: str
    any_length: str


@dataclass(frozen=True, eq=False, slots=True)
class Language:
    """One language as it is read: compared by identity, so that what is made of it can be kept.

    `people` are the words for who answers, besides those that are shown.
    """

    code: str
    replies: Replies
    numbers: Numbers
    lengths: Lengths
    dates: Dates
    said: SaidBack
    commands: Mapping[str, Phrases]
    remarks: Mapping[Remark, Phrases]
    people: Mapping[Mode, Phrases]


def listed(phrases: str) -> Phrases:
    """The phrases of a list that is parted by commas."""
    return tuple(" ".join(phrase.split()) for phrase in phrases.split(",") if phrase.strip())


def marked(**phrases: Phrases) -> Marks:
    """Phrases with the marks they carry; in a mark, `_` parts two, and a lone one says nothing."""
    return {phrase: mark.replace("_", " ").strip() for mark, several in phrases.items() for phrase in several}
