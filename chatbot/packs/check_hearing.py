"""What must hold between the words that are heard and the rest of a pack; looked at by `triage check`."""

from __future__ import annotations

from collections.abc import Iterator

from chatbot.case import NOT_SURE, Fact
from chatbot.errors import PackError, Problem
from chatbot.interview.hearing.hear import Heard, hear
from chatbot.interview.hearing.lexicon import Lexicon, own_class
from chatbot.interview.hearing.tagging import read_phrase
from chatbot.interview.question import Question
from chatbot.packs.lexicons import lexicon
from chatbot.packs.pack import Pack
from chatbot.packs.read_hearing import denying_words
from chatbot.wording import Wording


def check_hearing(pack: Pack) -> tuple[Problem, ...]:
    """Every problem of the words of a pack, in every language that has some."""
    problems: list[Problem] = []
    for language in pack.hearing:
        try:
            words = lexicon(pack, language)
        except PackError as error:
            problems += error.problems
            continue
        if words is not None:
            file = f"{pack.folder.as_posix()}/hearing/{language}.yaml" if pack.folder else f"hearing/{language}.yaml"
            checks = (*_unheard(pack, words), *_denying(words), *_typed(pack.wording(language), words))
            problems += [Problem(file, 1, code, text) for code, text in checks]
    return tuple(problems)


def _unheard(pack: Pack, words: Lexicon) -> Iterator[tuple[str, str]]:
    """Each value of the emergency block that is worse than not knowing is heard anywhere, or exempt with a reason."""
    exempt = {what for what, _ in pack.exemptions}
    heard = {pair for meaning in words.meanings if not meaning.is_here for pair in meaning.gives}
    block = [question for question in pack.dialog.questions.values() if question.block]
    for name in dict.fromkeys(name for question in block for name in question.facts):
        for value in _worrying(words.facts[name]):
            if (name, value) not in heard and not {f"hearing.{name}", f"hearing.{name}.{value}"} & exempt:
                yield (
                    "R007",
                    (
                        f"no rule hears '{name}: {value}' anywhere; give it rules under 'any', or exempt "
                        f"hearing.{name}.{value} with the reason"
                    ),
                )


def _worrying(fact: Fact) -> tuple[str, ...]:
    """The values that are worse than not knowing."""
    if fact.kind != "one" or fact.worse == "free":
        return tuple(value for value in fact.items if value != "unknown")
    floor = max((fact.rank(word) for word in NOT_SURE if word in fact.values), default=0)
    return tuple(value for value in fact.values if fact.rank(value) > floor)


def _denying(words: Lexicon) -> Iterator[tuple[str, str]]:
    """No word that denies by itself stands in a class of what puts a question."""
    denying = denying_words()
    classes = {**words.words.parts, **words.words.classes}
    for key, block in words.words.blocks.items():
        classes |= {own_class(key, name): entries for name, entries in block.words.items()}
    putting = [m for m in words.meanings if not m.is_here and m.value in words.words.blocks[m.key].raises]
    for name in dict.fromkeys(n for m in putting for item in m.rule.wanted if not item.binds for n in item.names):
        for entry in classes.get(name, ()):
            phrase = read_phrase(entry)
            if len(phrase.words) == 1 and phrase.words[0] in denying:
                yield "R008", f"the class '{name}' holds '{entry}', which denies; use a phrase, or 'not' in the rule"


def _typed(wording: Wording, words: Lexicon) -> Iterator[tuple[str, str]]:
    """What people type for an option is never recorded as another one."""
    for question in words.dialog.questions.values():
        for option, forms in wording.typed.get(question.id, {}).items():
            for form in forms:
                heard = hear(words, form, question.id)
                if _is_another(question, option, heard):
                    yield "R009", f"'{form}' is typed for {question.id}: {option}, and is heard as {dict(heard.values)}"


def _is_another(question: Question, option: str, heard: Heard) -> bool:
    if question.kind == "one":
        value = dict(question.options).get(option, option)
        return heard.values.get(question.fact or "", value) != value
    if question.kind == "many":
        value = dict(question.options).get(option, option)
        given = heard.values.get(question.fact or "")
        return isinstance(given, list) and value not in given and option not in ("unknown", "prefer_not")
    return False
