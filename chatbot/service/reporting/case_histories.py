"""All cases of a window gone through once: what happened in each, without who it was about and without their words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby

from chatbot.case import NOT_SURE, PlainValue
from chatbot.errors import DamagedError, PackError, TriageError
from chatbot.interview.conversation import Conversation
from chatbot.packs.pack import Pack
from chatbot.recommendation.rulebook import LEVELS
from chatbot.service.cases import KeptCase, of_chain
from chatbot.service.folding import Folding
from chatbot.service.records import Records
from chatbot.service.reporting.level_changes import Moment, deciding, level_in, rules_in
from chatbot.service.reporting.level_choices import Choice, Choices
from chatbot.service.reporting.time_taken import Asker, Pace
from chatbot.service.reporting.waits import Stood, Wait, Waits
from chatbot.storage.chain import Stored, head_of
from chatbot.storage.events import Called, Claimed, Graded, Issued, Started, Work
from chatbot.storage.projection import after
from chatbot.storage.row import STORE, Row


@dataclass(frozen=True, slots=True)
class Said:
    """One question answered in one interview, and whether "not sure" or "rather not say" is what stands there."""

    question: str
    asker: Asker
    unsure: bool


@dataclass(slots=True)
class Course:
    """The course of one case.

    `issued` is the level shown last, `stands` the one that holds with what a clinician chose; `fired` are the rules of
    all that was shown, `decided` those that decided it, `differs` whether this program gives a level otherwise, `had`
    the logins that took the case on, `grade` the level a lead gave it since it was closed last.
    """

    pack: str
    issued: int | None = None
    stands: int | None = None
    closed: bool = False
    fired: set[str] = field(default_factory=set)
    decided: set[str] = field(default_factory=set)
    had: set[str] = field(default_factory=set)
    differs: bool = False
    grade: int | None = None
    choices: tuple[Choice, ...] = ()
    said: list[Said] = field(default_factory=list)
    waits: Waits = field(default_factory=Waits)
    pace: Pace = field(default_factory=Pace)

    @property
    def waited(self) -> list[Wait]:
        """From being told to being closed, each time."""
        return self.waits.waited

    @property
    def stood(self) -> list[Stood]:
        """The levels that stood, one after another."""
        return self.waits.stood

    @property
    def choice(self) -> Choice | None:
        """The level a clinician chose that stands, where there is one."""
        return next((choice for choice in self.choices if choice.fate == "stands"), None)


def course_of(kept: KeptCase) -> Course:
    """Works out what happened in a case; TriageError where it cannot be done again."""
    choices, row, pack, before = Choices(), Row(kept.row.case), kept.pack, None
    course = Course(pack.id)
    for event, conversation in kept.steps():
        # Of other steps a row holds nothing but where they led and when, and that is looked at by nobody here.
        then = after(row, event) if isinstance(event.did, Started | Called | Issued | Work) else row
        moment, row = Moment(row, event, then, pack, conversation), then
        if isinstance(event.did, Called) and before is not None:
            course.said += _said(before)
        for part in (choices, course.waits, course.pace):
            part.take(moment)
        _take(course, moment)
        before = conversation
    course.said += _said(before) if before else []
    course.pace.end()
    course.stands, course.closed, course.choices = row.stands, bool(row.closed), choices.found()
    course.had |= {choice.login for choice in course.choices}
    # A choice over what was not shown yet was decided, too.
    course.decided |= {rule for choice in course.choices for rule in choice.rules}
    return course


def _take(course: Course, moment: Moment) -> None:
    """Counts what else is counted of an event."""
    did, row = moment.event.did, moment.row
    if row.owner and (row.owner != moment.before.owner or isinstance(did, Called | Claimed)):
        course.had.add(row.owner)
    if isinstance(did, Issued):
        level = level_in(did.result)
        if level is None:
            raise DamagedError(f"event {moment.event.seq} shows a level that there is not")
        course.issued = level
        course.fired |= rules_in(did.result, "rules", moment.pack)
        course.decided |= deciding(rules_in(did.result, "decided_by", moment.pack))
        course.differs |= level != moment.conversation.interview.recommendation.level
        # Whoever graded it had closed another level.
        course.grade = None
    elif isinstance(did, Graded):
        course.grade = LEVELS.index(did.level)


def _said(conversation: Conversation) -> Iterable[Said]:
    asker: Asker = "nurse" if conversation.interview.case.mode == "nurse" else "alone"
    for answer in conversation.interview.case.answers:
        yield Said(answer.question, asker, any(map(_is_unsure, answer.values.values())))


def _is_unsure(value: PlainValue) -> bool:
    return bool(set(NOT_SURE).intersection(value)) if isinstance(value, list) else value in NOT_SURE


@dataclass(frozen=True, slots=True)
class Gathered:
    """The cases of a window, and those left out with why; `gone_on` are counted where they go on, under another name.

    `packs` are the installed packs by name, None where a pack is not installed any more.
    """

    until: datetime
    since: datetime | None
    courses: tuple[Course, ...]
    left_out: tuple[str, ...]
    gone_on: int
    packs: Mapping[str, Pack | None]


def gather(
    records: Records, load: Callable[[str], Pack], days: int | None, watch: Callable[[int], None] = lambda _: None
) -> Gathered:
    """Every case that began in the last so many days, or every one."""
    now, folding = records.clock(), Folding(records.store, load)
    since = None if days is None else now - timedelta(days=days)
    courses, left_out, gone_on = list[Course](), list[str](), 0
    for case, chain in groupby(records.store.chains(), key=lambda event: event[0]):
        stored = [Stored(seq, digest, body) for _, seq, digest, body in chain]
        watch(len(stored))
        try:
            kept = None if case == STORE else _begun_since(folding, case, stored, since)
            if kept is not None and kept.gone_on:
                gone_on += 1
            elif kept is not None:
                courses.append(course_of(kept))
        except PackError:
            left_out.append(f"case {case}: this program cannot read the content it was asked with")
        except TriageError as error:
            left_out.append(f"case {case}: {error}")
    packs = {name: _installed(load, name) for name in sorted({course.pack for course in courses})}
    return Gathered(now, since, tuple(courses), tuple(left_out), gone_on, packs)


def _begun_since(folding: Folding, case: str, stored: list[Stored], since: datetime | None) -> KeptCase | None:
    """A case; None where it began before the window. DamagedError where its events are not as written."""
    head_of(case, stored)
    kept = of_chain(folding, case, stored)
    return None if since is not None and kept.began.at < since else kept


def _installed(load: Callable[[str], Pack], name: str) -> Pack | None:
    try:
        return load(name)
    except TriageError:
        return None
