"""What typed words mean for the question at hand: an answer, a question to put again, or something to ask once more."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal, TypeGuard

from chatbot.case import Answer, PlainValue, Reply, Span, plain
from chatbot.interview.interview import Interview
from chatbot.interview.prompt import ALWAYS, Always, Prompt
from chatbot.interview.reading.choices import (
    in_plain_words,
    is_none_of_these,
    is_not_sure,
    is_prefer_not,
    read_choice,
    read_choices,
    read_yes_no,
)
from chatbot.interview.reading.durations import read_duration, say_duration
from chatbot.interview.reading.language import Language
from chatbot.interview.reading.languages import language_of
from chatbot.interview.reading.list_parts import listed
from chatbot.interview.reading.list_words import is_unsure_about_some, read_replies
from chatbot.interview.reading.numbers import read_number
from chatbot.interview.reading.phrases import either
from chatbot.interview.reading.sanitise import clean, fold
from chatbot.wording import Wording

Trouble = Literal["choice", "choices", "number", "duration", "lines", "yes_no", "required", "none_and_some"]


@dataclass(frozen=True, slots=True)
class ParsedAnswer:
    """An answer understood.

    `echo` is a reading of a duration that the person should confirm; `typed` what of it was typed, where lines were
    chosen by hand: the text of an option says nothing about the person but its own answer.
    """

    answer: Answer
    echo: str = ""
    typed: str | None = None

    @property
    def spoken(self) -> str:
        """The person's own words, which may put another question."""
        return self.answer.said if self.typed is None else self.typed


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """Words that are asked again, never guessed."""

    trouble: Trouble


def raised_by(text: str, wording: Wording, interview: Interview, at_hand: str | None = None) -> tuple[str, ...]:
    """The questions that something said puts, other than the one at hand and those already answered at their worst."""
    known = at_hand if at_hand is not None else interview.state
    return tuple(q for q in named_by(text, wording) if q != known and not is_at_worst(q, interview))


def named_by(text: str, wording: Wording) -> tuple[str, ...]:
    """The questions of which a phrase stands in the words as it is."""
    language = language_of(wording.language)
    said = f" {in_plain_words(text, language)} "
    questions = (
        phrase.asks
        for phrase in wording.phrases
        if any(f" {_listened_for(words, language)} " in said for words in phrase.words)
    )
    return tuple(dict.fromkeys(questions))


@lru_cache(maxsize=4096)  # every answer is compared with all of them, and packs have some hundreds
def _listened_for(phrase: str, language: Language) -> str:
    return in_plain_words(phrase, language)


def is_at_worst(question: str, interview: Interview) -> bool:
    """True when a question is answered already, by the worst that can be said to it."""
    facts = [interview.plan.rulebook.facts[name] for name in interview.plan.dialog.questions[question].facts]
    return question in interview.case.by_question and all(
        fact.kind == "one" and interview.rule_state.values.get(fact.id) in fact.steps[-1] for fact in facts
    )


def parse_answer(
    interview: Interview,
    asked: Prompt,
    text: str,
    language: Language,
    today: date | None,
    always: Sequence[Always] = (),
) -> ParsedAnswer | NotUnderstood:
    """Read typed words as the answer to the question asked.

    `always` are the lines always there that were named by their labels beside the words; they are never words.
    """
    typed = clean(text)
    question = asked.question
    if always and (typed or len(always) > 1) and question.kind not in ("many", "ticks"):
        return NotUnderstood(_trouble(asked))
    if always:
        return _with_always(interview, asked, typed, always, language)
    if question.kind == "lines":
        return _whole_list(interview, asked, typed, language)
    if question.kind == "ticks":
        return _marks(interview, asked, typed, language)
    declined = asked.may_prefer_not and (is_prefer_not(typed, language) or fold(typed) == fold(asked.prefer_not))
    if declined or is_not_sure(typed, language):
        return _untold(interview, asked, "prefer_not" if declined else "unknown", typed)
    if question.kind == "one":
        return _choice(interview, asked, typed, language)
    if question.kind == "many":
        return _marks(interview, asked, typed, language)
    return _number(interview, asked, typed, language, today)


def pick(interview: Interview, asked: Prompt, picked: Collection[str]) -> ParsedAnswer | NotUnderstood:
    """The answer that lines chosen by hand give, by their ids; the same as typing them.

    A list of lines, each with a reply of its own, is not chosen from but gone through.
    """
    texts = {choice.id: choice.texts[0] for choice in asked.choices} | dict(asked.always)
    said = "; ".join(texts[name] for name in texts if name in picked)
    chosen = [choice.id for choice in asked.choices if choice.id in picked]
    always = [name for name in ALWAYS if name in picked]
    if not picked:
        return NotUnderstood("choices" if asked.is_list else "choice")
    if asked.question.kind in ("many", "ticks") and "*prefer_not" not in picked:
        return _marked(interview, asked, chosen, bool({"*some", "*unknown"} & set(picked)), said)
    if len(always) == 1:
        return _always(interview, asked, always[0], said)
    if always or len(chosen) != 1 or asked.question.kind == "lines":
        return NotUnderstood(_trouble(asked))
    return _option(interview, asked, chosen[0], said)


