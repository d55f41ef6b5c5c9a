"""Lanes: which tests run when nobody says more, told by the processor times that `tests/times.tsv` keeps.

A function of tests whose every case is quick runs in the lane `quick`, which is what `pytest` runs. What takes longer
runs in the lane of its folder. A file or a test that is named runs whole. `--take-times` takes the times anew, and
`--check-times` says what does not stand in them; neither the lanes nor the check look at a clock.
"""

import os
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

TIMES = Path(__file__).parents[1] / "times.tsv"
# Seconds of processor that a lane may take in all, as the times say: two cores take half of it.
BOUNDS = {"quick": 120.0, "cases": 900.0, "app": 1000.0, "store": 900.0}
EACH, TOGETHER = 0.3, 0.5
"""What one test may take in the lane `quick`, and all parameters of one function together."""
SHARE = 40
"""A random sample of the lane `quick` is so many times smaller than that of the lane `cases`."""
KEPT_AFTER = 20
"""Times are kept after so many functions, so that a run that is broken off was not for nothing."""
TRIED = 3
"""So many parameters of a function are timed, spread over all; the rest is reckoned from them."""
LONGER = {"tui": "app", "plain": "app", "service": "store", "storage": "store"}


class Time(NamedTuple):
    """Seconds of processor of a function of tests: of the slowest of its tests, and of all.

    What a file prepares once is shared among the functions that need it, whichever of them is the first to run.
    """

    slowest: float
    together: float


def function_of(item: pytest.Item) -> str:
    """The name a function of tests has in the times: its file below `tests`, and its own."""
    return f"{item.path.relative_to(TIMES.parent).as_posix()}::{item.nodeid.partition('::')[2].partition('[')[0]}"


def read_times() -> dict[str, Time]:
    """The times that are kept."""
    if not TIMES.exists():
        return {}
    rows = (line.split("\t") for line in TIMES.read_text(encoding="utf-8").splitlines())
    return {name: Time(float(slowest), float(together)) for name, slowest, together in rows}


def write_times(times: dict[str, Time]) -> None:
    """Keeps the times, a line for each function, in order, so that two changes of it merge."""
    rows = (f"{name}\t{time.slowest:.2f}\t{time.together:.2f}\n" for name, time in sorted(times.items()))
    TIMES.write_text("".join(rows), encoding="utf-8")


def is_sampled(item: pytest.Item) -> bool:
    """Whether the lane says how many random cases it tries."""
    return "sample" in getattr(item, "fixturenames", ())


def time_in_lane(time: Time, lane: str, sampled: bool) -> float:
    """What a function takes in a lane, in which samples may be smaller."""
    return time.together / SHARE if sampled and lane == "quick" else time.together


def lanes_of(item: pytest.Item, times: dict[str, Time]) -> set[str]:
    """The lanes of a test; one without a time is taken for quick, and the check of the times says so."""
    if is_sampled(item):
        return {"quick", "cases"}
    time = times.get(function_of(item), Time(0, 0))
    if time.slowest <= EACH and time.together <= TOGETHER:
        return {"quick"}
    return {LONGER.get(item.path.parent.name, "cases")}


def faults_of(items: Iterable[pytest.Item], times: dict[str, Time]) -> Iterator[str]:
    """What is wrong with the times: tests that do not stand in them or no longer exist, and lanes that are too long."""
    first = {function_of(item): item for item in items}
    for name in sorted(first.keys() - times.keys()):
        yield f"{name} has no time"
    for name in sorted(times.keys() - first.keys()):
        yield f"{name} has a time and is no test"
    sums: dict[str, float] = defaultdict(float)
    for name, item in first.items():
        for lane in lanes_of(item, times):
            sums[lane] += time_in_lane(times.get(name, Time(0, 0)), lane, is_sampled(item))
    for lane, bound in BOUNDS.items():
        if sums[lane] > bound:
            yield f"the lane {lane} takes {sums[lane]:.0f} s of processor, and may take {bound:.0f}"


def _processor() -> float:
    """The seconds of processor that this process and its children that have ended took."""
    return sum(os.times()[:4])


def _is_once(fixture: pytest.FixtureDef[object]) -> bool:
    """Whether a file of tests prepares something once for its own tests."""
    return fixture.baseid.endswith(".py") and fixture.scope != "function"


def _name_of(fixture: pytest.FixtureDef[object]) -> tuple[str, str]:
    return fixture.baseid, fixture.argname


def prepared_for(item: pytest.Item) -> set[tuple[str, str]]:
    """What its file prepares once and a test needs."""
    known = getattr(item, "_fixtureinfo", None)  # of all that is no function, too
    return {_name_of(each[-1]) for each in known.name2fixturedefs.values() if _is_once(each[-1])} if known else set()


