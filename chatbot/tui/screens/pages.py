"""Pages to read: help for the screen that is shown, the whole conversation."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from chatbot.interview.reading.sanitise import harmless
from chatbot.service.return_text import told_of_reading
from chatbot.tui.face import emergency_sentence as emergency_sentence
from chatbot.tui.keys import bind, key_texts
from chatbot.tui.screens.base import Modal, ScrollScreen
from chatbot.tui.widgets.hints import Hints

if TYPE_CHECKING:
    from chatbot.case import Audience
    from chatbot.interview.conversation import Conversation
    from chatbot.interview.prompt import Prompt
    from chatbot.recommendation.summary import Line
    from chatbot.service.records import Returned
    from chatbot.tui.face import Face


class Page(ScrollScreen[None], Modal[None]):
    """A title and what stands under it, scrolled by keys and wheel."""

    BINDINGS: ClassVar[list[BindingType]] = [*bind("back", "up", "down", "page_up", "page_down", "clear", "leave")]

    def __init__(self, title: str) -> None:
        super().__init__()
        self.heading = title

    @abstractmethod
    def body(self) -> VerticalScroll:
        """The part that stands under the title."""

    def compose(self) -> ComposeResult:
        """Title, body, keys."""
        with Vertical(id="page"):
            yield Static(Content(self.heading), id="ask", markup=False)
            yield self.body()
        yield Hints(self.words, id="hints")

    def action_back(self) -> None:
        """Close the page and go back."""
        self.dismiss(None)

    action_continue = action_back


class ReadingScreen(Page):
    """A page of texts to read."""

    def __init__(self, title: str, texts: Iterable[Content], at_end: bool = False) -> None:
        super().__init__(title)
        self.texts = tuple(texts)
        self.at_end = at_end

    def body(self) -> VerticalScroll:
        """The texts, one under the other."""
        texts = (Static(text, classes="section", markup=False) for text in self.texts)
        return VerticalScroll(*texts, can_focus=False)

    def on_mount(self) -> None:
        """A conversation is read from its end."""
        if self.at_end:
            self.call_after_refresh(self.scroller.scroll_end, animate=False)


class ReferencesScreen(Page):
    """Shows where each sentence comes from."""

    def __init__(self, works: Iterable[Line], audience: Audience, title: str) -> None:
        super().__init__(title)
        self.works, self.audience = tuple(works), audience

    def body(self) -> VerticalScroll:
        """The works, numbered."""
        from chatbot.tui.widgets.sections import References

        return References(self.works, self.audience)


def help_screen(app: Face, screen: Screen[object]) -> ReadingScreen:
    """Help for the screen that is shown: what it is for, then every key that works on it."""
    words = app.words
    topic = getattr(screen, "topic", "")
    about = words.texts.get(f"help_{topic}", words.say("help_any"))
    keys = [(key, text) for _, key, text in key_texts(screen, words)]
    width = max((len(key) for key, _ in keys), default=0)
    listed = Content("\n").join([Content.assemble((key.ljust(width), "bold"), "  ", text) for key, text in keys])
    # What to do in an emergency stands where no window is too low for it.
    emergency = Content.styled(emergency_sentence(app), "bold")
    return ReadingScreen(words.say("key_help"), (Content(about), emergency, listed, Content(words.say("help_mouse"))))


def reason_screen(app: Face, conversation: Conversation, asked: Prompt) -> ReadingScreen:
    """The page on why a question is asked, the rules that look at it, and what they cite with its strength."""
    from chatbot.interview.reasons import reasons
    from chatbot.recommendation.citation_text import shown_id, work

    because = reasons(conversation.interview, asked.question, conversation.words)
    why = app.words.say("why_we_ask", text=asked.why)
    rules = (f"{shown_id(each)}: {each.text} [{', '.join(each.cites)}]" for each in because.sentences)
    works = (f"[{line.number}] {work(line, 'clinician')} ({line.label})" for line in because.references)
    texts = [Content.styled(harmless(why), "bold"), *(Content(harmless(text)) for text in (*rules, *works))]
    return ReadingScreen(app.words.say("reason_title"), texts)


def thread_screen(app: Face, conversation: Conversation) -> ReadingScreen:
    """The whole conversation."""
    from chatbot.interview.answered_questions import exchanges
    from chatbot.tui.widgets.thread import as_content

    past = exchanges(conversation.interview, conversation.words)
    texts = [as_content(exchange, app.words) for exchange in past] or [Content(app.words.say("thread_empty"))]
    return ReadingScreen(app.words.say("key_thread"), texts, at_end=True)


def held_screen(app: Face, returned: Returned) -> ReadingScreen:
    """The page of a case that another program has open; it can be read here, not changed."""
    from chatbot.interview.answered_questions import exchanges
    from chatbot.tui.widgets.thread import as_content

    said = exchanges(returned.conversation.interview, returned.conversation.words)
    texts = [as_content(exchange, app.words) for exchange in said] or [Content(app.words.say("thread_empty"))]
    title = harmless(told_of_reading(returned, app.words.language))
    return ReadingScreen(title, (Content.styled(emergency_sentence(app), "bold"), *texts))
