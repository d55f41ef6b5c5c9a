"""`triage impact`: two versions of a pack compared by what they do to people."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from chatbot.cli.common import DONE, FAILED, bounded_lines, opened, talk, write
from chatbot.cli.coverage import scripted, scripted_options
from chatbot.cli.progress import progress

if TYPE_CHECKING:
    from chatbot.packs.pack import Pack
    from chatbot.replay.corpus import Line, Person
    from chatbot.replay.impact import Impact

VERSION = "a folder, a revision in git (REV or REV:FOLDER), or a pack by name"


def arguments(command: argparse.ArgumentParser) -> None:
    """Adds what the command takes to its parser."""
    command.set_defaults(run=run)
    command.add_argument("old", metavar="OLD", help=VERSION)
    command.add_argument("new", metavar="NEW", help=VERSION)
    command.add_argument("--pack", metavar="PACK", help="whose folder a revision is of; the other one if none")
    scripted_options(command)
    command.add_argument("--cases", metavar="FILE", help="real cases too, JSON lines as `triage recommend` takes them")
    command.add_argument("--random", type=_count, default=20_000, metavar="N", help="random people (default 20000)")
    command.add_argument("--seed", type=int, default=1, metavar="N", help="which random people (default 1)")
    command.add_argument("--jobs", type=_count, metavar="N", help="processes at once; as many as cores if none")
    command.add_argument("--json", action="store_true", help="one JSON object")


def _count(text: str) -> int:
    number = int(text)
    if number < 0:
        raise ValueError
    return number


def run(args: argparse.Namespace) -> int:
    """Compare, report, and fail on a downgrade that nobody signed."""
    from chatbot.packs.find import DEFAULT
    from chatbot.replay.impact import Crowd, impact
    from chatbot.replay.report import data, lines
    from chatbot.replay.versions import opened as versions

    with versions(args.old, args.new, args.pack or DEFAULT) as (old, new):
        people = _people(args, old.pack, new.pack)
        with progress("people tried", len(people) + args.random) as done:
            outcome = impact(old, new, people, Crowd(args.random, args.seed, args.jobs, done))
        if args.json:
            import json

            write(json.dumps(data(outcome), indent=2))
        else:
            for line in lines(outcome):
                write(line)
    _explain(outcome)
    return DONE if outcome.passes else FAILED


def _explain(outcome: Impact) -> None:
    if not outcome.passes:
        talk(f"somebody would get less urgent care, and nobody approved digest {outcome.new.pack.digest}")


def _people(args: argparse.Namespace, old: Pack, new: Pack) -> list[Person]:
    """Everybody who is named: scripted people, both versions' cases, the archive, one fact at a time."""
    from chatbot.errors import InputError
    from chatbot.replay.corpus import everybody, of_archive

    transcripts, vignettes = scripted(args, new.id)
    everyone = everybody(old, new, transcripts, vignettes)
    people = [person for person in everyone if not isinstance(person, InputError)]
    for fault in (person for person in everyone if isinstance(person, InputError)):
        talk(f"left out, since neither version plays it: {fault}")
    if args.cases:
        with opened(args.cases) as stream:
            people += of_archive(bounded_lines(stream), _line, (old, new), args.cases)
    return people


def _line(line: bytes) -> Line:
    """The id, facts and country on a line, as `triage recommend` takes them."""
    from chatbot.errors import InputError
    from chatbot.service.json_lines import read_object
    from chatbot.service.results import read_facts, read_id

    given = read_object(line)
    facts, country = read_facts(given), given.get("country", "any")
    if not isinstance(country, str):
        raise InputError('"country" is a text')
    return read_id(given), facts, country
