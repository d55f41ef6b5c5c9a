"""What differs between two versions of a pack before anybody is tried on it: rules, facts, questions, works, texts."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass

from chatbot.case import Fact
from chatbot.packs.pack import Pack
from chatbot.recommendation.rulebook import IMAGING, LEVELS, Advice, Rule
from chatbot.replay.canonical_form import differences, fact_form, form_of, question_form

Texts = dict[str, str]
# Parts of the wording that nobody reads; what people type, and how it is understood.
_TYPED = ("typed", "phrases")


@dataclass(frozen=True, slots=True)
class Changes:
    """The differences by kind, each a line in words; `rules` and `facts` by id."""

    rules: Mapping[str, str]
    facts: Mapping[str, str]
    questions_added: tuple[str, ...]
    questions_removed: tuple[str, ...]
    questions_changed: Mapping[str, str]
    advice: tuple[str, ...]
    citations: tuple[str, ...]
    texts: tuple[str, ...]
    unseen: tuple[str, ...]

    @property
    def are_read(self) -> bool:
        """True when a person can read any of it."""
        return bool(self.questions_changed or self.advice or self.citations or self.texts)

    @property
    def any(self) -> bool:
        """True when anything differs that has an effect."""
        return any(bool(getattr(self, part.name)) for part in fields(self))


def changes(old: Pack, new: Pack) -> Changes:
    """Everything that differs in meaning or wording; names of terms, comments and the order of keys do not."""
    before, after = old.dialog.questions, new.dialog.questions
    return Changes(
        rules=dict(_rules(old, new)),
        facts=dict(_facts(old, new)),
        questions_added=tuple(name for name in after if name not in before),
        questions_removed=tuple(name for name in before if name not in after),
        questions_changed=dict(_questions(old, new)),
        advice=tuple(_advice(old, new)),
        citations=tuple(_citations(old, new)),
        texts=_differing(_texts(old), _texts(new)),
        unseen=tuple(_unseen(old, new)),
    )


def _rules(old: Pack, new: Pack) -> Iterator[tuple[str, str]]:
    before = {rule.id: rule for rule in old.rulebook.rules}
    after = {rule.id: rule for rule in new.rulebook.rules}
    yield from ((name, "removed") for name in before if name not in after)
    yield from ((name, "added") for name in after if name not in before)
    for name in before:
        said = list(_rule(before[name], after[name])) if name in after else []
        if said:
            yield name, "; ".join(said)


def _rule(one: Rule, other: Rule) -> Iterator[str]:
    if one.level != other.level:
        yield f"level {LEVELS[one.level]} is now {LEVELS[other.level]}"
    if one.imaging != other.imaging:
        yield f"imaging {IMAGING[one.imaging]} is now {IMAGING[other.imaging]}"
    if form_of(one.when) != form_of(other.when):
        yield from differences(one.when, other.when)
    if form_of(one.named_if) != form_of(other.named_if):
        yield "when it is named as a reason"
    if one.referral != other.referral:
        yield f"referral {one.referral} is now {other.referral}"


def _facts(old: Pack, new: Pack) -> Iterator[tuple[str, str]]:
    before, after = old.rulebook.facts, new.rulebook.facts
    yield from ((name, "removed") for name in before if name not in after)
    yield from ((name, "added") for name in after if name not in before)
    for name, fact in before.items():
        other = after.get(name)
        if other is None or fact_form(fact) == fact_form(other):
            continue
        said = [f"not sure counted as {_plain(fact.not_sure)}, now {_plain(other.not_sure)}"]
        said = said if fact.not_sure != other.not_sure else []
        said += ["its steps rank otherwise"] if fact.steps != other.steps else []
        said += ["when it is asked"] if _gates(fact) != _gates(other) else []
        yield name, "; ".join(said) or "what it can state"


def _gates(fact: Fact) -> Hashable:
    return form_of(fact.asked_if), form_of(fact.done_if)


def _plain(value: object) -> str:
    if isinstance(value, frozenset):
        return ", ".join(sorted(value)) or "none"
    return f"{getattr(value, 'low', value)}" if value is not None else "its place among the steps"


def _questions(old: Pack, new: Pack) -> Iterator[tuple[str, str]]:
    before, after = old.dialog.questions, new.dialog.questions
    both = [name for name in before if name in after]
    asked, asked_now = _asking(old), _asking(new)
    order = {name: place for place, name in enumerate(name for name in after if name in before)}
    for place, name in enumerate(both):
        said = ["options"] if question_form(before[name]) != question_form(after[name]) else []
        said += ["wording"] if _wording(old, name) != _wording(new, name) else []
        said += ["who is asked, or when"] if asked[name] != asked_now[name] else []
        said += [f"place {place + 1} is now {order[name] + 1}"] if order[name] != place else []
        if said:
            yield name, ", ".join(said)


def _asking(pack: Pack) -> dict[str, Hashable]:
    """For each question the gates of its facts, and the conditions of each place it stands at."""
    facts = pack.rulebook.facts
    return {
        name: (
            tuple((fact, _gates(facts[fact]), facts[fact].nurse_only) for fact in question.facts),
            tuple((form_of(e.early_if), form_of(e.again_if)) for e in pack.dialog.entries if e.question.id == name),
        )
        for name, question in pack.dialog.questions.items()
    }


def _wording(pack: Pack, question: str) -> Texts:
    part = pack.dialog.questions[question].part
    return {
        f"{language}.{name}": text
        for language, words in pack.languages.items()
        for name, text in {**_flat(words.questions[question]), **_flat(words.parts[part], "part.")}.items()
    }


def _advice(old: Pack, new: Pack) -> Iterator[str]:
    before = {item.id: item for item in old.rulebook.advice}
    after = {item.id: item for item in new.rulebook.advice}
    yield from (f"{name}: removed" for name in before if name not in after)
    yield from (f"{name}: added" for name in after if name not in before)
    for name, item in before.items():
        said = list(_one_advice(item, after[name])) if name in after else []
        if said:
            yield f"{name}: {', '.join(said)}"


def _one_advice(one: Advice, other: Advice) -> Iterator[str]:
    for said, was, now in (
        ("offered to others", [one.offer_if], [other.offer_if]),
        ("blocked for others", [*one.blocked_if], [*other.blocked_if]),
        ("caution for others", [*one.caution_if], [*other.caution_if]),
    ):
        if set(map(form_of, was)) != set(map(form_of, now)):
            yield said
    for said in ("kind", "about", "audience", "countries", "within_days", "shown_in"):
        if getattr(one, said) != getattr(other, said):
            yield f"{said.replace('_', ' ')} {getattr(one, said)} is now {getattr(other, said)}"


def _citations(old: Pack, new: Pack) -> Iterator[str]:
    for kind in ("claims", "sources"):
        before, after = getattr(old.rulebook.library, kind), getattr(new.rulebook.library, kind)
        yield from (f"{name}: removed" for name in before if name not in after)
        yield from (f"{name}: added" for name in after if name not in before)
        for name in (name for name in before if name in after):
            yield from _reference(name, old, new)
    one, other = _cited(old), _cited(new)
    for name in (name for name in one if name in other):
        gone = [cite for cite in one[name] if cite not in other[name]]
        come = [cite for cite in other[name] if cite not in one[name]]
        yield from (f"{name}: no longer cites {cite}" for cite in gone)
        yield from (f"{name}: now cites {cite}" for cite in come)


def _reference(name: str, old: Pack, new: Pack) -> Iterator[str]:
    one, other = old.rulebook.library.reference(name), new.rulebook.library.reference(name)
    for part in ("level", "strength", "certainty", "verified"):
        if getattr(one, part) != getattr(other, part):
            yield f"{name}: {part} '{getattr(one, part)}' is now '{getattr(other, part)}'"
    words, words_now = (
        book.claims[name].says if name in book.claims else book.sources[name].text
        for book in (old.rulebook.library, new.rulebook.library)
    )
    if words != words_now:
        yield f"{name}: its words"


def _cited(pack: Pack) -> dict[str, tuple[str, ...]]:
    book = pack.rulebook
    parts = {part.id: part.cites for part in book.rules}
    return parts | {item.id: item.cites for item in book.advice} | dict(book.cites)


def _texts(pack: Pack) -> Texts:
    """Everything a person can read but questions, by a name that says where it stands."""
    texts = {"title": pack.title, **_flat(pack.numbers, "emergency number.")}
    texts |= _flat({conflict.id: conflict for conflict in pack.rulebook.library.conflicts}, "conflict.")
    for language, words in pack.languages.items():
        for part in ("facts", "rules", "referrals", "levels", "imaging", "advice", "ui", "countries", "topics"):
            texts |= _flat(getattr(words, part), f"{language}.{part}.")
    return texts


def _unseen(old: Pack, new: Pack) -> Iterator[str]:
    """Yields changes of what nobody reads: typed forms, examples, the day of the next review."""
    for language in (name for name in old.languages if name in new.languages):
        one, other = old.languages[language], new.languages[language]
        yield from (f"{language}.{part}" for part in _TYPED if getattr(one, part) != getattr(other, part))
    cases = [{(case.name, repr(case.given), repr(case.expect)) for case in pack.cases} for pack in (old, new)]
    yield from ["cases"] if cases[0] != cases[1] else []
    yield from ["next_review"] if old.next_review != new.next_review else []


def _differing(before: Texts, after: Texts) -> tuple[str, ...]:
    return tuple(name for name in {**before, **after} if before.get(name) != after.get(name))


def _flat(value: object, name: str = "") -> Texts:
    """Nested texts as one mapping, dotted names to texts."""
    if isinstance(value, Mapping):
        return {key: text for inner, part in value.items() for key, text in _flat(part, f"{name}{inner}.").items()}
    if is_dataclass(value):
        return _flat({part.name: getattr(value, part.name) for part in fields(value)}, name)
    if isinstance(value, tuple) and not all(isinstance(part, str) for part in value):
        return _flat({getattr(part, "id", place): part for place, part in enumerate(value)}, name)
    return {name.rstrip("."): repr(value)}
