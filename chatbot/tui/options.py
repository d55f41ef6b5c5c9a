"""What the app starts with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from chatbot.service.saving import Session

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from chatbot.case import Whom
    from chatbot.packs.pack import Pack
    from chatbot.replay.record import Recorder


@dataclass(frozen=True, slots=True)
class Start:
    """The options from the command line; `load` brings the pack, behind the first screen.

    `theme` and `settings` are None where nobody named any; `keys` by action are what the settings say.
    `recorder` writes the answers to a file, `session` keeps them, and `resume` is the code of what is to go on. `whom`
    is whom a carer answers for, where that was named.
    """

    load: Callable[[], Pack]
    role: str | None = None
    country: str = "any"
    language: str = "en"
    today: date | None = None
    theme: str | None = None
    settings: Path | None = None
    keys: Mapping[str, str] = field(default_factory=dict)
    recorder: Recorder | None = None
    session: Session = field(default_factory=lambda: Session(wanted=False))
    resume: str = ""
    whom: Whom | None = None
    load_named: Callable[[str], Pack] | None = None
