"""Where one thing said ends and the next begins: sentences by their stops, clauses also where somebody begins anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from chatbot.interview.hearing.typed_words import HARD_STOPS, SOFT_STOPS

_SUBJECTS = frozenset(
    ("i", "it", "he", "she", "they", "we", "you", "there", "that", "this", "my", "his", "her", "their")
)
_JOINTS = frozenset(("and", "so", "then", "or", "plus", "also", "because", "since", "as"))
# Behind these a verb follows, whichever it is.
_ACTING = frozenset(("i", "he", "she", "we", "they"))
# A clause of fewer words belongs to the one before it.
_SHORTEST = 3
# How far behind "my" the verb of a clause may stand.
_VERB_WITHIN = 5


class Clause(NamedTuple):
    """A run of words; `first` and `last` are places, the last not included."""

    first: int
    last: int
    sentence: int


def clauses_of(words: Sequence[str], marks: Mapping[str, frozenset[int]]) -> tuple[Clause, ...]:
    """The clauses of words, whose `marks` tell where "but" and verbs stand."""
    starts = [0]
    sentences = [0]
    for place, word in enumerate(words):
        if place == starts[-1]:
            continue
        before = words[place - 1]
        if before in HARD_STOPS:
            starts.append(place)
            sentences.append(sentences[-1] + 1)
        elif (
            place in marks["but"]
            or _begins_anew(words, place, starts[-1], marks["verb"])
            or (before == "," and word in _JOINTS and _begins_anew(words, place + 1, starts[-1], marks["verb"]))
        ):
            starts.append(place)
            sentences.append(sentences[-1])
    ends = [*starts[1:], len(words)]
    return tuple(map(Clause, starts, ends, sentences))


def _begins_anew(words: Sequence[str], place: int, start: int, verbs: frozenset[int]) -> bool:
    """True where a subject with its verb follows a comma, a joint, or enough words of something else."""
    if place >= len(words) or words[place] not in _SUBJECTS or place == 0:
        return False
    within = range(place + 1, min(place + _VERB_WITHIN, len(words)))
    if words[place] not in _ACTING and not any(behind in verbs for behind in within):
        return False
    before = words[place - 1]
    if before in SOFT_STOPS:
        return place - start >= 2
    if before in _JOINTS:
        return place - start > _SHORTEST
    # "when i wipe" and "the way it feels" go on; "back went on tuesday i cant wee" does not.
    return before not in _LEADING and words[place] in ("i", "it", "he", "she", "they") and place - start > 5


_LEADING = frozenset(
    [
        "when",
        "me",
        "that",
        "if",
        "while",
        "where",
        "whenever",
        "after",
        "before",
        "until",
        "till",
        "like",
        "that",
        "what",
        "how",
        "as",
        "than",
        "because",
        "since",
        "whether",
        "think",
        "know",
        "feel",
        "feels",
        "says",
        "said",
        "say",
        "hope",
        "wish",
        "and",
        "or",
        "not",
        "do",
        "did",
        "can",
        "could",
        "would",
        "is",
        "was",
        "am",
        "are",
        "have",
        "has",
        "had",
        "suppose",
        "guess",
        "reckon",
        "the",
        "a",
        "my",
        "so",
        "time",
        "day",
        "moment",
        "everything",
        "anything",
        "nothing",
        "all",
        "way",
        "thing",
        "believe",
        "sure",
        "tell",
        "told",
        "soon",
        "once",
    ]
)
