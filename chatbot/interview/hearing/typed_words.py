"""Typed text as words: spellings of one thing made to meet, forms of one word brought to its stem."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz.distance import OSA

from chatbot.interview.hearing.english_words import DETERMINERS, IRREGULAR, SHORT_E, SPELLINGS, WHOLE
from chatbot.interview.reading.sanitise import clean, fold

MOST_WORDS = 220
HARD_STOPS = frozenset(".!?;")
SOFT_STOPS = frozenset(",:()-/")
STOPS = HARD_STOPS | SOFT_STOPS
_SPELLINGS = tuple((re.compile(pattern), written_out) for pattern, written_out in SPELLINGS)
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|[.!?;,:()\-/]")
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_UNDOUBLED = re.compile(r"(.)\1")


def words_of(text: str) -> tuple[str, ...]:
    """The words, figures and stops of a text, contractions and short forms written out; at most `MOST_WORDS`."""
    said = fold(" . ".join(clean(line) for line in text.splitlines() if line.strip()))
    for pattern, written_out in _SPELLINGS:
        said = pattern.sub(written_out, said)
    said = _STRETCHED.sub(r"\1\1", said.replace("'", ""))
    return tuple(_WORD.findall(said)[:MOST_WORDS])


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The stem that the forms of a word share: "tingling", "tingles" and "tingly" are one."""
    word = IRREGULAR.get(word, word)
    if len(word) < 4 or word in WHOLE or not word.isalpha():
        return word
    word = _without_plural(word)
    if word.endswith("eed") and len(word) <= 5:  # peed, weed
        word = word[:-1]
    for ending in ("ness", "ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and re.search("[aeiouy]", word[: -len(ending)]):
            word = word[: -len(ending)]
            if word[-1] == word[-2] and word[-1] not in "lsze":
                word = word[:-1]
            break
    if word.endswith("y") and len(word) > 4:
        word = word[:-1]
        word = word[:-1] if word[-1] == word[-2] and word[-1] not in "lsz" else word
    elif word.endswith("i") and len(word) > 3:
        word = word[:-1]
    return word[:-1] if word.endswith("e") and word[-2] != "e" and (len(word) > 4 or word in SHORT_E) else word


def _without_plural(word: str) -> str:
    if word.endswith(("ies", "ied")) and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


@dataclass(frozen=True, slots=True)
class Speller:
    """What slips of the finger may have meant: words of the lexicon, never of `denying`, where `ordinary` has none.

    `known` are words as they are written.
    """

    known: frozenset[str]
    ordinary: frozenset[str]
    denying: frozenset[str]
    _near: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False, compare=False)
    _meant: dict[str, str] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, known: Iterable[str], ordinary: Iterable[str], denying: Collection[str]) -> Speller:
        """A speller with its words by first letter."""
        speller = cls(frozenset(known), frozenset(ordinary), frozenset(denying))
        by_letter: dict[str, list[str]] = {}
        for word in sorted(speller.known - speller.denying):
            if len(word) > 3 and word.isalpha():
                by_letter.setdefault(word[0], []).append(word)
        speller._near.update({letter: tuple(words) for letter, words in by_letter.items()})
        return speller

    def meant(self, word: str) -> str:
        """The word of the lexicon that was meant, where one alone is near enough; else the word itself."""
        if word not in self._meant:
            if len(self._meant) > 20_000:
                self._meant.clear()
            self._meant[word] = self._respelt(word)
        return self._meant[word]

    def _respelt(self, word: str) -> str:
        if word in self.known or word in self.ordinary or stem(word) in self.known:
            return word
        single = _UNDOUBLED.sub(r"\1", word)
        if len(word) < 4 or not word.isascii() or not word.isalpha():
            return single if single in self.known and single != word else word
        slips = 1 if len(word) < 8 else 2
        near: dict[int, list[str]] = {}
        for other in self._near.get(word[0], ()):
            if abs(len(other) - len(word)) > slips:
                continue
            far = 0 if _UNDOUBLED.sub(r"\1", other) == single else OSA.distance(word, other, score_cutoff=slips)
            if far <= slips and (min(len(word), len(other)) > 4 or far == 0 or sorted(word) == sorted(other)):
                near.setdefault(far, []).append(other)
        best = near[min(near)] if near else []
        meanings = {stem(other) for other in best}
        return min(best, key=lambda other: (len(other), other)) if len(meanings) == 1 else word


def bare(words: Iterable[str]) -> tuple[str, ...]:
    """Words as phrases are compared by: stems, without stops and determiners."""
    return tuple(stem(word) for word in words if word not in STOPS and word not in DETERMINERS)
