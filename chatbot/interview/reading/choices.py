"""Typed words matched to the options of a question, to yes and no, and to "not sure".

A word that denies or doubts never comes out as its opposite: what is not plainly one option is asked again.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio

from chatbot.interview.reading.language import Language, Phrases
from chatbot.interview.reading.list_parts import listed, pieces
from chatbot.interview.reading.phrases import either
from chatbot.interview.reading.sanitise import fold

_LONGEST_ANSWER = 200
_CLOSE = 80
_MARGIN = 10


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a question: its label first, then the forms in which people type it."""

    id: str
    texts: tuple[str, ...]


class _Known(NamedTuple):
    """The words of a language in the form in which typed ones are compared with them."""

    spellings: tuple[tuple[re.Pattern[str], str], ...]
    label: re.Pattern[str]
    said_after_no: re.Pattern[str]


class _Said(NamedTuple):
    """The replies of a language in plain words."""

    yes: frozenset[str]
    no: frozenset[str]
    not_sure: frozenset[str]
    perhaps: frozenset[str]
    none_of_these: frozenset[str]
    prefer_not: frozenset[str]
    doubts: frozenset[str]


@lru_cache(maxsize=64)
def _known(language: Language) -> _Known:
    replies = language.replies
    return _Known(
        spellings=tuple((re.compile(pattern), written_out) for pattern, written_out in replies.spellings),
        label=re.compile(rf"(?:{either(replies.label_words)} ?|#)?\(?(\d{{1,2}}|[a-z])[).:]?", re.ASCII),
        said_after_no=re.compile(replies.said_after_no or "(?!)"),
    )


@lru_cache(maxsize=64)
def _said(language: Language) -> _Said:
    replies = language.replies

    def plain(phrases: Phrases) -> frozenset[str]:
        return frozenset(in_plain_words(phrase, language) for phrase in phrases)

    return _Said(
        yes=plain(replies.yes),
        no=plain(replies.no),
        not_sure=plain(replies.not_sure),
        perhaps=plain(replies.perhaps),
        none_of_these=plain(replies.none_of_these),
        prefer_not=plain(replies.prefer_not),
        doubts=plain(replies.doubts),
    )


def in_plain_words(text: str, language: Language) -> str:
    """The text folded, contractions and signs spelled out, punctuation gone, so that spellings of one phrase meet."""
    folded = fold(text)
    for pattern, written_out in _known(language).spellings:
        folded = pattern.sub(written_out, folded)
    return " ".join(re.sub(r"[^\w\ufffd]|_", " ", folded.replace("'", "")).split())


def read_choice(text: str, choices: Sequence[Choice], language: Language) -> str | None:
    """The id of the one option that the words name, by text, number, letter or close spelling; else None."""
    typed = in_plain_words(text, language)
    if not typed or len(typed) > _LONGEST_ANSWER or "?" in fold(text):
        return None
    exact = {choice.id for choice in choices if typed in _texts(choice, language)}
    if not exact and _is_doubtful(typed, language):
        return None
    dropped = language.replies.fillers
    if any(language.replies.left in _texts(choice, language) for choice in choices):
        dropped |= language.replies.sides
    bare = _without(dropped, typed, language)
    if not exact and bare:
        exact = {
            choice.id
            for choice in choices
            if any(bare == _without(dropped, text, language) for text in _texts(choice, language))
        }
    if exact:
        return exact.pop() if len(exact) == 1 else None
    return _labelled(fold(text), choices, language) or _closest(typed, choices, language)


def read_choices(text: str, choices: Sequence[Choice], language: Language) -> frozenset[str] | None:
    """The ids of all options that the words list; None when any part of the list is not plainly one."""
    whole = read_choice(text, choices, language)
    if whole is not None:
        return frozenset([whole])
    chosen: set[str] = set()
    for part in listed(text):
        ids = _named_in(part, choices, language)
        if not ids:
            return None
        chosen |= ids
    return frozenset(chosen)


def read_yes_no(text: str, language: Language) -> Literal["yes", "no", "unknown"] | None:
    """Yes, no or unknown where the words say just that; None where they hedge, add or ask something."""
    if "?" in fold(text):
        return None
    typed = _unstretched(in_plain_words(text, language))
    said = _said(language)
    if typed in said.yes:
        return "yes"
    if typed in said.no:
        return "no"
    return "unknown" if typed in said.not_sure | said.perhaps else None


def is_not_sure(text: str, language: Language) -> bool:
    """True when the words say no more than that the person does not know."""
    return in_plain_words(text, language) in _said(language).not_sure


