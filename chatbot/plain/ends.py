"""Where the questions pause: the check of all answers, and an emergency."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chatbot.interview.conversation import Conversation
from chatbot.interview.reading.choices import Choice
from chatbot.interview.reading.commands import Command
from chatbot.interview.rows import rows
from chatbot.interview.turn import checked
from chatbot.interview.view.emergency_choices import emergency_choices
from chatbot.plain.summary import say_head, say_headline, say_notice, say_section
from chatbot.service.results import summary_of

if TYPE_CHECKING:
    from chatbot.plain.talk import Talk


def check(talk: Talk, at: Conversation) -> Conversation:
    """Show every answer that counts and let any be changed before the advice."""
    talk.page.say()
    talk.say("check_title")
    listed = list(rows(at.interview, talk.words))
    talk.list_rows(listed)
    talk.say("check_how")
    while True:
        found = checked(at, talk.ask(), [Choice(row.question, (row.name, row.ask)) for row in listed])
        if found is Command.BACK:
            return talk.back(at)
        if found is Command.STOP:
            return at.stop()
        if isinstance(found, Conversation):
            if found.raised:
                talk.say("raised")
            return found
        if found in (Command.HELP, Command.WHY):
            talk.say("help")
        talk.say("check_again")


def emergency(talk: Talk, at: Conversation) -> Conversation | None:
    """Say what to do now and nothing else; None when the person goes on to the summary."""
    summary = summary_of(talk.pack, at.interview.recommendation, talk.words.language)
    talk.page.say()
    say_head(talk.page, summary, talk.words)
    for name in ("what_to_do", "why"):
        section = summary.section(name)
        if section is not None:
            say_section(talk.page, section, summary)
    talk.page.say()
    say_notice(talk.page, summary)
    talk.page.say()
    # On a short screen the first line is out of sight by now.
    say_headline(talk.page, summary, talk.words)
    talk.page.say()
    talk.say("emergency_what_now")
    # The summary stands first: a number typed too early then changes nothing.
    choices = [Choice(key, (talk.text(key), key.removeprefix("emergency_"))) for key in emergency_choices(at)]
    picked = talk.pick(choices, Command.BACK, Command.CHANGE)
    if picked in (Command.BACK, "emergency_back"):
        return talk.back(at)
    if picked in (Command.CHANGE, "emergency_change"):
        return talk.change(at)
    return at.continue_note() if picked == "emergency_continue" else None
