"""The grammar of a turn: what something typed, chosen or replied does to the question at hand, in every shell.

Words typed at a list speak only of the lines they mean; every other line keeps the reply it had, or stays open.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from chatbot.case import Answer, Reply
from chatbot.interview.conversation import Conversation
from chatbot.interview.lines_meant import is_doubtful, lines_meant, open_lines, read_numbered_reply, read_reply
from chatbot.interview.parse_given import early_end, parse_both, parse_picked
from chatbot.interview.prompt import ALWAYS, Prompt
from chatbot.interview.reading.choices import Choice, is_none_of_these, read_choice, read_yes_no
from chatbot.interview.reading.commands import Command, is_remark, read_command
from chatbot.interview.reading.language import Language
from chatbot.interview.reading.line_labels import line_number, lines_named
from chatbot.interview.reading.parse_answer import NotUnderstood, ParsedAnswer, Trouble, marks
from chatbot.interview.reading.sanitise import fold

# A figure that nobody would say by accident, to show how one is typed.
_EXAMPLES = {"years": 40, "celsius": 37, "ml": 100, "grade": 4}


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn: the conversation, a reading to be confirmed, how often nothing was understood.

    `sees_answers` tells that the shell shows each answer as it is taken, `labels` what stands before the lines if not
    numbers, `line` the line of a list that is at hand, `unread` how many of its lines were not shown yet, `numbered`
    that the lines of a list are shown with numbers, `replies_numbered` that the replies to a line are and they are not.
    """

    conversation: Conversation
    pending: ParsedAnswer | None = None
    misses: int = 0
    sees_answers: bool = False
    labels: Sequence[str] = ()
    line: str = ""
    unread: int = 0
    numbered: bool = False
    replies_numbered: bool = False


@dataclass(frozen=True, slots=True)
class Typed:
    """Words typed; `picked` are the lines that were ticked beside them."""

    text: str
    picked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Picked:
    """Lines chosen by hand."""

    lines: frozenset[str]


@dataclass(frozen=True, slots=True)
class LineReply:
    """A reply to one line of a list, or to whether a reading is right."""

    line: str
    reply: Reply


@dataclass(frozen=True, slots=True)
class NoneOfTheRest:
    """No to every line of a list that has no reply."""


@dataclass(frozen=True, slots=True)
class Finished:
    """On from a list, of which every line has its reply."""


@dataclass(frozen=True, slots=True)
class Skip:
    """This question, its lines left, or the rest of the questions passed over."""


Given: TypeAlias = Typed | Picked | LineReply | NoneOfTheRest | Finished | Skip


@dataclass(frozen=True, slots=True)
class GoesOn:
    """The conversation went on: to another question, or within a list."""

    conversation: Conversation


@dataclass(frozen=True, slots=True)
class WithoutRest:
    """The conversation goes on without the questions that only advice waits for."""

    conversation: Conversation


@dataclass(frozen=True, slots=True)
class AnotherQuestion:
    """The words put a question of their own."""

    conversation: Conversation


@dataclass(frozen=True, slots=True)
class Echo:
    """A reading that the person has to confirm."""

    pending: ParsedAnswer


@dataclass(frozen=True, slots=True)
class Rejected:
    """The reading was not right; the question is asked again, with what was said to it."""

    said: str


@dataclass(frozen=True, slots=True)
class AskAgain:
    """Nothing was understood, for the so-manieth time."""

    unclear: NotUnderstood
    times: int


@dataclass(frozen=True, slots=True)
class Unread:
    """Lines that were not shown yet are not denied."""

    count: int


