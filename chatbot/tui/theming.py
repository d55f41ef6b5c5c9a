"""The colours of the app: its own themes by turns, and none where none are wanted."""

from __future__ import annotations

from collections.abc import Iterable

from textual.filter import LineFilter, Monochrome, NoColor

from chatbot.tui.themes import THEMES

_NO_COLOR = NoColor()


def next_theme(name: str) -> str:
    """The theme after another."""
    names = [theme.name for theme in THEMES]
    return names[(names.index(name) + 1) % len(names)]


def without_colors(filters: Iterable[LineFilter]) -> list[LineFilter]:
    """Without colours, those that only the terminal knows are its own: the grey made of them would be black."""
    return [_NO_COLOR if isinstance(each, Monochrome) else each for each in filters]
