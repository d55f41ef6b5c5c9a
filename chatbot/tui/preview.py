"""The app on a pack that is being written: it reloads when a file is saved, and shows what is wrong in place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static
from textual.worker import Worker

from chatbot.errors import PackError, TriageError
from chatbot.interview.reading.sanitise import harmless
from chatbot.tui.crash_guard import GuardedApp
from chatbot.tui.keys import bind
from chatbot.tui.screens.base import Modal, Ours, ScrollScreen
from chatbot.tui.screens.start import StartScreen
from chatbot.tui.widgets.hints import Hints

if TYPE_CHECKING:
    from chatbot.case import Answer
    from chatbot.interview.conversation import Conversation
    from chatbot.interview.replies import Said
    from chatbot.packs.pack import Pack
    from chatbot.tui.app import Start
    from chatbot.tui.key_timing import Pace

# A change is taken up when it was seen twice, as an editor may write a file in two steps.
POLL = 0.25

Stamp = Mapping[str, tuple[int, int]]


class ProblemsScreen(ScrollScreen[None], Modal[None], inherit_bindings=False):
    """The page of what is wrong with the pack; it goes away when that is mended, and not before."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bind("up", "down", "page_up", "page_down", "clear", "leave", "interrupt", "theme")
    ]

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__()
        self.problems = problems

    def compose(self) -> ComposeResult:
        """Shows how many problems there are, each of them, the keys."""
        with Vertical(id="page"):
            yield Static(Content(self.words.say("preview_title", count=len(self.problems))), id="ask", markup=False)
            yield VerticalScroll(
                *(Static(Content(harmless(problem)), classes="section", markup=False) for problem in self.problems),
                Static(Content(self.words.say("preview_how")), classes="small", markup=False),
                can_focus=False,
            )
        yield Hints(self.words, id="hints")


class PreviewApp(GuardedApp):
    """The app on the files of one folder."""

    def __init__(self, start: Start, folder: Path, pace: Pace | None = None) -> None:
        super().__init__(start, pace)
        self.folder = folder
        self._seen: Stamp = {}
        self._loaded: Stamp | None = None
        self._is_loading = False

    def on_ready(self) -> None:
        """Go on looking at the files; the library calls what the app itself does when it is ready, too."""
        self._seen = stamp(self.folder)
        self.set_interval(POLL, self.look)

    def look(self) -> None:
        """Load again once a change has come to rest."""
        found = stamp(self.folder)
        if found != self._seen:
            self._seen = found
        elif found != self._loaded and not self._is_loading:
            self.load()

    def load(self) -> Worker[None]:
        """Read the pack; what is wrong with it is shown, and never ends the app."""
        # Taken before the files are read: what is saved meanwhile is read the next time.
        self._is_loading, self._loaded = True, stamp(self.folder)
        return self._read()

    @work(thread=True, exit_on_error=False)
    def _read(self) -> None:
        try:
            pack = self.start.load()
            _ = pack.plan
        except PackError as error:
            self.call_from_thread(self.show_problems, tuple(map(str, error.problems)))
        except TriageError as error:
            self.call_from_thread(self.show_problems, (str(error),))
        except Exception:  # a fault of the program, which the next save may get around
            self.call_from_thread(self.show_problems, (self.words.say("preview_fault"),))
        else:
            self.call_from_thread(self.reloaded, pack)
        finally:
            self._is_loading = False

    def show_problems(self, problems: tuple[str, ...]) -> None:
        """Put the problems before everything else; the conversation waits behind them."""
        if isinstance(self.screen, ProblemsScreen):
            self.switch_screen(ProblemsScreen(problems))
        else:
            self.push_screen(ProblemsScreen(problems))

    def reloaded(self, pack: Pack) -> None:
        """Go on with the pack as it is now, from the same answers as far as they still apply."""
        self.guard.go_on()
        is_first = self.pack is None
        before = self.conversation
        self.set_reactive(PreviewApp.conversation, None)
        self.uncover(1)
        if isinstance(self.screen, StartScreen) and self.screen.language not in pack.languages:
            self.screen.language = next(iter(pack.languages))
        self.loaded(pack)
        if before is not None:
            conversation = carried(before, pack)
            self.conversation = conversation.conversation
            self.call_later(self._tell, conversation.said, conversation.left_out)
        elif not is_first:
            self.call_later(self._tell, "preview_reloaded", 0)

    def _tell(self, said: str, left_out: int) -> None:
        """Say what became of the answers, where the screen says such things."""
        texts = {
            "preview_reloaded": self.words.say("preview_reloaded"),
            "preview_left_out": self.words.say("preview_left_out", count=left_out),
            "preview_again": self.words.say("preview_again"),
        }
        if isinstance(self.screen, Ours):
            self.screen.tell(texts[said])


@dataclass(frozen=True, slots=True)
class Carried:
    """A conversation taken over to a changed pack, what is said about it, and how many answers were left out."""

    conversation: Conversation
    said: str
    left_out: int = 0


def carried(conversation: Conversation, pack: Pack) -> Carried:
    """The conversation with the answers that the changed pack can still take; a new one when it can take none."""
    from chatbot.case import Case
    from chatbot.interview.conversation import Conversation, begin

    before = conversation.interview.case
    words = pack.wording(conversation.words.language).read_by(before.mode, before.whom)
    country = before.country if before.country in pack.rulebook.countries else "any"
    answers = tuple(answer for answer in before.answers if _fits(answer, pack))
    left_out = len(before.answers) - len(answers)
    try:
        if before.answers and not answers:
            raise TriageError("no answer fits")
        raised = before.raised & pack.dialog.questions.keys()
        case = Case(
            mode=before.mode, whom=before.whom, country=country, answers=answers, marks=before.marks, raised=raised
        )
        now = Conversation(pack.plan.resume(case), words, conversation.today, open_lists=_partial(conversation, pack))
    except (TriageError, LookupError, ValueError):
        return Carried(begin(pack.plan, words, before.mode, country, conversation.today, before.whom), "preview_again")
    return Carried(now, "preview_left_out" if left_out else "preview_reloaded", left_out)


def _partial(conversation: Conversation, pack: Pack) -> dict[str, Said]:
    """The replies to lists that are half gone through, where the lists still have those lines."""
    replies: dict[str, Said] = {}
    for name, said in conversation.open_lists.items():
        question = pack.dialog.questions.get(name)
        if question is not None and set(said) <= {item.id for item in question.items}:
            replies[name] = said
    return replies


def _fits(answer: Answer, pack: Pack) -> bool:
    """True when the changed pack has the question, its facts and values, and the lines that were chosen."""
    question, facts = pack.dialog.questions.get(answer.question), pack.rulebook.facts
    if question is None or not set(answer.values) <= set(question.facts):
        return False
    lines = {item.id for item in question.items} | {option for option, _ in question.options}
    if question.items and not set(answer.lines) <= lines:
        return False
    try:
        for name, value in answer.values.items():
            facts[name].read(value)
    except TriageError:
        return False
    return True


def stamp(folder: Path) -> Stamp:
    """The time of the last change of each file of a pack, and its size; a file that goes away meanwhile is left out."""
    from chatbot.packs.pack import pack_files

    stamps: dict[str, tuple[int, int]] = {}
    try:
        for path in pack_files(folder):
            state = path.stat()
            stamps[path.as_posix()] = (state.st_mtime_ns, state.st_size)
    except OSError:  # looked at in the middle of a save; the next look sees more
        return stamps
    return stamps