class Lanes:
    """Chooses the tests of a run, takes their times where that is asked for, and says what was left out."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._times = read_times()
        self._left_out: Counter[str] = Counter()
        self._began = 0.0
        self._once: dict[tuple[str, str], float] = {}
        self._needed: Counter[tuple[str, str]] = Counter()
        self._taken: dict[str, list[float]] = defaultdict(list)
        self._shared: dict[str, float] = {}
        self._amounts: Counter[str] = Counter()
        named = [Path(arg.partition("::")[0]) for arg in config.args]
        self._in_part = any(not path.samefile(TIMES.parent) for path in named if path.exists())
        self._is_whole = bool(named) and all(path.is_file() for path in named)

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Mark each test with its lanes; without a choice of marks, leave out what is not quick."""
        if self._config.option.check_times:
            self._check(items)
        if self._config.option.take_times:
            self._choose_timed(items)
            return
        left = []
        for item in items:
            lanes = lanes_of(item, self._times)
            for lane in lanes:
                item.add_marker(lane)
            if "quick" not in lanes:
                left.append((item, *lanes))
        if not self._config.option.markexpr and not self._is_whole:
            self._left_out.update(lane for _, lane in left)
            gone = {item for item, _ in left}
            items[:] = [item for item in items if item not in gone]
            self._config.hook.pytest_deselected(items=list(gone))

    def _check(self, items: list[pytest.Item]) -> None:
        faults = list(faults_of(items, self._times))
        mend = "; take them with: pytest --take-times, or for new tests: pytest --take-times FILE"
        pytest.exit("\n".join([*faults, f"tests/times.tsv is not right{mend}"] if faults else ["ok"]), bool(faults))

    def _choose_timed(self, items: list[pytest.Item]) -> None:
        by_function: dict[str, list[pytest.Item]] = defaultdict(list)
        for item in items:
            by_function[function_of(item)].append(item)
        kept: set[pytest.Item] = set()
        for name, ones in by_function.items():
            self._amounts[name] = len(ones)
            self._needed.update(prepared_for(ones[0]))
            kept.update(ones[round(i * (len(ones) - 1) / (TRIED - 1))] for i in range(TRIED))
        items[:] = [item for item in items if item in kept]

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_setup(self) -> Iterator[None]:
        """A test's time begins with what it needs."""
        self._began = _processor()
        return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[object]) -> Iterator[Any]:
        """What a file prepares once is timed by itself, and is none of the time of the test that came first."""
        began = _processor()
        prepared = yield
        if _is_once(fixturedef):
            took = _processor() - began
            self._once[_name_of(fixturedef)] = took
            self._began += took
        return prepared

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[Any]:
        """Its time ends when it has put everything away."""
        report: pytest.TestReport = yield
        if self._config.option.take_times and call.when == "teardown":
            name = function_of(item)
            once = sum(self._once.get(each, 0) / self._needed[each] for each in prepared_for(item))
            report.user_properties.append(("cpu", (name, _processor() - self._began, once, self._amounts[name])))
        return report

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Gather the times, also from other processes."""
        for function, seconds, once, amount in (value for name, value in report.user_properties if name == "cpu"):
            self._taken[function].append(seconds)
            self._shared[function], self._amounts[function] = once, amount
            if len(self._taken) % KEPT_AFTER == 0:
                write_times(read_times() | self._times_taken())

    def _times_taken(self) -> dict[str, Time]:
        amounts, shared = self._amounts, self._shared
        return {
            name: Time(max(each) + shared[name], sum(each) / len(each) * amounts[name] + shared[name])
            for name, each in self._taken.items()
        }

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Tell the process that began this one what was left out, or keep the times."""
        if (output := getattr(session.config, "workeroutput", None)) is not None:
            output["left_out"] = dict(self._left_out)
        elif self._taken:
            # Where a run was broken off or was of some files, the other times stand.
            whole = session.exitstatus in (0, 1) and not self._in_part
            write_times(self._times_taken() if whole else read_times() | self._times_taken())

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Each process leaves out the same; what one says is enough."""
        self._left_out = Counter(getattr(node, "workeroutput", {}).get("left_out", self._left_out))

    def pytest_report_header(self) -> str:
        """Say at the start which tests these are."""
        return f"lane: {self._config.option.markexpr or ('all of what is named' if self._is_whole else 'quick')}"

    @pytest.hookimpl(trylast=True)
    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say at the end what was left out, and how it is run."""
        if not self._left_out:
            return
        terminalreporter.section("left out, since each takes longer")
        for lane, count in sorted(self._left_out.items()):
            terminalreporter.write_line(f"{count:6} tests of the lane {lane}: pytest -m {lane}")
        terminalreporter.write_line("       all of them: pytest -m 'cases or app or store'")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Options of the lanes."""
    group = parser.getgroup("lanes")
    group.addoption("--cases", type=int, default=0, help="random cases of each sample, instead of the lane's number")
    group.addoption("--take-times", action="store_true", help="run a share of all tests and keep their processor times")
    group.addoption("--check-times", action="store_true", help="only check the kept times; with -n 0")


def pytest_configure(config: pytest.Config) -> None:
    """Name the lanes as marks."""
    for lane in BOUNDS:
        config.addinivalue_line("markers", f"{lane}: the lane {lane}, set by the times in tests/times.tsv")
    config.pluginmanager.register(Lanes(config), "lanes")


@pytest.fixture(scope="session")
def sample(pytestconfig: pytest.Config) -> Callable[[int], int]:
    """How many random cases are tried of so many that the lane `cases` tries."""
    given = pytestconfig.option.cases
    full = pytestconfig.option.take_times or "cases" in pytestconfig.option.markexpr
    return lambda whole: given or (whole if full else max(whole // SHARE, 1))
