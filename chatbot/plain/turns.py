"""What came of something typed, said in lines, and where it leads."""

from __future__ import annotations

from typing import assert_never

from chatbot.interview.conversation import Conversation
from chatbot.interview.prompt import Prompt
from chatbot.interview.reading.commands import Command
from chatbot.interview.reading.parse_answer import NotUnderstood, ParsedAnswer
from chatbot.interview.turn import (
    AnotherQuestion,
    AskAgain,
    Echo,
    GoesOn,
    NoSkip,
    Open,
    Outcome,
    Rejected,
    Turn,
    Typed,
    Unread,
    WithoutRest,
    example_of,
    take,
)
from chatbot.plain.corrections import back, change
from chatbot.plain.voice import Voice


def tell(voice: Voice, outcome: Outcome, conversation: Conversation, asked: Prompt) -> Conversation | None:
    """Say what came of something typed, and where it leads; None when the question at hand stays."""
    match outcome:
        case Command():
            return obey(voice, outcome, conversation, asked)
        case Echo():
            return confirmed(voice, conversation, asked, outcome.pending)
        case GoesOn():
            return taken(voice, conversation, asked, outcome.conversation)
        case AnotherQuestion():
            voice.say("raised")
            return outcome.conversation
        case WithoutRest():
            voice.say("skipped")
            return outcome.conversation
        case NoSkip():
            voice.say("no_skip")
        case Rejected():
            voice.say("echo_no")
        case Unread():
            voice.say("one_at_a_time")
        case AskAgain():
            trouble(voice, outcome.unclear, asked)
        case Open():
            voice.say("nothing_chosen")
        case _:
            assert_never(outcome)
    return None


def obey(voice: Voice, command: Command, conversation: Conversation, asked: Prompt) -> Conversation | None:
    """Do what a command says; None when the question at hand stays."""
    match command:
        case Command.STOP:
            return conversation.stop()
        case Command.HELP:
            voice.say("help")
            voice.say("emergency_sentence")
        case Command.WHY:
            voice.say("why_we_ask", text=asked.why)
        case Command.SKIP:  # the turn takes it for what it is wherever it can be
            voice.say("no_skip")
        case Command.BACK | Command.CHANGE if not conversation.interview.case.answers:
            voice.say("nothing_back")
        case Command.BACK:
            return back(voice, conversation)
        case Command.CHANGE:
            return change(voice, conversation)
        case _:
            assert_never(command)
    return None


def taken(voice: Voice, conversation: Conversation, asked: Prompt, after: Conversation) -> Conversation:
    """Say which answer was taken."""
    if asked.question.kind == "lines":
        tell_replies(voice, conversation, after, asked)
    else:
        voice.say("you_answered", text=after.answer_words(asked.question.id))
    if after.raised:
        voice.say("raised")
    return after


def tell_replies(voice: Voice, conversation: Conversation, after: Conversation, asked: Prompt, line: str = "") -> None:
    """Say which replies were taken; those to other lines than the one at hand with their line."""
    said = (
        after.current_replies
        if after.state == conversation.state
        else after.interrupted_lists.get(conversation.state, {})
    )
    if not said and asked.question.id in after.interview.case.by_question:
        voice.say("you_answered", text=after.answer_words(asked.question.id))
        return
    for choice, label in zip(asked.choices, asked.labels, strict=False):
        if choice.id not in said or said[choice.id] == conversation.current_replies.get(choice.id):
            continue
        reply = said[choice.id][0]
        text = voice.words.say("not_sure" if reply == "unknown" else reply)
        if choice.id != line:
            text = voice.texts.say("row", question=label, answer=text)
        voice.say("you_answered", text=text)


def confirmed(voice: Voice, conversation: Conversation, asked: Prompt, pending: ParsedAnswer) -> Conversation | None:
    """Say how something was understood and ask whether that is right; a command may lead elsewhere."""
    voice.say("echo", text=pending.echo)
    voice.page.choices([voice.words.say("yes"), voice.words.say("no")])
    while True:
        outcome = take(Turn(conversation, pending=pending), Typed(voice.ask()))
        if isinstance(outcome, GoesOn):
            return taken(voice, conversation, asked, outcome.conversation)
        if isinstance(outcome, Rejected) or outcome is Command.BACK:
            voice.say("echo_no")
            return None
        if outcome in (Command.WHY, Command.HELP):
            voice.say("echo", text=pending.echo)
        elif isinstance(outcome, Command):
            left = obey(voice, outcome, conversation, asked)
            if left is not None:
                return left
        else:
            voice.say("again_yes_no")


def trouble(voice: Voice, unclear: NotUnderstood, asked: Prompt) -> None:
    """Say what is needed, in words that fit the question."""
    voice.say(f"again_{unclear.trouble}", **(example_of(asked) if unclear.trouble == "number" else {}))
