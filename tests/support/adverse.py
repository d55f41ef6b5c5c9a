"""What the tests of hostile text and keys share: bad packs, what terminals send, a clock to hold."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from itertools import cycle
from typing import Any

from textual._xterm_parser import XTermParser
from textual.events import Event
from textual.message import Message

from chatbot.case import Mode
from chatbot.interview.conversation import Conversation
from chatbot.packs.pack import Pack
from chatbot.tui.key_timing import Pace
from chatbot.wording import Wording
from tests.support.driving import Driven, reached
from tests.support.painted import WIDE_AND_BACKWARDS

# A question of each kind, by the way in which it is answered.
KINDS = ("right_now", "saddle_sensation", "infection_risk", "age_years", "pain_location")
BAD_TEXTS = (
    *WIDE_AND_BACKWARDS, "[@click=app.quit]leave[/] [/x] [red]", "W" * 300, "腰" * 150, "$x ${x} %s {0} {text} [[[[",
    "[@click=app.leave]" + "x y " * 500, "\x1b]0;title\x07\u202eabc\u202c\x9b2J", "שלום 12 לשלום", "ألم منذ ٣ أسابيع",
)  # fmt: skip
# What is no text for people.
_KEPT = {
    "id", "question", "option", "typed", "words", "asks", "shows", "about", "language", "name", "phrases", "ui",
    "length",
}  # fmt: skip
# What a scrollbar does when it is clicked.
_SCROLLS = {"scroll_up", "scroll_down", "grab", "release"}
_REACHED: dict[tuple[str, Mode, tuple[tuple[str, str], ...]], Conversation] = {}


class Clock(Pace):
    """A pace that goes by a clock which only the test moves."""

    now = 1000.0

    def show(self, settle: float, repeats: bool = False) -> None:
        """As it is, at the time of this clock."""
        super().show(settle, repeats)
        self._shown = self.now


def fed(raw: str) -> list[Message]:
    """What the library makes of what a terminal sends."""
    parser = XTermParser()
    return [*parser.feed(raw), *parser.feed("")]


async def send(app: Driven, clock: Clock, raw: str | Event, apart: float = 0.0005) -> None:
    """Send what a terminal sends, all of it at once; the events lie so many seconds apart."""
    for event in fed(raw) if isinstance(raw, str) else [raw]:
        clock.now += apart
        event.time = clock.now
        event.set_sender(app.app)
        app.app.post_message(event)
    clock.now += 1e-6  # what comes of it is painted later
    await app.settle()


def acts(app: Driven) -> list[str]:
    """What on the screen would act when it is clicked, or is a link."""
    found = []
    for strip in app.screen._compositor.render_strips():
        for text, style, _ in strip:
            meta = style.meta if style is not None else {}
            if style is not None and style.link:
                found.append(text)
            found += [text for name, act in meta.items() if name.startswith("@") and act not in _SCROLLS]
    return found


def answers(app: Driven) -> int:
    """How many questions are answered."""
    at = app.app.conversation
    return len(at.interview.case.answers) if at is not None else 0


def more(app: Driven, at: Conversation) -> int:
    """How many questions were answered since, or lines of the same list."""
    now = app.app.conversation
    if now is None:
        return 0
    lines = len(now.current_replies) - len(at.current_replies) if now.state == at.state else 0
    return max(lines, len(now.interview.case.answers) - len(at.interview.case.answers))


async def uncovered(app: Driven, at: Conversation) -> None:
    """The conversation where it stood, with nothing before it and nothing typed."""
    while len(app.app.screen_stack) > 2:
        app.app.pop_screen()
    app.app.wants_summary = False
    await app.show(at)


def reached_once(pack: Pack, until: str, who: Mode = "patient", **says: str) -> Conversation:
    """Where a conversation comes to a question or an ending, looked for once."""
    key = (until, who, tuple(says.items()))
    if key not in _REACHED:
        _REACHED[key] = reached(pack, until, who, says)
    return _REACHED[key]


def _spoilt(said: Any, texts: Iterator[str]) -> Any:
    if isinstance(said, str):
        return said and next(texts)
    if isinstance(said, Mapping):
        return {key: _spoilt(value, texts) for key, value in said.items()}
    if isinstance(said, tuple):
        return tuple(_spoilt(value, texts) for value in said)
    if said is None:
        return None
    assert is_dataclass(said)
    kept: Any = said
    return replace(kept, **{f.name: _spoilt(getattr(said, f.name), texts) for f in fields(said) if f.name not in _KEPT})


def spoilt(pack: Pack, texts: Iterable[str] = BAD_TEXTS) -> Pack:
    """The pack in a language of hostile texts; what the program itself says still holds its parts."""
    each = cycle(texts)
    wording: Wording = _spoilt(pack.wording(), each)
    ui = {key: f"{said} {next(each)}" for key, said in pack.wording().ui.items()}
    return replace(pack, title=next(each), languages={"en": replace(wording, ui=ui)})


def in_bad_words(pack: Pack, bad: Pack, until: str, who: Mode = "patient", **says: str) -> Conversation:
    """Where a conversation comes to a question or an ending, and from there on in hostile texts."""
    return replace(reached_once(pack, until, who, **says), words=bad.wording())
