"""Typed words matched to the options of a question, to yes and no, and to "not sure".

A word that denies or doubts never comes out as its opposite: what is not plainly one option is asked again.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio

from chatbot.interview.clean import fold

_LONGEST_ANSWER = 200
_CLOSE = 80
_MARGIN = 10
# Letters that are more often meant as a word: left, right, yes, no.
_NOT_LABELS = frozenset("lrny")

_SPELLED_OUT = (
    (re.compile(r"(?<!\w)-(?=\d)"), " minus "),
    (re.compile("<"), " less than "),
    (re.compile(">"), " more than "),
    (re.compile(r"\+"), " plus "),
    (re.compile("&"), " and "),
    (re.compile("%"), " percent "),
    (
        re.compile(r"\b(ca|do|wo|is|are|does|did|have|has|had|was|were|could|should|would|must|need|ai)n'?t\b"),
        r"\1 not",
    ),
    (re.compile(r"\bca not\b|\bcannot\b"), "can not"),
    (re.compile(r"\bwo not\b"), "will not"),
    (re.compile(r"\bi'?m\b"), "i am"),
    (re.compile(r"\b(i|we|they|you)'?ve\b"), r"\1 have"),
    (re.compile(r"\b(it|that)'?s\b"), r"\1 is"),
    (re.compile(r"\bi'd\b|^id\b"), "i would"),
)
_NEGATIONS = frozenset(
    {
        "no", "not", "never", "none", "nothing", "nope", "nah", "without", "neither", "nor",
        "nobody", "nowhere", "hardly", "barely", "except", "lack", "lacks", "lacking", "denies",
        "deny", "denied",
    }
)  # fmt: skip
_FILLERS = frozenset(
    {
        "the", "a", "an", "its", "it", "is", "my", "mine", "i", "am", "have", "has", "got",
        "that", "just", "only",
    }
)  # fmt: skip
# Passed over only where the options are left and right: "my leg has gone" is not "it has gone".
_SIDED = frozenset({"side", "sides", "leg", "legs"})
# "No, I have a fever" is not "no fever".
_SAID_AFTER_NO = re.compile(r"(?:no|nope|nah|not|never) (?:i|it|that|my|its)\b")
_LABEL = re.compile(r"(?:(?:option|number|answer|choice) ?|#)?\(?(\d{1,2}|[a-z])[).:]?", re.ASCII)
_LABELS_IN_A_ROW = re.compile(r"\d{1,2}(?: \d{1,2})+", re.ASCII)
_JOINT = re.compile(r"\s+and\s+|\s*[&+]\s*")


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a question: its label first, then the forms in which people type it."""

    id: str
    texts: tuple[str, ...]


def in_plain_words(text: str) -> str:
    """The text folded, contractions and signs spelled out, punctuation gone, so that spellings of one phrase meet."""
    folded = fold(text)
    for pattern, written_out in _SPELLED_OUT:
        folded = pattern.sub(written_out, folded)
    return " ".join(re.sub(r"[^\w\ufffd]|_", " ", folded.replace("'", "")).split())


def _phrases(listed: str) -> frozenset[str]:
    return frozenset(in_plain_words(phrase) for phrase in listed.split(","))