def _trouble(asked: Prompt) -> Trouble:
    """Names what is wrong where lines were named that do not go together."""
    kind, fact = asked.question.kind, asked.fact
    if kind == "number":
        return "duration" if fact is not None and fact.unit in ("days", "weeks") else "number"
    return "lines" if kind == "lines" else "choices" if asked.is_list else "choice"


def _with_always(
    interview: Interview, asked: Prompt, typed: str, always: Sequence[Always], language: Language
) -> ParsedAnswer | NotUnderstood:
    """The answer of lines always there, beside words where several lines may be true."""
    if set(always) <= {"*some", "*unknown"} and asked.question.kind in ("many", "ticks"):
        parts, _ = _without_unsure(typed, language)
        options = read_choices(parts, asked.choices, language) if parts else frozenset[str]()
        return NotUnderstood("choices") if options is None else _marked(interview, asked, options, True, typed)
    return NotUnderstood("choices") if typed or len(always) > 1 else _always(interview, asked, always[0], typed)


def _always(interview: Interview, asked: Prompt, name: Always, said: str) -> ParsedAnswer | NotUnderstood:
    """The answer that one line always there gives, by what it means and never by its words."""
    kind = asked.question.kind
    if kind == "lines" and name in ("*none", "*unknown"):
        reply: Reply = "no" if name == "*none" else "unknown"
        return ParsedAnswer(interview.listed(dict.fromkeys((choice.id for choice in asked.choices), reply), said))
    if kind in ("many", "ticks") and name != "*prefer_not":
        return _marked(interview, asked, (), name != "*none", said)
    if name == "*prefer_not" and asked.may_prefer_not and kind not in ("lines", "ticks"):
        return _untold(interview, asked, "prefer_not", said)
    if name == "*unknown" and kind != "lines":
        return _untold(interview, asked, "unknown", said)
    return NotUnderstood(_trouble(asked))


def _untold(
    interview: Interview, asked: Prompt, value: Literal["unknown", "prefer_not"], said: str
) -> ParsedAnswer | NotUnderstood:
    if asked.fact is not None and asked.fact.required and asked.again:
        return NotUnderstood("required")
    return _single(interview, asked, value, said)


def marks(asked: Prompt, answer: Answer) -> frozenset[str]:
    """The lines that an answer marks, by their ids: the other way round of `pick`."""
    chosen = {line for line, reply in answer.lines.items() if reply == "yes"}
    unsure = any(reply == "unknown" for reply in answer.lines.values())
    given = answer.values.get(asked.question.id)
    if asked.question.kind in ("many", "ticks"):
        unsure = unsure or given == "unknown" or (isinstance(given, list) and "unknown" in given)
        chosen |= {"*some"} if unsure else set()
        chosen |= {"*prefer_not"} if given == "prefer_not" else set()
        return frozenset(chosen or {"*none"})
    if given in ("unknown", "prefer_not"):
        return frozenset({f"*{given}"})
    if asked.question.kind == "number":
        bands = [plain(band) for band in asked.question.bands] if asked.again else []
        chosen |= {str(bands.index(given) + 1)} if given in bands else {f"{given:g}"} if _is_number(given) else set()
    return frozenset(chosen)


def _is_number(given: object) -> TypeGuard[float]:
    return isinstance(given, (int, float)) and not isinstance(given, bool)


def _option(interview: Interview, asked: Prompt, option: str, said: str) -> ParsedAnswer:
    if asked.question.kind == "one":
        return _single(interview, asked, dict(asked.question.options).get(option, option), said, "", [option])
    if asked.again and asked.question.bands:
        return _single(interview, asked, plain(asked.question.bands[int(option) - 1]), said)
    return _single(interview, asked, plain(Span(int(option), int(option))), said)


def _marked(interview: Interview, asked: Prompt, options: Collection[str], unsure: bool, said: str) -> ParsedAnswer:
    """The answer of a tick list: the lines that are true; the rest are no, or not sure."""
    if asked.question.kind == "ticks":
        rest: Reply = "unknown" if unsure else "no"
        return ParsedAnswer(interview.listed({c.id: "yes" if c.id in options else rest for c in asked.choices}, said))
    if not options and not unsure:
        return _single(interview, asked, [], said)
    has_unknown = asked.fact is not None and "unknown" in asked.fact.items
    chosen = sorted(dict(asked.question.options)[option] for option in options)
    chosen += ["unknown"] if unsure and has_unknown else []
    return _single(interview, asked, chosen or "unknown", said, "", options)


