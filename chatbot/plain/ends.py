"""Where the questions pause: the check of all answers, and an emergency."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chatbot.interview.choices import Choice, read_yes_no
from chatbot.interview.clean import fold
from chatbot.interview.commands import Command, read_command
from chatbot.interview.conversation import Conversation
from chatbot.interview.rows import rows
from chatbot.plain.summary import say_head, say_headline, say_notice, say_section
from chatbot.service.results import summary_of

if TYPE_CHECKING:
    from chatbot.plain.talk import Talk

_CONFIRMED = ("confirm", "continue", "ok", "okay", "all right", "right")


def check(talk: Talk, at: Conversation) -> Conversation:
    """Show every answer that counts and let any be changed before the advice."""
    talk.page.say()
    talk.say("check_title")
    listed = list(rows(at.interview, talk.words))
    talk.list_rows(listed)
    talk.say("check_how")
    while True:
        typed = talk.ask()
        command = read_command(typed)
        if command is Command.BACK:
            return talk.back(at)
        if command is Command.STOP:
            return at.stop()
        if read_yes_no(typed) == "yes" or fold(typed).rstrip(".!") in _CONFIRMED:
            return at.confirm()
        found = talk.picked(at, listed, typed) or talk.raise_questions(at, typed)
        if found is not None:
            return found
        if command in (Command.HELP, Command.WHY):
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
    keys = ["emergency_summary", "emergency_back", "emergency_change"]
    keys += ["emergency_continue"] if at.interview.case.mode == "nurse" else []
    choices = [Choice(key, (talk.text(key), key.removeprefix("emergency_"))) for key in keys]
    picked = talk.pick(choices, Command.BACK, Command.CHANGE)
    if picked in (Command.BACK, "emergency_back"):
        return talk.back(at)
    if picked in (Command.CHANGE, "emergency_change"):
        return talk.change(at)
    return at.continue_note() if picked == "emergency_continue" else None
