"""Questions about a result, answered from this result: cited, or an honest "this check cannot say"."""

from __future__ import annotations

from collections.abc import Iterator

from chatbot.case import Span
from chatbot.recommendation.recommend import Change, what_would_change
from chatbot.recommendation.rulebook import LEVELS
from chatbot.recommendation.summary import Origin, Sentence, View
from chatbot.recommendation.value_text import in_lengths, in_words
from chatbot.wording import Topic

# How many answers that would raise the level a patient is shown, the nearest first.
NEAREST = 8


def answer_topic(view: View, topic: Topic) -> tuple[Sentence, ...]:
    """The sentences that answer a question; never empty."""
    sentences = [sentence for part in topic.shows for sentence in _part(view, part)]
    sentences += [each.sentence for each in view.all_advice if each.offer.advice.about in topic.about]
    unique = {sentence.text: sentence for sentence in sentences}
    return tuple(unique.values()) or (cannot_say(view),)


def cannot_say(view: View) -> Sentence:
    """The sentence for a question that this check cannot answer: who can."""
    return view.frame("cannot_say", "summary.not_known")


def _part(view: View, part: str) -> Iterator[Sentence]:
    if part == "changes":
        yield from changes(view)
    elif part == "disagreements":
        yield from map(view.conflict, view.conflicts())
    elif part == "level":
        yield view.level("title")
        yield view.within()
    else:
        section = next(section for section in view.sections() if section.id == part)
        yield from section.sentences


def changes(view: View) -> Iterator[Sentence]:
    """The nearest single answers that would raise or lower the level; safety first, so raising stands first."""
    changed = what_would_change(view.book, view.result)
    raising = sorted((c for c in changed if c.level > view.result.level), key=lambda change: change.level)
    shown = raising if view.audience == "clinician" else raising[:NEAREST]
    for change in (*shown, *(c for c in changed if c.level < view.result.level)):
        yield _change(view, change)


def _change(view: View, change: Change) -> Sentence:
    fact = view.book.facts[change.fact]
    said = in_words(view.words, fact, change.value, view.audience)
    if isinstance(change.value, Span):
        length = in_lengths(view.words, fact, change.value)
        said = (length or f"{change.value.low:g} {view.words.say(f'unit_{fact.unit}')}",)
    name = view.fact(change.fact)
    answer = "; ".join(text.rstrip(".") for text in said) or view.words.say("none_of_these")
    level = view.words.levels[LEVELS[change.level]]["title"][view.audience]
    key = "would_raise" if change.level > view.result.level else "would_lower"
    cites = dict.fromkeys(cite for rule in change.rules for cite in rule.cites)
    own = view.book.cites[f"level.{LEVELS[change.level]}"]
    text = view.words.say(key, name=name, answer=answer, level=view.fill(level))
    return Sentence(view.fill(text), tuple(cites) or own, origin=Origin("fact", change.fact))
