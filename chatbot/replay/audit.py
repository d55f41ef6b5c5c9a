"""Vignettes through the interview: how often the level that comes out is an acceptable one, and where it is not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from chatbot.errors import InputError
from chatbot.interview.simulate import simulate
from chatbot.packs import strict_yaml
from chatbot.packs.node import did_you_mean, short
from chatbot.packs.pack import Pack
from chatbot.recommendation.rulebook import LEVELS
from chatbot.replay.matrix import Matrix
from chatbot.replay.paths import yaml_files
from chatbot.replay.vignettes import Vignette, VignetteFile, read_vignettes
from chatbot.replay.wilson import Share

EMERGENCY, SAME_DAY = LEVELS.index("emergency_now"), LEVELS.index("same_day")


class BadVignettesError(InputError):
    """Vignettes that cannot be audited, with everything that is wrong with them."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


@dataclass(frozen=True, slots=True)
class Judged:
    """One vignette, the levels acceptable for it (0 to 5, rising), and what came out."""

    id: str
    category: str
    acceptable: tuple[int, ...]
    got: int
    decided_by: tuple[str, ...]
    ended: str
    reason: str
    unanswered: tuple[str, ...]

    @property
    def accurate(self) -> bool:
        """The level is one of the acceptable ones."""
        return self.got in self.acceptable

    @property
    def under(self) -> bool:
        """The level is below the lowest acceptable one."""
        return self.got < self.acceptable[0]

    @property
    def over(self) -> bool:
        """The level is above the highest acceptable one."""
        return self.got > self.acceptable[-1]

    @property
    def reference(self) -> int:
        """The level it is compared with: the one that came out if acceptable, else the lowest acceptable one."""
        return self.got if self.accurate else self.acceptable[0]


Those = Callable[[Judged], bool]
# Each measure: what it is called, of which vignettes, and which of these count.
MEASURES: dict[str, tuple[str, Those, Those]] = {
    "accuracy": ("level is acceptable", lambda _: True, lambda one: one.accurate),
    "under_triage": ("level below the lowest acceptable", lambda _: True, lambda one: one.under),
    "over_triage": ("level above the highest acceptable", lambda _: True, lambda one: one.over),
    "emergency_sensitivity": (
        "only emergency_now acceptable, and reached",
        lambda one: one.acceptable == (EMERGENCY,),
        lambda one: one.got == EMERGENCY,
    ),
    "emergency_specificity": (
        "emergency_now not acceptable, and not reached",
        lambda one: EMERGENCY not in one.acceptable,
        lambda one: one.got < EMERGENCY,
    ),
    "urgent_sensitivity": (
        "at least same_day needed, and reached",
        lambda one: one.acceptable[0] >= SAME_DAY,
        lambda one: one.got >= SAME_DAY,
    ),
    "urgent_specificity": (
        "only less than same_day acceptable, and reached",
        lambda one: one.acceptable[-1] < SAME_DAY,
        lambda one: one.got < SAME_DAY,
    ),
}
GROUPED = ("accuracy", "under_triage", "over_triage")


@dataclass(frozen=True)
class Audit:
    """Every vignette judged, and the pack that was asked."""

    pack: Pack
    judged: tuple[Judged, ...]

    @cached_property
    def measures(self) -> dict[str, Share]:
        """Each measure as a share of the vignettes it is about."""
        return {name: measured(name, self.judged) for name in MEASURES}

    @cached_property
    def matrix(self) -> Matrix:
        """Reference levels and levels that came out."""
        return Matrix.of((one.reference, one.got) for one in self.judged)

    @property
    def outside(self) -> tuple[Judged, ...]:
        """The vignettes whose level is not acceptable."""
        return tuple(one for one in self.judged if not one.accurate)

    def by_level(self) -> dict[str, dict[str, Share]]:
        """Accuracy, under-triage and over-triage for each lowest acceptable level that there is."""
        rising = sorted(self.judged, key=lambda one: one.acceptable[0])
        return _grouped(rising, lambda one: LEVELS[one.acceptable[0]])

    def by_category(self) -> dict[str, dict[str, Share]]:
        """The same for each category, in the order of the files."""
        return _grouped(self.judged, lambda one: one.category)


def measured(name: str, judged: Iterable[Judged]) -> Share:
    """One measure over some vignettes."""
    _, among, counts = MEASURES[name]
    found = [counts(one) for one in judged if among(one)]
    return Share(sum(found), len(found))


