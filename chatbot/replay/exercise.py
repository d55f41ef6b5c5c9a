"""Puts a pack's conversations, vignettes and own cases through it, and counts what they meet."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from chatbot.errors import InputError, TriageError
from chatbot.interview.simulate import simulate
from chatbot.packs.pack import Pack
from chatbot.replay.answer_options import chosen, stated
from chatbot.replay.coverage import Coverage, Met
from chatbot.replay.exchanges import listen, simulated
from chatbot.replay.files import read_transcript, transcript_files
from chatbot.replay.vignettes import read_vignettes, vignette_paths


def exercise(pack: Pack, transcripts: Iterable[str], vignettes: Iterable[str]) -> Coverage:
    """Collects what all of them meet; InputError where a file is not of this pack or a conversation goes otherwise."""
    coverage = Coverage(pack)
    for met in (*_conversations(pack, transcripts), *_stories(pack, vignettes)):
        coverage.add(met)
    coverage.cases()
    return coverage


def _conversations(pack: Pack, paths: Iterable[str]) -> Iterable[Met]:
    for path in transcript_files(paths):
        transcript = read_transcript(path)
        _belongs(transcript.pack, pack, path.as_posix())
        try:
            interview, heard = listen(transcript, pack)
        except TriageError as error:
            raise InputError(f"{path.as_posix()}: {error}; triage replay says more") from error
        asked = tuple(exchange.prompt.question.id for exchange in heard)
        answers = tuple(name for exchange in heard for name in chosen(exchange))
        yield Met(f"transcript {path.stem}", interview.recommendation, interview, asked, answers)


def _stories(pack: Pack, paths: Iterable[str]) -> Iterable[Met]:
    for path in vignette_paths(paths):
        file = read_vignettes(path)
        _belongs(file.pack, pack, path.as_posix())
        for vignette in file.vignettes:
            simulation = simulate(pack.plan, file.case_of(vignette))
            given = simulated(simulation, pack)
            answers = tuple(name for q, answer in given for name in stated(pack.dialog.questions[q], answer))
            result = simulation.interview.recommendation
            yield Met(f"vignette {vignette.id}", result, simulation.interview, simulation.asked, answers)


def _belongs(named: str, pack: Pack, file: str) -> None:
    if Path(named).name != pack.id:  # a pack may be named by its folder
        raise InputError(f"{file}: this is of pack '{named}', not of '{pack.id}'")
