"""What is too deep, too large, too much or no file is refused before it is followed."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from yaml.events import NodeEvent

from chatbot.packs import strict_yaml
from chatbot.packs.strict_yaml import (
    MAX_BYTES,
    MAX_DEPTH,
    MAX_NODES,
    read,
)
from tests.support.strict_reading import data, problems
from tests.support.strict_reading import loader as loader

FLOW = ["[", "[\n", "{a: ", "{a: [", "- ", "? ", "{? ", "- ? "]
DEEP = {sign: sign * 100_000 for sign in FLOW}
DEEP |= {"[]": "[" * 100_000 + "]" * 100_000, "{a: 1}": "{a: " * 100_000 + "1" + "}" * 100_000}
DEEP |= {f"indented {sign}": "\n".join(" " * level + sign for level in range(1900)) for sign in ("a:", "-")}


@pytest.mark.parametrize("name", DEEP)
def test_deep_nesting_is_refused_without_being_followed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    class Counting(strict_yaml._Builder):
        def node(self, event: NodeEvent, line: int) -> None:
            seen.append(event)
            super().node(event, line)

    monkeypatch.setattr(strict_yaml, "_Builder", Counting)
    assert "Y004" in [code for _, code in problems(DEEP[name])]
    assert len(seen) <= 2 * MAX_DEPTH + 2


def test_the_deepest_nesting_allowed_is_read() -> None:
    assert data("[" * MAX_DEPTH + "]" * MAX_DEPTH)
    assert problems("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)) == [(1, "Y004")]


def test_an_alias_bomb_builds_nothing() -> None:
    levels = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    assert {code for _, code in problems("\n".join(["a0: &a0 [x]", *levels]))} == {"Y006"}
    assert {code for _, code in problems("a: &a [*a]")} == {"Y006"}


def test_nodes_are_counted_before_they_are_built() -> None:
    assert data("[" + "x," * (MAX_NODES - 1) + "]") == ["x"] * (MAX_NODES - 1)
    assert problems("[" + "x," * MAX_NODES + "]") == [(1, "Y005")]


def test_the_size_cap_counts_bytes() -> None:
    assert data("a: " + "x" * (MAX_BYTES - 3))
    for text in ("x" * (MAX_BYTES + 1), "é" * (MAX_BYTES // 2 + 1), "é" * MAX_BYTES, "a: x\n" * 2_000_000):
        assert problems(text) == [(1, "Y003")]
        assert problems(text.encode()) == [(1, "Y003")]


def test_many_directives_are_refused_before_the_parser_sees_them() -> None:
    many = "".join(f"%TAG !a{n}! x\n" for n in range(100_000))
    assert problems(many) == [(1, "Y001")]
    assert problems("a\n...\n" + many) == [(3, "Y001")]
    assert problems(many.replace("%", "\u200b%")) == [(1, "Y001")]


def test_a_regular_file_is_read_under_the_name_given(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_bytes(b"a: 1\r\na: 2\r\n")
    found = read(file, "dialogs/x.yaml")[1]
    assert [(one.file, one.line, one.code) for one in found] == [("dialogs/x.yaml", 2, "Y010")]
    file.write_bytes(b"a: 1\n")
    document, found = read(file, "dialogs/x.yaml")
    assert document is not None
    assert (document.file, document.data, found) == ("dialogs/x.yaml", {"a": 1}, ())


def unusable(folder: Path) -> Iterator[Path]:
    yield folder
    yield folder / "missing.yaml"
    yield folder / "nul\0.yaml"
    yield folder / ("long" * 1024)
    loop = folder / "loop.yaml"
    loop.symlink_to(loop)
    yield loop
    yield from (device for name in ("zero", "null", "tty") if (device := Path("/dev", name)).exists())
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "fifo.yaml")
        yield folder / "fifo.yaml"


@pytest.mark.skipif(sys.platform == "win32", reason="links and devices are made differently there")
def test_what_is_not_a_regular_file_is_a_problem_and_is_not_waited_for(tmp_path: Path) -> None:
    for path in unusable(tmp_path):
        document, found = read(path, "x.yaml")
        assert document is None
        assert [(one.file, one.line, one.code) for one in found] == [("x.yaml", 1, "Y016")], path
        assert "\0" not in found[0].text


def test_a_large_file_is_refused_before_it_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "x.yaml"
    with file.open("wb") as handle:
        handle.truncate(MAX_BYTES + 1)
    monkeypatch.setattr(Path, "open", None)
    assert [one.code for one in read(file, "x.yaml")[1]] == ["Y003"]
