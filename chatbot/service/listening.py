"""Words in, what is understood of them out, one line at a time, whatever the line holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from chatbot.case import PlainValue
from chatbot.errors import InputError, TriageError
from chatbot.export.summary_blocks import json_of
from chatbot.interview.hearing.hear import Heard
from chatbot.interview.hearing.whole_reading import whole_reading
from chatbot.packs.lexicons import lexicon
from chatbot.packs.node import did_you_mean
from chatbot.packs.pack import Pack
from chatbot.recommendation.output import SCHEMA
from chatbot.service.json_lines import is_blank, read_object
from chatbot.service.results import read_id

KEYS = ("id", "question", "line", "say")
# Longer words are the words of nobody.
MOST_TYPED = 10_000


@dataclass(frozen=True, slots=True)
class Listening:
    """One line of words and what is understood of them; `error` is the plain sentence when it could not be used."""

    data: Mapping[str, object]
    error: str = ""
    said: str = ""
    question: str | None = None
    heard: Heard | None = None

    def line(self) -> str:
        """The object as one line of JSON."""
        return json_of(dict(self.data))


def hear_lines(pack: Pack, lines: Iterable[bytes], language: str, today: date) -> Iterator[Listening]:
    """What is understood of each line of words; a bad line is answered in its place."""
    for number, line in enumerate(lines, start=1):
        if is_blank(line):
            continue
        line_id: str | int | None = None
        try:
            given = read_object(line)
            line_id = read_id(given)
            yield _listened(pack, given, line_id, language, today)
        except (TriageError, RecursionError) as error:
            text = str(error) if isinstance(error, TriageError) else "the line is nested too deeply"
            yield Listening({"schema": SCHEMA, "line": number, "id": line_id, "error": text}, f"line {number}: {text}")


def _listened(
    pack: Pack, given: Mapping[str, object], line_id: str | int | None, language: str, today: date
) -> Listening:
    for key in given:
        if key not in KEYS:
            raise InputError(f"there is no key '{key[:60]}' here{did_you_mean(key, KEYS) or '; remove it'}")
    said = given.get("say")
    if not isinstance(said, str) or len(said) > MOST_TYPED:
        raise InputError(f'"say" is what somebody says, a text of at most {MOST_TYPED} characters')
    question, line = (_name(given, key) for key in ("question", "line"))
    _known(pack, question, line)
    words = pack.wording(language)
    heard = whole_reading(pack.plan, words, lexicon(pack, language), said, question, line, today=today)
    return Listening(_data(line_id, heard), "", said, question, heard)


def _name(given: Mapping[str, object], key: str) -> str | None:
    name = given.get(key)
    if name is None or isinstance(name, str):
        return name
    raise InputError(f'"{key}" is the id of a {key}')


def _known(pack: Pack, question: str | None, line: str | None) -> None:
    if question is None:
        if line is not None:
            raise InputError('"line" is a line of a question; name the question, too')
        return
    asked = pack.dialog.questions.get(question)
    if asked is None:
        raise InputError(f"there is no question '{question[:60]}'{did_you_mean(question, pack.dialog.questions)}")
    lines = [item.id for item in asked.items] or [option for option, _ in asked.options]
    if line is not None and line not in lines:
        raise InputError(f"the question '{question}' has no line '{line[:60]}'{did_you_mean(line, lines)}")


def _data(line_id: str | int | None, heard: Heard) -> dict[str, object]:
    return {
        "schema": SCHEMA,
        "id": line_id,
        "understood": heard.understood,
        "values": dict(heard.values),
        "proposed": dict(heard.proposed),
        "either": [dict(values) for values in heard.either],
        "raised": list(heard.raised),
        "reply": heard.reply,
    }


def in_lines(pack: Pack, listening: Listening, language: str) -> Iterator[str]:
    """The same in words, for somebody who writes the words of a pack."""
    heard = listening.heard
    if heard is None:
        return
    words = pack.wording(language)

    def shown(values: Mapping[str, PlainValue]) -> str:
        return "; ".join(f"{name}: {_value(value)}" for name, value in values.items())

    asked = f" (at {listening.question})" if listening.question else ""
    yield f'"{listening.said}"{asked}'
    if heard.values:
        yield f"  recorded: {shown(heard.values)}"
    if heard.proposed:
        yield f"  said back first: {shown(heard.proposed)}"
    if heard.either:
        yield f"  one of two: {' / '.join(map(shown, heard.either))}"
    for name in heard.raised:
        yield f"  puts the question: {words.questions[name]['patient'].ask}"
    if heard.reply:
        yield f"  said beside: {heard.reply}"
    if not (heard.understood or heard.raised or heard.reply):
        yield "  not understood"
    for seen in heard.uncounted:
        yield f'  seen and not counted: "{seen.words}" as {seen.key} {seen.value}, since {seen.why}'


def _value(value: PlainValue) -> str:
    if isinstance(value, list):
        return ", ".join(value) or "none"
    if isinstance(value, dict):
        return f"{value['from']} to {value['to']}"
    return str(value)