_DOUBTS = _phrases(
    """
    i think, i guess, i suppose, i reckon, i believe, i would say, maybe, perhaps, possibly, probably,
    might, may be, could be, sort of, sorta, kind of, kinda, a bit, not sure, unsure, not certain, or, if,
    seems, mostly, sometimes, supposedly
    """
)
_YES = _phrases(
    """
    y, yes, yeah, yea, yeh, yep, yup, ye, aye, yes please, yes i do, yes i have, yes i am, yes i can,
    yes i did, yes it is, yes it does, yes it has, yes there is, yeah i do, yeah i have, yeah i am,
    yeah it is, yeah it does, yep i do, yep i have, yep it is, i do, i have, i am, it is, it does, it has,
    there is, definitely, yes definitely, definitely yes, absolutely, certainly, of course, yes of course,
    correct, true, affirmative, very much so, yes very much
    """
)
_NO = _phrases(
    """
    n, no, nope, nah, naw, nay, no thanks, no thank you, not at all, no not at all, never, no never, none,
    nothing, negative, false, no i don't, no i haven't, no i'm not, no i can't, no i didn't, no it isn't,
    no it's not, no it doesn't, no it hasn't, no there isn't, nope not at all, i don't, i haven't, i'm not,
    it isn't, it doesn't, it hasn't, there isn't, no none, no nothing, definitely not, no definitely not,
    absolutely not, certainly not, of course not, no way, none at all
    """
)
_NOT_SURE = _phrases(
    """
    not sure, unsure, i'm not sure, i am unsure, i'm unsure, not really sure, i'm not really sure,
    not too sure, not quite sure, i'm not too sure, not certain, i'm not certain, uncertain, not known,
    unknown, unclear, not clear, dunno, i dunno, idk, dk, don't know, i don't know, i do not know,
    i don't really know, don't really know, i really don't know, no idea, i have no idea, i've no idea,
    no clue, i have no clue, haven't a clue, i haven't a clue, haven't got a clue, i haven't got a clue,
    can't tell, i can't tell, can't say, i can't say, can't be sure, i can't be sure, hard to say,
    hard to tell, it's hard to say, it's hard to tell, can't remember, i can't remember, don't remember,
    i don't remember, not sure about this, not sure about that, i'm not sure about this, sorry not sure,
    sorry i don't know, sorry no idea
    """
)
_PERHAPS = _phrases("maybe, perhaps, possibly, might be, it might, it might be, could be, it could be, maybe maybe not")
_NONE_OF_THESE = _phrases(
    """
    n, no, none, nope, nah, nil, nothing, neither, no none, no nothing, none at all, none of these,
    none of them, none of those, none of the above, none of this, none of that, no none of these,
    no none of them, nope none of these, none of these apply, none of these apply to me, none of them apply,
    none apply, none of these thanks, no to all, no to all of these, no to all of them, no to all of those,
    no to everything, no to these, no to them all, no to each, all no, neither of these, neither of them,
    not any, not any of these, not any of them, nothing like that, none like that, i have none,
    i have none of these, i have none of them, i don't have any, i don't have any of these,
    i haven't any of these, i don't have any of them, i haven't got any of these, i haven't got any,
    nothing here, none here
    """
)
_PREFER_NOT = _phrases(
    """
    rather not say, i'd rather not say, i would rather not say, would rather not say, rather not,
    i'd rather not, prefer not to say, i prefer not to say, i'd prefer not to say,
    i would prefer not to say, prefer not, prefer not to, prefer not to answer, i'd prefer not to answer,
    rather not answer, i'd rather not answer, i'd rather not tell you, skip, skip it, skip this,
    skip this one, skip that, pass, i'll pass, private, it's private, that's private, personal,
    it's personal, that's personal, no comment, decline, decline to answer, decline to say,
    i decline to answer, don't want to say, i don't want to say, don't want to answer,
    i don't want to answer, i won't say, not saying, i'm not saying, none of your business,
    mind your own business
    """
)


def read_choice(text: str, choices: Sequence[Choice]) -> str | None:
    """The id of the one option that the words name, by text, number, letter or close spelling; else None."""
    typed = in_plain_words(text)
    if not typed or len(typed) > _LONGEST_ANSWER or "?" in fold(text):
        return None
    exact = {choice.id for choice in choices if typed in _texts(choice)}
    if not exact and _is_doubtful(typed):
        return None
    dropped = _FILLERS | _SIDED if any("left" in _texts(choice) for choice in choices) else _FILLERS
    bare = _without(dropped, typed)
    if not exact and bare:
        exact = {choice.id for choice in choices if bare in (_without(dropped, text) for text in _texts(choice))}
    if exact:
        return exact.pop() if len(exact) == 1 else None
    return _labelled(fold(text), choices) or _closest(typed, choices)


def read_choices(text: str, choices: Sequence[Choice]) -> frozenset[str] | None:
    """The ids of all options that the words list; None when any part of the list is not plainly one."""
    whole = read_choice(text, choices)
    if whole is not None:
        return frozenset([whole])
    folded = fold(text.replace("\n", ","))
    if _LABELS_IN_A_ROW.fullmatch(folded):
        folded = folded.replace(" ", ",")
    found: set[str] = set()
    for part in re.split("[,;]", folded.strip(" ,;")):
        ids = _named_in(re.sub("^ *(?:and|&) ", "", part).strip(), choices)
        if not ids:
            return None
        found |= ids
    return frozenset(found)


def read_yes_no(text: str) -> Literal["yes", "no", "unknown"] | None:
    """Yes, no or unknown where the words say just that; None where they hedge, add or ask something."""
    if "?" in fold(text):
        return None
    typed = _unstretched(in_plain_words(text))
    if typed in _YES:
        return "yes"
    if typed in _NO:
        return "no"
    return "unknown" if typed in _NOT_SURE | _PERHAPS else None


