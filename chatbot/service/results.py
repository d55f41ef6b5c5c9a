"""The use cases: facts in and a recommendation out, one line at a time, whatever the line holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from chatbot.case import INTERVIEW_MODE, Audience, Case, PlainValue, Whom
from chatbot.errors import InputError, TriageError
from chatbot.export.summary_blocks import json_of, markdown
from chatbot.interview.simulate import Simulation, simulate
from chatbot.packs.node import did_you_mean
from chatbot.packs.pack import Pack
from chatbot.recommendation.output import SCHEMA, in_words, result, who_to_see
from chatbot.recommendation.recommend import Recommendation, recommend
from chatbot.recommendation.rulebook import IMAGING, LEVELS
from chatbot.recommendation.summary import Summary, summarise
from chatbot.service.json_lines import is_blank, read_object, short
from chatbot.wording import Wording

# `about` is what an export says of a case besides; nobody looks at it here.
KEYS = ("id", "facts", "country", "about")


@dataclass(frozen=True, slots=True)
class Options:
    """The options of how results are worded: language, country, who reads; `brief` leaves the words out."""

    language: str = "en"
    country: str = "any"
    role: Literal["patient", "carer", "nurse"] | None = None
    brief: bool = False
    whom: Whom = "them"


@dataclass(frozen=True, slots=True)
class Reply:
    """One output object; `error` is the plain sentence when the line could not be used.

    What the object says stands beside it as values; there is no summary where the words are left out.
    """

    data: dict[str, object]
    error: str = ""
    recommendation: Recommendation | None = None
    summary: Summary | None = None
    simulation: Simulation | None = None

    def line(self) -> str:
        """The object as one line of JSON."""
        return json_of(self.data)


def recommend_lines(pack: Pack, lines: Iterable[bytes], options: Options) -> Iterator[Reply]:
    """One recommendation for each line of facts; a bad line is answered in its place."""
    return _answered(pack, lines, options, lambda case: (recommend(pack.rulebook, case), None))


def simulate_lines(pack: Pack, lines: Iterable[bytes], options: Options) -> Iterator[Reply]:
    """The same through the interview, with what was asked."""

    def run(case: Case) -> tuple[Recommendation, Simulation | None]:
        simulation = simulate(pack.plan, case)
        return simulation.interview.recommendation, simulation

    return _answered(pack, lines, options, run)


Run = Callable[[Case], tuple[Recommendation, Simulation | None]]


def _answered(pack: Pack, lines: Iterable[bytes], options: Options, run: Run) -> Iterator[Reply]:
    for number, line in enumerate(lines, start=1):
        if is_blank(line):
            continue
        case_id: str | int | None = None
        try:
            given = read_object(line)
            case_id = read_id(given)
            case = read_case(pack, given, options)
            yield _reply(pack, options, case_id, *run(case))
        except (TriageError, RecursionError) as error:
            text = str(error) if isinstance(error, TriageError) else "the line is nested too deeply"
            yield Reply({"schema": SCHEMA, "line": number, "id": case_id, "error": text}, f"line {number}: {text}")


def read_id(given: dict[str, object]) -> str | int | None:
    """The id of an input object, a text or a whole number, which the output repeats."""
    case_id = given.get("id")
    if case_id is None or isinstance(case_id, str) or (isinstance(case_id, int) and not isinstance(case_id, bool)):
        return case_id
    raise InputError('"id" is a text or a whole number')


def read_case(pack: Pack, given: dict[str, object], options: Options) -> Case:
    """The case that an input object states."""
    facts = read_facts(given)
    country = given.get("country", options.country)
    if not isinstance(country, str) or country not in pack.rulebook.countries:
        raise InputError(f"there is no country '{short(country)}'; use one of {', '.join(pack.rulebook.countries)}")
    for name, value in facts.items():
        if name not in pack.rulebook.facts:
            raise InputError(f"there is no fact '{short(name)}'{did_you_mean(name, pack.rulebook.facts)}")
        pack.rulebook.facts[name].read(value)
    checked: dict[str, PlainValue] = dict(facts)
    if options.role is not None:
        checked.setdefault(INTERVIEW_MODE, options.role)
    return Case.of_facts(checked, country, options.whom)


def read_facts(given: dict[str, object]) -> dict[str, PlainValue]:
    """The facts of an input object that has no other keys than it may have; what they are is not looked at."""
    for key in given:
        if key not in KEYS:
            raise InputError(f"there is no key '{short(key)}' in an input object{did_you_mean(key, KEYS)}")
    if not isinstance(given.get("about", {}), dict):
        raise InputError('"about" is an object')
    facts = given.get("facts")
    if not isinstance(facts, dict):
        raise InputError('the object needs "facts", a mapping of fact names to values')
    return facts


def _reply(
    pack: Pack, options: Options, case_id: object, recommendation: Recommendation, simulation: Simulation | None
) -> Reply:
    summary = None if options.brief else summary_of(pack, recommendation, options.language)
    data = result(recommendation, case_id) if summary is None else _said_of(summary, pack, recommendation, case_id)
    if simulation is not None:
        data |= {
            "asked": list(simulation.asked),
            "questions_asked": len(simulation.asked),
            "ended": simulation.interview.state,
            "unanswered": list(simulation.unanswered),
        }
    return Reply(data, recommendation=recommendation, summary=summary, simulation=simulation)


def result_of(
    pack: Pack, recommendation: Recommendation, language: str = "en", case_id: object = None
) -> dict[str, object]:
    """The whole output object of a recommendation, for whoever answered."""
    return _said_of(summary_of(pack, recommendation, language), pack, recommendation, case_id)


def _said_of(summary: Summary, pack: Pack, recommendation: Recommendation, case_id: object) -> dict[str, object]:
    data = result(recommendation, case_id)
    data |= in_words(summary, recommendation, pack.rulebook, pack.status)
    return data | {"pack": pack.id, "version": pack.version, "digest": pack.digest}


def summary_of(
    pack: Pack, recommendation: Recommendation, language: str = "en", reader: Audience | None = None
) -> Summary:
    """The summary of a recommendation for whoever answered, unless another reader is named."""
    words = _words(pack, recommendation.case, language, reader)
    return summarise(recommendation, pack.rulebook, words, reader or recommendation.case.audience, pack.status)


def _words(pack: Pack, case: Case, language: str, reader: Audience | None = None) -> Wording:
    """The wording in which a case is told to whoever answered, unless another reader is named."""
    return pack.wording(language).read_by("nurse" if reader == "clinician" else case.mode, case.whom)


def documents(
    pack: Pack, recommendation: Recommendation, language: str = "en", heading: str = ""
) -> dict[Literal["md", "json"], bytes]:
    """A recommendation as files to save, by the endings of their names; `heading` stands over the readable one."""
    summary = summary_of(pack, recommendation, language)
    return {
        "md": markdown(summary, _words(pack, recommendation.case, language), heading).encode(),
        "json": f"{json_of(_said_of(summary, pack, recommendation, None))}\n".encode(),
    }


def summary_lines(reply: Reply) -> Iterator[str]:
    """A reply for people: its headline facts, or the error."""
    if reply.recommendation is None:
        yield f"error: {reply.error}"
        return
    case_id, outcome, summary = reply.data["id"], reply.recommendation, reply.summary
    yield f"{'case' if case_id in (None, '') else case_id}: {LEVELS[outcome.level]}, imaging {IMAGING[outcome.imaging]}"
    yield f"  decided by: {', '.join(rule.id for rule in outcome.decided_by) or 'no rule'}"
    if summary is not None:
        yield f"  {summary.within.text}: {who_to_see(summary)}"
    if reply.simulation is not None:
        yield f"  {len(reply.simulation.asked)} questions asked, ended: {reply.simulation.interview.state}"
    if summary is not None:
        yield f"  {summary.notice.text} {summary.status}"
