"""The app's part that keeps: each step is kept before it is shown, and what becomes of that is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work
from textual.reactive import reactive

from chatbot.interview.clean import harmless
from chatbot.tui.coloured import ColouredApp
from chatbot.tui.kept import Kept
from chatbot.tui.keys import key_names
from chatbot.tui.pace import Pace
from chatbot.tui.words import Words, words

if TYPE_CHECKING:
    from chatbot.interview.conversation import Conversation
    from chatbot.packs.pack import Pack
    from chatbot.service.records import Returned
    from chatbot.service.session import News
    from chatbot.tui.screens.stage import Stage
    from chatbot.tui.start import Start

# Seconds from one try to save to the next, where nobody waits for it.
RETRY = 5.0


class KeepingApp(ColouredApp):
    """Keeps where the conversation stands, and comes back to one that was kept."""

    # Each screen draws what changed in its own way; drawing all of it anew would cost a frame with every answer.
    conversation: reactive[Conversation | None] = reactive(None, init=False, always_update=True, repaint=False)

    def __init__(self, start: Start, pace: Pace) -> None:
        self.start = start
        super().__init__()
        self.pace = pace
        self.kept = Kept(start)
        self.words = self.words_in(start.language)
        self.pack: Pack | None = None
        self._told = ""
        self._news: News = ""

    def show(self, conversation: Conversation) -> None:
        """Show where the conversation stands."""
        raise NotImplementedError

    @property
    def stage(self) -> Stage | None:
        """The screen of the conversation."""
        raise NotImplementedError

    def words_in(self, language: str) -> Words:
        """The app's texts, which say truly what becomes of the answers."""
        return self.kept.words(words(language, key_names(self.start.keys)))

    def record(self, conversation: Conversation | None) -> None:
        """Write the answers to the file there may be for them; that this is no longer possible is said once."""
        recorder = self.start.recorder
        failed = recorder is not None and recorder.failed
        is_told = self.kept.record(conversation)
        if recorder is None:
            return
        if recorder.failed != failed:
            self.words = self.words_in(self.words.language)
        if not is_told:
            self.say_soon(self.words.say("not_recorded", file=harmless(str(recorder.path))), error=True)

    def say_soon(self, text: str, error: bool = False) -> None:
        """Say something where the conversation stands by the time it is painted."""

        def say() -> None:
            if self.stage is not None:
                self.stage.tell(text, error)

        self.call_after_refresh(say)

    def resumed(self, code: str) -> Returned:
        """The case of a code; whoever calls this waits for it."""
        return self.start.session.resume(code, self.start.load_named or (lambda _: self.start.load()))

    def on_wants_resume(self) -> None:
        """Ask for the code of an earlier interview."""
        from chatbot.tui.screens.resume import ResumeScreen

        self.push_screen(ResumeScreen(), self.come_back)

    def come_back(self, found: Returned | None) -> None:
        """Go on where a case stands; one that another program has open can be read."""
        from chatbot.service.return_text import told_on_return
        from chatbot.tui.screens.reading import held_screen

        if found is None:
            return
        if found.journal is None:
            self.push_screen(held_screen(self, found))
            return
        self.pack = found.pack
        self.words = self.words_in(found.conversation.words.language)
        self.conversation = found.conversation
        self.say_soon(harmless(" ".join(told_on_return(found))))

    def watch_conversation(self, conversation: Conversation | None) -> None:
        """Keep where the conversation stands, and then show it; what to do in an emergency waits for nothing."""
        if conversation is None:
            return
        self.record(conversation)
        if not self.kept.is_slow:
            self.have_kept(conversation, self.kept.keep(conversation))
            return
        if conversation.state == "emergency" or self._is_in_sight(conversation):
            self.show(conversation)
        else:
            self.pace.hide()
        self.keep(conversation)

    def _is_in_sight(self, conversation: Conversation) -> bool:
        """Whether its question is on the screen already, and only a line of it was answered."""
        stage = self.stage
        shown = None if stage is None else stage.conversation
        return shown is not None and shown.interview is conversation.interview

    @work(thread=True, group="keep")
    def keep(self, conversation: Conversation) -> None:
        """Keep it in a place that may be slow, while the app still hears signals and draws."""
        news = self.kept.keep(conversation)
        self.call_from_thread(self.have_kept, conversation, news)

    def have_kept(self, conversation: Conversation, news: News) -> None:
        """Show where the conversation stands; an answer that could not be saved waits for its person to say so."""
        # What a step did to saving is told where the conversation is by now.
        self._news = news or self._news
        if conversation is not self.conversation:
            return
        news, self._news = self._news, ""
        if news or self._told != self.start.session.code:
            self._told = self.start.session.code
            self.words = self.words_in(self.words.language)
        if news == "stopped" and conversation.state != "emergency":
            from chatbot.tui.screens.saving import SavingScreen

            self.push_screen(SavingScreen(conversation), lambda _: self.have_waited(conversation))
            return
        self.show(conversation)
        self.tell_news(conversation, news)

    def have_waited(self, conversation: Conversation) -> None:
        """Go on after an answer was saved late, or is not to be waited for."""
        self.words = self.words_in(self.words.language)
        if conversation is self.conversation:
            self.show(conversation)
        if self.start.session.why:
            self.set_timer(RETRY, self.retry)
        else:
            self.say_soon(self.start.session.news("again", self.words.language))

    @work(thread=True, exclusive=True, group="retry")
    def retry(self) -> None:
        """Try to save what nobody waits for any more."""
        news = self.kept.keep(self.conversation) if self.conversation is not None else ""
        self.call_from_thread(self.have_retried, news)

    def have_retried(self, news: News) -> None:
        """Say that everything is saved, or try again later."""
        if self.start.session.why:
            self.set_timer(RETRY, self.retry)
        elif news:
            self.words = self.words_in(self.words.language)
            if self.stage is not None:
                self.stage.renew_place()
            self.say_soon(self.start.session.news(news, self.words.language))

    def tell_news(self, conversation: Conversation, news: News) -> None:
        """Say what became of saving, and with the first question the code to come back with."""
        session, language = self.start.session, self.words.language
        if news:
            self.say_soon(session.news(news, language), error=news not in ("again", "moved"))
        elif session.code and conversation.past is None and not conversation.kept:
            self.say_soon(self.words.say("code", code=session.code))
