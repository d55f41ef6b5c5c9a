"""What words answer to a list: one line of it, some of its lines, or all of them at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from chatbot.case import Fact, PlainValue, Reply
from chatbot.interview.hearing.answer_choice import BARE, NOTHING, Meant, given, is_bare, weakly
from chatbot.interview.hearing.fallback import declines, is_qualified, is_unsure, says_no
from chatbot.interview.hearing.opening import Opening
from chatbot.interview.hearing.scopes import DENIED, SOFTLY
from chatbot.interview.hearing.stated import Match, Text, narrowed
from chatbot.interview.question import Question


def answer_line(text: Text, question: Question, line: str) -> Meant:
    """The answer to one line of a list that is at hand."""
    opening = Opening(text)
    matches = _at(text, question, (line,))
    mine = [match for match in matches if line in _lines(text, question, match)]
    milder = [
        match for match in matches if match.stands and match not in mine and _is_milder(text, question, line, match)
    ]
    told = [match for match in mine if match.stands and SOFTLY not in match.around]
    stated = [match for match in told if not match.finding.denies]
    if (milder or any(match.finding.denies for match in told)) and not stated:
        return Meant(proposed=values_of(text.lexicon.facts, question, line, "no"))
    if stated:
        # "No, none" beside the name of the line is no yes to it.
        return given(values_of(text.lexicon.facts, question, line, "yes"), is_bare(text, stated) and not opening.is_no)
    if opening.is_unsure and not opening.is_no:
        return weakly(given(values_of(text.lexicon.facts, question, line, "unknown"), len(text.spoken) <= BARE))
    denied = [match for match in mine if {DENIED, SOFTLY} & set(match.around)]
    is_no = opening.is_firm_no if question.block else opening.is_no
    if is_no or (denied and not opening.is_yes) or (opening.is_well and not opening.is_yes):
        if question.block and is_qualified(text):
            return NOTHING
        is_only = opening.is_only_no(denied)
        return replace(
            given(values_of(text.lexicon.facts, question, line, "no"), is_only), is_weak=not (denied or is_only)
        )
    if opening.is_yes or opening.is_time or opening.is_little:
        return weakly(
            given(values_of(text.lexicon.facts, question, line, "yes"), opening.is_yes and len(text.spoken) <= 2)
        )
    return NOTHING if mine else _loosely(text, question, line)


def _loosely(text: Text, question: Question, line: str) -> Meant:
    """What words to a line come to in which no rule found anything: a no, or not knowing, said back first."""
    facts = text.lexicon.facts
    item = next(item for item in question.items if item.id == line)
    about: set[str] = set()
    for pair in ((question.id, line), *item.gives, *((name, "") for name in item.facts if facts[name].kind != "many")):
        about |= text.lexicon.classes_about.get(pair, frozenset())
    if is_unsure(text) or declines(text):
        return Meant(proposed=values_of(facts, question, line, "unknown"), is_weak=True)
    # What is asked of everybody for its danger is denied by its own words alone.
    if not question.block and says_no(text, about):
        return Meant(proposed=values_of(facts, question, line, "no"), is_weak=True)
    return NOTHING


def answer_lines(text: Text, question: Question) -> Meant:
    """The answer to a list at which no line is at hand: the lines that words speak of, or none of them."""
    opening = Opening(text)
    lines = tuple(item.id for item in question.items)
    told = [match for match in _at(text, question, lines) if match.stands and not match.finding.denies]
    stated = [match for match in told if SOFTLY not in match.around and _lines(text, question, match)]
    if stated:
        said = dict.fromkeys(line for match in stated for line in _lines(text, question, match)[:1])
        merged = merged_values(
            text.lexicon.facts, (values_of(text.lexicon.facts, question, line, "yes") for line in said)
        )
        return given(merged, is_bare(text, stated, len(said)))
    if (opening.is_no or opening.is_well) and not opening.is_yes and not opening.is_unsure:
        denied = merged_values(
            text.lexicon.facts, (values_of(text.lexicon.facts, question, line, "no") for line in lines)
        )
        is_only = opening.is_only_no(())
        return replace(given(denied, is_only), is_weak=not is_only)
    return NOTHING


def answer_many(text: Text, fact: Fact, line: str | None = None) -> Meant:
    """The answer to a list of the values of one fact, of which one may be at hand."""
    opening = Opening(text)
    keys = frozenset((fact.id, value) for value in fact.values)
    matches: Sequence[Match] = [
        m for m in narrowed(text.here(keys)) if any(name == fact.id for name, _ in m.finding.gives)
    ]
    told = [match for match in matches if match.stands and SOFTLY not in match.around]
    matches = [match for match in matches if {DENIED, SOFTLY} & set(match.around)]
    stated = [match for match in told if not match.finding.denies]
    values = dict.fromkeys(value for match in stated for name, value in match.finding.gives if name == fact.id)
    if line is not None:
        if line not in values and any(m.finding.denies and m.finding.value == line for m in told):
            return Meant(proposed={fact.id: []})
        return _of_one(text, fact, line, line in values, opening, matches)
    if values:
        return given({fact.id: sorted(values)}, is_bare(text, stated, len(values)))
    if opening.is_unsure and not opening.is_no:
        unknown: PlainValue = ["unknown"] if "unknown" in fact.items else "unknown"
        return weakly(given({fact.id: unknown}, len(text.spoken) <= BARE))
    if opening.is_no or (matches and not opening.is_yes):
        is_only = opening.is_only_no(matches)
        return replace(given({fact.id: []}, is_only), is_weak=not (matches or is_only))
    return NOTHING


def _of_one(text: Text, fact: Fact, line: str, is_stated: bool, opening: Opening, matches: Sequence[Match]) -> Meant:
    if is_stated:
        return given({fact.id: [line]}, len(text.spoken) <= BARE and not opening.is_no)
    if opening.is_no or opening.is_well:
        is_only = opening.is_only_no(matches)
        return replace(given({fact.id: []}, is_only), is_weak=not (matches or is_only))
    if opening.is_yes or opening.is_time or opening.is_little:
        return weakly(given({fact.id: [line]}, opening.is_yes and len(text.spoken) <= 2))
    return NOTHING


def _at(text: Text, question: Question, lines: Iterable[str]) -> tuple[Match, ...]:
    """The findings at some lines of a list, with the rules that hold only there."""
    at_hand = set(lines)
    keys = {(question.id, line) for line in at_hand}
    for item in question.items:
        if item.id in at_hand:
            keys |= {(name, value) for name, _ in item.gives for value in text.lexicon.facts[name].values}
            asked = text.lexicon.facts[item.asks] if item.asks and len(at_hand) == 1 else None
            keys |= {(asked.id, value) for value in asked.values} if asked else set()
    return narrowed(text.here(frozenset(keys)))


def _is_milder(text: Text, question: Question, line: str, match: Match) -> bool:
    """True when a finding says of a fact of the line less than the line does."""
    item = next(item for item in question.items if item.id == line)
    said = {name: value for name, value in match.finding.gives if text.lexicon.facts[name].kind == "one"}
    ranks = {name: text.lexicon.facts[name].rank for name, _ in item.gives if name in said}
    if item.asks is not None and match.finding.key == item.asks:
        return match.finding.value == text.lexicon.facts[item.asks].least
    return bool(ranks) and all(
        ranks[name](said[name]) < ranks[name](value) for name, value in item.gives if name in ranks
    )


def _lines(text: Text, question: Question, match: Match) -> tuple[str, ...]:
    return text.lexicon.lines_of(question, match.finding)


def values_of(facts: Mapping[str, Fact], question: Question, line: str, reply: Reply) -> dict[str, PlainValue]:
    """The values that a reply to a line gives; the line itself where another question has its fact."""
    item = next(item for item in question.items if item.id == line)
    if item.asks is not None:
        return {line: reply}
    values: dict[str, PlainValue] = {}
    for name, value in item.gives:
        fact = facts[name]
        if fact.kind == "many":
            unknown = ["unknown"] if "unknown" in fact.items else []
            values[name] = [value] if reply == "yes" else unknown if reply == "unknown" else []
        else:
            values[name] = value if reply == "yes" else "unknown" if reply == "unknown" else str(fact.least)
    return values


def merged_values(facts: Mapping[str, Fact], several: Iterable[Mapping[str, PlainValue]]) -> dict[str, PlainValue]:
    """Values of several lines together: lists united, of choices the worst."""
    merged: dict[str, PlainValue] = {}
    for values in several:
        for name, value in values.items():
            before = merged.get(name)
            if isinstance(value, list) and isinstance(before, list):
                merged[name] = sorted({*before, *value})
            elif isinstance(value, str) and isinstance(before, str) and name in facts:
                merged[name] = max(before, value, key=facts[name].rank)
            else:
                merged[name] = value
    return merged
