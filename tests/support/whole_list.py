"""A list answered whole in one thing said, as a transcript means it."""

from chatbot.case import Reply
from chatbot.interview.conversation import Conversation
from chatbot.interview.parse_given import parse_typed
from chatbot.interview.prompt import Prompt
from chatbot.interview.reading.choices import Choice, is_none_of_these, is_not_sure, read_choices
from chatbot.interview.reading.parse_answer import ParsedAnswer
from chatbot.interview.transcript import Exchange

SAID: dict[Reply, str] = {"yes": "yes", "no": "no", "unknown": "not sure"}


def whole_list(at: Conversation, asked: Prompt, say: str, numbered: bool) -> str:
    """What a transcript says to a list, with a no to each line that it leaves out, by its number or in words."""
    found = parse_typed(at, asked, say)
    if not isinstance(found, ParsedAnswer) or is_none_of_these(say, at.language) or is_not_sure(say, at.language):
        return say
    lines = found.answer.lines
    names = {c.id: str(n) if numbered else short(c, asked, at) for n, c in enumerate(asked.choices, start=1)}
    return ", ".join(f"{name} {SAID[lines[line]]}" for line, name in names.items())


def words_of(turn: Exchange, asked: Prompt) -> str:
    """What is typed for one turn: its words, or the texts of the lines that it chooses."""
    texts = {choice.id: choice.texts[0] for choice in asked.choices} | dict(asked.always)
    return turn.say or ", ".join(texts[line] for line in turn.pick)


def breaks_off(at: Conversation, asked: Prompt, say: str) -> bool:
    """Whether what a transcript says to a list is an emergency at once, so that nothing more can be said to it."""
    found = parse_typed(at, asked, say)
    return isinstance(found, ParsedAnswer) and at.answer(found).state == "emergency"


def short(choice: Choice, asked: Prompt, at: Conversation) -> str:
    """Words that name one line and hold no comma."""
    return next(
        text
        for text in choice.texts
        if not set(text) & set(",;") and read_choices(text, asked.choices, at.language) == {choice.id}
    )
