"""All that is left of a part answered as not known, as where nobody can be examined over the telephone."""

from __future__ import annotations

from chatbot.interview.conversation import Conversation
from chatbot.interview.lines_meant import open_lines
from chatbot.interview.parse_given import parse_picked
from chatbot.interview.reading.parse_answer import ParsedAnswer


def rest_unknown(conversation: Conversation) -> Conversation:
    """The conversation after every question left of the part at hand was answered as not known, one step each.

    Emergency checks are asked one by one, so nothing happens to them; nor to what is private.
    """
    after, part = conversation, conversation.interview.question and conversation.interview.question.part
    while (asked := after.asked) is not None and asked.question.part == part and not asked.question.block:
        before = after.interview
        if asked.question.kind == "lines":
            after = after.reply_together(dict.fromkeys(open_lines(after), "unknown"), "").finish_list()
        else:
            names = [name for name, _ in asked.always]
            parsed = parse_picked(after, asked, frozenset({"*some" if "*some" in names else "*unknown"}))
            after = after.answer(parsed) if isinstance(parsed, ParsedAnswer) else after
        if after.interview is before:
            break
    return after
