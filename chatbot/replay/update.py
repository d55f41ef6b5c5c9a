"""Transcript files taken along with a pack that has changed: what to change in them, as a patch.

What need not change stays as it is to the byte: comments, blank lines, the way the author wrote a turn.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import yaml

from chatbot.errors import InputError, TriageError
from chatbot.interview.transcript import Expect, Transcript
from chatbot.packs import strict_yaml
from chatbot.packs.pack import Pack
from chatbot.replay.files import read_transcript, transcript_files
from chatbot.replay.play import DifferenceError, play
from chatbot.replay.record import expect_line, turn_line
from chatbot.replay.repair import NEW, Mended, mended

_NO_END = "\\ No newline at end of file"
_LINE = re.compile(r"[^\n]*\n|[^\n]+")


@dataclass(frozen=True, slots=True)
class Update:
    """One transcript that no longer replays: its text, what it would become, and what was done to it.

    `fault` says why it cannot be updated; then the text stays as it is.
    """

    file: str
    before: str
    after: str
    what: str = ""
    fault: str = ""

    def patch(self) -> str:
        """The change as a unified diff, empty when there is none; `patch -p0` and `git apply -p0` take it."""
        old, new = (_LINE.findall(text) for text in (self.before, self.after))
        found = difflib.unified_diff(old, new, self.file, self.file)
        return "".join(line if line.endswith("\n") else f"{line}\n{_NO_END}\n" for line in found)


def updates(paths: Iterable[str], find: Callable[[str], Pack]) -> Iterator[tuple[str, Update | None]]:
    """Every transcript file, with what to change in it; None for one that still replays.

    InputError for what is no transcript, or plays against no pack there is.
    """
    packs: dict[str, Pack] = {}
    for path in transcript_files(paths):
        transcript = read_transcript(path)
        if transcript.pack not in packs:
            packs[transcript.pack] = find(transcript.pack)
        yield path.as_posix(), update(path, transcript, packs[transcript.pack])


def update(path: Path, transcript: Transcript, pack: Pack) -> Update | None:
    """Works out what to change in one file so that it replays again; None when it does so now."""
    try:
        play(transcript, pack)
    except DifferenceError:
        pass
    except InputError:
        if transcript.country not in pack.rulebook.countries:
            raise
    else:
        return None
    file, before = path.as_posix(), path.read_bytes().decode("utf-8")
    turns, expect = mended(transcript, pack)
    try:
        after = _File(before).rewritten(transcript, turns, expect)
        document, problems = strict_yaml.parse(after, file)
        if document is None:
            raise InputError("; ".join(map(str, problems)))
        play(Transcript.model_validate(document.data), pack)
    except (TriageError, ValueError) as error:
        return Update(file, before, before, fault=f"it has to be changed by hand: {error}")
    return Update(file, before, after, _summary(transcript, turns, expect))


def _summary(transcript: Transcript, turns: Sequence[Mended], expect: Expect) -> str:
    """Sums up what was done, in a few words."""
    kept = {turn.place for turn in turns}
    new = [_name(turn.turn) for turn in turns if turn.place is None]
    gone = [_name(turn) for place, turn in enumerate(transcript.turns) if place not in kept]
    changed = [name for name in gone if name in new] + [_name(t.turn) for t in turns if t.why and t.why != NEW]
    new, gone = ([name for name in names if name not in changed] for names in (new, gone))
    named = (("new", new), ("no longer asked", gone), ("changed", changed))
    parts = [f"{what}: {', '.join(dict.fromkeys(names))}" for what, names in named if names]
    other = [name for name in Expect.model_fields if getattr(expect, name) != getattr(transcript.expect, name)]
    return "; ".join([*parts, *([f"expected otherwise: {', '.join(other)}"] if other else [])])


def _name(turn: object) -> str:
    return str(getattr(turn, "ask", getattr(turn, "change", getattr(turn, "jump", turn))))


class _File:
    """The lines of a transcript file, and where in them its turns and expectations stand."""

    def __init__(self, text: str) -> None:
        self.lines = _LINE.findall(text)
        if text.replace("\r\n", "").count("\r"):
            raise InputError("its lines end in a way of their own")
        self.end = "\r\n" if self.lines[0].endswith("\r\n") else "\n"
        if not self.lines[-1].endswith("\n"):
            self.lines[-1] += self.end
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        self.nodes = {key.value: (key, value) for key, value in root.value} if root else {}

    def rewritten(self, transcript: Transcript, turns: Sequence[Mended], expect: Expect) -> str:
        """The text with other turns and expectations."""
        changes = [self.turns(turns), *self.expectations(transcript.expect, expect)]
        lines = list(self.lines)
        for start, stop, new in sorted(changes, reverse=True):
            lines[start:stop] = new
        return "".join(lines)

    def turns(self, turns: Sequence[Mended]) -> tuple[int, int, list[str]]:
        """The lines of the turns: those kept with the comments before them, new ones with a comment behind."""
        items = self.nodes["turns"][1].value
        spans = [(item.start_mark.line, _last_line(item) + 1) for item in items]
        first = self.nodes["turns"][0].start_mark.line + 1
        if spans[0][0] < first or any(one[1] > other[0] for one, other in pairwise(spans)):
            raise InputError("its turns do not stand on lines of their own")
        starts = [first, *(stop for _, stop in spans[:-1])]
        indent = self.lines[spans[0][0]][: items[0].start_mark.column].rpartition("-")[0]
        lines: list[str] = []
        kept = {turn.place for turn in turns}
        gone = iter(place for place in range(len(spans)) if place not in kept)
        waiting = next(gone, None)
        for turn in turns:
            while waiting is not None and turn.place is not None and waiting < turn.place:
                lines += self.lines[starts[waiting] : spans[waiting][0]]  # comments stay, whatever they spoke of
                waiting = next(gone, None)
            lines += self.turn(turn, spans, starts, indent)
        while waiting is not None:
            lines += self.lines[starts[waiting] : spans[waiting][0]]
            waiting = next(gone, None)
        return first, spans[-1][1], lines

    def turn(self, turn: Mended, spans: list[tuple[int, int]], starts: list[int], indent: str) -> list[str]:
        """The lines of one turn."""
        new = [f"{indent}{turn_line(turn.turn).lstrip()}  # {turn.why}{self.end}"]
        if turn.place is None:
            return new
        before = self.lines[starts[turn.place] : spans[turn.place][0]]
        return before + (new if turn.why else self.lines[slice(*spans[turn.place])])

    def expectations(self, before: Expect, after: Expect) -> Iterator[tuple[int, int, list[str]]]:
        """The lines of the expectations that changed."""
        names = [name for name in before.model_fields_set if getattr(before, name) != getattr(after, name)]
        if not names:
            return
        key, node = self.nodes["expect"]
        if node.flow_style:
            yield key.start_mark.line, _last_line(node) + 1, [f"expect: {expect_line(after)}{self.end}"]
            return
        for name, value in node.value:
            if name.value in names:
                indent = " " * name.start_mark.column
                said = f"{indent}{name.value}: {expect_line(after, name.value)}{self.end}"
                yield name.start_mark.line, _last_line(value) + 1, [said]


def _last_line(node: yaml.Node) -> int:
    """The line on which a value ends; a block ends with its last word, not with what follows it."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _last_line(last[1] if isinstance(last, tuple) else last)
    if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
        return int(node.end_mark.line) - 1
    return int(node.end_mark.line)
