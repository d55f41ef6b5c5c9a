"""Lanes of tests follow from kept times, and the check of these finds what is wrong with them."""

from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from chatbot.packs.pack import Pack
from tests.support.lanes import (
    BOUNDS,
    EACH,
    SHARE,
    TIMES,
    TOGETHER,
    Time,
    faults_of,
    lanes_of,
    prepared_for,
    read_times,
    write_times,
)


def a_test(file: str, name: str, fixtures: Sequence[str] = ()) -> pytest.Item:
    """As much of a collected test as the lanes look at."""
    path = TIMES.parent / file
    return cast("pytest.Item", SimpleNamespace(path=path, nodeid=f"tests/{file}::{name}", fixturenames=fixtures))


@pytest.mark.parametrize(
    ("file", "time", "lane"),
    [
        ("tui/test_a.py", Time(EACH, TOGETHER), "quick"),
        ("tui/test_a.py", Time(EACH + 0.1, EACH + 0.1), "app"),
        ("tui/test_a.py", Time(0.1, TOGETHER + 0.1), "app"),
        ("storage/test_a.py", Time(9, 9), "store"),
        ("test_a.py", Time(9, 9), "cases"),
    ],
)
def test_what_takes_longer_goes_to_the_lane_of_its_folder(file: str, time: Time, lane: str) -> None:
    assert lanes_of(a_test(file, "test_it[one]"), {f"{file}::test_it": time}) == {lane}


def test_a_test_without_a_time_is_quick_and_the_check_names_it() -> None:
    new = a_test("tui/test_new.py", "TestIt::test_it[one]")
    assert lanes_of(new, {}) == {"quick"}
    assert list(faults_of([new], {})) == ["tui/test_new.py::TestIt::test_it has no time"]


def test_a_test_of_random_cases_is_quick_with_few_and_longer_with_all() -> None:
    sampled = a_test("interview/test_a.py", "test_it", ["sample"])
    times = {"interview/test_a.py::test_it": Time(9.0, BOUNDS["quick"] * SHARE - 1)}
    assert lanes_of(sampled, times) == {"quick", "cases"}
    assert [fault.partition(" takes")[0] for fault in faults_of([sampled], times)] == ["the lane cases"]


def test_the_check_finds_what_is_no_test_and_a_lane_that_is_too_long() -> None:
    often = Time(EACH, TOGETHER)
    many = [a_test("packs/test_a.py", f"test_{n}") for n in range(int(BOUNDS["quick"] / TOGETHER) + 1)]
    times = {f"packs/test_a.py::test_{n}": often for n in range(len(many))} | {"test_b.py::test_gone": often}
    assert [fault.partition(" takes")[0] for fault in faults_of(many, times)] == [
        "test_b.py::test_gone has a time and is no test",
        "the lane quick",
    ]


def test_times_are_kept_a_line_each_in_order(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tests.support.lanes.TIMES", tmp_path / "times.tsv")
    assert read_times() == {}
    times = {"b.py::test_one": Time(0.25, 0.5), "a.py::test_two": Time(1, 2)}
    write_times(times)
    assert (tmp_path / "times.tsv").read_text() == "a.py::test_two\t1.00\t2.00\nb.py::test_one\t0.25\t0.50\n"
    assert read_times() == times


@pytest.mark.usefixtures("dear", "each")
def test_what_a_file_prepares_once_is_told_from_what_each_test_and_what_many_files_need(
    request: pytest.FixtureRequest,
) -> None:
    """The pack is many files' and is prepared once by each process."""
    assert prepared_for(cast("pytest.Item", request.node)) == {("tests/test_lanes.py", "dear")}


@pytest.fixture(scope="module")
def dear() -> None:
    """Stands for what takes long to prepare."""


@pytest.fixture
def each(pack: Pack) -> None:
    """Stands for what each test prepares for itself."""
