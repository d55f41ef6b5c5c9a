"""The app: which screen shows where the conversation stands, and what can be done from all of them."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, ClassVar

from textual import events, work
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.filter import LineFilter
from textual.geometry import Size
from textual.reactive import Initialize, Reactive, reactive
from textual.screen import Screen
from textual.theme import Theme

from chatbot.tui.autosave import Keeper
from chatbot.tui.key_timing import Pace
from chatbot.tui.keys import bind, key_name
from chatbot.tui.messages import Began
from chatbot.tui.options import Start as Start
from chatbot.tui.screens.base import FIRST_STYLES, STYLES, Ours
from chatbot.tui.screens.start import StartScreen
from chatbot.tui.themes import DEFAULT, THEMES
from chatbot.tui.theming import next_theme, without_colors

if TYPE_CHECKING:
    from textual._path import CSSPathType

    from chatbot.interview.conversation import Conversation
    from chatbot.packs.pack import Pack
    from chatbot.service.records import Returned
    from chatbot.tui.result import Result
    from chatbot.tui.screens.conversation_screen import Stage


# No window is larger; what says so was pasted, and drawing it would take all memory.
LARGEST = Size(1000, 500)


class TriageApp(App[int], inherit_bindings=False):
    """One conversation in a terminal."""

    TITLE = "Triage interview"
    CSS_PATH: ClassVar[CSSPathType | None] = FIRST_STYLES
    ENABLE_COMMAND_PALETTE = True
    # Each screen says itself what has the focus; the library's choice may scroll the advice out of sight.
    AUTO_FOCUS = None
    # Every other key is a screen's, so that help can say what works where.
    BINDINGS: ClassVar[list[BindingType]] = [*bind("palette", "suspend")]

    # Known before the styles are read: they would have to be read again for another.
    theme: Reactive[str] = Reactive(Initialize(attrgetter("first_theme")))
    # Each screen draws what changed in its own way; drawing all of it anew would cost a frame with every answer.
    conversation: reactive[Conversation | None] = reactive(None, init=False, always_update=True, repaint=False)

    def __init__(self, start: Start, pace: Pace | None = None) -> None:
        self.start, self.first_theme = start, start.theme or DEFAULT
        super().__init__()
        self.pace = pace or Pace()
        self.keeper = Keeper(self, self, start)
        self.words = self.keeper.words_in(start.language)
        self.pack: Pack | None = None
        self.failure: Exception | None = None
        self.wants_summary = False
        self.waiting: Began | None = None
        self.set_keymap(dict(start.keys))

    @property
    def available_themes(self) -> dict[str, Theme]:
        """Ours only: the library's own do not name what the stylesheet names."""
        return {theme.name: theme for theme in THEMES}

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Takes out all colours where none are wanted, those of the terminal, too."""
        found = super().get_line_filters()
        return without_colors(found) if self.no_color and self.native_ansi_color else found

    def get_default_screen(self) -> Screen[None]:
        """The start, which needs nothing but words."""
        return StartScreen()

    def on_ready(self) -> None:
        """Load behind the first screen."""
        gc.enable()  # put off until here
        self.load()

    @work(thread=True, exit_on_error=False)
    def load(self) -> None:
        """Bring the pack, and the screens that need what it needs."""
        returned = None
        try:
            pack = self.start.load()
            self.start.session.open()
            returned = self.prepare()
            from chatbot.tui import stages

            del stages
            # What was loaded stays; looking through all of it for garbage would hold up a key every now and then.
            gc.collect()
            gc.freeze()
        except Exception as error:  # whoever started the app says what was wrong with the pack
            self.call_from_thread(self.fail, error)
        else:
            self.call_from_thread(self.loaded, pack, returned)

    def prepare(self) -> Returned | None:
        """Prepares what is needed behind the first screen; gives a conversation that is to go on, if one is."""
        return self.keeper.resumed(self.start.resume) if self.start.resume else None

    def fail(self, error: Exception) -> None:
        """End with what was wrong; the command says it where it can be read."""
        self.failure = error
        self.exit(1, return_code=1)

    def loaded(self, pack: Pack, returned: Returned | None = None) -> None:
        """The pack is here; begin if that was asked for already."""
        self.pack = pack
        if not self.stylesheet.has_source(str(STYLES)):
            self.stylesheet.read(STYLES)
            self.stylesheet.parse()
        self.keeper.renew_words()
        start = self.screen_stack[0]  # something to read may stand before it
        if isinstance(start, StartScreen):
            start.loaded(pack, pack.statuses(self.start.today))
        if returned is not None:
            self.keeper.come_back(returned)
        elif self.waiting is not None:
            self.on_began(self.waiting)

    def on_began(self, message: Began) -> None:
        """Puts the first question, now that it is known who answers, once the pack is here."""
        from chatbot.interview.conversation import begin

        if self.pack is None or self.conversation is not None:
            self.waiting = message if self.pack is None else self.waiting
            return
        self.waiting = None
        wording = self.pack.wording(message.language)
        first = begin(self.pack.plan, wording, message.mode, message.country, self.start.today, message.whom)
        self.words = self.keeper.words_in(message.language)
        self.start.session.adopt(self.pack, first)
        self.conversation = first

    def on_wants_resume(self) -> None:
        """Ask for the code of an earlier interview."""
        from chatbot.tui.screens.resume import ResumeScreen

        self.push_screen(ResumeScreen(self.keeper.resumed), self.keeper.come_back)

    def watch_conversation(self, conversation: Conversation | None) -> None:
        """Keep where the conversation stands, and show it."""
        if conversation is not None:
            self.keeper.take(conversation)

    def show(self, conversation: Conversation) -> None:
        """Show where the conversation stands."""
        # The next emergency stands alone again.
        self.wants_summary = self.wants_summary and conversation.state == "emergency"
        wanted = self.stage_of(conversation)
        stage = self.stage
        if stage is not None and type(stage) is wanted:
            stage.conversation = conversation
            return
        self.pace.hide()
        new = wanted()
        new.set_reactive(type(new).conversation, conversation)
        self.uncover(2)
        (self.push_screen if stage is None else self.switch_screen)(new)

    def stage_of(self, conversation: Conversation) -> type[Stage]:
        """The screen for where a conversation stands."""
        from chatbot.tui.stages import stage_for

        return stage_for(conversation, self.wants_summary)

    # Whether there is a list to go back to from a conversation.
    has_list = False

    @property
    def beside(self) -> str:
        """The text before the place of a question; empty where there is nothing beside it."""
        return ""

    def uncover(self, left: int) -> None:
        """Take away what stands before the start and the screen of the conversation, or before the start alone."""
        while len(self.screen_stack) > left:
            self.pop_screen()

    @property
    def stage(self) -> Stage | None:
        """The screen of the conversation, under whatever stands before it."""
        from chatbot.tui.screens.conversation_screen import Stage

        return next((screen for screen in reversed(self.screen_stack) if isinstance(screen, Stage)), None)

    def result(self) -> Result:
        """The result of where the conversation stands, and what can be asked about it."""
        from chatbot.tui.result import begun, result_of

        return result_of(*begun(self.pack, self.conversation))

    def get_key_display(self, binding: Binding) -> str:
        """The key as it is called on a keyboard."""
        return key_name(binding.key)

    def on_show_summary(self) -> None:
        """The summary while an emergency stands."""
        self.wants_summary = True
        self.watch_conversation(self.conversation)

    def on_start_again(self) -> None:
        """Forget everything said; what is kept stays kept."""
        self.start.session.close_case()
        self.set_reactive(TriageApp.conversation, None)
        self.keeper.record(None)
        self.wants_summary = False
        self.uncover(1)
        if isinstance(self.screen, StartScreen):
            self.screen.renew()

    async def on_event(self, event: events.Event) -> None:
        """Let nothing act that came at the speed of a machine."""
        if isinstance(event, events.Resize):
            size = Size(*(max(1, min(each)) for each in zip(event.size, LARGEST, strict=True)))
            event = events.Resize(size, size)
        elif isinstance(event, events.Paste):
            self.pace.pasted(event.time)
        elif isinstance(event, events.InputEvent) and not event.is_forwarded:
            if isinstance(event, events.Key):
                self.pace.typed(event.character or "", event.key)
            if isinstance(event, events.MouseDown):
                self.pace.clicked(event.time)
            elif isinstance(event, events.Key) and not self.pace.acts(event.is_printable, event.time):
                if (stage := self.stage) is not None and stage is self.screen:
                    stage.too_fast()
                return
            elif isinstance(event, events.Key) and isinstance(self.screen, Ours) and self.screen.refuses(event.key):
                return
        await super().on_event(event)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Yields what the palette lists."""
        from chatbot.tui.screens.palette import commands

        return commands(self, self.words, screen)

    def action_command_palette(self) -> None:
        """Every action by name."""
        from chatbot.tui.screens.palette import Palette

        if not isinstance(self.screen, Palette):
            self.push_screen(Palette(id="--command-palette"))

    def action_help(self) -> None:
        """Help for the screen that is shown."""
        from chatbot.tui.screens.pages import help_screen

        self.push_screen(help_screen(self, self.screen))

    def action_leave(self) -> None:
        """Ask what is to become of the answers, and say what to do in an emergency."""
        from chatbot.tui.screens.cleared import ClearedScreen
        from chatbot.tui.screens.leave import LeaveScreen

        def left(choice: str | None) -> None:
            if choice == "leave":
                self.exit(0)
            elif choice == "stop" and self.conversation is not None:
                self.conversation = self.conversation.stop()

        if isinstance(self.screen, (LeaveScreen, ClearedScreen)):
            self.exit(0)
        else:
            self.push_screen(LeaveScreen(), left)

    def action_so_far(self) -> None:
        """Shows what was answered so far, each with its change."""
        from chatbot.tui.screens.so_far import SoFarScreen

        if self.conversation is not None:
            self.push_screen(SoFarScreen(self.conversation), self.change)

    def change(self, question: str | None) -> None:
        """Ask a question again."""
        if question is not None and self.conversation is not None:
            found = self.conversation.change(question)
            if found is not None:
                self.conversation = found

    def action_jump(self) -> None:
        """Any question that applies."""
        from chatbot.tui.screens.so_far import JumpScreen

        def jump(question: str | None) -> None:
            if question is not None and self.conversation is not None:
                self.conversation = self.conversation.jump(question)

        if self.conversation is not None:
            self.push_screen(JumpScreen(self.conversation), jump)

    def action_note(self, question: str = "") -> None:
        """Write something beside the answers; it is kept with them."""
        from chatbot.tui.screens.note_screen import NoteScreen

        def noted(text: str | None) -> None:
            if text and self.stage is not None:
                from chatbot.storage.events import Note

                is_kept = self.start.session.work([Note(text=text, question=question)])
                self.stage.tell(self.words.say("note_kept" if is_kept else "note_unkept"), error=not is_kept)

        self.push_screen(NoteScreen(), noted)

    def action_do(self, act: str) -> None:
        """Act at once: the next colours, an empty screen, the whole conversation; copy what is marked, or leave."""
        from chatbot.tui.screens.cleared import clear
        from chatbot.tui.screens.pages import thread_screen

        if act == "theme":
            self.theme = next_theme(self.theme)
        elif act == "clear":
            clear(self)
        elif act == "thread" and self.conversation is not None:
            self.push_screen(thread_screen(self, self.conversation))
        elif act == "interrupt" and (marked := self.screen.get_selected_text()):
            self.copy_to_clipboard(marked)
            self.screen.clear_selection()
        elif act == "interrupt":
            self.action_leave()
