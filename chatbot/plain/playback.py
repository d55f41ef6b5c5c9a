"""A transcript played in lines, as the person who held the conversation saw it."""

from __future__ import annotations

from chatbot.case import Reply
from chatbot.interview.answered_questions import name_of
from chatbot.interview.conversation import Conversation
from chatbot.interview.parse_given import parse_typed
from chatbot.interview.prompt import Prompt
from chatbot.interview.reading.parse_answer import NotUnderstood, ParsedAnswer
from chatbot.interview.transcript import ChangeTurn, Exchange, JumpTurn, Transcript, Turn
from chatbot.packs.pack import Pack
from chatbot.plain.ends import say_check, say_emergency
from chatbot.plain.lines import Page
from chatbot.plain.lists import put
from chatbot.plain.talk import Talk
from chatbot.plain.turns import taken, trouble
from chatbot.replay.play import Played, Playing, play


def play_in_lines(transcript: Transcript, pack: Pack, page: Page) -> Played:
    """Plays a transcript and writes what was shown and said; DifferenceError after what went as written."""
    return play(transcript, pack, lambda transcript, pack: Playback(transcript, pack, page))


class Playback(Playing):
    """A transcript being played, of which every turn is written as the shell in lines writes it."""

    def __init__(self, transcript: Transcript, pack: Pack, page: Page) -> None:
        super().__init__(transcript, pack)
        self.talk = Talk(pack, page, transcript.language, transcript.country, transcript.clock)
        self.voice = self.talk.voice
        self._is_put = False  # the question stays in sight while nothing is understood
        self.talk.begin(transcript.who, transcript.whom)

    def take(self, turn: Turn) -> None:
        """Play one turn: what is shown, what is said to it, and what comes of it."""
        self.talk.asking.shows_whole_lists = isinstance(turn, Exchange) and turn.how == "say"
        if not self._is_put:
            self.show_place()
        self._is_put = False
        asked = self.conversation.asked
        if isinstance(turn, Exchange) and asked is not None:
            self.exchange_shown(turn, asked)
        else:
            self.write_said(self.words_of(turn))
            before = self.conversation
            # What is said instead of an answer taken back is shown at its question.
            super().take(ChangeTurn(change=turn.change) if isinstance(turn, ChangeTurn) else turn)
            if self.conversation.raised and not before.raised:
                self.voice.say("raised")
            if isinstance(turn, ChangeTurn) and turn.how is not None:
                said = {name: getattr(turn, name) for name in turn.model_fields_set - {"change"}}
                self.take(Exchange(ask=turn.change, **said))

    def show_place(self) -> None:
        """Write where the conversation stands: a question, the check, or what to do in an emergency."""
        conversation = self.conversation
        if conversation.asked is not None:
            self.talk.asking.put(conversation, conversation.asked)
        elif conversation.state == "check_answers":
            say_check(self.voice, conversation)
        elif conversation.state == "emergency":
            choices = say_emergency(self.voice, conversation)
            self.voice.page.choices(choice.texts[0] for choice in choices)

    def finish(self) -> None:
        """Write the end: what to do in an emergency stands alone, anything else is the summary."""
        if self.conversation.state == "check_answers":
            self.take("confirm")
        if self.conversation.state == "emergency":
            self.show_place()
        else:
            self.talk.end(self.interview)

    def exchange_shown(self, turn: Exchange, asked: Prompt) -> None:
        """Write what is said to a question, play it, and write what came of it."""
        before = self.conversation
        parsed = parse_typed(before, asked, turn.say) if turn.how == "say" else None
        if turn.how == "lines" and self.interview.case.mode != "nurse":
            self.write_lines(turn, asked)
        else:
            self.write_said(self.said_to(turn, asked))
        if isinstance(parsed, ParsedAnswer) and parsed.echo and not turn.unclear:
            self.voice.say("echo", text=parsed.echo)
            self.voice.page.choices([self.voice.words.say("yes"), self.voice.words.say("no")])
            self.write_said(self.voice.words.say("yes"))
        super().take(turn)
        if isinstance(parsed, NotUnderstood) and not self.conversation.raised:
            trouble(self.voice, parsed, asked)
        self._is_put = self.conversation is before
        if turn.how != "lines" or self.interview.case.mode == "nurse":
            self.write_outcome(before, asked)

    def write_outcome(self, before: Conversation, asked: Prompt) -> None:
        """Write which answer was taken, or that the words put a question of their own."""
        after = self.conversation
        name = asked.question.id
        answers = [each.interview.case.by_question.get(name) for each in (before, after)]
        if answers[0] is not answers[1] or asked.question.kind == "lines":
            taken(self.voice, before, asked, after)
        elif after.raised and not before.raised:
            self.voice.say("raised")

    def write_lines(self, turn: Exchange, asked: Prompt) -> None:
        """Write a list line by line with the replies."""
        offered = {choice.id for choice in asked.choices}
        for number, (line, reply) in enumerate(turn.lines.items()):
            if line in offered:
                put(self.voice, asked, line, first=not number)
                self.write_said(self.reply_words(reply))
                self.voice.say("you_answered", text=self.reply_words(reply))

    def said_to(self, turn: Exchange, asked: Prompt) -> str:
        """The words that are said, the texts of the options that are chosen, or replies with the numbers of lines."""
        if turn.how == "say":
            return turn.say
        if turn.how == "pick":
            texts = {choice.id: choice.texts[0] for choice in asked.choices} | dict(asked.always)
            return "; ".join(texts.get(name, name) for name in turn.pick)
        numbers = {choice.id: number for number, choice in enumerate(asked.choices, start=1)}
        return ", ".join(f"{numbers.get(line, line)} {self.reply_words(reply)}" for line, reply in turn.lines.items())

    def words_of(self, turn: Turn) -> str:
        """The words of a step that answers nothing."""
        commands = self.voice.language.commands
        match turn:
            case ChangeTurn(change=name) | JumpTurn(jump=name):
                return f"{commands['change'][0]}: {self.name_of(name)}"
            case Exchange():
                return turn.say
            case "continue":
                return self.voice.text("emergency_continue")
            case "confirm":
                return self.voice.words.say("yes")
            case "resume":
                return commands["back"][0]
            case _:
                return commands[turn][0]

    def name_of(self, question: str) -> str:
        """The name of a question in a list; what is none stands as it is, and playing it says so."""
        if question not in self.words.questions:
            return question
        ask = self.voice.words.fill(
            self.words.questions[question][self.interview.case.audience].ask, self.voice.country
        )
        return name_of(self.interview.plan.dialog.questions[question], ask, self.interview, self.words)

    def reply_words(self, reply: Reply) -> str:
        """A reply to a line in the words that the shell offers."""
        return self.voice.words.say("not_sure" if reply == "unknown" else reply)

    def write_said(self, said: str) -> None:
        """Write what the person said."""
        self.voice.page.say(said, indent="  ", first=self.voice.texts.say("prompt_end"))
