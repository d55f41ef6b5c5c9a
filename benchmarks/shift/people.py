"""Who comes on a day, what each has in mind, and what they say to a question: all by chance from a seed."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import timedelta
from typing import cast

from benchmarks.shift.clock import Day
from chatbot.case import Mode
from chatbot.interview.conversation import Conversation
from chatbot.interview.parse_given import parse_picked, parse_typed
from chatbot.interview.prompt import Prompt
from chatbot.interview.reading.parse_answer import ParsedAnswer, marks
from tests.support.person import WELL

MINUTE = timedelta(minutes=1)
# What is typed instead of a well person's number by somebody who is worse off.
_NUMBERS = {
    "age_years": ("72", "66", "31", "19"), "onset_days": ("3 weeks", "4 months", "yesterday"),
    "pain_severity_nprs": ("8", "10", "5"), "conservative_weeks": ("8 weeks", "12 weeks"),
}  # fmt: skip
# What people come back with when it got worse.
_WORSE = ("saddle_sensation", "bladder_function", "leg_weakness")
# After so many steps nobody goes on worse than they have to, so that every interview comes to an end.
_LONG = 60


@dataclass(frozen=True, slots=True)
class Patient:
    """Somebody who answers alone.

    `worry` is how often an answer is not a well person's; `stops` after how many steps they stop, `leaves` after how
    many they just go, and `waits` how long they are away before each coming back, where they go on or change something.
    """

    number: int
    arrives: timedelta
    mode: Mode
    country: str
    worry: float
    stops: int = 0
    leaves: int = 0
    waits: tuple[timedelta, ...] = ()
    gets_worse: bool = False


def patients(day: Day) -> list[Patient]:
    """Everybody who answers alone, in the order in which they come."""
    chance = random.Random(f"{day.seed} patients")
    times = sorted(chance.random() for _ in range(day.patients))
    return [_patient(number, day.length * time, day.length / 2, chance) for number, time in enumerate(times)]


def _patient(number: int, arrives: timedelta, longest: timedelta, chance: random.Random) -> Patient:
    worry = chance.choice((0.01, 0.01, 0.02, 0.05, 0.12, 0.3))
    leaves = chance.randrange(1, 20) if chance.random() < 0.09 else 0
    is_back = chance.random() < (0.7 if leaves else 0.45)
    waits = tuple(_away(chance, longest) for _ in range(chance.choice((1, 1, 2)))) if is_back else ()
    mode = cast("Mode", chance.choice(("patient", "patient", "carer")))
    return Patient(
        number, arrives, mode, chance.choice(("gb", "us", "any")), worry,
        chance.randrange(2, 22) if chance.random() < 0.08 else 0, leaves, waits, chance.random() < 0.35,
    )  # fmt: skip


def _away(chance: random.Random, longest: timedelta) -> timedelta:
    return min(longest, chance.choice((1, 2, 4, 8, 15, 30, 60, 120)) * MINUTE * (0.5 + chance.random()))


def rings(day: Day) -> list[timedelta]:
    """When people ring up, from the beginning of the day."""
    chance = random.Random(f"{day.seed} calls")
    return sorted(day.length * chance.random() for _ in range(day.calls))


def answered(at: Conversation, chance: random.Random, worry: float) -> Conversation:
    """The conversation after one step at the question at hand: an answer, or the reply to one line of a list."""
    asked = at.asked
    if asked is None:
        return at
    if len(at.interview.case.answers) > _LONG:
        worry = 0.0
    if asked.question.kind == "lines":
        return _line(at, asked, chance, worry)
    found = _worse(at, asked, chance) if chance.random() < worry else None
    return at.answer(found or _well(at, asked))


def confirmed(at: Conversation, chance: random.Random, worry: float) -> Conversation:
    """The conversation after what the person said alone was read to them and is right; else a step like any other."""
    asked, kept = at.asked, at.previous_answers.get(at.state)
    if asked is None or kept is None or at.interview.again:
        return answered(at, chance, worry)
    if asked.question.kind == "lines":
        before = at.restore_replies()
        return before if before is not at else _line(at, asked, chance, 0)
    found = (
        parse_typed(at, asked, kept.said)
        if asked.is_figure
        else parse_picked(at, asked, _still_there(asked, marks(asked, kept)))
    )
    return at.answer(found if isinstance(found, ParsedAnswer) else _well(at, asked))


def _still_there(asked: Prompt, marked: frozenset[str]) -> frozenset[str]:
    return marked & ({choice.id for choice in asked.choices} | {name for name, _ in asked.always})


def _line(at: Conversation, asked: Prompt, chance: random.Random, worry: float) -> Conversation:
    left = [choice.id for choice in asked.choices if choice.id not in at.current_replies]
    if not left:
        return at.finish_list()
    if len(left) == len(asked.choices) and chance.random() < 0.5:
        found = parse_typed(at, asked, "none of these")
        if chance.random() >= 2 * worry and isinstance(found, ParsedAnswer):
            return at.answer(found)
    # A list has many lines; somebody with one worry has no more than that.
    return at.reply(left[0], "yes" if chance.random() < worry / 4 else "no")


def _well(at: Conversation, asked: Prompt) -> ParsedAnswer:
    """What a well person says, or whatever is understood."""
    for words in (WELL.get(at.state, ""), "none of these", "not sure", "40"):
        found = parse_typed(at, asked, words) if words else None
        if isinstance(found, ParsedAnswer):
            return found
    found = parse_picked(at, asked, frozenset({asked.choices[0].id}))
    assert isinstance(found, ParsedAnswer), (at.state, asked.labels)
    return found


def _worse(at: Conversation, asked: Prompt, chance: random.Random) -> ParsedAnswer | None:
    if asked.question.kind == "number":
        found = parse_typed(at, asked, chance.choice(_NUMBERS.get(at.state, ("not sure",))))
    else:
        names = [choice.id for choice in asked.choices] + [name for name, _ in asked.always]
        found = parse_picked(at, asked, frozenset({chance.choice(names)}))
    return found if isinstance(found, ParsedAnswer) else None


def changed(at: Conversation, chance: random.Random, gets_worse: bool) -> Conversation | None:
    """The conversation in which something is asked again; None where nothing can be."""
    given = [answer.question for answer in at.interview.case.answers]
    worse = [name for name in _WORSE if name in given] if gets_worse else []
    return at.change(chance.choice(worse or given)) if given else None


def got_worse(at: Conversation) -> Conversation:
    """The conversation after the worst answer to the question at hand."""
    asked = at.asked
    if asked is None or asked.question.kind != "one" or not asked.choices:
        return at
    found = parse_picked(at, asked, frozenset({asked.choices[-1].id}))
    return at.answer(found) if isinstance(found, ParsedAnswer) else at