def _grouped(judged: Iterable[Judged], key: Callable[[Judged], str]) -> dict[str, dict[str, Share]]:
    groups: dict[str, list[Judged]] = {}
    for one in judged:
        groups.setdefault(key(one), []).append(one)
    return {name: {each: measured(each, group) for each in GROUPED} for name, group in groups.items()}


def audit(names: Iterable[str], find: Callable[[str], Pack], pack_name: str | None = None) -> Audit:
    """Judge every vignette of files and folders; BadVignettesError says all that is wrong with them.

    The pack is the one named, or the one that the first file is for.
    """
    problems: list[str] = []
    files: list[tuple[Path, VignetteFile]] = []
    for named_file in yaml_files(names, "vignette file"):
        try:
            if named_file.fault:
                raise InputError(named_file.fault)
            files.append((Path(named_file.file), read_vignettes(Path(named_file.file))))
        except InputError as error:
            problems.append(str(error))
    if not files:
        raise BadVignettesError(problems)
    pack = _pack(files[0], find, pack_name)
    ids: dict[str, str] = {}
    for path, file in files:
        for place, fault in (*_faults(file, pack), *_twice(path, file, ids)):
            problems.append(f"{path.as_posix()}:{_line(path, place)}: {fault}")
    if problems:
        raise BadVignettesError(problems)
    return Audit(pack, tuple(judge(file, one, pack) for _, file in files for one in file.vignettes))


def judge(file: VignetteFile, vignette: Vignette, pack: Pack) -> Judged:
    """Judges one vignette by what the interview makes of it."""
    simulation = simulate(pack.plan, file.case_of(vignette))
    result = simulation.interview.recommendation
    return Judged(
        id=vignette.id,
        category=file.category,
        acceptable=tuple(sorted({LEVELS.index(level) for level in vignette.acceptable})),
        got=result.level,
        decided_by=tuple(rule.id for rule in result.decided_by),
        ended=simulation.interview.state,
        reason=vignette.reason,
        unanswered=simulation.unanswered,
    )


def _pack(first: tuple[Path, VignetteFile], find: Callable[[str], Pack], named: str | None) -> Pack:
    path, file = first
    try:
        return find(named or file.pack)
    except InputError as error:
        where = "" if named else f"{path.as_posix()}:{_line(path, ('pack',))}: "
        raise BadVignettesError([f"{where}{error}"]) from error


Place = tuple[str | int, ...]


def _faults(file: VignetteFile, pack: Pack) -> Iterator[tuple[Place, str]]:
    """Yields what a file says that the pack does not know, and where."""
    if file.pack != pack.id:
        yield ("pack",), f"these vignettes are for pack '{short(file.pack)}', not for '{pack.id}'"
        return
    yield from _wrong_facts(file.well, pack, ("well",))
    for at, one in enumerate(file.vignettes):
        yield from _wrong_facts(one.facts, pack, ("vignettes", at, "facts"))
        library = pack.rulebook.library
        for number, cite in enumerate(one.cites):
            if cite not in library:
                near = did_you_mean(cite, [*library.claims, *library.sources])
                yield ("vignettes", at, "cites", number), f"there is no claim or source '{short(cite)}'{near}"


def _wrong_facts(facts: Mapping[str, object], pack: Pack, place: Place) -> Iterator[tuple[Place, str]]:
    known = pack.rulebook.facts
    for name, value in facts.items():
        try:
            if name not in known:
                raise InputError(f"there is no fact '{short(name)}'{did_you_mean(name, known)}")
            if value is not None:
                known[name].read(value)
        except InputError as error:
            yield (*place, name), str(error)


def _twice(path: Path, file: VignetteFile, ids: dict[str, str]) -> Iterator[tuple[Place, str]]:
    """The ids that stand in this file or an earlier one already; `ids` remembers where."""
    for at, one in enumerate(file.vignettes):
        if one.id in ids:
            yield ("vignettes", at, "id"), f"the id '{short(one.id)}' stands in {ids[one.id]} already"
        ids.setdefault(one.id, path.as_posix())


def _line(path: Path, place: Place) -> int:
    """The line of a place in a file, which is read again for it: there is seldom anything to say."""
    document, _ = strict_yaml.read(path, path.as_posix())
    return document.line(*place) if document else 1
