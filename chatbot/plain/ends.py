"""Where the questions pause: the check of all answers, and an emergency."""

from __future__ import annotations

from chatbot.interview.answered_questions import AnsweredQuestion, answers_given
from chatbot.interview.conversation import Conversation
from chatbot.interview.reading.choices import Choice
from chatbot.interview.reading.commands import Command
from chatbot.interview.turn import checked
from chatbot.interview.view.emergency_choices import emergency_choices
from chatbot.plain.corrections import back, change, choices_of
from chatbot.plain.summary_lines import say_head, say_headline, say_notice, say_section
from chatbot.plain.voice import Voice
from chatbot.service.results import summary_of


def say_check(voice: Voice, conversation: Conversation) -> list[AnsweredQuestion]:
    """Write every answer that counts, as rows that can be changed."""
    voice.page.say()
    voice.say("check_title")
    listed = list(answers_given(conversation.interview, voice.words))
    voice.list_rows(listed)
    voice.say("check_how")
    return listed


def check(voice: Voice, conversation: Conversation) -> Conversation:
    """Show every answer that counts and let any be changed before the advice."""
    listed = say_check(voice, conversation)
    while True:
        outcome = checked(conversation, voice.ask(), choices_of(listed))
        if outcome is Command.BACK:
            return back(voice, conversation)
        if outcome is Command.STOP:
            return conversation.stop()
        if isinstance(outcome, Conversation):
            if outcome.raised:
                voice.say("raised")
            return outcome
        if outcome in (Command.HELP, Command.WHY):
            voice.say("help")
        voice.say("check_again")


def say_emergency(voice: Voice, conversation: Conversation) -> list[Choice]:
    """Write what to do now and nothing else, and ask what is to come next; the choices."""
    summary = summary_of(voice.pack, conversation.interview.recommendation, voice.words.language)
    voice.page.say()
    say_head(voice.page, summary, voice.words)
    for name in ("what_to_do", "why"):
        section = summary.section(name)
        if section is not None:
            say_section(voice.page, section, summary)
    voice.page.say()
    say_notice(voice.page, summary)
    voice.page.say()
    # On a short screen the first line is out of sight by now.
    say_headline(voice.page, summary, voice.words)
    voice.page.say()
    voice.say("emergency_what_now")
    # The summary stands first: a number typed too early then changes nothing.
    return [Choice(key, (voice.text(key), key.removeprefix("emergency_"))) for key in emergency_choices(conversation)]


def emergency(voice: Voice, conversation: Conversation) -> Conversation | None:
    """Say what to do now and nothing else; None when the person goes on to the summary."""
    picked = voice.pick(say_emergency(voice, conversation), Command.BACK, Command.CHANGE)
    if picked in (Command.BACK, "emergency_back"):
        return back(voice, conversation)
    if picked in (Command.CHANGE, "emergency_change"):
        return change(voice, conversation)
    return conversation.continue_note() if picked == "emergency_continue" else None
