"""Keeping a conversation: each step is kept before it is shown, and what becomes of that is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chatbot.interview.reading.sanitise import harmless
from chatbot.tui.keys import key_names
from chatbot.tui.save_status import Kept
from chatbot.tui.words import Words, words

if TYPE_CHECKING:
    from textual.app import App

    from chatbot.interview.conversation import Conversation
    from chatbot.service.records import Returned
    from chatbot.service.saving import News
    from chatbot.tui.face import Face
    from chatbot.tui.options import Start

# Seconds from one try to save to the next, where nobody waits for it.
RETRY = 5.0


class Keeper:
    """Keeps where the conversation of an app stands, and brings back one that was kept."""

    def __init__(self, app: App[int], face: Face, start: Start) -> None:
        # One object: the library's side of it, for workers and timers, and ours.
        self.app, self.face, self.start = app, face, start
        self.kept = Kept(start)
        self._told = ""
        self._news: News = ""

    def words_in(self, language: str) -> Words:
        """The app's texts, which say truly what becomes of the answers."""
        return self.kept.words(words(language, key_names(self.start.keys)))

    def renew_words(self) -> None:
        """Say from now on what becomes of the answers now."""
        self.face.words = self.words_in(self.face.words.language)

    def say_soon(self, text: str, error: bool = False) -> None:
        """Say something where the conversation stands by the time it is painted."""

        def say() -> None:
            if self.face.stage is not None:
                self.face.stage.tell(text, error)

        self.app.call_after_refresh(say)

    def record(self, conversation: Conversation | None) -> None:
        """Write the answers to the file there may be for them; that this is no longer possible is said once."""
        recorder = self.start.recorder
        failed = recorder is not None and recorder.failed
        is_told = self.kept.record(conversation)
        if recorder is None:
            return
        if recorder.failed != failed:
            self.renew_words()
        if not is_told:
            self.say_soon(self.face.words.say("not_recorded", file=harmless(str(recorder.path))), error=True)

    def resumed(self, code: str) -> Returned:
        """The case of a code; whoever calls this waits for it."""
        return self.start.session.resume(code, self.start.load_named or (lambda _: self.start.load()))

    def come_back(self, returned: Returned | None) -> None:
        """Go on where a case stands; one that another program has open can be read."""
        from chatbot.service.return_text import told_on_return
        from chatbot.tui.screens.pages import held_screen

        if returned is None:
            return
        if returned.journal is None:
            self.app.push_screen(held_screen(self.face, returned))
            return
        self.face.pack = returned.pack
        self.face.words = self.words_in(returned.conversation.words.language)
        self.face.conversation = returned.conversation
        self.say_soon(harmless(" ".join(told_on_return(returned))))

    def take(self, conversation: Conversation) -> None:
        """Keep where the conversation stands, and then show it; what to do in an emergency waits for nothing."""
        self.record(conversation)
        if not self.kept.is_slow:
            self._have_kept(conversation, self.kept.keep(conversation))
            return
        if conversation.state == "emergency" or self._is_in_sight(conversation):
            self.face.show(conversation)
        else:
            self.face.pace.hide()
        # In a place that may be slow it is kept while the app still hears signals and draws.
        self.app.run_worker(lambda: self._keep(conversation), thread=True, group="keep")

    def _is_in_sight(self, conversation: Conversation) -> bool:
        """True when its question is on the screen already, and only a line of it was answered."""
        stage = self.face.stage
        shown = None if stage is None else stage.conversation
        return shown is not None and shown.interview is conversation.interview

    def _keep(self, conversation: Conversation) -> None:
        news = self.kept.keep(conversation)
        self.app.call_from_thread(self._have_kept, conversation, news)

    def _have_kept(self, conversation: Conversation, news: News) -> None:
        """Show where the conversation stands; an answer that could not be saved waits for its person to say so."""
        # What a step did to saving is told where the conversation is by now.
        self._news = news or self._news
        if conversation is not self.face.conversation:
            return
        news, self._news = self._news, ""
        if news or self._told != self.start.session.code:
            self._told = self.start.session.code
            self.renew_words()
        if news == "stopped" and conversation.state != "emergency":
            from chatbot.tui.screens.save_failed import SavingScreen

            waiting = SavingScreen(conversation, lambda: self.kept.keep(conversation))
            self.app.push_screen(waiting, lambda _: self._have_waited(conversation))
            return
        self.face.show(conversation)
        self._tell_news(conversation, news)

    def _have_waited(self, conversation: Conversation) -> None:
        """Go on after an answer was saved late, or is not to be waited for."""
        self.renew_words()
        if conversation is self.face.conversation:
            self.face.show(conversation)
        if self.start.session.why:
            self.app.set_timer(RETRY, self._retry)
        else:
            self.say_soon(self.start.session.news("again", self.face.words.language))

    def _retry(self) -> None:
        """Try to save what nobody waits for any more."""
        self.app.run_worker(self._try, thread=True, exclusive=True, group="retry")

    def _try(self) -> None:
        conversation = self.face.conversation
        self.app.call_from_thread(self._have_tried, "" if conversation is None else self.kept.keep(conversation))

    def _have_tried(self, news: News) -> None:
        """Say that everything is saved, or try again later."""
        if self.start.session.why:
            self.app.set_timer(RETRY, self._retry)
        elif news:
            self.renew_words()
            if self.face.stage is not None:
                self.face.stage.renew_place()
            self.say_soon(self.start.session.news(news, self.face.words.language))

    def _tell_news(self, conversation: Conversation, news: News) -> None:
        """Say what became of saving, and with the first question the code to come back with."""
        session, language = self.start.session, self.face.words.language
        if news:
            self.say_soon(session.news(news, language), error=news not in ("again", "moved"))
        elif session.code and conversation.past is None and not conversation.previous_answers:
            # What stood in that place until now is said with it.
            carer = conversation.interview.case.mode == "carer"
            heading = f"{self.face.words.say('carer_heading')} " if carer else ""
            self.say_soon(heading + self.face.words.say("code", code=session.code))
