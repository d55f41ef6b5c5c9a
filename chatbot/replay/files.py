"""Transcript files: found, read strictly, played, reported."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from pydantic import ValidationError

from chatbot.errors import InputError, PackError, TriageError
from chatbot.interview.transcript import Transcript
from chatbot.packs import strict_yaml
from chatbot.packs.pack import Pack
from chatbot.replay.paths import VIGNETTES, Found, yaml_files
from chatbot.replay.play import DifferenceError, Played, play

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of one transcript; `fault` is empty when it went as written.

    `unusable` when it could not be played at all. `questions` counts those asked, when it went as written.
    """

    file: str
    questions: int
    fault: str = ""
    unusable: bool = False

    def data(self) -> dict[str, object]:
        """The outcome as plain data."""
        passed = not self.fault
        return {
            "schema": 1,
            "file": self.file,
            "passed": passed,
            "questions": self.questions if passed else None,
            "fault": self.fault,
        }


@dataclass(frozen=True, slots=True)
class Script:
    """One transcript to play: a file, or the bytes that came in by stdin; `fault` when there is neither."""

    file: str
    text: bytes | None = None
    fault: str = ""


def scripts(paths: Iterable[str], stdin: Callable[[], bytes] | None = None) -> list[Script]:
    """Reads what the paths stand for; folders of vignettes hold no transcripts and are passed over."""

    def one(file: Found) -> Script:
        if file.file == "-" and stdin:
            return Script("stdin", stdin())
        return Script(file.file, fault=file.fault)

    return [one(file) for file in yaml_files(paths, "transcript", VIGNETTES)]


def transcript_files(paths: Iterable[str]) -> Iterator[Path]:
    """The files named, and every YAML file below the folders named, in order; InputError for what is not there."""
    for file in yaml_files(paths, "transcript", VIGNETTES):
        if file.fault:
            raise InputError(file.fault)
        yield Path(file.file)


def read_transcript(path: Path) -> Transcript:
    """A transcript file as a Transcript; InputError names the file, the line and what is wrong."""
    return _transcript(path.as_posix(), *strict_yaml.read(path, path.as_posix()))


def _transcript(file: str, document: strict_yaml.Document | None, problems: tuple[object, ...]) -> Transcript:
    if problems:
        raise InputError("; ".join(map(str, problems)))
    if document is None or not isinstance(document.data, dict):
        raise InputError(f"{file}:1: a transcript is a mapping with pack, turns and expect")
    if "vignettes" in document.data:
        raise InputError(f"{file}:1: these are vignettes, not a transcript; triage audit reads them")
    try:
        return Transcript.model_validate(document.data)
    except ValidationError as error:
        first = error.errors()[0]
        place = tuple(step for step in first["loc"] if not _names_a_type(step))
        line = document.line(*place)
        where = ".".join(map(str, place))
        raise InputError(f"{file}:{line}: {where}: {first['msg']}") from error


def _names_a_type(step: int | str) -> bool:
    return isinstance(step, str) and (step in ("Exchange", "ChangeTurn", "JumpTurn") or step.startswith("literal["))


class Player:
    """Plays transcripts; packs are looked up once each by `find`, those that cannot be used as well."""

    def __init__(self, find: Callable[[str], Pack], play: Callable[[Transcript, Pack], Played] = play) -> None:
        self._find = find
        self._play = play
        self._packs: dict[str, Pack | TriageError] = {}

    def play(self, script: Script) -> Outcome:
        """Plays one transcript and says how it comes out, whatever is wrong with it."""
        file = script.file
        if script.fault:
            return Outcome(file, 0, script.fault, unusable=True)
        try:
            if script.text is None:
                transcript = read_transcript(Path(file))
            else:
                transcript = _transcript(file, *strict_yaml.parse(script.text, file))
        except InputError as error:  # begins with the file
            return Outcome(file, 0, str(error), unusable=True)
        try:
            return Outcome(file, len(self._play(transcript, self._pack(transcript.pack)).asked))
        except DifferenceError as error:
            return Outcome(file, 0, str(error))
        except TriageError as error:
            return Outcome(file, 0, f"{file}: {error}", unusable=True)

    def _pack(self, name: str) -> Pack:
        if name not in self._packs:
            try:
                self._packs[name] = self._find(name)
            except PackError as error:
                count = len(error.problems)
                self._packs[name] = InputError(f"pack '{name}' has {count} problem(s); triage check names them")
            except TriageError as error:
                self._packs[name] = error
        pack = self._packs[name]
        if isinstance(pack, TriageError):
            raise pack
        return pack


def junit(outcomes: Iterable[Outcome]) -> bytes:
    """The outcomes as a JUnit report, without times, so that the same outcomes make the same bytes."""
    listed = list(outcomes)
    errors = sum(outcome.unusable for outcome in listed)
    failures = sum(bool(outcome.fault) for outcome in listed) - errors
    suite = ET.Element("testsuite", name="transcripts", tests=str(len(listed)), failures=str(failures))
    if errors:
        suite.set("errors", str(errors))
    for outcome in listed:
        case = ET.SubElement(suite, "testcase", classname="transcripts", name=_NOT_IN_XML.sub("", outcome.file))
        if outcome.fault:
            kind = "error" if outcome.unusable else "failure"
            ET.SubElement(case, kind, type=kind, message=_NOT_IN_XML.sub("", outcome.fault))
    return bytes(ET.tostring(suite, encoding="utf-8", xml_declaration=True))