def _single(
    interview: Interview, asked: Prompt, value: PlainValue, said: str, echo: str = "", options: Iterable[str] = ()
) -> ParsedAnswer:
    name = asked.question.id
    lines: dict[str, Reply] = dict.fromkeys(sorted(options), "yes")
    answer = Answer(question=name, values={name: value}, lines=lines, said=said, by=interview.case.mode)
    return ParsedAnswer(answer, echo)


def _choice(interview: Interview, asked: Prompt, typed: str, language: Language) -> ParsedAnswer | NotUnderstood:
    option = read_choice(typed, asked.choices, language)
    option = option or _plain_yes_or_no(typed, {choice.id for choice in asked.choices}, language)
    if option is None:
        return NotUnderstood("choice")
    return _single(interview, asked, dict(asked.question.options).get(option, option), typed, "", [option])


def _plain_yes_or_no(typed: str, options: set[str], language: Language) -> str | None:
    """The option that a bare yes or no means, where the question has just those two sides."""
    said = read_yes_no(typed, language)
    denied = options & {"no", "none"}
    if len(denied) != 1 or "yes" not in options:
        return None
    return {"yes": "yes", "no": next(iter(denied))}.get(said or "")


def _marks(interview: Interview, asked: Prompt, typed: str, language: Language) -> ParsedAnswer | NotUnderstood:
    if is_none_of_these(typed, language):
        return _marked(interview, asked, (), False, typed)
    parts, unsure = _without_unsure(typed, language)
    if not parts and not unsure:  # punctuation alone denies nothing
        return NotUnderstood("choices")
    options = read_choices(parts, asked.choices, language) if parts else frozenset[str]()
    return NotUnderstood("choices") if options is None else _marked(interview, asked, options, unsure, typed)


def _without_unsure(typed: str, language: Language) -> tuple[str, bool]:
    """The words without a closing "not sure about the rest", and whether it was there."""
    parts = [part for part in listed(typed) if part]
    kept = [part for part in parts if not (is_not_sure(part, language) or is_unsure_about_some(part, language))]
    return ", ".join(kept), len(kept) < len(parts)


def _number(
    interview: Interview, asked: Prompt, typed: str, language: Language, today: date | None
) -> ParsedAnswer | NotUnderstood:
    fact = asked.fact
    if fact is None:
        return NotUnderstood("number")
    if asked.again and asked.question.bands:
        band = read_choice(typed, asked.choices, language)
        if band is not None:
            return _single(interview, asked, plain(asked.question.bands[int(band) - 1]), typed)
    if fact.unit in ("days", "weeks"):
        span = _duration(typed, fact.unit, language, today)
        span = span or _duration(_amount_in(typed, language), fact.unit, language, today)
        if span is None or not fact.low <= span.low <= span.high <= fact.high:
            return NotUnderstood("duration")
        days = Span(span.low * 7, span.high * 7) if fact.unit == "weeks" else span
        return _single(interview, asked, plain(span), typed, say_duration(days, language))
    span = read_number(
        typed, fact.low, fact.high, language, decimals=fact.decimals, approximate=fact.high <= 10, unit=fact.unit
    )
    if span is None and (option := read_choice(typed, asked.choices, language)) is not None and fact.high <= 10:
        span = Span(int(option), int(option))
    return NotUnderstood("number") if span is None else _single(interview, asked, plain(span), typed)


def _amount_in(sentence: str, language: Language) -> str:
    """The length of time in a longer sentence: what follows its only "for" or "since". It is echoed and confirmed."""
    amounts = _since(language).findall(sentence)
    if len(amounts) != 1:
        return ""
    amount = str(amounts[0])
    for word in language.lengths.within_for:
        amount = amount.removeprefix(f"{word} ")
    return amount


@lru_cache(maxsize=64)
def _since(language: Language) -> re.Pattern[str]:
    word = rf"\b{either((*language.lengths.within_for, *language.lengths.within_since))}\b"
    return re.compile(rf"{word} (?:(?!{word}).)+", re.IGNORECASE)


def _duration(typed: str, unit: str, language: Language, today: date | None) -> Span | None:
    span = read_duration(typed, today, language)
    if unit == "days":
        return span
    bare = read_number(typed, 0, 520, language, approximate=True, unit="weeks")
    if bare is not None:
        return bare
    return None if span is None else Span(span.low // 7, min(span.high // 7, 520))


def _whole_list(interview: Interview, asked: Prompt, typed: str, language: Language) -> ParsedAnswer | NotUnderstood:
    """A whole list at once, as transcripts say it: none of the lines, or those that are true and none of the others."""
    said = read_replies(typed, asked.choices, language)
    if said is None:
        return NotUnderstood("lines")
    return ParsedAnswer(interview.listed(said.and_none_of_the_others(asked.choices), typed))
