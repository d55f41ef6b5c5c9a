"""Transcript files: found, read strictly, played, reported."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from pydantic import ValidationError

from chatbot.errors import InputError, TriageError
from chatbot.interview.transcript import Transcript
from chatbot.packs import strict_yaml
from chatbot.packs.pack import Pack
from chatbot.replay.play import play


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one transcript came out; `fault` is empty when it went as written."""

    file: str
    questions: int
    fault: str = ""


def transcript_files(paths: Iterable[str]) -> Iterator[Path]:
    """The files named, and every YAML file below the folders named, in order."""
    for name in paths:
        path = Path(name)
        if path.is_dir():
            yield from sorted(path.rglob("*.yaml"))
        elif path.is_file():
            yield path
        else:
            raise InputError(f"there is no transcript '{name}'")


def read_transcript(path: Path) -> Transcript:
    """A transcript file as a Transcript; InputError names the file, the line and what is wrong."""
    document, problems = strict_yaml.read(path, path.as_posix())
    if problems:
        raise InputError("; ".join(map(str, problems)))
    if document is None or not isinstance(document.data, dict):
        raise InputError(f"{path.as_posix()}:1: a transcript is a mapping with pack, turns and expect")
    try:
        return Transcript.model_validate(document.data)
    except ValidationError as error:
        first = error.errors()[0]
        place = tuple(step for step in first["loc"] if not _names_a_type(step))
        line = document.line(*place)
        where = ".".join(map(str, place))
        raise InputError(f"{path.as_posix()}:{line}: {where}: {first['msg']}") from error


def _names_a_type(step: int | str) -> bool:
    return isinstance(step, str) and (step in ("Exchange", "Changed") or step.startswith("literal["))


def replay(paths: Iterable[str], find: Callable[[str], Pack]) -> Iterator[Outcome]:
    """Play every transcript; packs are loaded once each by `find`."""
    packs: dict[str, Pack] = {}
    for path in transcript_files(paths):
        try:
            transcript = read_transcript(path)
            if transcript.pack not in packs:
                packs[transcript.pack] = find(transcript.pack)
            played = play(transcript, packs[transcript.pack])
            yield Outcome(path.as_posix(), len(played.asked))
        except TriageError as error:
            yield Outcome(path.as_posix(), 0, str(error))


def junit(outcomes: Iterable[Outcome]) -> bytes:
    """The outcomes as a JUnit report."""
    found = list(outcomes)
    failures = sum(bool(outcome.fault) for outcome in found)
    suite = ET.Element("testsuite", name="transcripts", tests=str(len(found)), failures=str(failures))
    for outcome in found:
        case = ET.SubElement(suite, "testcase", name=outcome.file)
        if outcome.fault:
            ET.SubElement(case, "failure", message=outcome.fault)
    return bytes(ET.tostring(suite, encoding="utf-8", xml_declaration=True))
