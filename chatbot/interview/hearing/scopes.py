"""What stands around words: denied, said of somebody else, of another time, feared, asked, hedged, old, corrected.

A scope is the places it reaches, each with the words that made it: the reason that is given for not counting something.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from chatbot.interview.hearing.clauses import Clause
from chatbot.interview.hearing.compositions import Spot
from chatbot.interview.hearing.typed_words import HARD_STOPS, SOFT_STOPS

DENIED, SOFTLY, OTHER, PAST, FEARED, SUPPOSED, ASKED, HEDGED, OLD, CORRECTED = (
    "denied", "softly", "other", "past", "feared", "supposed", "asked", "hedged", "old", "corrected",
)  # fmt: skip
# How many words a denial reaches.
_REACH = 9
# Words behind which something else is said: "not numb just feels weird", "no pain since it went numb".
_ENDS = frozenset(["because", "since", "so", "then", "yet", "just", "only", "more", "rather"])
# A clause that begins so goes on with what was said of somebody.
_CONTINUES = (("and", "it"), ("it", "turned"), ("it", "was"), ("that", "was"), ("and", "that"), ("which", "was"))
_VERBS = frozenset(["feels", "is", "are", "was", "goes", "gets", "seems", "keeps", "has", "hurts", "went", "started"])


@dataclass(frozen=True, slots=True)
class Scopes:
    """The places that each scope reaches, with the words that made it."""

    reach: Mapping[str, Mapping[int, str]] = field(default_factory=dict)

    def reason(self, kind: str, places: Sequence[int]) -> str:
        """The words for which any of some places is in a scope; empty where none is."""
        reached = self.reach.get(kind, {})
        return next((reached[place] for place in places if place in reached), "")

    def all_in(self, kind: str, places: Sequence[int]) -> str:
        """The words for which every one of some places is in a scope."""
        reached = self.reach.get(kind, {})
        return reached[places[0]] if places and all(place in reached for place in places) else ""

    def all_in_either(self, kind: str, other: str, places: Sequence[int]) -> str:
        """The words for which every one of some places is in one of two scopes, the first of them in the first."""
        first, second = self.reach.get(kind, {}), self.reach.get(other, {})
        is_in = bool(places) and places[0] in first and all(place in first or place in second for place in places)
        return first[places[0]] if is_in else ""


@dataclass(frozen=True, slots=True)
class Around:
    """A text as scopes are looked for in it; `long_ago` are times that are over, `lasted` long ones."""

    words: tuple[str, ...]
    clauses: tuple[Clause, ...]
    tags: Mapping[str, Sequence[Spot]]
    long_ago: Sequence[Spot] = ()
    lasted: Sequence[Spot] = ()

    def named(self, name: str, clause: Clause) -> list[Spot]:
        """Where a class stands in a clause."""
        return [p for p in self.tags.get(name, ()) if clause.first <= p.first and p.last <= clause.last]

    def says(self, place: Spot) -> str:
        """The words at a place."""
        return " ".join(self.words[place.first : place.last])

    def same_sentence(self, clause: Clause) -> list[Clause]:
        """The clauses of the sentence of a clause."""
        return [other for other in self.clauses if other.sentence == clause.sentence]


def scopes_of(around: Around) -> Scopes:
    """Every scope of a text."""
    reach: dict[str, dict[int, str]] = {}
    for clause in around.clauses:
        _deny(around, clause, reach)
        _forward(around, clause, "feared", FEARED, reach)
        _forward(around, clause, "supposed", SUPPOSED, reach)
        _forward(around, clause, "asked", ASKED, reach)
        for place in around.named("defined", clause):
            if not {"this", "that", "my", "the", "it", "wrong", "happening"} & set(
                around.words[place.last : place.last + 1]
            ):
                _mark(reach, ASKED, range(place.last, clause.last), around.says(place))
        _when(around, clause, reach)
        for place in around.named("hedge", clause):
            _mark(reach, HEDGED, range(clause.first, clause.last), around.says(place))
        for place in around.named("corrected", clause):
            _mark(reach, CORRECTED, range(place.first), around.says(place))
    _persons(around, reach)
    _denied_later(around, reach)
    return Scopes(reach)


def _mark(reach: dict[str, dict[int, str]], kind: str, places: range, why: str) -> None:
    reached = reach.setdefault(kind, {})
    for place in places:
        reached.setdefault(place, why)


def _deny(around: Around, clause: Clause, reach: dict[str, dict[int, str]]) -> None:
    undone = {place for tag in around.named("no_denial", clause) for place in range(tag.first, tag.last)}
    for place in around.named("deny", clause):
        if place.first in undone or _is_of_the_most(around, place, clause):
            continue
        if _opens(around, place, clause):
            _before(around, place, clause, reach)
            continue
        firm, soft = _denied_by(around, place, clause)
        _mark(reach, DENIED, firm, around.says(place))
        _mark(reach, SOFTLY, soft, around.says(place))
        _before(around, place, clause, reach)


def _is_of_the_most(around: Around, place: Spot, clause: Clause) -> bool:
    """True for "never been so sick" and "never had one like this", which tell of what there is."""
    if around.words[place.first] != "never":
        return False
    behind = around.words[place.last : clause.last]
    pairs = list(pairwise(behind))
    return (
        bool({"so", "such"} & set(behind[:4]))
        or any(pair in (("like", "this"), ("like", "it")) for pair in pairs)
        or any(one not in ("had", "got") and two == "this" for one, two in pairs[:-1])
    )


def _opens(around: Around, place: Spot, clause: Clause) -> bool:
    """True for the "no" of an answer, which stands before a stop or a subject: "no, i have", "no my foot is"."""
    if around.words[place.first] != "no" or place.first != clause.first:
        return False
    after = around.words[place.last] if place.last < len(around.words) else "."
    return after in HARD_STOPS | SOFT_STOPS or after in ("i", "it", "my", "he", "she", "they", "but", "just", "only")


def _denied_by(around: Around, place: Spot, clause: Clause) -> tuple[range, range]:
    """How far a denial reaches for sure, and how far perhaps: across a comma or "and" of a list without "or"."""
    end = min(clause.last, place.last + _REACH)
    listed = any(word in ("or", "nor") for word in around.words[place.last : clause.last])
    firm = end
    for at in range(place.last, end):
        word = around.words[at]
        if (
            word in HARD_STOPS
            or word in _ENDS
            or (word in _VERBS and around.words[place.first] in ("no", "not", "without"))
        ):
            return range(place.last, at), range(0)
        if (word == "," or word == "and" or word in SOFT_STOPS) and not listed:
            firm = at
            break
    if listed:
        firm = clause.last
        end = clause.last
    # "Not the left, the right": of a list only "no" may speak on.
    return range(place.last, firm), range(firm, end if around.words[place.first] in ("no", "without") else firm)


def _before(around: Around, place: Spot, clause: Clause, reach: dict[str, dict[int, str]]) -> None:
    """ "Numbness? No." and "fever none": a denial that stands alone behind what it denies."""
    words = around.words
    alone = place.last >= len(words) or words[place.last] in HARD_STOPS | {","}
    if not alone or place.first == 0:
        return
    if place.first > clause.first and words[place.first] in ("no", "none", "never", "nothing"):
        start = max(
            (at + 1 for at in range(clause.first, place.first) if words[at] in SOFT_STOPS), default=clause.first
        )
        if place.first - start <= 4:
            _mark(reach, DENIED, range(start, place.first), around.says(place))
    elif place.first == clause.first and words[place.first - 1] == "?":
        before = around.clauses[around.clauses.index(clause) - 1]
        _mark(reach, DENIED, range(before.first, before.last), around.says(place))


def _forward(around: Around, clause: Clause, name: str, kind: str, reach: dict[str, dict[int, str]]) -> None:
    for place in around.named(name, clause):
        _mark(reach, kind, range(place.first, clause.last), around.says(place))


def _when(around: Around, clause: Clause, reach: dict[str, dict[int, str]]) -> None:
    whole = around.same_sentence(clause)
    same = {place for other in whole for p in around.named("same", other) for place in range(*p)}
    present = [p for other in whole for p in around.named("present", other) if p.first not in same]
    for place in around.named("past", clause):
        if not any(p.first >= clause.first and p.last <= clause.last for p in present):
            _mark(reach, PAST, _piece(around, clause, place), around.says(place))
    for measure in around.long_ago:
        if clause.first <= measure.first < clause.last and not any(
            clause.first <= p.first < clause.last for p in present
        ):
            _mark(reach, PAST, _piece(around, clause, measure), around.says(measure))
    lasted = [p for p in around.lasted if clause.first <= p.first < clause.last]
    for place in (*around.named("old", clause), *lasted):
        if not present:
            first = min(other.first for other in whole)
            _mark(reach, OLD, range(first, clause.last), around.says(place))


def _piece(around: Around, clause: Clause, place: Spot) -> range:
    """What a time speaks of: the words between its commas where these have a verb, else the whole clause."""
    commas = [at for at in range(clause.first, clause.last) if around.words[at] == ","]
    first = max((at + 1 for at in commas if at < place.first), default=clause.first)
    last = min((at for at in commas if at >= place.last), default=clause.last)
    verbs = [p for p in around.named("verb", clause) if first <= p.first < last]
    return range(first, last) if verbs else range(clause.first, clause.last)


def _persons(around: Around, reach: dict[str, dict[int, str]]) -> None:
    """What is said of somebody else, where the one who speaks tells of their own trouble too.

    Where nobody's own trouble is told, the other person is the one it is about.
    """
    has_own = any(_is_own(around, clause) for clause in around.clauses)
    whose = ""
    for clause in around.clauses:
        persons = [*around.named("animal", clause), *(around.named("person", clause) if has_own else ())]
        mine = _is_own(around, clause)
        if persons and not around.named("says", clause) and not _acts_on_me(around, clause, persons[0]):
            whose = around.says(persons[0])
            # "my mum had it but I do not": from the person on, what is said is hers.
            first = min(p.first for p in persons)
            before = [p for p in around.named("own", clause) if p.first < first]
            start = first if before else clause.first
            _mark(reach, OTHER, range(start, clause.last), whose)
        elif mine:
            whose = ""
        elif whose and (around.named("third", clause) or around.words[clause.first : clause.first + 2] in _CONTINUES):
            _mark(reach, OTHER, range(clause.first, clause.last), whose)
        elif clause.first and around.words[clause.first - 1] in HARD_STOPS:
            whose = ""


def _is_own(around: Around, clause: Clause) -> bool:
    """True when somebody speaks of themselves, and does more than worry, ask or tell what another says."""
    words = around.words[clause.first : clause.last]
    persons = {p.first for name in ("person", "animal") for p in around.named(name, clause)}
    mine = any(
        word in ("i", "mine", "myself", "me", "we")
        or (word == "my" and clause.first + n + 1 not in persons and n + 1 < len(words))
        for n, word in enumerate(words)
    )
    return mine and not around.named("feared", clause) and not (persons and around.named("says", clause))


def _acts_on_me(around: Around, clause: Clause, person: Spot) -> bool:
    """True when the other person does something to the one who speaks: "my toddler jumped on me"."""
    words = around.words[person.last : clause.last]
    return "me" in words or ("my" in words and "his" not in words and "her" not in words) or "i" in words[:1]


def _denied_at_end(around: Around, clause: Clause, reach: dict[str, dict[int, str]]) -> None:
    """ "Cancer, infections and that, all no": the last words of a list deny it."""
    comma = max((place for place in range(clause.first, clause.last) if around.words[place] == ","), default=0)
    last = clause.last - (around.words[clause.last - 1] in HARD_STOPS)
    words = around.words[clause.first : comma]
    is_none = any((p.first, p.last) == (comma + 1, last) for p in around.named("none", clause))
    if comma and is_none and not {"i", "my", "it"} & set(words):
        _mark(reach, DENIED, range(clause.first, comma), " ".join(around.words[comma + 1 : last]))


def _denied_later(around: Around, reach: dict[str, dict[int, str]]) -> None:
    """A sentence that says only that all is well denies the list before it, unless somebody said "I have" there."""
    for clause in around.clauses:
        _denied_at_end(around, clause, reach)
    sentences = sorted({clause.sentence for clause in around.clauses})
    for number in sentences[1:]:
        here = [clause for clause in around.clauses if clause.sentence == number]
        before = [clause for clause in around.clauses if clause.sentence == number - 1]
        first, last = here[0].first, here[-1].last
        quiet = {
            place for name in ("none", "well", "filler", "no") for p in around.tags.get(name, ()) for place in range(*p)
        }
        spoken = [at for at in range(first, last) if around.words[at] not in HARD_STOPS | SOFT_STOPS]
        says_well = any(first <= p.first < last for name in ("none", "well") for p in around.tags.get(name, ()))
        if not spoken or not says_well or not all(at in quiet for at in spoken):
            continue
        words = around.words[before[0].first : before[-1].last]
        if not any(word in ("i", "my", "it") for word in words):
            _mark(
                reach, DENIED, range(before[0].first, before[-1].last), " ".join(around.words[first:last]).strip(" .")
            )
