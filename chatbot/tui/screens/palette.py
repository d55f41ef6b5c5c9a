"""Every action by name, to be found by typing; what is one key away everywhere else is so here, too."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import SystemCommand
from textual.binding import BindingType
from textual.command import CommandPalette
from textual.screen import Screen

from chatbot.tui.keys import bind, key_texts
from chatbot.tui.screens.base import STYLES
from chatbot.tui.themes import NAMES

if TYPE_CHECKING:
    from textual._path import CSSPathType
    from textual.app import App

    from chatbot.tui.words import Words


class Palette(CommandPalette):
    """The library's, from which the screen can be cleared and the app left."""

    CSS_PATH: ClassVar[CSSPathType | None] = STYLES
    BINDINGS: ClassVar[list[BindingType]] = [*bind("clear", "leave", "interrupt")]


def commands(app: App[int], words: Words, screen: Screen[object]) -> Iterator[SystemCommand]:
    """Every action of a screen with its key, and every theme."""
    say = words.say
    actions = {shown.binding.id: shown.binding.action for shown in screen.active_bindings.values()}
    for name, key, text in key_texts(screen, words):
        yield SystemCommand(text, say("palette_key", key=key), _run_in(app, screen, actions[name]))
    for theme, name in NAMES.items():
        yield SystemCommand(say(name), say("palette_theme"), partial(setattr, app, "theme", theme))


def _run_in(app: App[int], screen: Screen[object], action: str) -> Callable[[], object]:
    async def run() -> None:
        await app.run_action(action, screen)

    return run
