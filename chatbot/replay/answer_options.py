"""The answers that questions offer, by name, and which of them an answer chose."""

from __future__ import annotations

from collections.abc import Iterator

from chatbot.case import NOT_SURE, Answer, Audience, Fact, PlainValue, plain
from chatbot.interview.question import Question
from chatbot.packs.pack import Pack
from chatbot.replay.exchanges import Asked

SURE = {"unknown": "not sure", "prefer_not": "rather not say"}
NONE, SOME, NUMBER = "none of these", "not sure about some", "a number"
REPLIES = {"yes": "", "no": "not ", "unknown": "not sure about "}


def offered(pack: Pack) -> tuple[str, ...]:
    """Every answer that some person can be offered, as "question: answer"."""
    return tuple(
        f"{question.id}: {answer}"
        for question in pack.dialog.questions.values()
        for answer in dict.fromkeys(_answers(pack, question))
    )


def _answers(pack: Pack, question: Question) -> Iterator[str]:
    for audience in _audiences(pack, question):
        labels = pack.wording().questions[question.id][audience].options
        if question.items:
            yield from _of_lines(question)
        elif question.kind == "number":
            yield from _of_number(question, pack.rulebook.facts[question.id], labels)
        else:
            shown = [option for option, value in question.options if value not in NOT_SURE and option in labels]
            yield from shown
            yield from (f"not {option}" for option in shown if question.kind == "many")
        if question.kind in ("many", "ticks"):
            yield from (NONE, SOME)
        elif question.kind != "lines":
            yield SURE["unknown"]
        if "prefer_not" in labels:
            yield SURE["prefer_not"]


def _audiences(pack: Pack, question: Question) -> tuple[Audience, ...]:
    for_nurses = all(pack.rulebook.facts[name].nurse_only for name in question.facts)
    return ("clinician",) if for_nurses else ("patient", "clinician")


def _of_lines(question: Question) -> Iterator[str]:
    replies = REPLIES if question.kind == "lines" else ("yes", "no")
    yield from (f"{REPLIES[reply]}{item.id}" for item in question.items for reply in replies)


def _of_number(question: Question, fact: Fact, labels: object) -> Iterator[str]:
    yield NUMBER
    if fact.high - fact.low <= 10 and isinstance(labels, dict):
        yield from (str(n) for n in range(int(fact.low), int(fact.high) + 1) if str(n) in labels)
    yield from (f"group {place}" for place, _ in enumerate(question.bands, start=1))


def chosen(asked: Asked) -> Iterator[str]:
    """The answers chosen in one exchange, named as in `offered`."""
    if asked.answer is None:
        return
    question, answer = asked.prompt.question, asked.answer
    if question.items:
        answers = list(_lines(question, answer))
    elif question.kind == "number":
        answers = list(_number(question, answer.values.get(question.id), asked.prompt.again))
    else:
        answers = list(_options(question, answer))
    yield from (f"{question.id}: {name}" for name in answers)


def _lines(question: Question, answer: Answer) -> Iterator[str]:
    for item, reply in answer.lines.items():
        if question.kind == "lines" or reply != "unknown":
            yield f"{REPLIES[reply]}{item}"
    replies = set(answer.lines.values())
    if question.kind == "ticks" and replies == {"no"}:
        yield NONE
    if question.kind == "ticks" and "unknown" in replies:
        yield SOME


def _number(question: Question, value: PlainValue | None, again: bool) -> Iterator[str]:
    if isinstance(value, str):
        yield SURE[value]
    elif value is not None:
        bands = [plain(band) for band in question.bands] if again else []
        yield f"group {bands.index(value) + 1}" if value in bands else NUMBER
        if isinstance(value, (int, float)):
            yield f"{value:g}"


def _options(question: Question, answer: Answer) -> Iterator[str]:
    value = answer.values.get(question.id)
    if isinstance(value, str) and value in NOT_SURE:
        yield SOME if question.kind == "many" and value == "unknown" else SURE[value]
        return
    picked = [option for option, reply in answer.lines.items() if reply == "yes"] or _by_value(question, value)
    yield from picked
    if question.kind == "many":
        unsure = isinstance(value, list) and "unknown" in value
        yield from (f"not {option}" for option, _ in question.options if option not in picked and not unsure)
        if unsure or not picked:
            yield SOME if unsure else NONE


def _by_value(question: Question, value: PlainValue | None) -> list[str]:
    """The options that alone say a value; of two that say the same, facts cannot tell which was meant."""
    said = value if isinstance(value, list) else [value]
    values = [meant for _, meant in question.options]
    return [option for option, meant in question.options if meant in said and values.count(meant) == 1]


def stated(question: Question, answer: Answer) -> Iterator[str]:
    """The answers that facts give to a question with options or a number; which line of a checklist is not known."""
    if question.items or not answer.values:
        return
    numbers = _number(question, answer.values.get(question.id), False) if question.kind == "number" else None
    yield from (f"{question.id}: {name}" for name in (numbers or _options(question, answer)))
