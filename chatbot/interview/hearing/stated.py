"""What a text states: every rule that is met in one clause, with what stands around it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from chatbot.interview.hearing.clauses import Clause, clauses_of
from chatbot.interview.hearing.compositions import MEASURES, Hit, Rule, Spot, hits
from chatbot.interview.hearing.foreign import is_foreign
from chatbot.interview.hearing.lexicon import ASIDE, REPLY, SCOPE, Lexicon, Meaning, class_of
from chatbot.interview.hearing.measures import Measure, measures_of
from chatbot.interview.hearing.scopes import (
    ASKED,
    CORRECTED,
    DENIED,
    FEARED,
    HEDGED,
    OLD,
    OTHER,
    PAST,
    SOFTLY,
    SUPPOSED,
    Around,
    Scopes,
    scopes_of,
)
from chatbot.interview.hearing.typed_words import STOPS, words_of
from chatbot.interview.reading.language import Language

# The scopes for which a finding is not one of the person's own, now.
AWAY = (DENIED, OTHER, FEARED, SUPPOSED, ASKED, "well")
# Scopes whose word, where it is one of those found, is a part of the finding: "being tested for cancer".
_OF_WORDS = (FEARED, SUPPOSED, ASKED)
WELL, JOINED = "well", "joined"
# An answer of so many words is read as a whole, too.
_SHORT = 25
# So many words on "is fine" says of what was named that it is.
_WELL_WITHIN = 4
# So many days ago, and so many since a month that is named, something may be over.
_OVER, _MONTHS_AGO = 150, 60
# So many days something has lasted that is old.
_LASTED = 183
# A clause with a pronoun may speak of a part that was named at most so many clauses before.
_REMEMBERED = 2


# "No change in strength" and "I just do not feel it": what a binding word does not reach over.
_BETWEEN = frozenset(
    ["just", "only", "change", "changes", "difference", "problem", "problems", "trouble", "issue", "issues", "worse"]
)
_SUBJECTS = frozenset(("i", "it", "my", "he", "she", "they", "that", "there", "everything", "all", "just", "only"))


@dataclass(frozen=True, slots=True)
class Match:
    """One finding at one place; `around` are the scopes that it lies in, each with the words that made it."""

    finding: Meaning
    hit: Hit
    clause: int
    around: Mapping[str, str] = field(default_factory=dict)

    @property
    def stands(self) -> bool:
        """True when the person states it of themselves, of now."""
        return not any(kind in self.around for kind in (*AWAY, PAST))

    @property
    def is_plain(self) -> bool:
        """True when nothing at all stands around it."""
        return not self.around

    def says(self, words: Sequence[str]) -> str:
        """The words in which it was said."""
        return " ".join(words[self.hit.first : self.hit.last])


@dataclass(frozen=True, eq=False)
class Text:
    """A text as it is heard: its words, classes, clauses, scopes and measures."""

    said: str
    lexicon: Lexicon
    language: Language
    today: date | None

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words, slips of the finger mended where one word alone was meant."""
        words = words_of(self.said)
        # Nothing is respelt in another language: "boli" is no boil.
        return words if is_foreign(self.said) else tuple(map(self.lexicon.speller.meant, words))

    @cached_property
    def tags(self) -> Mapping[str, tuple[Spot, ...]]:
        """Where each class stands; measures stand under `days`, `minutes` and `number`."""
        found: dict[str, list[Spot]] = {}
        for tag in self.lexicon.tagger.tags(self.words):
            if tag.name == "right" and tag.first == 0 and self.words[1:2] in (("so",), ("well",), ("then",), ("ok",)):
                continue  # "right so it is my left leg"
            found.setdefault(tag.name, []).append(Spot(tag.first, tag.last))
        return {name: tuple(places) for name, places in found.items()}

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        """Every time and number."""
        return measures_of(self.words, self.language, self.today)

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses."""
        marks = {name: frozenset(p.first for p in self.scope(name)) for name in ("but", "verb")}
        return clauses_of(self.words, marks) if self.words else ()

    def scope(self, name: str) -> tuple[Spot, ...]:
        """Where words of a scope stand."""
        return self.tags.get(SCOPE + name, ())

    def reply(self, name: str) -> tuple[Spot, ...]:
        """Where words of a reply stand."""
        return self.tags.get(REPLY + name, ())

    @cached_property
    def is_changed(self) -> bool:
        """True when something is said to be of now, new or worse."""
        same = {place for name in ("same", "well") for p in self.tags.get(name, ()) for place in range(*p)}
        return any(p.first not in same for p in (*self.scope("present"), *self.tags.get("worse", ())))

    @cached_property
    def scopes(self) -> Scopes:
        """What stands around the words."""
        tags = {
            name.removeprefix(SCOPE).removeprefix(REPLY): places
            for name, places in self.tags.items()
            if not name.startswith(ASIDE)
        }
        over = tuple(m.place for m in self.measures if self._is_over(m))
        old = tuple(m.place for m in self.measures if self._is_old(m))
        return scopes_of(Around(self.words, self.clauses, tags, over, old))

    def _is_over(self, measure: Measure) -> bool:
        """True for a time that is over: "six months ago", "in January"."""
        around = self.words[max(0, measure.place.first - 1) : measure.place.last + 1]
        is_ago = measure.low >= _OVER and "ago" in around
        is_named = measure.low >= _MONTHS_AGO and "in" in around[:2]
        return measure.kind == "days" and (is_ago or is_named) and "since" not in around

    def _is_old(self, measure: Measure) -> bool:
        """True for a time that has lasted: "for two years", "since 2011"."""
        before = self.words[max(0, measure.place.first - 3) : measure.place.last]
        return measure.kind == "days" and measure.low >= _LASTED and bool({"for", "since", "had", "been"} & set(before))

    @cached_property
    def spoken(self) -> tuple[int, ...]:
        """The places of words, without stops."""
        return tuple(place for place, word in enumerate(self.words) if word not in STOPS)

    @cached_property
    def anywhere(self) -> tuple[Match, ...]:
        """The findings of the rules that hold anywhere."""
        return tuple(self._matches(lambda finding: not finding.is_here))

    def here(self, keys: frozenset[tuple[str, str]]) -> tuple[Match, ...]:
        """The findings at a question: of the rules that hold anywhere, and of those of its own values."""
        own = self._matches(lambda finding: finding.is_here and (finding.key, finding.value) in keys)
        return (*self.anywhere, *own, *self._joined(keys))

    def _joined(self, keys: frozenset[tuple[str, str]]) -> Iterator[Match]:
        """What a short answer says in several clauses together: "a crash, they scanned me and it was clear"."""
        if len(self.clauses) < 2 or len(self.spoken) > _SHORT:
            return
        whole = Clause(0, len(self.words), 0)
        for finding, hit in self._hits(self._within(0, whole), lambda one: (one.key, one.value) in keys):
            first, last = hit.first, hit.last
            if not any(clause.first <= first and last <= clause.last for clause in self.clauses):
                yield Match(finding, hit, 0, {**self._around(finding, hit, whole), JOINED: "several clauses"})

    def _matches(self, counts: Callable[[Meaning], bool]) -> Iterator[Match]:
        for number, (clause, tags) in enumerate(zip(self.clauses, self._tags_of_clauses, strict=True)):
            for finding, hit in self._hits(tags, counts):
                yield Match(finding, hit, number, self._around(finding, hit, clause))

    def _hits(
        self, tags: Mapping[str, Sequence[Spot]], counts: Callable[[Meaning], bool]
    ) -> Iterator[tuple[Meaning, Hit]]:
        seen: set[int] = set()
        for name in list(tags):
            for finding in self.lexicon.by_class.get(name, ()):
                if id(finding) not in seen and counts(finding):
                    seen.add(id(finding))
                    yield from ((finding, hit) for hit in hits(finding.rule, tags, self._unbound))

    @cached_property
    def _tags_of_clauses(self) -> tuple[Mapping[str, Sequence[Spot]], ...]:
        return tuple(self._within(number, clause) for number, clause in enumerate(self.clauses))

    @cached_property
    def _unbound(self) -> frozenset[int]:
        """Where a binding word reaches no further: at a stop, a "but", or a subject behind the "no" of an answer."""
        stops = {place for place, word in enumerate(self.words) if word in STOPS} | {p.first for p in self.scope("but")}
        stops |= {place for place, word in enumerate(self.words) if word in _BETWEEN}
        pairs = zip(self.words, self.words[1:], strict=False)
        return frozenset(stops | {n + 1 for n, (one, two) in enumerate(pairs) if one == "no" and two in _SUBJECTS})

    def _within(self, number: int, clause: Clause) -> dict[str, Sequence[Spot]]:
        """The classes of a clause, with the body parts that its pronouns may mean, and its measures."""
        tags: dict[str, Sequence[Spot]] = {}
        for name, places in self.tags.items():
            inside = [p for p in places if clause.first <= p.first and p.last <= clause.last]
            if inside:
                tags[name] = inside
        if not tags.keys() & self.lexicon.parts:
            tags |= self._remembered(number, clause, tags)
        for measure in self.measures:
            if clause.first <= measure.place.first and measure.place.last <= clause.last:
                for name in self._bounds(measure):
                    tags[name] = [*tags.get(name, ()), measure.place]
        return tags

    def _bounds(self, measure: Measure) -> Iterator[str]:
        """The names of the measures in rules that a measure is within, and its own kind."""
        yield measure.kind
        for name, kind, low, high in self.lexicon.bounds:
            if kind == measure.kind and low <= measure.low and measure.high <= high:
                yield name

    def _remembered(self, number: int, clause: Clause, tags: Mapping[str, Sequence[Spot]]) -> dict[str, Sequence[Spot]]:
        has_pronoun = SCOPE + "pronoun" in tags
        for before in range(number - 1, max(number - 1 - _REMEMBERED, -1), -1):
            other = self.clauses[before]
            parts = {
                name: [p for p in self.tags.get(name, ()) if other.first <= p.first and p.last <= other.last]
                for name in self.lexicon.parts & self.tags.keys()
            }
            named = {name: places for name, places in parts.items() if places}
            near = other.sentence == clause.sentence or clause.sentence == other.sentence + 1
            if named and (has_pronoun or other.sentence == clause.sentence) and near:
                return dict(named)
        return {}

    def _around(self, finding: Meaning, hit: Hit, clause: Clause) -> dict[str, str]:
        telling = self._telling(finding.rule, hit, clause)
        core = sorted({place for p in telling for place in range(p.first, p.last)})
        scopes, reasons = self.scopes, {}
        own = hit.covered
        why = scopes.all_in(DENIED, core) or scopes.all_in(SOFTLY, core) or scopes.all_in_either(DENIED, SOFTLY, core)
        if why and not self._is_of_rule(why, own):
            # What begins in a denial is denied: "no pins and needles".
            reasons[DENIED if scopes.reason(DENIED, core[:1]) else SOFTLY] = why
        if len(telling) > 1 and DENIED not in reasons:  # "not the left, the right"
            for place in telling:
                why = scopes.all_in(DENIED, range(*place))
                if why and not self._is_of_rule(why, own):
                    reasons[SOFTLY] = why
        for kind in (OTHER, PAST, FEARED, SUPPOSED, ASKED, HEDGED, OLD, CORRECTED):
            why = scopes.reason(kind, core)
            if why and (kind not in _OF_WORDS or why not in " ".join(self.words[hit.first : hit.last])):
                reasons[kind] = why
        if why := self._well(hit, clause):
            reasons[WELL] = why
        block = self.lexicon.block(finding.key)
        if block is not None and block.others:
            reasons.pop(OTHER, None)
        if block is not None and block.lasting:
            reasons.pop(PAST, None)
            reasons.pop(OLD, None)
        else:
            reasons.pop(FEARED, None)
        return reasons

    def _well(self, hit: Hit, clause: Clause) -> str:
        """The words by which what was named is said to be as it should: "left is ok", "my speech is fine"."""
        for place in self.tags.get("well", ()):
            if not hit.last <= place.first < min(clause.last, hit.last + _WELL_WITHIN):
                continue
            between = self.words[hit.last : place.first]
            before = self.words[max(clause.first, place.first - 4) : place.first]
            if not {"not", "never", "otherwise", "apart", "no"} & set(before) and not any(w in STOPS for w in between):
                return " ".join(self.words[place.first : place.last])
        return ""

    def _telling(self, rule: Rule, hit: Hit, clause: Clause) -> list[Spot]:
        """The places that a finding stands or falls with: what is said of a body part, not the part or a time."""
        telling = [
            place
            for item, place in zip(rule.wanted, hit.places, strict=True)
            if not item.binds
            and not all(name in self.lexicon.parts or class_of(name) in MEASURES for name in item.names)
        ]
        chosen = telling or [place for place in hit.places if place not in hit.binding] or list(hit.places)
        return [p for p in chosen if p.first >= clause.first] or chosen

    def _is_of_rule(self, why: str, own: frozenset[int]) -> bool:
        """True when the denying word is itself a part of what was found: "cannot feel" is not "feel" denied."""
        said = why.split()
        return any(self.words[place] in said for place in own)


def narrowed(matches: Iterable[Match]) -> tuple[Match, ...]:
    """Matches without those whose words another of the same key has and more of: "a bit numb" is not "numb"."""
    several = list(matches)
    return tuple(
        match
        for match in several
        if not any(
            other.finding.key == match.finding.key
            and other.finding.value != match.finding.value
            and other.hit.covered > match.hit.covered
            and other.around.keys() <= match.around.keys()
            for other in several
        )
    )


__all__ = ["MEASURES", "Match", "Text", "narrowed"]
