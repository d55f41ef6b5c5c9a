"""The start: what this is and is not, what to do in an emergency, and who answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from chatbot.interview.view.line import Line
from chatbot.tui.key_timing import SETTLE
from chatbot.tui.keys import bind, key_of
from chatbot.tui.messages import Began, WantsResume
from chatbot.tui.screens.base import Choosing
from chatbot.tui.widgets.answers import AnswerList
from chatbot.tui.widgets.hints import Hints

if TYPE_CHECKING:
    from textual._path import CSSPathType

    from chatbot.packs.pack import Pack
    from chatbot.wording import Wording

MODES = ("patient", "carer", "nurse")
WHOM = ("her", "him", "them")
RESUME = "resume"


class StartScreen(Choosing[None]):
    """Shown before anything is loaded; the first key that chooses who answers goes on."""

    CSS_PATH: ClassVar[CSSPathType | None] = None
    BINDINGS: ClassVar[list[BindingType]] = [
        *bind(
            "continue",
            "up",
            "down",
            "back",
            "page_up",
            "page_down",
            "country",
            "language",
            "help",
            "clear",
            "leave",
            "interrupt",
            "theme",
        )
    ]

    def __init__(self) -> None:
        super().__init__()
        self.country = "any"
        self.language = "en"
        self.countries: tuple[str, ...] = ()
        self.languages: Mapping[str, Wording] = {}
        self.statuses: tuple[str, ...] = ()
        self.asks_whom = False

    def compose(self) -> ComposeResult:
        """Title, emergency, what this is, who answers, where."""
        say = self.words.say
        with VerticalScroll(id="cover", can_focus=False):
            yield Static(say("app_title"), id="title", markup=False)
            yield Static(say("start_emergency"), id="call", markup=False)
            yield Static(say("start_about"), id="about", markup=False)
            yield Static(say("start_notice"), id="is-not", markup=False)
            yield Static("", id="where", markup=False)
        yield Static(say("start_who"), id="ask", markup=False)
        yield AnswerList(id="answers")
        yield Static("", id="notice", markup=False)
        yield Hints(self.words, id="hints")

    def on_mount(self) -> None:
        """Take the country and language of the command line."""
        start = self.triage.start
        self.country, self.language = start.country, start.language
        self.renew()

    def renew(self) -> None:
        """Ask who answers; where a role was named, it only waits for a key."""
        start = self.triage.start
        self.ask(whom=False)
        if start.role in MODES:
            self.answers.cursor = MODES.index(start.role)
            self.answers.chosen = frozenset({start.role})
        self.show_where()
        self.call_after_refresh(self.triage.pace.show, 0)

    def ask(self, whom: bool) -> None:
        """Ask who answers, or a carer for whom."""
        self.asks_whom, say = whom, self.words.say
        modes = (*MODES, RESUME) if self.triage.start.session.wanted else MODES
        lines = [(name, say(f"whom_{name}")) for name in WHOM] if whom else [(m, say(f"start_{m}")) for m in modes]
        self.put("#ask", say("whom_for" if whom else "start_who"))
        self.put("#notice", "")
        self.answers.show(tuple(Line(name, text, str(place)) for place, (name, text) in enumerate(lines, 1)), "one")
        self.answers.focus(scroll_visible=False)
        self.refresh_bindings()
        self.query_one(Hints).renew()

    def action_back(self) -> None:
        """Ask once more who answers."""
        self.ask(whom=False)
        self.settle(SETTLE["patient"])

    def loaded(self, pack: Pack, statuses: tuple[str, ...]) -> None:
        """Say what the content is about and who approved it, and offer its countries and languages."""
        self.put("#is-not", self.words.say("start_notice"))
        self.put("#notice", self.triage.start.session.notice(self.language))
        self.countries, self.languages, self.statuses = tuple(pack.rulebook.countries), pack.languages, statuses
        self.put("#title", self.words.say("title_of", title=pack.title, app=self.words.say("app_title")))
        self.show_where()
        self.refresh_bindings()
        self.query_one(Hints).renew()

    def show_where(self) -> None:
        """The country, with its emergency number, and the language."""
        words = self.words
        texts = words.texts
        name = texts.get(f"country_{self.country}", self.country.upper())
        where = words.say("start_country", name=name, key=key_of(self, "country"))
        if len(self.languages) > 1:
            language = self.languages[self.language].name
            where += "\n" + words.say("start_language", name=language, key=key_of(self, "language"))
        self.put("#where", where)
        wording = self.languages.get(self.language)
        if wording is not None:
            call = wording.fill(words.say("emergency_sentence"), self.country)
            self.put("#call", call)
            notice = [words.say("start_notice"), *(wording.say(key) for key in self.statuses)]
            self.put("#is-not", " ".join(notice))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 # Textual's
        """A language can be chosen where there are several; back leads from whom to who."""
        if action == "back":
            return self.asks_whom
        return action != "language" or len(self.languages) > 1

    def action_page_up(self) -> None:
        """Scroll to the text above."""
        self.query_one("#cover").scroll_page_up(animate=False)

    def action_page_down(self) -> None:
        """Scroll to the text below."""
        self.query_one("#cover").scroll_page_down(animate=False)

    def action_continue(self) -> None:
        """Go on as the line under the cursor."""
        if self.answers.current is None:
            self.put("#notice", self.words.say("emergency_choose" if self.asks_whom else "start_choose"))
        else:
            super().action_continue()

    def choose(self, line: str) -> None:
        """Go on as soon as the questions are here."""
        if not self.triage.pace.may_answer():
            return
        if line == RESUME:
            self.ask_for_code()
        elif line == "carer" and self.triage.start.whom is None:
            self.ask(whom=True)
            self.settle(SETTLE["patient"])
        else:
            self.begin(line)

    def begin(self, line: str) -> None:
        """Begin with who answers, or with whom a carer answers for."""
        self.answers.chosen, self.answers.cursor = frozenset({line}), self.answers.index(line)
        mode, whom = ("carer", line) if self.asks_whom else (line, self.triage.start.whom or "them")
        self.put("#notice", self.words.say("start_wait"))
        self.post_message(Began(mode, self.country, self.language, whom))  # type: ignore[arg-type] # one of each

    def ask_for_code(self) -> None:
        """Ask for the code of an earlier interview, once it can be looked for."""
        if self.triage.pack is None:
            self.put("#notice", self.words.say("start_wait"))
        else:
            self.post_message(WantsResume())

    @on(events.Click, "#where")
    def where_clicked(self) -> None:
        """A click on the country takes the next."""
        self.action_country()

    def action_country(self) -> None:
        """The next country."""
        if self.countries:
            self.country = self.countries[(self.countries.index(self.country) + 1) % len(self.countries)]
            self.show_where()

    def action_language(self) -> None:
        """The next language."""
        names = tuple(self.languages)
        self.language = names[(names.index(self.language) + 1) % len(names)]
        self.show_where()
