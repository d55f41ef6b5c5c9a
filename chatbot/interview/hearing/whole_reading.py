"""All that is understood of words at a question: what names an option plainly, then what is heard in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from chatbot.case import PlainValue
from chatbot.interview.hearing.answer_lists import merged_values, values_of
from chatbot.interview.hearing.asides import ALWAYS_HEARD
from chatbot.interview.hearing.hear import Heard, hear
from chatbot.interview.hearing.lexicon import Lexicon
from chatbot.interview.hearing.typed_words import words_of
from chatbot.interview.interview import Plan
from chatbot.interview.prompt import Prompt
from chatbot.interview.question import Question
from chatbot.interview.reading.choices import Choice, is_none_of_these, read_choices, read_yes_no
from chatbot.interview.reading.language import Language
from chatbot.interview.reading.languages import language_of
from chatbot.interview.reading.parse_answer import ParsedAnswer, named_by, parse_answer
from chatbot.interview.reading.sanitise import clean
from chatbot.wording import Wording

Values = Mapping[str, PlainValue]


def whole_reading(
    plan: Plan,
    wording: Wording,
    lexicon: Lexicon | None,
    said: str,
    question: str | None = None,
    line: str | None = None,
    *,
    today: date | None = None,
) -> Heard:
    """What would be made of words said at a question, to one line of a list, or, without a question, as a story.

    ValueError where there is no such question or line.
    """
    heard = hear(lexicon, said, question, line, today=today) if lexicon is not None else Heard()
    # What a phrase would put is not put where the same was seen to be denied, or where its words mean something else.
    seen = {lexicon.question_of.get(one.key, one.key) for one in heard.uncounted} if lexicon is not None else set()
    named = named_by(said if lexicon is None else _telling(lexicon, said), wording)
    raised = {*heard.raised, *(name for name in named if name not in seen and name != question)}
    heard = replace(heard, raised=tuple(name for name in plan.dialog.questions if name in raised))
    asked = plan.dialog.questions.get(question or "")
    if asked is None:
        return heard
    plainly = _plainly(plan, wording, asked, line, said, today)
    if plainly is None or (plainly[1] and heard.either):  # two times were said
        return heard
    values, is_echoed = plainly
    kept = replace(heard, either=(), reply=heard.reply if heard.reply in ALWAYS_HEARD else None)
    return replace(kept, values={}, proposed=values) if is_echoed else replace(kept, values=values, proposed={})


def _telling(lexicon: Lexicon, said: str) -> str:
    """The words without those that mean nothing else."""
    words = words_of(said)
    taken = lexicon.tagger.taken(words)
    return " ".join(word for place, word in enumerate(words) if place not in taken)


def _plainly(
    plan: Plan, wording: Wording, asked: Question, line: str | None, said: str, today: date | None
) -> tuple[Values, bool] | None:
    """The values that words name plainly, and whether they are said back first."""
    language = language_of(wording.language)
    if asked.items:
        values = _of_list(plan, wording, asked, line, said, language)
        return None if values is None else (values, False)
    if line is not None:
        return None
    shown = _prompt(plan, wording, asked)
    parsed = parse_answer(plan.begin("patient", "any"), shown, said, language, today)
    return (parsed.answer.values, bool(parsed.echo)) if isinstance(parsed, ParsedAnswer) else None


def _of_list(
    plan: Plan, wording: Wording, asked: Question, line: str | None, said: str, language: Language
) -> Values | None:
    facts, typed = plan.rulebook.facts, clean(said)
    if line is not None:
        reply = read_yes_no(typed, language)
        return None if reply is None else values_of(facts, asked, line, reply)
    if is_none_of_these(typed, language):
        return merged_values(facts, (values_of(facts, asked, item.id, "no") for item in asked.items))
    named = read_choices(typed, _choices(wording, asked), language)
    return merged_values(facts, (values_of(facts, asked, name, "yes") for name in sorted(named))) if named else None


def _choices(wording: Wording, asked: Question) -> tuple[Choice, ...]:
    text = wording.questions[asked.id]["patient"]
    typed = wording.typed.get(asked.id, {})
    return tuple(
        Choice(option, (wording.fill(words, "any"), *typed.get(option, ())))
        for option, words in text.options.items()
        if option not in ("unknown", "prefer_not") and not (asked.kind == "number" and asked.bands)
    )


def _prompt(plan: Plan, wording: Wording, asked: Question) -> Prompt:
    """A question as it is put, with every option that it can have."""
    text = wording.questions[asked.id]["patient"]
    fact = plan.rulebook.facts[asked.fact] if asked.fact else None
    return Prompt(
        question=asked, part="", ask=text.ask, why=text.why, example="", again=False, choices=_choices(wording, asked),
        fact=fact, skippable=False, prefer_not=text.options.get("prefer_not", ""), always=(), aloud="", aloud_lines=(),
        number=1, parts=1,
    )  # fmt: skip
