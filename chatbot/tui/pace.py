"""Which keys came from a person: what arrives at the speed of a machine is typed text at most, never an act."""

from __future__ import annotations

from time import monotonic

# Two keys of a person lie further apart than this, in seconds; those of a paste or a script do not.
BURST = 0.02
# How long something is shown before it can be answered: a patient has to read it, a nurse knows it by heart.
SETTLE = {"patient": 0.3, "carer": 0.3, "nurse": 0.12}
SETTLE_EMERGENCY = 1.0
# A list moves on by itself after its last line, and one key too many is soon pressed.
SETTLE_LIST = 0.7


class Pace:
    """Tells keys that may act from keys that came too fast; times are in seconds, as Textual stamps its events."""

    def __init__(self, burst: float = BURST, scale: float = 1.0) -> None:
        self.burst = burst
        self.scale = scale
        self._last = float("-inf")
        self._typed = ("", "")
        self._clicked = float("-inf")
        self._shown = float("-inf")
        self._settle = 0.0

    def pasted(self, at: float) -> None:
        """Text was pasted; keys that follow at once belong to it."""
        self._last = at

    def acts(self, printable: bool, at: float) -> bool:
        """Whether a key may act; in a burst only characters get through, as text."""
        gap, self._last = at - self._last, at
        return printable or gap >= self.burst

    def typed(self, character: str) -> None:
        """A key that is a character was pressed, wherever it went; "" for any other key."""
        self._typed = (self._typed[1], character)

    @property
    def may_be_ten(self) -> bool:
        """Whether the last two keys were a 1 and a 0: what is left over from a 10 answers nothing."""
        return self._typed == ("1", "0")

    def hide(self) -> None:
        """What will be shown is not painted yet, so nothing answers it."""
        self._shown, self._settle = float("inf"), 0.0

    def show(self, settle: float) -> None:
        """Something new was painted that can be answered after `settle` seconds."""
        self._shown, self._settle = monotonic(), settle * self.scale

    def may_answer(self) -> bool:
        """Whether what is shown stood long enough when the last key came, so that the key answers it."""
        return max(self._last, self._clicked) - self._shown >= self._settle

    def clicked(self, at: float) -> None:
        """A mouse button was pressed."""
        self._clicked = at
