"""What typed words mean for the question at hand: an answer, a question to put again, or something to ask once more."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal, TypeGuard

from chatbot.case import Answer, PlainValue, Reply, Span, plain
from chatbot.interview.choices import (
    Choice,
    in_plain_words,
    is_none_of_these,
    is_not_sure,
    is_prefer_not,
    read_choice,
    read_choices,
    read_yes_no,
)
from chatbot.interview.clean import clean, fold
from chatbot.interview.durations import read_duration, say_duration
from chatbot.interview.interview import Interview
from chatbot.interview.numbers import read_number
from chatbot.interview.prompt import SPOKEN, Prompt
from chatbot.wording import Wording

_SINCE = re.compile(r"\b(?:for|since)\b (?:(?!\b(?:for|since)\b).)+", re.IGNORECASE)
Trouble = Literal["choice", "choices", "number", "duration", "lines", "yes_no", "required", "none_and_some"]


@dataclass(frozen=True, slots=True)
class Heard:
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
class Unclear:
    """Words that are asked again, never guessed."""

    trouble: Trouble


def raised_by(text: str, wording: Wording, interview: Interview, at_hand: str | None = None) -> tuple[str, ...]:
    """The questions that something said puts, other than the one at hand and those already answered at their worst."""
    said = f" {in_plain_words(text)} "
    found = (
        phrase.asks for phrase in wording.phrases if any(f" {_listened_for(words)} " in said for words in phrase.words)
    )
    known = at_hand if at_hand is not None else interview.state
    return tuple(q for q in dict.fromkeys(found) if q != known and not _is_at_worst(q, interview))


@lru_cache(maxsize=4096)  # every answer is compared with all of them, and packs have some hundreds
def _listened_for(phrase: str) -> str:
    return in_plain_words(phrase)


def _is_at_worst(question: str, interview: Interview) -> bool:
    facts = [interview.plan.rulebook.facts[name] for name in interview.plan.dialog.questions[question].facts]
    return question in interview.case.by_question and all(
        fact.kind == "one" and interview.reading.values.get(fact.id) in fact.steps[-1] for fact in facts
    )


def hear(interview: Interview, asked: Prompt, text: str, today: date | None) -> Heard | Unclear:
    """Read typed words as the answer to the question asked."""
    typed = clean(text)
    question = asked.question
    if question.kind == "lines":
        return _lines(interview, asked, typed)
    if question.kind == "ticks":
        return _marks(interview, asked, typed)
    declined = asked.may_prefer_not and (is_prefer_not(typed) or fold(typed) == fold(asked.prefer_not))
    if declined or is_not_sure(typed):
        if asked.fact is not None and asked.fact.required and asked.again:
            return Unclear("required")
        return _single(interview, asked, "prefer_not" if declined else "unknown", typed)
    if question.kind == "one":
        return _choice(interview, asked, typed)
    return _marks(interview, asked, typed) if question.kind == "many" else _number(interview, asked, typed, today)


def pick(interview: Interview, asked: Prompt, picked: Collection[str]) -> Heard | Unclear:
    """The answer that lines chosen by hand give, by their ids; the same as typing them.

    A list of lines, each with a reply of its own, is not chosen from but gone through.
    """
    texts = {choice.id: choice.texts[0] for choice in asked.choices} | dict(asked.always)
    said = "; ".join(texts[name] for name in texts if name in picked)
    chosen = [choice.id for choice in asked.choices if choice.id in picked]
    if not picked:
        return Unclear("choices" if asked.is_list else "choice")
    if asked.question.kind in ("many", "ticks") and "*prefer_not" not in picked:
        return _marked(interview, asked, chosen, "*some" in picked, said)
    spoken = [words for name, words in SPOKEN.items() if name in picked]
    if spoken or len(chosen) != 1:
        return _in_words(hear(interview, asked, ", ".join(spoken), None), said)
    return _in_words(_option(interview, asked, chosen[0], said), said)


def marks(asked: Prompt, answer: Answer) -> frozenset[str]:
    """The lines that an answer marks, by their ids: the other way round of `pick`."""
    found = {line for line, reply in answer.lines.items() if reply == "yes"}
    unsure = any(reply == "unknown" for reply in answer.lines.values())
    given = answer.values.get(asked.question.id)
    if asked.question.kind in ("many", "ticks"):
        unsure = unsure or given == "unknown" or (isinstance(given, list) and "unknown" in given)
        found |= {"*some"} if unsure else set()
        found |= {"*prefer_not"} if given == "prefer_not" else set()
        return frozenset(found or {"*none"})
    if given in ("unknown", "prefer_not"):
        return frozenset({f"*{given}"})
    if asked.question.kind == "number":
        bands = [plain(band) for band in asked.question.bands] if asked.again else []
        found |= {str(bands.index(given) + 1)} if given in bands else {f"{given:g}"} if _is_number(given) else set()
    return frozenset(found)


def _is_number(given: object) -> TypeGuard[float]:
    return isinstance(given, (int, float)) and not isinstance(given, bool)


def _in_words(found: Heard | Unclear, said: str) -> Heard | Unclear:
    return Heard(found.answer.model_copy(update={"said": said})) if isinstance(found, Heard) else found


def _option(interview: Interview, asked: Prompt, option: str, said: str) -> Heard:
    if asked.question.kind == "one":
        return _single(interview, asked, dict(asked.question.options).get(option, option), said, "", [option])
    if asked.again and asked.question.bands:
        return _single(interview, asked, plain(asked.question.bands[int(option) - 1]), said)
    return _single(interview, asked, plain(Span(int(option), int(option))), said)


def _marked(interview: Interview, asked: Prompt, options: Collection[str], unsure: bool, said: str) -> Heard:
    """The answer of a tick list: the lines that are true; the rest are no, or not sure."""
    if asked.question.kind == "ticks":
        rest: Reply = "unknown" if unsure else "no"
        return Heard(interview.listed({c.id: "yes" if c.id in options else rest for c in asked.choices}, said))
    if not options and not unsure:
        return _single(interview, asked, [], said)
    has_unknown = asked.fact is not None and "unknown" in asked.fact.items
    chosen = sorted(dict(asked.question.options)[option] for option in options)
    chosen += ["unknown"] if unsure and has_unknown else []
    return _single(interview, asked, chosen or "unknown", said, "", options)


def _single(
    interview: Interview, asked: Prompt, value: PlainValue, said: str, echo: str = "", options: Iterable[str] = ()
) -> Heard:
    name = asked.question.id
    lines: dict[str, Reply] = dict.fromkeys(sorted(options), "yes")
    answer = Answer(question=name, values={name: value}, lines=lines, said=said, by=interview.case.mode)
    return Heard(answer, echo)


def _choice(interview: Interview, asked: Prompt, typed: str) -> Heard | Unclear:
    option = read_choice(typed, asked.choices) or _plain_yes_or_no(typed, {choice.id for choice in asked.choices})
    if option is None:
        return Unclear("choice")
    return _single(interview, asked, dict(asked.question.options).get(option, option), typed, "", [option])


def _plain_yes_or_no(typed: str, options: set[str]) -> str | None:
    """The option that a bare yes or no means, where the question has just those two sides."""
    said = read_yes_no(typed)
    denied = options & {"no", "none"}
    if len(denied) != 1 or "yes" not in options:
        return None
    return {"yes": "yes", "no": next(iter(denied))}.get(said or "")


def _marks(interview: Interview, asked: Prompt, typed: str) -> Heard | Unclear:
    if is_none_of_these(typed):
        return _marked(interview, asked, (), False, typed)
    parts, unsure = _without_unsure(typed)
    if not parts and not unsure:  # punctuation alone denies nothing
        return Unclear("choices")
    options = read_choices(parts, asked.choices) if parts else frozenset[str]()
    return Unclear("choices") if options is None else _marked(interview, asked, options, unsure, typed)


def _without_unsure(typed: str) -> tuple[str, bool]:
    """The words without a closing "not sure about the rest", and whether it was there."""
    parts = [part.strip() for part in typed.replace(";", ",").split(",") if part.strip()]
    kept = [part for part in parts if not (is_not_sure(part) or _is_unsure_about_some(part))]
    return ", ".join(kept), len(kept) < len(parts)


def _is_unsure_about_some(part: str) -> bool:
    words = fold(part)
    return ("not sure" in words or "unsure" in words) and ("some" in words or "rest" in words or "others" in words)


def _number(interview: Interview, asked: Prompt, typed: str, today: date | None) -> Heard | Unclear:
    fact = asked.fact
    if fact is None:
        return Unclear("number")
    if asked.again and asked.question.bands:
        band = read_choice(typed, asked.choices)
        if band is not None:
            return _single(interview, asked, plain(asked.question.bands[int(band) - 1]), typed)
    if fact.unit in ("days", "weeks"):
        span = _duration(typed, fact.unit, today) or _duration(_amount_in(typed), fact.unit, today)
        if span is None or not fact.low <= span.low <= span.high <= fact.high:
            return Unclear("duration")
        days = Span(span.low * 7, span.high * 7) if fact.unit == "weeks" else span
        return _single(interview, asked, plain(span), typed, say_duration(days))
    span = read_number(typed, fact.low, fact.high, decimals=fact.decimals, approximate=fact.high <= 10, unit=fact.unit)
    if span is None and (option := read_choice(typed, asked.choices)) is not None and fact.high <= 10:
        span = Span(int(option), int(option))
    return Unclear("number") if span is None else _single(interview, asked, plain(span), typed)


def _amount_in(sentence: str) -> str:
    """How long, within a longer sentence: what follows its only "for" or "since". It is echoed and confirmed."""
    found = _SINCE.findall(sentence)
    return str(found[0]).removeprefix("for ") if len(found) == 1 else ""


def _duration(typed: str, unit: str, today: date | None) -> Span | None:
    span = read_duration(typed, today)
    if unit == "days":
        return span
    bare = read_number(typed, 0, 520, approximate=True, unit="weeks")
    if bare is not None:
        return bare
    return None if span is None else Span(span.low // 7, min(span.high // 7, 520))


def _lines(interview: Interview, asked: Prompt, typed: str) -> Heard | Unclear:
    """A whole list of lines at once: none of them, or the ones that are true, or "2 yes, 5 not sure"."""
    lines: dict[str, Reply] = {choice.id: "no" for choice in asked.choices}
    if not is_none_of_these(typed):
        replies = _replies(typed, asked.choices)
        if replies is None:
            return Unclear("lines")
        lines.update(replies)
    return Heard(interview.listed(lines, typed))


def _replies(typed: str, choices: tuple[Choice, ...]) -> dict[str, Reply] | None:
    found: dict[str, Reply] = {}
    if is_not_sure(typed):
        return dict.fromkeys((choice.id for choice in choices), "unknown")
    parts = [part.strip() for part in typed.replace(";", ",").split(",")]
    if len(parts) > 1 and _is_unsure_about_some(parts[-1]):
        found.update(dict.fromkeys((choice.id for choice in choices), "unknown"))
        parts.pop()
    for part in parts:
        reply: Reply = "yes"
        words = part
        for ending, meant in (("not sure", "unknown"), ("unsure", "unknown"), ("yes", "yes"), ("no", "no")):
            if fold(part).endswith(f" {ending}"):
                reply, words = meant, part[: -len(ending)].rstrip(" :")  # type: ignore[assignment] # one of the replies
                break
        options = read_choices(words, choices)
        if not options:
            return None
        found.update(dict.fromkeys(options, reply))
    return found
