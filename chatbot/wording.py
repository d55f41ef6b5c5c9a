"""Texts by id, audience and language; what a text needs from a country is filled in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache

from chatbot.texts.say import put_in

Text = Mapping[str, str]

PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
# A form of a carer's text; with a capital letter it begins with one.
FORM = re.compile(r"\{([A-Za-z][a-z_]*)\}")


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
class Carer:
    """What a carer reads beside the texts themselves: the forms of words by whom they are about, and own `ui` texts.

    A form is what one word in braces becomes: {they} is "she" of her, "he" of him, and "they" of them.
    """

    forms: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    ui: Mapping[str, str] = field(default_factory=dict)

    def put_forms(self, text: str, whom: str) -> str:
        """The text with its forms put in; any other word in braces stays as it is."""
        return FORM.sub(lambda match: self._form(match[1], whom) or match[0], text)

    def _form(self, word: str, whom: str) -> str:
        form = self.forms.get(word.lower(), {}).get(whom, "")
        return form[:1].upper() + form[1:] if word[0].isupper() else form


@dataclass(frozen=True, slots=True)
class Topic:
    """A question people have about a result, and the parts and advice that answer it."""

    id: str
    ask: str
    typed: tuple[str, ...]
    shows: tuple[str, ...]
    about: tuple[str, ...]
    carer: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Wording:
    """One language of a pack; `length` says a time from so many to so many days as people say it.

    Texts are kept by who reads them: `patient`, `clinician`, and `carer` where what a carer reads is another text than
    the patient's. Whoever shows a text asks `read_by` first, so that nobody looks for the carer's by hand.
    """

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
    carer: Carer = Carer()
    whole: Wording | None = field(default=None, repr=False)

    def read_by(self, mode: str, whom: str = "them") -> Wording:
        """The wording in which the plain texts, those under `patient`, are as this reader needs them."""
        own = self.whole or self
        return _about(own, whom) if mode == "carer" else own

    def fill(self, text: str, country: str) -> str:
        """The text with the words of a country in its placeholders."""
        words = self.countries[country]
        return PLACEHOLDER.sub(lambda match: words.get(match[1], match[0]), text)

    def say(self, key: str, **parts: object) -> str:
        """A text that a result or an answer is said in, its named parts put in."""
        return put_in(self.ui[key], parts)


@lru_cache(maxsize=32)
def _about(words: Wording, whom: str) -> Wording:
    """The wording with the carer's texts in place of the patient's, about her, him or them."""
    told = _Told(words.carer, whom)
    return replace(
        words,
        questions={name: told.question(texts) for name, texts in words.questions.items()},
        typed={name: told.typed(words, name) for name in words.questions},
        values={name: tuple(map(told.value, values)) for name, values in words.values.items()},
        facts=told.texts(words.facts),
        parts=told.texts(words.parts),
        rules=told.texts(words.rules),
        referrals=told.texts(words.referrals),
        levels={name: told.texts(level) for name, level in words.levels.items()},
        imaging=told.texts(words.imaging),
        advice={name: told.advice(text) for name, text in words.advice.items()},
        ui={**words.ui, **{key: told.said(text) for key, text in words.carer.ui.items()}},
        topics=tuple(replace(topic, ask=told.said(topic.carer) or topic.ask) for topic in words.topics),
        whole=words,
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """The texts of a wording as a carer reads them."""

    carer: Carer
    whom: str

    def said(self, text: str) -> str:
        return self.carer.put_forms(text, self.whom)

    def text(self, text: Text) -> Text:
        return {**text, "patient": self.said(text["carer"])} if "carer" in text else text

    def texts(self, texts: Mapping[str, Text]) -> dict[str, Text]:
        return {name: self.text(text) for name, text in texts.items()}

    def question(self, texts: Mapping[str, QuestionText]) -> Mapping[str, QuestionText]:
        if "carer" not in texts:
            return texts
        plain, own = texts["patient"], texts["carer"]
        told = QuestionText(
            ask=self.said(own.ask) or plain.ask,
            why=self.said(own.why) or plain.why,
            again=self.said(own.again) or plain.again,
            example=self.said(own.example) or plain.example,
            options={**plain.options, **{name: self.said(text) for name, text in own.options.items()}},
        )
        return {**texts, "patient": told}

    def typed(self, words: Wording, question: str) -> dict[str, tuple[str, ...]]:
        """The words people type; what the patient reads is still understood where a carer reads something else."""
        texts, typed = words.questions[question], dict(words.typed.get(question, {}))
        for option in texts["carer"].options if "carer" in texts else ():
            if option in texts["patient"].options:
                typed[option] = (*typed.get(option, ()), texts["patient"].options[option])
        return typed

    def value(self, value: ValueText) -> ValueText:
        return replace(value, text=self.text(value.text))

    def advice(self, text: AdviceText) -> AdviceText:
        return AdviceText(**{part.name: self.text(getattr(text, part.name)) for part in fields(text)})
