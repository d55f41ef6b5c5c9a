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
# For so long after something was shown, the key that led to it is taken for one press that came twice.
REPEAT = 0.3
# A key that is held down comes again after at most this, in seconds: a keyboard waits longest before its first repeat.
HELD = 1.0
# Keys of one word lie closer together than this.
ONE_WORD = 0.5


class Pace:
    """Tells keys that may act from keys that came too fast; times are in seconds, as Textual stamps its events."""

    def __init__(self, burst: float = BURST, scale: float = 1.0) -> None:
        self.burst = burst
        self.scale = scale
        self._last = float("-inf")
        self._typed = ("", "")
        self._keys = ("", "")
        self._gap = float("inf")
        self._repeats = False
        self._clicked = float("-inf")
        self._shown = float("-inf")
        self._settle = 0.0

    def pasted(self, moment: float) -> None:
        """Text was pasted; keys that follow at once belong to it."""
        self._last = moment

    def acts(self, printable: bool, moment: float) -> bool:
        """True when a key may act; in a burst only characters get through, as text."""
        self._gap, self._last = moment - self._last, moment
        return printable or self._gap >= self.burst

    def typed(self, character: str, key: str = "") -> None:
        """A key was pressed, wherever it went; its character is "" where it has none."""
        self._typed = (self._typed[1], character)
        self._keys = (self._keys[1], key or character)

    def follows(self, character: str) -> bool:
        """True when the key before the last one was a character."""
        return self._typed[0] == character

    @property
    def is_one_word(self) -> bool:
        """True when the last two keys came one after the other as those of one word do."""
        return self._gap < ONE_WORD * self.scale

    @property
    def is_repeat(self) -> bool:
        """True when the last key is the one before it once more, so soon that nobody read what it would answer."""
        once_more = bool(self._keys[1]) and self._keys[0] == self._keys[1] and not self._repeats
        return once_more and 0 <= max(self._last, self._clicked) - self._shown < REPEAT * self.scale

    @property
    def is_held(self) -> bool:
        """True when the last key is the one before it once more, as from a key that is held down."""
        return bool(self._keys[1]) and self._keys[0] == self._keys[1] and self._gap < HELD * self.scale

    @property
    def may_be_ten(self) -> bool:
        """True when the last two keys were a 1 and a 0: what is left over from a 10 answers nothing."""
        return self._typed == ("1", "0")

    def hide(self) -> None:
        """Takes note that what will be shown is not painted yet, so nothing answers it."""
        self._shown, self._settle = float("inf"), 0.0

    def show(self, settle: float, repeats: bool = False) -> None:
        """Something new was painted that can be answered after `settle` seconds.

        `repeats` tells that the key that led to it may answer it as soon as any other, as along the lines of a list.
        """
        self._shown, self._settle, self._repeats = monotonic(), settle * self.scale, repeats

    def may_answer(self) -> bool:
        """True when what is shown stood long enough when the last key came, so that the key answers it."""
        return max(self._last, self._clicked) - self._shown >= self._settle and not self.is_repeat

    def clicked(self, moment: float) -> None:
        """A mouse button was pressed."""
        self._clicked = moment
        self.typed("", "click")
