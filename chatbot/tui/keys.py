"""Every action a person can take, with its key; each can be given another key in the settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from textual.binding import Binding
from textual.screen import Screen

from chatbot.tui.words import Words

# What each action is for is in the app's words under `key_<id>`; keys that only move are not shown as hints.
KEYS: dict[str, str] = {
    "continue": "enter",
    "back": "escape",
    "up": "up",
    "down": "down",
    "page_up": "pageup",
    "page_down": "pagedown",
    "left": "left",
    "right": "right",
    "tick": "space",
    "help": "f1",
    "why": "f2",
    "so_far": "f3",
    "thread": "f4",
    "skip": "f5",
    "references": "f6",
    "copy": "f7",
    "clear": "f8",
    "save": "f9",
    "again": "f10",
    "leave": "ctrl+q",
    "interrupt": "ctrl+c",
    "suspend": "ctrl+z",
    "undo": "u",
    "jump": "slash",
    "reason": "question_mark",
    "note": "n",
    "rest": "r",
    "to_list": "l",
    "search": "slash",
    "filter": "f",
    "sort": "s",
    "take": "t",
    "new_call": "n",
    "call": "c",
    "release": "r",
    "callback": "b",
    "close": "x",
    "override": "o",
    "unable": "u",
    "sign": "s",
    "grade": "g",
    "view_note": "v",
    "kind": "k",
    "confirm": "y",
    "country": "f2",
    "language": "f3",
    "theme": "f12",
    "palette": "ctrl+p",
    "questions": "f2",
}
_QUIET = frozenset({"up", "down", "page_up", "page_down", "left", "right", "interrupt", "theme", "thread", "palette"})
# These act before whatever has the focus; a letter or a blank never does, since it may be part of a word.
_FIRST = frozenset(
    {"continue", "back", "up", "down", "page_up", "page_down", "left", "right"}
    | {"clear", "leave", "interrupt", "suspend"}
)


# These are done by the app, from whatever screen.
_BY_APP = frozenset({"help", "so_far", "thread", "clear", "leave", "interrupt", "theme", "palette", "suspend"})
_QUICK = frozenset({"thread", "clear", "interrupt", "theme"})
_THEIRS = {"palette": "command_palette", "suspend": "suspend_process"}  # as the library calls them
# What is said of the keys first, where not all of them fit.
ORDER = (
    "confirm", "continue", "take", "call", "new_call", "close", "override", "copy", "view_note", "callback", "release",
    "search", "filter", "sort", "sign", "unable", "grade", "kind", "back", "help", "leave", "undo", "jump", "note",
    "rest", "to_list", "why", "questions", "references", "save", "again", "so_far", "skip",
    "country", "language", "clear",
)  # fmt: skip
_NAMES = {
    "slash": "/",
    "question_mark": "?",
    "enter": "Enter",
    "escape": "Esc",
    "space": "Space",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    **{name: name.capitalize() for name in ("up", "down", "left", "right")},
}


def key_name(key: str) -> str:
    """A key as it is called on a keyboard."""
    first = key.split(",", maxsplit=1)[0]
    *modifiers, last = first.split("+")
    last = _NAMES.get(last) or (last.upper() if len(last) > 1 or modifiers else last)
    return "+".join([*(modifier.capitalize() for modifier in modifiers), last])


def key_names(changed: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Every action with the name of the key it has, some of them changed."""
    return tuple((name, key_name(changed.get(name, key))) for name, key in KEYS.items())


def key_texts(screen: Screen[object], words: Words) -> list[tuple[str, str, str]]:
    """Lists what works on a screen now: the action, its key, what it does there; the ones worth a hint first."""
    topic, keys = getattr(screen, "topic", ""), dict[str, tuple[str, str, str]]()
    for shown in screen.active_bindings.values():
        name = shown.binding.id or ""
        text = words.texts.get(f"key_{topic}_{name}") or words.texts.get(f"key_{name}")
        if text and shown.enabled and name not in keys:
            keys[name] = (name, screen.app.get_key_display(shown.binding), text)
    return sorted(keys.values(), key=lambda entry: ORDER.index(entry[0]) if entry[0] in ORDER else len(ORDER))


def key_of(screen: Screen[Any], name: str) -> str:
    """The key that an action has now on a screen."""
    found = (shown.binding for shown in screen.active_bindings.values() if shown.binding.id == name)
    return next((screen.app.get_key_display(binding) for binding in found), "")


def _action(name: str) -> str:
    if name in _THEIRS:
        return f"app.{_THEIRS[name]}"
    if name in _QUICK:
        return f"app.do('{name}')"
    return f"app.{name}" if name in _BY_APP else name


def bind(*names: str, through: str = "") -> list[Binding]:
    """Bindings for actions by name, with the keys of the table; `through` one action that is told the name."""
    return [
        Binding(
            KEYS[name],
            f"{through}('{name}')" if through else _action(name),
            name,
            show=name not in _QUIET,
            priority=name in _FIRST,
            id=name,
        )
        for name in names
    ]