@dataclass(frozen=True, slots=True)
class Open:
    """Lines of the list that still have no reply."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoSkip:
    """This question is not passed over."""


Outcome: TypeAlias = (
    GoesOn | WithoutRest | AnotherQuestion | Echo | Rejected | AskAgain | Unread | Open | NoSkip | Command
)  # fmt: skip


def take(turn: Turn, given: Given) -> Outcome:
    """Takes something given to the question at hand; a command comes before any answer."""
    asked = turn.conversation.asked
    if asked is None:
        return AskAgain(NotUnderstood("choice"), turn.misses + 1)
    trouble = _misfit(turn, asked, given)
    if trouble is not None:
        return AskAgain(NotUnderstood(trouble), turn.misses + 1)
    if isinstance(given, Typed):
        command = read_command(given.text, turn.conversation.language) if given.text else None
        if command is not None:
            return take(turn, Skip()) if command is Command.SKIP else command
        if turn.pending is not None:
            return _confirmed(turn, turn.pending, read_reply(given.text, turn.conversation.language))
        return _in_list(turn, asked, given.text) if asked.question.kind == "lines" else _typed(turn, asked, given)
    if isinstance(given, Skip):
        return _skip(turn, asked)
    if isinstance(given, LineReply):
        return _replied(turn, given)
    if isinstance(given, NoneOfTheRest):
        return _none_of_the_rest(turn)
    if isinstance(given, Finished):
        left = open_lines(turn.conversation)
        return Open(left) if left else GoesOn(turn.conversation.finish_list())
    return _picked(turn, asked, given.lines)


def _misfit(turn: Turn, asked: Prompt, given: Given) -> Trouble | None:
    """What is needed instead, where something given is nothing that the question at hand can take; None where it is."""
    if isinstance(given, Typed | Skip):
        return None
    if turn.pending is not None:
        return None if isinstance(given, LineReply) else "yes_no"
    lines = {choice.id for choice in asked.choices}
    if asked.question.kind != "lines":
        return None if isinstance(given, Picked) and given.lines <= lines.union(ALWAYS) else "choice"
    is_line = not isinstance(given, LineReply) or given.line in lines
    return None if is_line and not isinstance(given, Picked) else "lines"


def _denies_lines(asked: Prompt, answer: Answer) -> bool:
    """True when an answer denies every line of a list to tick that it does not mark."""
    return asked.question.kind in ("many", "ticks") and not {"*some", "*prefer_not"} & marks(asked, answer)


def may_skip(asked: Prompt) -> bool:
    """True when this can be passed over: it is for advice only, private, or a list outside the emergency checks."""
    return asked.skippable or asked.may_prefer_not or (asked.question.kind == "lines" and not asked.question.block)


def example_of(asked: Prompt) -> Mapping[str, str]:
    """The bounds of the figure asked for, and one that is within them."""
    fact = asked.fact
    if fact is None:
        return {}
    example = min(max(_EXAMPLES.get(fact.unit, 7), fact.low), fact.high)
    return {"low": f"{fact.low:g}", "high": f"{fact.high:g}", "example": f"{example:g}"}


def can_begin_more(typed: str, labels: Sequence[str]) -> bool:
    """True when a figure may be the beginning of a longer one, as 1 is of 10: it is then no answer by itself."""
    return any(label != typed and label.startswith(typed) for label in labels)


def is_confirmed(typed: str, language: Language) -> bool:
    """True when the words say of all answers that they are right."""
    return read_yes_no(typed, language) == "yes" or is_remark("confirmed", typed, language)


def _typed(turn: Turn, asked: Prompt, given: Typed) -> Outcome:
    if not given.text:
        return _picked(turn, asked, given.picked)
    return _take_answer(
        turn, asked, parse_both(turn.conversation, asked, given.text, given.picked, turn.labels), given.text
    )


def _picked(turn: Turn, asked: Prompt, lines: frozenset[str]) -> Outcome:
    if asked.is_figure and not lines:
        fact = asked.fact
        trouble: Trouble = "duration" if fact and fact.unit in ("days", "weeks") else "number"
        return AskAgain(NotUnderstood(trouble), turn.misses + 1)
    return _take_answer(turn, asked, parse_picked(turn.conversation, asked, lines))


def _take_answer(turn: Turn, asked: Prompt, parsed: ParsedAnswer | NotUnderstood, typed: str = "") -> Outcome:
    """An answer, confirmed where it was worked out from words; what is unclear may put a question of its own.

    Lines to tick that were not shown yet are denied by none.
    """
    if isinstance(parsed, ParsedAnswer):
        if turn.unread and _denies_lines(asked, parsed.answer):
            return Unread(turn.unread)
        # Who sees each answer beside the question takes it back with one key, unless the questions would end by it.
        if parsed.echo and not (turn.sees_answers and not early_end(turn.conversation, parsed.answer)):
            return Echo(parsed)
        return GoesOn(turn.conversation.answer(parsed))
    raised = turn.conversation.raising(typed)
    return AnotherQuestion(raised) if raised is not None else AskAgain(parsed, turn.misses + 1)


def _confirmed(turn: Turn, pending: ParsedAnswer, reply: Reply | None) -> Outcome:
    if reply == "yes":
        return GoesOn(turn.conversation.answer(pending))
    return AskAgain(NotUnderstood("yes_no"), turn.misses + 1) if reply is None else Rejected(pending.answer.said)


def _replied(turn: Turn, given: LineReply) -> Outcome:
    if turn.pending is not None:
        return _confirmed(turn, turn.pending, given.reply)
    return GoesOn(turn.conversation.reply(given.line, given.reply))


def _in_list(turn: Turn, asked: Prompt, typed: str) -> Outcome:
    """Words typed at a list: a reply to the line at hand, none of the rest, or what they say of the lines they mean."""
    conversation = turn.conversation
    if not typed:
        return take(turn, Finished())
    named, always = lines_named(asked, typed, turn.labels, conversation.language) if turn.numbered else (typed, ())
    words = typed if always else named
    # A bare "no", however often, is said of the line at hand, and denies none of the others.
    denies = is_none_of_these(words, conversation.language)
    if always == ("*none",) and not named.strip(" ,"):
        return _none_of_the_rest(turn)
    if "*none" in always:  # and something else beside it
        return AskAgain(NotUnderstood("none_and_some"), turn.misses + 1)
    none_words = conversation.language.replies.none
    says_none, is_bare = any(word in none_words for word in fold(words).split()), fold(words) in none_words
    if denies and ((says_none and not (is_bare and turn.line)) or not (turn.line or conversation.current_replies)):
        return _none_of_the_rest(turn)
    reply = _reply_of_line(turn, typed) if turn.line else None
    if reply is not None:
        return GoesOn(conversation.reply(turn.line, reply, typed))
    if not turn.numbered and is_doubtful(typed, turn.unread, conversation.language):
        return AskAgain(NotUnderstood("lines"), turn.misses + 1)
    meant = lines_meant(conversation, asked, words)
    if not meant:
        raised = conversation.raising(typed)
        return AnotherQuestion(raised) if raised is not None else AskAgain(NotUnderstood("lines"), turn.misses + 1)
    conversation = conversation.reply_together(meant, typed)
    if conversation.state == turn.conversation.state and not open_lines(conversation):
        conversation = conversation.finish_list()
    return GoesOn(conversation)


def _reply_of_line(turn: Turn, typed: str) -> Reply | None:
    """A reply to the line at hand; with its own number before it where replies have numbers and lines have none."""
    language = turn.conversation.language
    return read_reply(typed, language) or (read_numbered_reply(typed, language) if turn.replies_numbered else None)


def _none_of_the_rest(turn: Turn) -> Outcome:
    """No to every line without a reply, once all of them could be read; a reply that was given stays."""
    if turn.unread:
        return Unread(turn.unread)
    return _replied_to_rest(turn.conversation, "no")


def _skip(turn: Turn, asked: Prompt) -> Outcome:
    if turn.pending is not None or not may_skip(asked):
        return NoSkip()
    conversation = turn.conversation
    if asked.skippable:
        return WithoutRest(conversation.skip_rest())
    if asked.may_prefer_not:
        return _take_answer(turn, asked, parse_picked(conversation, asked, frozenset({"*prefer_not"})))
    return _replied_to_rest(conversation, "unknown")


def _replied_to_rest(conversation: Conversation, reply: Reply) -> Outcome:
    """The same reply to every line without one, given at once, so that it is undone at once."""
    rest = dict.fromkeys(open_lines(conversation), reply)
    return GoesOn(conversation.reply_together(rest, "").finish_list())


def checked(conversation: Conversation, typed: str, rows: Sequence[Choice]) -> Conversation | Command | None:
    """Takes what is typed where all answers are checked: they are right, one is changed, a question is put; or None."""
    command = read_command(typed, conversation.language)
    if command is not None and line_number(typed, conversation.language) is None:  # "change 3" names its row
        return command
    if is_confirmed(typed, conversation.language):
        return conversation.confirm()
    name = row_named(typed, rows, conversation.language)
    return (conversation.change(name) if name else None) or conversation.raising(typed)


def row_named(typed: str, rows: Sequence[Choice], language: Language) -> str | None:
    """The question of the row that was typed, by number or by name."""
    number = line_number(typed, language)
    if number is not None:
        return rows[number - 1].id if 1 <= number <= len(rows) else None
    return read_choice(typed, rows, language)
