"""The people a change is tried on: scripted, the pack's own cases, real ones, one fact at a time, and random."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random

from chatbot.case import INTERVIEW_MODE, NOT_SURE, Answer, Case, Fact, Mode, PlainValue, Stated, plain
from chatbot.condition import TRUE
from chatbot.errors import InputError, TriageError
from chatbot.packs.pack import Pack
from chatbot.packs.random_cases import random_case
from chatbot.recommendation.assess import assessor
from chatbot.recommendation.rulebook import Rulebook
from chatbot.replay.exchanges import listen
from chatbot.replay.files import read_transcript, transcript_files
from chatbot.replay.thresholds import bounds_of
from chatbot.replay.vignettes import read_vignettes, vignette_paths

Facts = Mapping[str, PlainValue]
# What a line of an archive holds: its id, its facts, its country.
Line = tuple[str | int | None, Facts, str]
PARTS = 4  # of each whole random case, so many people are made: itself, and the rest with some answers missing
WORRYING = (0.05, 0.1, 0.2, 0.4)
KNOWN = (0.5, 0.8, 0.95)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to try a change on; `source` says where they come from, `id` which one they are."""

    id: str
    source: str
    case: Case


@dataclass(frozen=True, slots=True)
class Fitted:
    """A case as one version of a pack can take it, and the facts and values it does not have."""

    case: Case
    left_out: tuple[str, ...]


def fitted(case: Case, rulebook: Rulebook) -> Fitted:
    """The case without what this rulebook has no fact, value or country for."""
    answers: list[Answer] = []
    left_out: list[str] = []
    for answer in case.answers:
        values = {name: value for name, value in answer.values.items() if _is_known(name, value, rulebook)}
        left_out += [name for name in answer.values if name not in values]
        answers.append(answer if len(values) == len(answer.values) else answer.model_copy(update={"values": values}))
    if case.country not in rulebook.countries:
        left_out.append(f"country {case.country}")
        case = case.model_copy(update={"country": rulebook.countries[0]})
    return Fitted(case.with_answers(tuple(answers)) if left_out else case, tuple(left_out))


def as_stated(case: Case, _: Rulebook) -> Fitted:
    """The case as it is, where both versions can take whatever one of them can."""
    return Fitted(case, ())


def are_alike(one: Rulebook, other: Rulebook) -> bool:
    """True when two rulebooks have the same facts with the same values, and the same countries."""
    shapes = (
        {name: (fact.kind, set(fact.values), fact.low, fact.high, fact.decimals) for name, fact in book.facts.items()}
        for book in (one, other)
    )
    return next(shapes) == next(shapes) and set(one.countries) == set(other.countries)


def _is_known(name: str, value: PlainValue, rulebook: Rulebook) -> bool:
    try:
        return name in rulebook.facts and rulebook.facts[name].read(value) is not None
    except InputError:
        return False


def everybody(old: Pack, new: Pack, transcripts: Iterable[str], vignettes: Iterable[str]) -> list[Person | InputError]:
    """Scripted people, the cases of both versions and their single facts; who says the same twice is there once."""
    # A conversation belongs to the version it was written for, which is the new one where both can play it.
    people: list[Person | InputError] = [*of_transcripts(transcripts, (new, old)), *of_vignettes(vignettes)]
    for pack in (new, old):
        people += [*of_cases(pack), *of_single_facts(pack)]
    return list({_said(person): person for person in reversed(people)}.values())[::-1]


def _said(person: Person | InputError) -> object:
    """The statements of a person; a case and a conversation that state the same are two."""
    if isinstance(person, InputError):
        return str(person)
    return person.source, person.case.model_dump_json(exclude={"answers": {"__all__": {"said"}}})


def of_cases(pack: Pack) -> Iterator[Person]:
    """The pack's own cases."""
    yield from (Person(f"case {case.name}", "case", case.case) for case in pack.cases)


def of_transcripts(paths: Iterable[str], packs: Iterable[Pack]) -> Iterator[Person | InputError]:
    """Each conversation's case at its end, played on the first pack that can; an InputError where none can."""
    for path in transcript_files(paths):
        yield _at_the_end(path, packs)


def _at_the_end(path: Path, packs: Iterable[Pack]) -> Person | InputError:
    transcript = read_transcript(path)
    fault: TriageError | None = None
    for pack in packs:
        try:
            interview, _ = listen(transcript, pack)
        except TriageError as error:
            fault = fault or error
        else:
            return Person(f"transcript {path.stem}", "transcript", interview.completed)
    return InputError(f"{path.as_posix()}: {fault}")


