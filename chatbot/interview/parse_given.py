"""What words typed and lines chosen by hand mean where a conversation stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from chatbot.case import Answer
from chatbot.condition import TRUE
from chatbot.interview.answered_questions import in_answer_words
from chatbot.interview.conversation import Conversation
from chatbot.interview.prompt import Prompt
from chatbot.interview.reading.line_labels import line_number, lines_named
from chatbot.interview.reading.parse_answer import NotUnderstood, ParsedAnswer, marks, parse_answer, pick


def parse_typed(
    conversation: Conversation, asked: Prompt, typed: str, labels: Sequence[str] = ()
) -> ParsedAnswer | NotUnderstood:
    """Parses typed words for the question at hand; `labels` are what stands before its lines, if not numbers."""
    language = conversation.language
    named, always = lines_named(asked, typed, labels, language)
    parsed = parse_answer(conversation.interview, asked, named, language, conversation.today, always)
    if isinstance(parsed, NotUnderstood):
        parsed = _by_line(conversation, asked, typed) or parsed
    if isinstance(parsed, ParsedAnswer):
        answer = parsed.answer.model_copy(update={"said": typed})
        return ParsedAnswer(answer, parsed.echo or early_end(conversation, parsed.answer))
    return parsed


def parse_picked(conversation: Conversation, asked: Prompt, picked: frozenset[str]) -> ParsedAnswer | NotUnderstood:
    """Parses lines chosen by hand."""
    parsed = pick(conversation.interview, asked, picked)
    return replace(parsed, typed="") if isinstance(parsed, ParsedAnswer) else parsed


def parse_both(
    conversation: Conversation, asked: Prompt, typed: str, picked: frozenset[str], labels: Sequence[str] = ()
) -> ParsedAnswer | NotUnderstood:
    """Parses typed words where lines of a tick list are chosen by hand as well: both count."""
    parsed = parse_typed(conversation, asked, typed, labels)
    if isinstance(parsed, NotUnderstood) or not picked or asked.question.kind not in ("many", "ticks"):
        return parsed
    typed_marks = marks(asked, parsed.answer)
    if ("*none" in typed_marks) != ("*none" in picked):
        return NotUnderstood("none_and_some")
    together = parse_picked(conversation, asked, picked | typed_marks)
    if isinstance(together, NotUnderstood):
        return together
    said = f"{together.answer.said} ({typed})"
    return ParsedAnswer(together.answer.model_copy(update={"said": said}), typed=typed)


def early_end(conversation: Conversation, answer: Answer) -> str:
    """Says how a number was understood that would send the person elsewhere; a slip of the finger must not."""
    interview = conversation.interview
    leaves, question = interview.plan.dialog.leaves, interview.question
    if leaves is None or question is None or not question.bands:
        return ""
    rule = next(rule for rule in interview.plan.rulebook.rules if rule.id == leaves)
    after = interview.answer(answer)
    if interview.rule_state.rule(rule) == TRUE or after.rule_state.rule(rule) != TRUE:
        return ""
    return "; ".join(in_answer_words(after, answer, conversation.words))


def _by_line(conversation: Conversation, asked: Prompt, typed: str) -> ParsedAnswer | None:
    """The answer on a numbered line whose number could also be an amount, to be confirmed."""
    number = line_number(typed, conversation.language)
    if asked.is_figure or asked.question.kind not in ("one", "number"):
        return None
    if number is None or not 1 <= number <= len(asked.labels):
        return None
    label = asked.labels[number - 1]
    parsed = parse_answer(conversation.interview, asked, label, conversation.language, conversation.today)
    return ParsedAnswer(parsed.answer, label[:1].lower() + label[1:]) if isinstance(parsed, ParsedAnswer) else None
