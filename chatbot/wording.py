"""Texts by id, audience and language; what a text needs from a country is filled in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from chatbot.texts.say import put_in

Text = Mapping[str, str]

PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class QuestionText:
    """The texts in which one question is put to one audience."""

    ask: str
    why: str = ""
    again: str = ""
    example: str = ""
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AdviceText:
    """The texts of one advice: as offered, blocked, with a block not known, with caution, and to whoever told it."""

    offered: Text
    blocked: Text = field(default_factory=dict)
    not_known: Text = field(default_factory=dict)
    caution: Text = field(default_factory=dict)
    worse: Text = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ValueText:
    """The name of a value by one option or line of one question."""

    question: str
    option: str
    text: Text


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that, said at any time, put a question to the person again; they can never clear anything."""

    words: tuple[str, ...]
    asks: str


@dataclass(frozen=True, slots=True)
class Topic:
    """A question people have about a result, and the parts and advice that answer it."""

    id: str
    ask: str
    typed: tuple[str, ...]
    shows: tuple[str, ...]
    about: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Wording:
    """One language of a pack; `length` says a time from so many to so many days as people say it."""

    language: str
    name: str
    questions: Mapping[str, Mapping[str, QuestionText]]
    typed: Mapping[str, Mapping[str, tuple[str, ...]]]
    values: Mapping[tuple[str, str], tuple[ValueText, ...]]
    facts: Mapping[str, Text]
    parts: Mapping[str, Text]
    rules: Mapping[str, Text]
    referrals: Mapping[str, Text]
    levels: Mapping[str, Mapping[str, Text]]
    imaging: Mapping[str, Text]
    advice: Mapping[str, AdviceText]
    ui: Mapping[str, str]
    countries: Mapping[str, Mapping[str, str]]
    phrases: tuple[Phrase, ...] = ()
    topics: tuple[Topic, ...] = ()
    length: Callable[[float, float], str] | None = None

    def fill(self, text: str, country: str) -> str:
        """The text with the words of a country in its placeholders."""
        words = self.countries[country]
        return PLACEHOLDER.sub(lambda match: words.get(match[1], match[0]), text)

    def say(self, key: str, **parts: object) -> str:
        """A text that a result or an answer is said in, its named parts put in."""
        return put_in(self.ui[key], parts)
