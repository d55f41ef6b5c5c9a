"""What words answer to a question of one choice: one function, as for each other kind of question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from chatbot.case import Fact, PlainValue
from chatbot.interview.hearing.fallback import declines, is_qualified, is_unsure, says_no
from chatbot.interview.hearing.opening import Opening
from chatbot.interview.hearing.scopes import CORRECTED, DENIED, OLD, SOFTLY
from chatbot.interview.hearing.stated import Match, Text, narrowed
from chatbot.interview.question import Question

# So many words and nothing around them are recorded; what is said in more is said back first.
BARE = 4
Values = Mapping[str, PlainValue]


@dataclass(frozen=True, slots=True)
class Meant:
    """What an answer gives: values to record, values to say back, or two readings to choose from.

    One that is weak comes from how the words begin, and not from anything that they state.
    """

    values: Values = field(default_factory=dict)
    proposed: Values = field(default_factory=dict)
    either: tuple[Values, ...] = ()
    is_weak: bool = False

    @property
    def is_something(self) -> bool:
        """True when anything was understood."""
        return bool(self.values or self.proposed or self.either)


NOTHING = Meant()


def given(values: Values, is_bare: bool) -> Meant:
    """Values recorded where they were said barely, else said back."""
    return Meant(values=values) if is_bare else Meant(proposed=values)


def weakly(meant: Meant) -> Meant:
    """An answer that only the beginning of the words gives."""
    return replace(meant, is_weak=True)


def is_bare(text: Text, matches: Sequence[Match], values: int = 1) -> bool:
    """True when few words were said and nothing stands around them."""
    return (
        len(text.spoken) <= BARE and values == 1 and all(match.is_plain for match in matches) and not text.scope("but")
    )


def answer_one(text: Text, question: Question, fact: Fact) -> Meant:
    """The answer to a question of one choice; beside something amiss, what has a danger is never the least."""
    meant = _answered(text, question, fact)
    if not question.block or _least(question, fact) not in {**meant.values, **meant.proposed}.values():
        return meant
    if not is_qualified(text, but_pain=True):
        return meant
    block = text.lexicon.block(fact.id)
    worse = block.implied if block is not None else ()
    return Meant(either=tuple({fact.id: value} for value in worse[:2])) if len(worse) > 1 else NOTHING


def _answered(text: Text, question: Question, fact: Fact) -> Meant:
    opening = Opening(text)
    matches = narrowed(text.here(frozenset((fact.id, value) for value in fact.values)))
    mine = [match for match in matches if any(name == fact.id for name, _ in match.finding.gives)]
    mine = [match for match in mine if not match.finding.denies]
    stated = [match for match in mine if match.stands and SOFTLY not in match.around]
    kept = [match for match in stated if CORRECTED not in match.around] or stated
    block = text.lexicon.block(fact.id)
    if kept:
        return _stated(text, fact, kept, is_bare(text, mine))
    old = [match for match in mine if OLD in match.around]
    denied = [match for match in mine if {DENIED, SOFTLY} & set(match.around)]
    if block is not None and block.old and (old or opening.is_old) and not opening.is_no:
        return Meant(proposed={fact.id: block.old}, is_weak=not old)
    if not denied and (untold := _untold(text, fact, opening)) is not None:
        return untold
    least = _least(question, fact)
    is_no = opening.is_firm_no if question.block else opening.is_no
    if least and not opening.is_yes and (is_no or denied or opening.is_well):
        is_only = opening.is_only_no(denied)
        return replace(given({fact.id: least}, is_only), is_weak=not (denied or is_only))
    implied = NOTHING if mine else weakly(_implied(text, question, fact, opening))
    return implied if implied.is_something or mine else _loosely(text, question, fact, least, opening)


def _loosely(text: Text, question: Question, fact: Fact, least: str | None, opening: Opening) -> Meant:
    """What words come to in which no rule found anything."""
    if declines(text):
        return Meant(proposed={fact.id: "prefer_not"}, is_weak=True)
    about = text.lexicon.classes_about.get((fact.id, ""), ())
    # What is asked of everybody for its danger is denied by its own words alone.
    if least and not question.block and not opening.is_yes and says_no(text, about):
        return Meant(proposed={fact.id: least}, is_weak=True)
    return Meant(proposed={fact.id: "unknown"}, is_weak=True) if is_unsure(text) else NOTHING


def _untold(text: Text, fact: Fact, opening: Opening) -> Meant | None:
    """Not knowing, or not wanting to say."""
    if opening.declines:
        return weakly(given({fact.id: "prefer_not"}, len(text.spoken) <= BARE))
    if opening.is_unsure and not opening.is_no:
        return weakly(given({fact.id: "unknown"}, len(text.spoken) <= BARE))
    return None


def _stated(text: Text, fact: Fact, stated: Sequence[Match], is_all_bare: bool) -> Meant:
    block = text.lexicon.block(fact.id)
    values = list(dict.fromkeys(v for match in stated for name, v in match.finding.gives if name == fact.id))
    if block is not None and block.old and all(OLD in match.around for match in stated) and fact.least not in values:
        # What is old by its own rule, and milder, is said more exactly by it.
        milder = [value for value in values if fact.rank(value) <= fact.rank(block.old)]
        return Meant(proposed={fact.id: milder[0] if milder else block.old})
    if block is not None and block.together and len({v for v in values if v != fact.least}) > 1:
        return Meant(proposed={fact.id: block.together})
    if len(values) == 1:
        return given({fact.id: values[0]}, is_all_bare)
    if fact.worse == "rising" and (fact.time_critical or len(values) > 2):
        return Meant(proposed={fact.id: max(values, key=fact.rank)})
    told = [value for value in values if value != fact.least] or values
    if len(told) == 1:
        return Meant(proposed={fact.id: told[0]})
    return Meant(either=tuple({fact.id: value} for value in told[:2]))


def _least(question: Question, fact: Fact) -> str | None:
    """The value of a no, where one is offered and there is just one."""
    offered = {value for _, value in question.options} & set(fact.values)
    denied = sorted(value for value in offered if value in ("no", "none", "normal") or value.startswith("not_"))
    return denied[0] if len(denied) == 1 else None


def _implied(text: Text, question: Question, fact: Fact, opening: Opening) -> Meant:
    """What a bare yes, or a bare time, means."""
    if not (opening.is_yes or opening.is_time or opening.is_little or opening.is_change):
        return NOTHING
    block = text.lexicon.block(fact.id)
    implied = block.implied if block is not None else ()
    offered = {value for _, value in question.options}
    if not implied and "yes" in offered:
        implied = ("yes",)
    if len(implied) == 1:
        return given({fact.id: implied[0]}, opening.is_yes and len(text.spoken) <= 2)
    return Meant(either=tuple({fact.id: value} for value in implied[:2]))
