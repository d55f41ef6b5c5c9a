"""The words of a pack made ready for hearing, when they are first needed, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chatbot.errors import PackError, Problem
from chatbot.interview.hearing.lexicon import Lexicon, PackWords
from chatbot.packs import strict_yaml
from chatbot.packs.node import Node, Problems
from chatbot.packs.pack import Pack
from chatbot.packs.read_hearing import read_hearing
from chatbot.wording import Wording

_WORD = re.compile(r"[^\W\d_]+")


def lexicon(pack: Pack, language: str = "en") -> Lexicon | None:
    """What is heard in a language; None where the pack has no words in it. PackError carries what is wrong."""
    if language not in pack.lexicons:
        pack.lexicons[language] = _made(pack, language)
    return pack.lexicons[language]


def _made(pack: Pack, language: str) -> Lexicon | None:
    words, problems = _read(pack, language)
    if problems:
        raise PackError(problems)
    if words is None:
        return None
    return Lexicon(words, pack.dialog, pack.rulebook.facts, frozenset(_ordinary(pack.wording(language))))


def _read(pack: Pack, language: str) -> tuple[PackWords | None, list[Problem]]:
    raw = pack.hearing.get(language)
    if raw is None:
        return None, []
    problems = Problems()
    where = f"{pack.folder.as_posix()}/" if pack.folder is not None else ""
    document, faults = strict_yaml.parse(raw, f"{where}hearing/{language}.yaml")
    problems.found.extend(faults)
    if document is None:
        return None, problems.found
    words = read_hearing(Node(document, problems), pack.dialog, pack.rulebook.facts)
    return words, problems.found


def _ordinary(wording: Wording) -> Iterator[str]:
    """The words of the texts people read, which are spelled as they should be."""
    for audiences in wording.questions.values():
        for text in audiences.values():
            for said in (text.ask, text.why, text.again, text.example, *text.options.values()):
                yield from _WORD.findall((said or "").casefold())
    for options in wording.typed.values():
        for forms in options.values():
            for form in forms:
                yield from _WORD.findall(form.casefold())