def is_not_sure(text: str) -> bool:
    """Whether the words say no more than that the person does not know."""
    return in_plain_words(text) in _NOT_SURE


def is_none_of_these(text: str) -> bool:
    """Whether the words deny everything in a list."""
    return "?" not in fold(text) and _unstretched(in_plain_words(text)) in _NONE_OF_THESE


def is_prefer_not(text: str) -> bool:
    """Whether the words decline to answer."""
    return in_plain_words(text) in _PREFER_NOT


@lru_cache(maxsize=4096)
def _texts(choice: Choice) -> tuple[str, ...]:
    return tuple(in_plain_words(text) for text in choice.texts)


def _without(fillers: frozenset[str], plain: str) -> str:
    if _SAID_AFTER_NO.match(plain):
        return plain
    kept = [word for word in plain.split() if word not in fillers]
    # "The left one" is the left, but "one out of ten" is not "out of ten", and "no one" is not "no".
    return " ".join(kept[:-1] if len(kept) > 1 and kept[-1] == "one" and kept[-2] not in _NEGATIONS else kept)


def _is_doubtful(plain: str) -> bool:
    return any(f" {doubt} " in f" {plain} " for doubt in _DOUBTS)


def _negations(plain: str) -> list[str]:
    return sorted(word for word in plain.split() if word in _NEGATIONS)


def _labelled(folded: str, choices: Sequence[Choice]) -> str | None:
    """The option picked by its place, unless all are amounts and the figure stands in another one.

    Of "0 to 6 days", "1 to 5 weeks", "6 weeks or more", a 1 may be meant for the second.
    """
    found = _LABEL.fullmatch(folded)
    if found is None or found[1] in _NOT_LABELS:
        return None
    label = found[1]
    place = int(label) - 1 if label.isdigit() else ord(label) - ord("a")
    if not 0 <= place < len(choices):
        return None
    labels = [_texts(choice)[0].split() for choice in choices]
    of_amounts = all(any(word.isdigit() for word in words) for words in labels)
    if of_amounts and label not in labels[place] and any(label in words for words in labels):
        return None
    return choices[place].id


def _closest(typed: str, choices: Iterable[Choice]) -> str | None:
    near = {
        choice.id: max((ratio(typed, text) for text in _texts(choice) if _may_be_misspelt(typed, text)), default=0)
        for choice in choices
    }
    best = max(near, key=lambda name: near[name], default="")
    others = (text for choice in choices if choice.id != best for text in _texts(choice))
    runner_up = max((ratio(typed, text) for text in others), default=0)
    return best if near.get(best, 0) >= max(_CLOSE, runner_up + _MARGIN) else None


def _may_be_misspelt(typed: str, text: str) -> bool:
    """Whether the words differ by slips of the finger alone.

    Word for word, at most one slip in each and two in all, never in the first letter, a short word, a figure
    or a denial: so `steady` is not `unsteady`, `now numb` not `not numb`, `normal` not `abnormal`.
    """
    if len(typed.split()) != len(text.split()) or _negations(typed) != _negations(text):
        return False
    pairs = list(zip(typed.split(), text.split(), strict=True))
    slips = [OSA.distance(one, other) for one, other in pairs]
    return all(map(_is_one_word, pairs)) and max(slips, default=2) <= 1 and sum(slips) <= 2


def _is_one_word(pair: tuple[str, str]) -> bool:
    one, other = pair
    if one == other:
        return True
    return one[0] == other[0] and min(len(one), len(other)) > 3 and one.isalpha() and other.isalpha()


def _named_in(part: str, choices: Sequence[Choice]) -> set[str]:
    whole = read_choice(part, choices)
    if whole is not None:
        return {whole}
    pieces = _JOINT.split(part)
    if len(pieces) == 2:
        pieces[0] = pieces[0].removeprefix("both ")
    # "A&E" is a place, not the first and the fifth option.
    if len(pieces) == 1 or any(re.fullmatch("[a-z]", piece) for piece in pieces):
        return set()
    ids = [read_choice(piece, choices) for piece in pieces]
    return {named for named in ids if named} if all(ids) else set()


def _unstretched(plain: str) -> str:
    """The words without drawn-out letters and repeats: `nooo`, `yes yes`."""
    short = re.sub(r"(.)\1{2,}", r"\1", plain)
    distinct = set(short.split())
    return distinct.pop() if len(distinct) == 1 else short
