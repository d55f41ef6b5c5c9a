"""The state machine of an interview, built once per pack with the `transitions` library."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Literal

from transitions import Machine

from chatbot.errors import EngineError
from chatbot.interview.question import Dialog

logging.getLogger("transitions").setLevel(logging.WARNING)

Ending = Literal["check_answers", "complete", "emergency", "out_of_scope", "stopped"]
ENDINGS: tuple[Ending, ...] = ("check_answers", "complete", "emergency", "out_of_scope", "stopped")
Trigger = Literal["answered", "continue_note", "stop"]


class Cursor:
    """The place of one interview; the library moves it."""

    __slots__ = ("state",)

    def __init__(self, state: str) -> None:
        self.state = state


class DialogMachine:
    """One state for each question and ending.

    The target of a turn is worked out by the interview; a guard of each transition compares its destination with it.
    """

    def __init__(self, dialog: Dialog) -> None:
        self.questions = tuple(dialog.questions)
        self.initial = dialog.entries[0].question.id
        self._machine = Machine(
            model=None,
            states=[*self.questions, *ENDINGS],
            initial=self.initial,
            transitions=list(_transitions(self.questions)),
            auto_transitions=False,
        )
        self._states = frozenset(self._machine.states)

    def move(self, cursor: Cursor, trigger: Trigger, target: str) -> None:
        """Fire a trigger towards a target; EngineError when no transition leads there."""
        if target not in self._states:
            raise EngineError(f"there is no state '{target}'")
        if not self._machine.events[trigger].trigger(cursor, target):
            raise EngineError(f"no '{trigger}' leads from '{cursor.state}' to '{target}'")

    def start(self) -> Cursor:
        """A cursor at the first question."""
        return Cursor(self.initial)

    @property
    def edges(self) -> tuple[tuple[str, str, str], ...]:
        """Every (trigger, source, destination) the machine holds."""
        return tuple(
            (trigger, source, str(transition.dest))
            for trigger, event in self._machine.events.items()
            for source, ways in event.transitions.items()
            for transition in ways
        )


def _transitions(questions: tuple[str, ...]) -> list[dict[str, object]]:
    transitions: list[dict[str, object]] = []

    def add(trigger: Trigger, source: str, dest: str) -> None:
        transitions.append({"trigger": trigger, "source": source, "dest": dest, "conditions": _heads_for(dest)})

    for place, source in enumerate(questions):
        # The next question is usually near, so the library tries what follows first.
        for dest in ("emergency", *questions[place + 1 :], "check_answers", "out_of_scope", *questions[: place + 1]):
            add("answered", source, dest)
        add("stop", source, "stopped")
    for dest in (*questions, "check_answers", "out_of_scope"):
        add("continue_note", "emergency", dest)
    for source in ("check_answers", "emergency"):
        add("stop", source, "stopped")
    add("answered", "check_answers", "complete")
    return transitions


def _heads_for(dest: str) -> Callable[[str], bool]:
    def heads_there(target: str) -> bool:
        return target == dest

    return heads_there
