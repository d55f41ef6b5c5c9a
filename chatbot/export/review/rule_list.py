"""The rules and the advice of a pack for review: when, then, because, on whose word, tested by what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from chatbot.case import PlainValue
from chatbot.document.blocks import Block, Heading, Item, Items, Paragraph, Table
from chatbot.export.english import English
from chatbot.export.review.questions import as_item
from chatbot.packs.check_cases import FIRES, PackCase
from chatbot.packs.pack import Pack
from chatbot.recommendation.rulebook import IMAGING, LEVELS, SAME_DAY, Advice, Rule
from chatbot.recommendation.sources import NOT_GRADED, Claim, Library
from chatbot.wording import Text, Wording

VERIFIED = {"V": "read in the source", "VS": "seen in a secondary page", "GK": "not verified"}
LEVEL = {
    "primary": "primary source",
    "secondary summary": "secondary summary, not a guideline",
    "project": "added by this project for safety, no source",
}
READERS = (("patient", "Patients read"), ("carer", "Carers read"), ("clinician", "Clinicians read"))
_EXPECTED = ("decided_by", "fires", "silent")


def rules(pack: Pack, wording: Wording, english: English) -> Iterator[Block]:
    """Levels of care, rules and advice."""
    yield from _levels(pack, wording)
    yield Heading(2, "Rules", "rules")
    for rule in pack.rulebook.rules:
        yield Heading(3, f"{rule.id}: {_filled(wording, wording.rules[rule.id], 'clinician')}", f"rule-{rule.id}")
        yield Items(tuple(_rule(rule, pack, wording, english)))
    yield Heading(2, "Advice", "advice")
    yield Paragraph("Blocked advice is withheld, also while it is not known whether the block holds.")
    for item in pack.rulebook.advice:
        yield Heading(3, f"{item.id}: {item.about.replace('_', ' ')}", f"advice-{item.id}")
        yield Items(tuple(_advice(item, pack, wording, english)))


def _levels(pack: Pack, wording: Wording) -> Iterator[Block]:
    yield Heading(2, "Levels of care and imaging", "levels")
    for caption, names, of, group in (
        ("Levels of care, the most urgent first", tuple(reversed(LEVELS)), _level, "level"),
        ("Imaging, the most urgent first", (*reversed(IMAGING), "none_urgent"), _image, "imaging"),
    ):
        readers = [(who, label) for who, label in READERS if any(of(wording, name, who) for name in names)]
        rows = (
            (name.replace("_", " "), *(of(wording, name, who) for who, _ in readers), ", ".join(cites))
            for name in names
            for cites in [pack.rulebook.cites.get(f"{group}.{name}", ())]
        )
        yield Table(caption, ("Name", *(label for _, label in readers), "Sources"), tuple(rows))


def _level(wording: Wording, name: str, who: str) -> str:
    texts = wording.levels[name]
    named = [key for key in ("title", "within", "meaning") if who in texts[key]]
    said = (f"{key.capitalize()}: {_filled(wording, texts[key], who)}" for key in named)
    also = (_filled(wording, texts["also"], who),) if who in texts.get("also", {}) else ()
    return " \u00b7 ".join((*said, *also))


def _image(wording: Wording, name: str, who: str) -> str:
    return _filled(wording, wording.imaging[name], who)


def _rule(rule: Rule, pack: Pack, wording: Wording, english: English) -> Iterator[Item]:
    yield as_item(english.clause(rule.when), "When")
    title = _filled(wording, wording.levels[LEVELS[rule.level]]["title"], "clinician")
    referral = wording.referrals[rule.referral]
    # No scan named by a rule at this level never reads as "no scan needed".
    imaging = "none_urgent" if rule.level >= SAME_DAY and not rule.imaging else IMAGING[rule.imaging]
    yield Item(
        f"{title} ({LEVELS[rule.level].replace('_', ' ')})",
        "Then",
        (
            Item(_image(wording, imaging, "clinician"), "Imaging"),
            *(
                Item(_filled(wording, referral, who), f"Referral, {label.lower()}")
                for who, label in READERS
                if who in referral
            ),
        ),
    )
    because = wording.rules[rule.id]
    said = tuple(Item(_filled(wording, because, who), label) for who, label in READERS if who in because)
    yield Item("", "Because", said)
    if rule.named_if is not None:
        yield as_item(english.clause(rule.named_if), "Given as a reason only if")
    yield sources_of(rule.cites, pack.rulebook.library)
    yield Item("", "Tested by", tuple(_tests(rule, pack.cases, english)))


def _advice(item: Advice, pack: Pack, wording: Wording, english: English) -> Iterator[Item]:
    yield as_item(english.clause(item.offer_if), "When")
    for conditions, label in ((item.blocked_if, "Withheld if"), (item.caution_if, "With caution if")):
        yield from (as_item(english.clause(condition), label) for condition in conditions)
    then = f"{item.kind.replace('_', ' ')}, shown under {item.shown_in.replace('_', ' ') or 'questions asked later'}"
    within = "" if item.within_days is None else f", within {item.within_days} days"
    yield Item(f"{then}{within}", "Then")
    text = wording.advice[item.id]
    for said, label in (
        (text.offered, "Because" if item.kind == "explanation" else "Says"),
        (text.blocked, "Says when withheld"),
        (text.not_known, "Says when the block is not known"),
        (text.caution, "Says with caution"),
    ):
        under = tuple(Item(_filled(wording, said, who), name) for who, name in READERS if who in said)
        yield from (Item("", label, under),) if under else ()
    countries = "every country" if set(item.countries) == set(pack.rulebook.countries) else ", ".join(item.countries)
    yield Item(f"{' and '.join(item.audience)}, in {countries}", "For")
    yield sources_of(item.cites, pack.rulebook.library)


def _tests(rule: Rule, cases: tuple[PackCase, ...], english: English) -> Iterator[Item]:
    pairs = {name: case for case in cases for name in [case.name] if name.startswith(f"{rule.id} ")}
    fires, silent = pairs.get(f"{rule.id}{FIRES}"), pairs.get(f"{rule.id} stays silent")
    if fires and silent:
        yield Item(_difference(fires.given, silent.given, english), "Pair of cases that differ in one answer")
    for key in _EXPECTED:
        named = [case.name for case in cases if rule.id in _ids(case.expect.get(key)) and case.name not in pairs]
        if named:
            label = {"decided_by": "Decides in", "fires": "Holds in", "silent": "Does not hold in"}[key]
            yield Item(", ".join(dict.fromkeys(named)), label)


def _ids(expected: object) -> list[str]:
    return expected if isinstance(expected, list) else []


def _difference(one: Mapping[str, PlainValue], other: Mapping[str, PlainValue], english: English) -> str:
    """The answer in which the pair differs; the same answers count where both are silent about it."""
    names = dict.fromkeys((*one, *other))
    told = (
        f"{english.fact(name)}: {english.given(name, one.get(name))} (holds), "
        f"{english.given(name, other.get(name))} (does not)"
        for name in names
        if one.get(name) != other.get(name)
    )
    return "; ".join(told)


def sources_of(cites: tuple[str, ...], library: Library) -> Item:
    """Claims and sources with strength as given, level and how each was verified."""
    return Item("", "Sources", tuple(_source(cite, library) for cite in cites))


def _source(cite: str, library: Library) -> Item:
    reference = library.reference(cite)
    how = f"{LEVEL[reference.level]}; {VERIFIED[reference.verified]}"
    if reference.kind == "source":
        return Item(f"{reference.text} ({how})", cite)
    claim = library.claims[cite]
    return Item(f"{claim.says} ({graded(claim)}; from {claim.source}, {how})", cite)


def graded(claim: Claim) -> str:
    """Says how strong a claim is and how certain, as its source does."""
    if claim.strength == claim.certainty == NOT_GRADED:
        return NOT_GRADED
    return f"strength: {claim.strength}; certainty: {claim.certainty}"


def _filled(wording: Wording, text: Text, who: str) -> str:
    return wording.fill(text.get(who, ""), "any")
