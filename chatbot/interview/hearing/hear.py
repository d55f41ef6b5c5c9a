"""What somebody's words are understood as: an answer, a reading to confirm, questions put, an aside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from chatbot.case import PlainValue
from chatbot.interview.hearing.answer_choice import NOTHING, Meant, Values, answer_one
from chatbot.interview.hearing.answer_lists import answer_line, answer_lines, answer_many
from chatbot.interview.hearing.answer_numbers import answer_number
from chatbot.interview.hearing.asides import Aside, aside_of
from chatbot.interview.hearing.dangers import puts, raised_by
from chatbot.interview.hearing.lexicon import Lexicon
from chatbot.interview.hearing.stated import Match, Text
from chatbot.interview.question import Question
from chatbot.interview.reading.language import Language
from chatbot.interview.reading.languages import language_of


@dataclass(frozen=True, slots=True)
class Uncounted:
    """A finding that was seen and does not count: its fact or list, its value, its words, and why."""

    key: str
    value: str
    words: str
    why: str


@dataclass(frozen=True, slots=True)
class Heard:
    """What words are understood as.

    `values` would be recorded, `proposed` said back first, `either` are two readings to choose from; `raised` are the
    questions put, `reply` an aside that has an answer of its own, `uncounted` what was seen and left out.
    """

    values: Mapping[str, PlainValue] = field(default_factory=dict)
    proposed: Mapping[str, PlainValue] = field(default_factory=dict)
    either: tuple[Values, ...] = ()
    raised: tuple[str, ...] = ()
    reply: Aside | None = None
    uncounted: tuple[Uncounted, ...] = ()

    @property
    def understood(self) -> bool:
        """True when there is an answer, or readings of one."""
        return bool(self.values or self.proposed or self.either)


def hear(
    lexicon: Lexicon,
    said: str,
    question: str | None = None,
    line: str | None = None,
    *,
    language: Language | None = None,
    today: date | None = None,
) -> Heard:
    """Hears words said to a question, to one line of a list, or, without a question, as a story.

    Lengths of time count back from `today`. ValueError where there is no such question or line; any other fault is "not
    understood", and tells nobody the words.
    """
    _asked(lexicon, question, line)
    try:
        return hear_or_fail(lexicon, said, question, line, language=language, today=today)
    except Exception:  # a fault here shall end no interview, nor carry what was said anywhere
        return Heard()


def hear_or_fail(
    lexicon: Lexicon,
    said: str,
    question: str | None = None,
    line: str | None = None,
    *,
    language: Language | None = None,
    today: date | None = None,
) -> Heard:
    """The same where a fault comes out, for tests."""
    asked = _asked(lexicon, question, line)
    text = Text(said, lexicon, language or language_of("en"), today)
    if not text.words and not said.strip():
        return Heard()
    meant = _meant(text, asked, line) if asked is not None else NOTHING
    told = [match for match in text.anywhere if not _is_answer(text, match, asked)]
    raised = raised_by(lexicon, told, _at_hand(lexicon, asked, line))
    is_stated = meant.is_something and not meant.is_weak
    reply = aside_of(text, is_stated or any(puts(lexicon, match) for match in text.anywhere))
    if reply is not None and meant.is_weak:
        meant = NOTHING
    if reply is not None and meant.values:  # said with something else, so not barely
        meant = replace(meant, values={}, proposed=meant.values)
    return Heard(meant.values, meant.proposed, meant.either, raised, reply, tuple(_uncounted(text)))


def _is_answer(text: Text, match: Match, asked: Question | None) -> bool:
    """True when all words of a finding about something else are those of the answer to what was asked."""
    # Where several may be true, an answer may well be two findings.
    if asked is None or asked.kind in ("many", "ticks") or set(match.finding.facts) & set(asked.facts):
        return False
    keys = frozenset((name, value) for name in asked.facts for value in text.lexicon.facts[name].values)
    own = (one for one in text.here(keys) if one.stands and set(one.finding.facts) & set(asked.facts))
    return any(match.hit.covered <= one.hit.covered for one in own)


def _asked(lexicon: Lexicon, question: str | None, line: str | None) -> Question | None:
    if question is None:
        return None
    asked = lexicon.dialog.questions.get(question)
    if asked is None:
        raise ValueError(f"there is no question '{question}'")
    if line is not None and line not in {item.id for item in asked.items} | {option for option, _ in asked.options}:
        raise ValueError(f"the question '{question}' has no line '{line}'")
    return asked


def _meant(text: Text, asked: Question, line: str | None) -> Meant:
    if asked.items:
        return answer_line(text, asked, line) if line is not None else answer_lines(text, asked)
    fact = text.lexicon.facts[asked.fact or ""]
    if fact.kind == "many":
        return answer_many(text, fact, line)
    return answer_number(text, fact) if fact.kind == "number" else answer_one(text, asked, fact)


def _at_hand(lexicon: Lexicon, asked: Question | None, line: str | None) -> frozenset[tuple[str, str]]:
    """The facts of which the answer itself tells, with all their values (""), or those values of the line at hand."""
    if asked is None:
        return frozenset()
    if line is None or not asked.items:
        return frozenset((fact, "") for fact in asked.facts)
    item = next(item for item in asked.items if item.id == line)
    one_of = {name for name in item.facts if lexicon.facts[name].kind != "many"}
    return frozenset({*item.gives, *((name, "") for name in one_of)})


def _uncounted(text: Text) -> Iterator[Uncounted]:
    seen: set[tuple[str, str]] = set()
    for match in text.anywhere:
        key = (match.finding.key, match.finding.value)
        if match.stands or key in seen:
            continue
        seen.add(key)
        yield Uncounted(*key, match.says(text.words), _why(match))


def _why(match: Match) -> str:
    kind, words = next(iter(match.around.items()))
    return f"{kind}: {words}"