def of_vignettes(paths: Iterable[str]) -> Iterator[Person]:
    """The people of vignette files."""
    for path in vignette_paths(paths):
        file = read_vignettes(path)
        for vignette in file.vignettes:
            yield Person(f"vignette {vignette.id}", "vignette", file.case_of(vignette))


def of_archive(lines: Iterable[bytes], read: Callable[[bytes], Line], packs: Iterable[Pack], file: str) -> list[Person]:
    """The people of an archive, one JSON object a line; a line that cannot be used is an error with its number."""
    books = [pack.rulebook for pack in packs]
    people: list[Person] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            name, facts, country = read(line)
            _check(facts, country, books)
            case = Case.of_facts(facts, country)
        except (InputError, RecursionError) as error:
            why = error if isinstance(error, InputError) else "the line is nested too deeply"
            raise InputError(f"{file}:{number}: {why}") from error
        people.append(Person(f"archive {name if name is not None else f'line {number}'}", "archive", case))
    return people


def _check(facts: Facts, country: str, books: list[Rulebook]) -> None:
    """Refuses what neither version of a pack has: that is a slip, and not a change."""
    if not any(country in book.countries for book in books):
        raise InputError(f"there is no country '{country[:60]}'; use one of {', '.join(books[0].countries)}")
    for name, value in facts.items():
        having = [book.facts[name] for book in books if name in book.facts]
        if not having:
            raise InputError(f"there is no fact '{name[:60]}' in either version")
        if not any(_is_known(name, value, book) for book in books):
            having[0].read(value)


def of_single_facts(pack: Pack) -> Iterator[Person]:
    """The least worrying case with each value of each fact, one at a time; numbers at every bound and beside it."""
    for name, fact in pack.rulebook.facts.items():
        base = least_case(pack.rulebook, nurse=fact.nurse_only)
        for value in _values(pack, fact) if name != INTERVIEW_MODE else ():
            label = value if not isinstance(value, list) else ", ".join(value) or "none"
            yield Person(f"only {name} {label}", "single fact", Case.of_facts({**base, name: value}))


def least_case(rulebook: Rulebook, nurse: bool = False) -> dict[str, PlainValue]:
    """Facts in asking order, each where it applies, with the least worrying value; ages from where worse rises."""
    mode: Mode = "nurse" if nurse else "patient"
    facts: dict[str, PlainValue] = {INTERVIEW_MODE: mode} if INTERVIEW_MODE in rulebook.facts else {}
    rule_state = assessor(rulebook).begin(mode)
    for name, fact in rulebook.facts.items():
        if name != INTERVIEW_MODE and rule_state.applies(name) == TRUE:
            facts[name] = plain(fact.least) if fact.rises_from is None else int(fact.rises_from)
            rule_state = rule_state.with_stated(Stated({**rule_state.values, name: fact.read(facts[name])}))
    return facts


def _values(pack: Pack, fact: Fact) -> list[PlainValue]:
    if fact.kind == "one":
        return list(fact.values)
    if fact.kind == "many":
        return [[], *([item] for item in fact.items), *([] if "unknown" in fact.items else ["unknown"])]
    step = 10**-fact.decimals if fact.decimals else 1
    at = {bound.number for bound in bounds_of(pack) if bound.fact == fact.id}
    near = {round(number + beside, fact.decimals) for number in at for beside in (-step, 0, step)}
    numbers: list[PlainValue] = [
        number if fact.decimals else int(number)
        for number in sorted(near | {fact.low, fact.high})
        if fact.low <= number <= fact.high
    ]
    return [*numbers, *NOT_SURE]


def at_random(rulebooks: tuple[Rulebook, ...], seed: int, numbers: range) -> Iterator[Person]:
    """The people of these numbers, from the versions in turn: one of four whole, three with answers missing."""
    at, whole = -1, Case()
    for number in numbers:
        group, part = divmod(number, PARTS)
        rulebook = rulebooks[group % len(rulebooks)]
        if group != at:
            random = Random(f"{seed}:{group}")
            at, whole = group, random_case(rulebook, random, worrying=random.choice(WORRYING))
        country = rulebook.countries[number % len(rulebook.countries)]
        case = whole.model_copy(update={"country": country})
        yield Person(f"random {number}", "random", _with_gaps(case, Random(f"{seed}:{number}:gaps")) if part else case)


def _with_gaps(case: Case, random: Random) -> Case:
    """The case with some answers missing, and as many of them not known."""
    known, answers = random.choice(KNOWN), list[Answer]()
    for answer in case.answers:
        if answer.question == INTERVIEW_MODE or random.random() < known:
            answers.append(answer)
        elif random.random() < 0.5:
            answers.append(answer.model_copy(update={"values": dict.fromkeys(answer.values, "unknown")}))
    return case.with_answers(tuple(answers))
