"""The real app in a window of some size, driven by keys, typed words and clicks, and read row by row."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import pairwise

from rich.cells import cell_len
from textual import events
from textual.drivers.headless_driver import HeadlessDriver
from textual.geometry import Size
from textual.message_pump import MessagePump
from textual.screen import Screen

from chatbot.case import Mode
from chatbot.interview.conversation import Conversation, begin
from chatbot.interview.parse_given import parse_typed
from chatbot.interview.reading.parse_answer import ParsedAnswer
from chatbot.packs.pack import Pack
from chatbot.tui.app import Start, TriageApp
from chatbot.tui.key_timing import Pace
from chatbot.tui.widgets.answers import AnswerList
from chatbot.tui.widgets.typed import TypedLine
from tests.support.painted import is_harmless
from tests.support.person import TODAY, WELL

_DRAWN = dict.fromkeys(map(ord, "╔═╗║╚╝┏━┓┃┗┛┌─┐│└┘╭╮╰╯▁▂▃▄▅▆▇█▔▕▏▊▎"))
# The characters that a terminal sends under a name.
_NAMED = {" ": "space", "/": "slash", "?": "question_mark", ".": "full_stop", ",": "comma", "'": "apostrophe"}


class Instant(Pace):
    """A pace for keys that are pressed as soon as something is painted."""

    def __init__(self) -> None:
        super().__init__(burst=0, scale=0)


class Blind(Instant):
    """A pace for keys that wait for nothing, not even to be painted."""

    def may_answer(self) -> bool:
        """Always."""
        return True


_REACHED: dict[tuple[object, ...], Conversation] = {}


@dataclass
class Driven:
    """A running app; where `unseen` is set nobody waits for it to be painted."""

    app: TriageApp
    unseen: bool = False

    @property
    def rows(self) -> list[str]:
        """The screen as text, row by row, each as wide as the screen and harmless to a terminal."""
        found = ["".join(part.text for part in row) for row in self.app.screen._compositor.render_strips()]
        assert {cell_len(row) for row in found} == {self.app.size.width}
        assert [ascii(row) for row in found if not is_harmless(row)] == []
        return found

    @property
    def text(self) -> str:
        """The screen with its line breaks made spaces and without what is drawn."""
        return " ".join(" ".join(self.rows).translate(_DRAWN).split())

    @property
    def screen(self) -> Screen[object]:
        """The screen that is shown."""
        return self.app.screen

    @property
    def topic(self) -> str:
        """Which screen is shown."""
        return str(getattr(self.screen, "topic", type(self.screen).__name__))

    @property
    def conversation(self) -> Conversation:
        """Where the conversation stands."""
        assert self.app.conversation is not None
        return self.app.conversation

    @property
    def state(self) -> str:
        """The question at hand, or how the interview ended."""
        return self.conversation.state

    @property
    def answers(self) -> AnswerList:
        """The lines on the screen."""
        return self.screen.query_one(AnswerList)

    @property
    def typed(self) -> TypedLine:
        """The line to type in."""
        return self.screen.query_one(TypedLine)

    @property
    def notice(self) -> str:
        """What is said about the question at hand."""
        return " ".join(str(self.screen.query_one("#notice").render()).split())  # type: ignore[attr-defined] # a Static

    @property
    def chosen(self) -> set[str]:
        """The texts of the lines that are marked, read from the rows."""
        return {
            row.split(")" if "(•)" in row else "]", 1)[1].strip() for row in self.rows if "(•)" in row or "[x]" in row
        }

    @property
    def replies(self) -> dict[str, str]:
        """What was replied so far to the list at hand, by line."""
        return {line: reply for line, (reply, _) in self.conversation.current_replies.items()}

    def said(self, question: str) -> object:
        """The values a question was answered with; None before it was."""
        answer = self.conversation.interview.case.by_question.get(question)
        return answer and answer.values

    def row_of(self, words: str, nth: int = 0) -> int:
        """The row in which some words stand."""
        found = [y for y, row in enumerate(self.rows) if words in row]
        assert len(found) > max(nth, 0), f"{words!r} is not on the screen:\n" + "\n".join(self.rows)
        return found[nth]

    async def keys(self, *names: str, at: float | None = None) -> None:
        """Press keys, each after everything that came of the one before; `at` is the time that is stamped on them."""
        for name in names:
            event = events.Key(_NAMED.get(name, name), name if len(name) == 1 else _character(name))
            event.time = event.time if at is None else at
            await self._send(event)

    async def type(self, words: str) -> None:
        """Type words key by key."""
        await self.keys(*words)

    async def say(self, words: str) -> None:
        """Have words in the line to type in, however they came there, and press Enter."""
        self.typed.value = words
        self.typed.action_end()
        await self.keys("enter")

    async def click(self, words: str, nth: int = 0, after: str = "", last: bool = False) -> None:
        """Click the middle of some words on the screen; `after` says after which other words of their row."""
        y = self.row_of(after or words, nth)
        row = self.rows[y]
        start = row.index(after) + len(after) if after else 0
        x = row.rindex(words) if last else row.index(words, start)
        await self.click_at(cell_len(row[: x + len(words) // 2]), y)

    async def click_at(self, x: int, y: int) -> None:
        """Press and release the left button at a cell."""
        for kind in (events.MouseDown, events.MouseUp):
            await self._send(kind(None, x, y, 0, 0, 1, False, False, False, x, y))

    async def paste(self, text: str) -> None:
        """Paste text, as a terminal hands it over."""
        await self._send(events.Paste(text))

    async def resize(self, width: int, height: int) -> None:
        """Change the window."""
        size = Size(width, height)
        assert isinstance(self.app._driver, HeadlessDriver)
        self.app._driver._size = size
        await self._send(events.Resize(size, size))
        while self.screen._compositor.size != size:  # Textual takes its time over these
            await asyncio.sleep(0.001)
        await self.settle()

    async def show(self, conversation: Conversation) -> None:
        """Put another conversation on the screen."""
        self.app.conversation = conversation
        await self.settle()

    async def settle(self) -> None:
        """Wait until nothing is left to be done or painted."""
        calm = 0
        for _ in range(20_000):
            await asyncio.sleep(0 if calm or self._has_messages() else 0.001)
            calm = 0 if self._has_messages() or (self._is_unpainted() and not self.unseen) else calm + 1
            if calm > 3 or self.app._exit:
                return
        raise AssertionError("the app never comes to rest")

    async def _send(self, event: events.Event) -> None:
        event.set_sender(self.app)
        self.app.post_message(event)
        await self.settle()

    def _pumps(self) -> Iterator[MessagePump]:
        yield self.app
        yield from self.app.screen_stack
        yield from self.screen.walk_children()

    def _has_messages(self) -> bool:
        return any(not pump._message_queue.empty() or pump._next_callbacks for pump in self._pumps())

    def _is_unpainted(self) -> bool:
        at = self.screen
        unpainted = at._layout_required or at._scroll_required or at._repaint_required or at._dirty_widgets
        return bool(unpainted or at._recompose_required or at._callbacks)


def _character(name: str) -> str | None:
    return {named: character for character, named in _NAMED.items()}.get(name, "\r" if name == "enter" else None)


@asynccontextmanager
async def running(
    pack: Pack,
    who: Mode | None = "patient",
    size: tuple[int, int] = (80, 24),
    country: str = "gb",
    pace: Pace | None = None,
    start: Start | None = None,
    kind: type[TriageApp] = TriageApp,
) -> AsyncIterator[Driven]:
    """The app at its first question for whoever answers, carers for "them", or at its start when nobody was said to."""
    begun = start or Start(lambda: pack, country=country, today=TODAY)
    app = kind(begun, pace or Instant())
    async with app.run_test(size=size):
        driven = Driven(app, unseen=isinstance(pace, Blind))
        while app.pack is None:
            await asyncio.sleep(0.001)
        await driven.settle()
        if who is not None:
            await driven.keys(*{"patient": "1", "carer": "2" if begun.whom else "23", "nurse": "3"}[who])
        yield driven


@asynccontextmanager
async def asking(
    pack: Pack,
    until: str,
    who: Mode = "patient",
    size: tuple[int, int] = (80, 24),
    says: Mapping[str, str] | None = None,
    country: str = "gb",
) -> AsyncIterator[Driven]:
    """The app where a well person, but for what is said to some questions, has come to a question or an ending."""
    async with running(pack, None, size, country) as driven:
        await driven.show(reached(pack, until, who, says, country))
        yield driven


def walked(
    pack: Pack, who: Mode = "patient", says: Mapping[str, str] | None = None, country: str = "gb"
) -> Iterator[Conversation]:
    """The conversation of a well person, but for what is said to some questions, from its first question to its end."""
    at = begin(pack.plan, pack.wording(), who, country, TODAY)
    said = dict(says or {})
    yield at
    while (asked := at.asked) is not None:
        well = WELL.get(at.state, "none of these" if asked.is_list else "not sure")
        words = said.pop(at.state, None)
        found = parse_typed(at, asked, words or well)
        if words is None and not isinstance(found, ParsedAnswer):
            found = parse_typed(at, asked, "not sure")
        assert isinstance(found, ParsedAnswer), (at.state, words)
        at = at.answer(found)
        yield at
    if at.state == "check_answers":
        yield at.confirm()


def reached(
    pack: Pack, until: str, who: Mode = "patient", says: Mapping[str, str] | None = None, country: str = "gb"
) -> Conversation:
    """Where such a conversation comes to a question or an ending; walked to once, as no conversation ever changes."""
    way = (pack.digest, until, who, tuple(sorted((says or {}).items())), country)
    if way not in _REACHED:
        _REACHED[way] = next(at for at in walked(pack, who, says, country) if at.state == until)
    return _REACHED[way]


def in_order(text: str, *parts: str) -> bool:
    """Whether some parts stand in a text one after another."""
    places = [text.find(part) for part in parts]
    return -1 not in places and all(one < other for one, other in pairwise(places))
