"""How a call begins: who calls and for whom, how to call back, why today, how often lately."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Static

from chatbot.interview.reading.sanitise import clean, harmless
from chatbot.interview.view.line import Line
from chatbot.service.call_details import CALLERS, CONTACTS, WHY
from chatbot.storage.events import Opened
from chatbot.tui.keys import bind
from chatbot.tui.screens.base import Choosing, Modal
from chatbot.tui.widgets.answers import AnswerList
from chatbot.tui.widgets.hints import Hints
from chatbot.tui.widgets.typed import TypedLine

_LONGEST = 80


@dataclass(frozen=True, slots=True)
class _Opener:
    """One thing to ask: its name, its lines by key."""

    name: str
    lines: tuple[tuple[str, str], ...] = ()


_OPENERS = (
    _Opener("caller", tuple(zip("1234", CALLERS, strict=True))),
    _Opener("call_back"),
    _Opener("why", tuple(zip("123456", WHY, strict=True))),
    _Opener("contacts", tuple(zip("0123x", CONTACTS, strict=True))),
)


class OpenersScreen(Choosing[Opened | None], Modal[Opened | None]):
    """One opener after another; a key answers, words are taken as they are said, nothing is passed over in silence."""

    BINDINGS: ClassVar[list[BindingType]] = [*bind("continue", "back", "up", "down", "clear", "leave", "interrupt")]

    def __init__(self, reference: str = "") -> None:
        super().__init__()
        self.said: dict[str, str] = {"call_back": reference} if reference else {}
        self.step = 0

    def compose(self) -> ComposeResult:
        """Title, what was said so far, the lines, the line to type in, keys."""
        with Vertical(id="page"):
            yield Static(id="ask", markup=False)
            yield Static(id="example", markup=False)
            yield AnswerList(id="answers")
            yield TypedLine(self.grab, id="typed")
            yield Static("", id="notice", markup=False)
        yield Hints(self.words, id="hints")

    def on_mount(self) -> None:
        """Puts the first of what is asked."""
        self.renew()

    @property
    def opener(self) -> _Opener:
        """The opener that is asked now."""
        return _OPENERS[self.step]

    def renew(self) -> None:
        """Ask what is to be asked now; what was said to it stands there."""
        say, opener = self.words.say, self.opener
        self.put("#ask", say("opener_of", number=self.step + 1, total=len(_OPENERS), text=say(f"opener_{opener.name}")))
        told = [f"{say(f'opener_{name}')} {_text(name, value)}" for name, value in self.said.items() if value]
        self.put("#example", "\n".join(map(harmless, told)) or say("opener_how"))
        lines = (Line(name, say(f"opener_{opener.name}_{name}"), key) for key, name in opener.lines)
        self.answers.show(tuple(lines), "rows")
        self.answers.display = bool(opener.lines)
        typed = self.query_one(TypedLine)
        typed.value = "" if opener.lines else self.said.get(opener.name, "")
        typed.action_end()
        typed.focus(scroll_visible=False)
        self.put("#notice", "")
        self.settle(0)

    def grab(self, character: str) -> bool:
        """True when a character is the key of a line."""
        line = next((name for key, name in self.opener.lines if key == character), None)
        if line is not None:
            self.choose(line)
        return line is not None

    def choose(self, line: str) -> None:
        """A line is the answer."""
        if self.triage.pace.may_answer():
            self.keep(line)

    def action_continue(self) -> None:
        """Words are the answer, or the line under the cursor; without either it was not asked."""
        typed = clean(self.query_one(TypedLine).value, _LONGEST)
        current = self.answers.current if self.opener.lines and not typed else None
        if self.triage.pace.may_answer():
            self.keep(current.id if current is not None else typed)

    def keep(self, said: str) -> None:
        """Go on to the next, or to the questions."""
        self.said[self.opener.name] = said
        if self.step + 1 < len(_OPENERS):
            self.step += 1
            self.renew()
            return
        why = self.said.get("why", "")
        coded = why if why in WHY or not why else "other"
        self.dismiss(
            Opened(
                caller=self.said.get("caller", ""),
                call_back=self.said.get("call_back", ""),
                why=coded,
                why_words="" if coded == why else why,
                contacts=self.said.get("contacts", ""),
            )
        )

    def action_back(self) -> None:
        """The one before; from the first there is no call."""
        if self.step:
            self.step -= 1
            self.renew()
        else:
            self.dismiss(None)


def _text(name: str, value: str) -> str:
    texts = {"caller": CALLERS, "why": WHY, "contacts": CONTACTS}.get(name, {})
    return texts.get(value, value)
