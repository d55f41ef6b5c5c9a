"""The interview as a conversation in lines; a thin shell over the engine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from chatbot.case import WHOM, Mode, Whom
from chatbot.interview.answered_questions import answers_given
from chatbot.interview.conversation import Conversation, begin
from chatbot.interview.interview import Interview
from chatbot.interview.reading.choices import Choice
from chatbot.interview.reading.commands import Command
from chatbot.packs.pack import Pack
from chatbot.plain.after import Questions
from chatbot.plain.asking import Asking
from chatbot.plain.ends import check, emergency
from chatbot.plain.lines import EndOfInputError, Page
from chatbot.plain.summary_lines import say_summary
from chatbot.plain.voice import Voice
from chatbot.replay.record import Recorder
from chatbot.service.records import Returned
from chatbot.service.results import summary_of
from chatbot.service.return_text import told_of_reading, told_on_return
from chatbot.service.saving import News, Session

MODES: tuple[Mode, ...] = ("patient", "carer", "nurse")


class Talk:
    """One conversation from the first question to the last question about the result.

    `conversation` is where it stands, kept while lines are read, so that what was said counts when the input closes.
    """

    def __init__(
        self,
        pack: Pack,
        page: Page,
        language: str,
        country: str,
        today: date | None,
        recorder: Recorder | None = None,
        session: Session | None = None,
    ) -> None:
        self.voice = Voice(pack, page, language, country)
        self.page = page
        self.today = today
        self.asking = Asking(self.voice, self.move)
        self.recorder = recorder
        self.session = session or Session(wanted=False)
        self._at = begin(pack.plan, self.voice.words, "patient", country, today)

    @property
    def conversation(self) -> Conversation:
        """The conversation as it stands."""
        return self._at

    @conversation.setter
    def conversation(self, conversation: Conversation) -> None:
        self._at = conversation
        self.voice.speak_to(conversation.interview.case)
        if self.recorder is not None and not self.recorder.take(conversation):
            self.page.say(self.voice.texts.say("not_recorded", file=self.recorder.path))
        self.tell(self.session.take(conversation))

    def move(self, conversation: Conversation) -> None:
        """Stand at another place."""
        self.conversation = conversation

    def tell(self, news: News) -> None:
        """Say what a step did to the saving; where it stopped, what to do in an emergency comes first."""
        if news == "stopped" and self._at.state == "emergency":
            self.voice.say("emergency_sentence")
        text = self.session.news(news, self.voice.words.language)
        if text:
            self.page.say(text)

    def kept(self) -> Iterator[str]:
        """Yields where the answers are, whether they still are, and the code that brings them back."""
        if self.recorder is not None:
            # The name of a file is not to be filled in.
            yield self.voice.texts.say("not_recorded" if self.recorder.failed else "recorded", file=self.recorder.path)
        session = self.session
        if session.wanted:
            yield session.told(self.voice.words.language)
        elif self.recorder is None:
            yield self.voice.text("not_saved")
        if session.code:
            yield self.voice.texts.say("code", code=session.code)

    def run(self, mode: Mode | None, whom: Whom | None = None) -> Interview:
        """The whole conversation; leaving early, or the end of the input, still ends in advice."""
        return self.go_on(self.begin(mode, whom))

    def come_back(self, returned: Returned) -> Interview:
        """The conversation of a code, from where it stood; where another program has it open, what was said in it."""
        self.welcome()
        self.voice.speak_to(returned.conversation.interview.case)
        if returned.journal is None:
            self.page.say(told_of_reading(returned, self.voice.words.language))
            self.page.say()
            self.voice.list_rows(answers_given(returned.conversation.interview, self.voice.words))
            self.voice.say("emergency_sentence")
            return returned.conversation.interview
        for text in told_on_return(returned):
            self.page.say(text)
        return self.go_on(returned.conversation)

    def go_on(self, conversation: Conversation) -> Interview:
        """The conversation from where it stands to the last question about the result."""
        self.conversation = conversation
        while True:
            self.conversation = self.ask_all(self.conversation)
            self.end(self.conversation.interview)
            reopened = Questions(self.voice, self.conversation).run()
            if reopened is None:
                for text in self.kept() if self.recorder or self.session.wanted else ():
                    self.page.say(text)
                return self.conversation.interview
            self.conversation = reopened

    def begin(self, mode: Mode | None, whom: Whom | None = None) -> Conversation:
        """Say what this is and is not, and learn who answers, a carer for whom; a role that is named asks nothing."""
        self.welcome()
        stopped = False
        if mode is None:
            try:
                mode = self.who()
                whom = self.for_whom() if mode == "carer" and whom is None else whom
            except EndOfInputError:
                stopped = True
        plan, words = self.voice.pack.plan, self.voice.words
        conversation = begin(plan, words, mode or "patient", self.voice.country, self.today, whom or "them")
        self.voice.speak_to(conversation.interview.case)
        if stopped:
            return conversation.stop()
        self.tell(self.session.begin(self.voice.pack, conversation))
        self.say_code()
        self.page.say()
        if mode == "carer":
            self.voice.say("carer_heading")
            self.page.say()
        self.voice.say("commands")
        return conversation

    def welcome(self) -> None:
        """Say what this is and is not, and what becomes of the answers."""
        self.voice.welcome(self.today)
        for text in self.kept():
            self.page.say(text)

    def say_code(self) -> None:
        """Write the code to come back with, once there is one."""
        if self.session.code:
            self.page.say(self.voice.texts.say("code", code=self.session.code))

    def who(self) -> Mode:
        """Ask who answers; stopping here is the end of the input."""
        self.page.say()
        self.voice.say("question", text=self.voice.texts.say("who_for"))
        people, texts = self.voice.language.people, self.voice.texts
        picked = self.voice.pick(
            [Choice(mode, (texts.say(f"who_{mode}"), mode, *people.get(mode, ()))) for mode in MODES]
        )
        if picked is Command.STOP:
            raise EndOfInputError
        return next(mode for mode in MODES if mode == picked)

    def for_whom(self) -> Whom:
        """Ask a carer how the questions are to speak of the person they help."""
        self.page.say()
        self.voice.say("question", text=self.voice.texts.say("whom_for"))
        picked = self.voice.pick([Choice(whom, (self.voice.texts.say(f"whom_{whom}"), whom)) for whom in WHOM])
        if picked is Command.STOP:
            raise EndOfInputError
        return next(whom for whom in WHOM if whom == picked)

    def ask_all(self, conversation: Conversation) -> Conversation:
        """Ask until the interview has ended; what was typed before the input closed still counts."""
        self.conversation = conversation
        while True:
            try:
                if self.conversation.state == "emergency":
                    after = emergency(self.voice, self.conversation)
                    if after is None:
                        return self.conversation
                    self.conversation = after
                elif self.conversation.asked is not None:
                    self.conversation = self.asking.turn(self.conversation)
                elif self.conversation.state == "check_answers":
                    self.conversation = check(self.voice, self.conversation)
                else:
                    return self.conversation
            except EndOfInputError:
                return self.conversation.stop()

    def end(self, interview: Interview) -> None:
        """Write the summary, and before it why the questions ended early."""
        self.page.say()
        if interview.state == "stopped":
            self.voice.say("stopped")
            self.voice.say("emergency_sentence")
            self.page.say()
        if interview.state == "out_of_scope":
            self.page.say(self.voice.text_of_pack("out_of_scope"))
            self.page.say()
        words = self.voice.words
        say_summary(self.page, summary_of(self.voice.pack, interview.recommendation, words.language), words)
        if self.session.check_code:
            self.page.say(self.voice.texts.say("check_code", code=self.session.check_code))
