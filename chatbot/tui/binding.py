"""Which keys an action may be given, so that every action keeps a key and no key stands for two on one screen."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator, Mapping
from importlib import import_module

from textual.binding import Binding
from textual.keys import KEY_ALIASES, REPLACED_KEYS, Keys, key_to_character
from textual.screen import Screen

from chatbot.errors import InputError
from chatbot.tui.app import TriageApp
from chatbot.tui.keys import KEYS
from chatbot.tui.widgets.typed import TypedLine

_MODIFIERS = frozenset({"alt", "ctrl", "hyper", "meta", "shift", "super"})
# As keyboards call them.
_CALLED = {
    "esc": "escape", "return": "enter", "del": "delete", "ins": "insert", "pgup": "pageup", "pgdn": "pagedown",
    "pgdown": "pagedown", "page_up": "pageup", "page_down": "pagedown", "spacebar": "space",
}  # fmt: skip
_NAMED = frozenset(key.value for key in Keys if "+" not in key.value and not key.value.startswith("<"))
# A terminal sends the same for each of these as for the other.
_SAME = {alias: key for key, aliases in KEY_ALIASES.items() for alias in aliases} | {"ctrl+h": "backspace"}


def read_keys(action: str, given: object) -> str:
    """The keys for an action as the library names them, with commas between; InputError when they cannot be used."""
    if action not in KEYS:
        from chatbot.packs.node import did_you_mean, short

        instead = did_you_mean(action, KEYS) or f"; use one of {', '.join(KEYS)}"
        raise InputError(f"there is no action '{short(action)}'{instead}")
    if not isinstance(given, str) or not given.strip():
        raise InputError(f"'{action}' needs a key, in quotes, such as \"{KEYS[action]}\"")
    return ",".join(_read_key(action, key.strip()) for key in given.split(","))


def _read_key(action: str, given: str) -> str:
    key = _normal(given)
    if key is None:
        raise InputError(f"'{given[:60]}' is no key; write it such as f3, ctrl+g, pageup or comma")
    if key in KEYS[action].split(","):
        return key
    if key in _SAME:
        raise InputError(f"a terminal sends the same for '{given}' as for '{_SAME[key]}'; use another key")
    if key in _taken():
        raise InputError(f"'{given}' is needed for typing and moving; use another key")
    character = _character(key)
    if character is not None and character.isprintable():
        own = _character(KEYS[action])
        if own is None or action == "tick":
            raise InputError(f"'{given}' is part of what people type; use a key such as f3 or ctrl+g for '{action}'")
        if character.isdecimal():
            raise InputError(f"'{given}' chooses an answer; use another key for '{action}'")
    return key


def _character(key: str) -> str | None:
    return key_to_character(REPLACED_KEYS.get(key, key))


def _normal(given: str) -> str | None:
    """A key in the library's words; None when there is none of that name."""
    *before, last = given.split("+") if len(given) > 1 else [given]
    modifiers = sorted({modifier.strip().lower() for modifier in before})
    last = last.strip()
    if not set(modifiers) <= _MODIFIERS or not last:
        return None
    if len(last) == 1:
        if modifiers == ["shift"]:
            modifiers, last = [], last.upper()
        elif modifiers:
            last = last.lower()
        last = next(iter(Binding.make_bindings([Binding(last, "")]))).key
    else:
        last = _CALLED.get(last.lower(), last.lower())
        if last not in _NAMED and _character(last) is None:
            return None
    return "+".join([*modifiers, last])


def _taken() -> frozenset[str]:
    """The keys with which people type and move, but for those that are ours already."""
    typing = {key for binding in TypedLine.BINDINGS if isinstance(binding, Binding) for key in binding.key.split(",")}
    ours = {key for keys in KEYS.values() for key in keys.split(",")}
    return frozenset(typing | {"tab", "shift+tab"}) - ours


def check_together(given: Mapping[str, str]) -> tuple[str, str] | None:
    """The first action whose key stands for another one as well, on any screen, and what is wrong with that."""
    keys = {**KEYS, **given}
    for actions in _on_each_screen():
        seen: dict[str, str] = {}
        for action in actions:
            for key in keys[action].split(","):
                other = seen.setdefault(key, action)
                if other != action:
                    mine = action if action in given else other
                    return mine, f"'{key}' would be both '{other}' and '{action}'; give one of them another key"
    return None


def _on_each_screen() -> Iterator[tuple[str, ...]]:
    """The actions of every screen, with those of the app."""
    from chatbot.tui import screens

    for module in pkgutil.iter_modules(screens.__path__, f"{screens.__name__}."):
        import_module(module.name)
    everywhere = _actions(TriageApp)
    for screen in _kinds_of(Screen):
        if screen.__module__.startswith("chatbot."):
            yield tuple(dict.fromkeys([*everywhere, *_actions(screen)]))


def _kinds_of(kind: type) -> Iterator[type]:
    below: type
    for below in kind.__subclasses__():
        yield below
        yield from _kinds_of(below)


def _actions(owner: type) -> tuple[str, ...]:
    """The actions that a class and those it is made from have keys for."""
    listed = (binding for kind in owner.__mro__ for binding in kind.__dict__.get("BINDINGS", ()))
    return tuple(binding.id for binding in listed if isinstance(binding, Binding) and binding.id)
