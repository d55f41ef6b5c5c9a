"""`triage restore`: a backup put back into an empty place."""

from __future__ import annotations

import argparse
from pathlib import Path

from chatbot.cli.common import DONE, FAILED, database_option, talk, write


def arguments(command: argparse.ArgumentParser) -> None:
    """Adds what the command takes to its parser."""
    command.set_defaults(run=run)
    command.add_argument("file", metavar="FILE", help="what triage backup wrote")
    about = "restore a backup although the records went further than it does"
    command.add_argument("--accept-loss", action="store_true", help=about)
    database_option(command)
    command.epilog = (
        "exit codes: 0 restored; 1 the backup is cut short or changed, or older than the records were: nothing was "
        "restored; 2 the file cannot be read; 3 the place cannot be used, or holds records"
    )


def run(args: argparse.Namespace) -> int:
    """Look the whole backup through, and only then put it back."""
    from chatbot.errors import DamagedError
    from chatbot.service.maintenance import refuse_filled, restore
    from chatbot.service.records import Records
    from chatbot.storage.address import place_of
    from chatbot.storage.backup import Backup

    place, path = place_of(args.database), Path(args.file)
    _refuse_other_than_file(path)
    refuse_filled(place)
    try:
        contents = Backup(path).looked_through(place.heads.known())
    except DamagedError as error:
        talk(f"{error}; nothing was restored")
        return FAILED
    if contents.loss and not args.accept_loss:
        talk(f"the records went further than this backup: {contents.loss}; --accept-loss restores it all the same")
        return FAILED
    store = place.open()
    try:
        restore(Records(store, login=store.login), path, contents)
    finally:
        store.close()
    write(f"{store.place}: {contents.counts.cases} chain(s), {contents.counts.events} event(s) restored")
    return DONE


def _refuse_other_than_file(path: Path) -> None:
    from chatbot.errors import InputError
    from chatbot.regular_file import refuse_other_than_file

    try:
        refuse_other_than_file(path)
    except (OSError, ValueError) as error:
        raise InputError(f"cannot read '{path}': {getattr(error, 'strerror', error)}") from error