def is_none_of_these(text: str, language: Language) -> bool:
    """True when the words deny everything in a list."""
    return "?" not in fold(text) and _unstretched(in_plain_words(text, language)) in _said(language).none_of_these


def is_prefer_not(text: str, language: Language) -> bool:
    """True when the words decline to answer."""
    return in_plain_words(text, language) in _said(language).prefer_not


@lru_cache(maxsize=4096)
def _texts(choice: Choice, language: Language) -> tuple[str, ...]:
    return tuple(in_plain_words(text, language) for text in choice.texts)


def _without(fillers: frozenset[str], plain: str, language: Language) -> str:
    if _known(language).said_after_no.match(plain):
        return plain
    kept = [word for word in plain.split() if word not in fillers]
    replies = language.replies
    ends_in_one = len(kept) > 1 and kept[-1] == replies.one and kept[-2] not in replies.negations
    return " ".join(kept[:-1] if ends_in_one else kept)


def _is_doubtful(plain: str, language: Language) -> bool:
    return any(f" {doubt} " in f" {plain} " for doubt in _said(language).doubts)


def _negations(plain: str, language: Language) -> list[str]:
    return sorted(word for word in plain.split() if word in language.replies.negations)


def label_in(words: str, language: Language) -> str:
    """The figure or letter that would pick an option by its place: 4 in "4", "#4", "(4)", "option 4"; else empty."""
    match = _known(language).label.fullmatch(fold(words))
    return match[1] if match else ""


def _labelled(folded: str, choices: Sequence[Choice], language: Language) -> str | None:
    """The option picked by its place, unless all are amounts and the figure stands in another one.

    Of "0 to 6 days", "1 to 5 weeks", "6 weeks or more", a 1 may be meant for the second.
    """
    label = label_in(folded, language)
    if not label or label in language.replies.not_labels:
        return None
    place = int(label) - 1 if label.isdigit() else ord(label) - ord("a")
    if not 0 <= place < len(choices):
        return None
    labels = [_texts(choice, language)[0].split() for choice in choices]
    of_amounts = all(any(word.isdigit() for word in words) for words in labels)
    if of_amounts and label not in labels[place] and any(label in words for words in labels):
        return None
    return choices[place].id


def _closest(typed: str, choices: Iterable[Choice], language: Language) -> str | None:
    near = {
        choice.id: max(
            (ratio(typed, text) for text in _texts(choice, language) if _may_be_misspelt(typed, text, language)),
            default=0,
        )
        for choice in choices
    }
    best = max(near, key=lambda name: near[name], default="")
    others = (text for choice in choices if choice.id != best for text in _texts(choice, language))
    runner_up = max((ratio(typed, text) for text in others), default=0)
    return best if near.get(best, 0) >= max(_CLOSE, runner_up + _MARGIN) else None


def _may_be_misspelt(typed: str, text: str, language: Language) -> bool:
    """True when the words differ by slips of the finger alone.

    Word for word, at most one slip in each and two in all, never in the first letter, a short word, a figure
    or a denial: so `steady` is not `unsteady`, `now numb` not `not numb`, `normal` not `abnormal`.
    """
    if len(typed.split()) != len(text.split()) or _negations(typed, language) != _negations(text, language):
        return False
    pairs = list(zip(typed.split(), text.split(), strict=True))
    slips = [OSA.distance(one, other) for one, other in pairs]
    return all(map(_is_one_word, pairs)) and max(slips, default=2) <= 1 and sum(slips) <= 2


def _is_one_word(pair: tuple[str, str]) -> bool:
    one, other = pair
    if one == other:
        return True
    return one[0] == other[0] and min(len(one), len(other)) > 3 and one.isalpha() and other.isalpha()


def _named_in(part: str, choices: Sequence[Choice], language: Language) -> set[str]:
    whole = read_choice(part, choices, language)
    if whole is not None:
        return {whole}
    joined = pieces(part, language)
    if any(re.fullmatch("[a-z]", piece) for piece in joined):  # they are for what has letters before its lines
        return set()
    ids = [read_choice(piece, choices, language) for piece in joined]
    return {named for named in ids if named} if all(ids) else set()


def _unstretched(plain: str) -> str:
    """The words without drawn-out letters and repeats: `nooo`, `yes yes`."""
    short = re.sub(r"(.)\1{2,}", r"\1", plain)
    distinct = set(short.split())
    return distinct.pop() if len(distinct) == 1 else short
