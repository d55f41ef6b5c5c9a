"""What an installation has: versions, extras, packs."""

from __future__ import annotations

import platform
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec

from chatbot import __version__
from chatbot.errors import InputError, TriageError
from chatbot.packs.find import find_pack, pack_names
from chatbot.packs.load import load_pack

REQUIRED = ("textual", "pydantic", "transitions", "PyYAML", "rapidfuzz", "platformdirs", "SQLAlchemy", "alembic")
EXTRAS = {"test": "pytest", "proof": "z3", "postgres": "psycopg"}


def _kept(database: str | None) -> tuple[list[str], bool]:
    """Says where answers are kept, and whether that can be used; nothing where what that needs is missing."""
    try:
        from chatbot.storage.address import place_of
        from chatbot.storage.store_report import store_report
    except ModuleNotFoundError:
        return [], True
    try:
        place = place_of(database)
    except InputError as error:
        return [f"answers cannot be kept: {error}"], False
    return store_report(place)


def report(today: date, database: str | None = None) -> tuple[list[str], bool]:
    """The lines of the report, and whether everything needed is there and the store of an address can be used."""
    lines = [f"triage {__version__}", f"python {platform.python_version()} on {platform.system()}"]
    healthy = True
    for name in REQUIRED:
        try:
            lines.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            lines.append(f"{name} is missing; install it with: pip install {name}")
            healthy = False
    for extra, module in EXTRAS.items():
        state = "there" if find_spec(module) else f"not there; get it with: pip install 'triage-chatbot[{extra}]'"
        lines.append(f"extra {extra}: {state}")
    kept, is_usable = _kept(database)
    lines.extend(kept)
    healthy &= is_usable
    for name in pack_names():
        try:
            pack = load_pack(name)
            known = f"{pack.status}, {len(pack.rulebook.rules)} rules, digest {pack.digest[:12]}"
            lines.append(f"pack {name} {pack.version}, {known}")
            lines.append(f"  in {find_pack(name)}")
            if pack.status_on(today) == "expired":
                lines.append(f"  its next review was due on {pack.next_review}")
        except TriageError as error:
            lines.append(f"pack {name} does not load: {error}")
            healthy = False
    if not pack_names():
        lines.append("no pack was found; reinstall the package")
        healthy = False
    return lines, healthy
