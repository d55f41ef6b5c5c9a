"""What several rules have to say, each sentence of it once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from chatbot.recommendation.rulebook import Rule

_SENTENCE = re.compile(r"(?<=[.?!])\s+")


def without_repeats(texts: Iterable[str]) -> list[str]:
    """Each text without the sentences that stand in one before; one of which nothing would be left stays whole."""
    said: set[str] = set()
    news: list[str] = []
    for text in texts:
        sentences = _SENTENCE.split(text)
        news.append(" ".join(each for each in sentences if each not in said) or text)
        said.update(sentences)
    return news


def by_the_surest(told: Sequence[tuple[str, Rule]], usual: str, surest: str) -> list[tuple[str, Rule]]:
    """The texts with one order: where one gives the surest, it stands first, and none gives the usual beside it."""
    if not any(text.startswith(surest) for text, _ in told):
        return list(told)
    one_order = [(text.removeprefix(usual).lstrip() or surest, rule) for text, rule in told]
    return sorted(one_order, key=lambda each: not each[0].startswith(surest))


def said_once(told: Iterable[tuple[str, Rule]]) -> list[tuple[str, list[Rule]]]:
    """The texts without sentences that stand in one before, each with every rule that a sentence of it serves."""
    texts: list[tuple[str, list[Rule]]] = []
    places: dict[str, int] = {}
    for text, rule in told:
        sentences = _SENTENCE.split(text)
        new = [sentence for sentence in sentences if sentence not in places]
        for place in sorted({places[sentence] for sentence in sentences if sentence in places}):
            texts[place][1].append(rule)
        if new:
            places |= dict.fromkeys(new, len(texts))
            texts.append((" ".join(new), [rule]))
    return texts
