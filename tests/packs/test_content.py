"""What holds of the shipped pack's content as it stands."""

import re
from collections.abc import Iterator

import pytest

from chatbot.case import AUDIENCES
from chatbot.packs import strict_yaml
from chatbot.packs.check_cases import check_cases
from chatbot.packs.pack import Pack
from chatbot.wording import PLACEHOLDER, Carer
from tests.support.copies import SHIPPED

MAX_WORDS = 20
BANNED = (
    "please", "sorry", "valid", "invalid", "forbidden", "oops", "an error occurred", "this field is required",
    "no need to worry", "nothing to worry about", "don't worry", "do not worry",
)  # fmt: skip
# A bare number with one of these is a dose; "4 cm" or "under 50 kg" is not.
DOSE = re.compile(
    r"\d[\d.,]*\s*(?:mg|mcg|µg|micrograms?|milligrams?|grams?|g|ml|millilitres?|units?|iu|tablets?|capsules?|pills?|"
    r"puffs?|drops?|times (?:a|per) day|times daily|hourly|doses?)\b"
    r"|\b(?:once|twice|three times|four times) (?:a|per) day\b|\b(?:once|twice) daily\b|\bevery \w+ hours\b",
    re.IGNORECASE,
)
# Texts about the volume of water left in the bladder, which is a finding.
MEASURED = ("questions.exam_pvr_ml.", "rules.CES-N1.")
DIAGNOSIS = re.compile(
    r"(?<!that )(?<!if )\byou have (?:a |an )?(?:cauda|cancer|fracture|broken|infection|sciatica|stenosis|slipped)",
    re.IGNORECASE,
)
DOUBLED = re.compile(
    r"\b(\w+) \1\b|\b(?:a|an) (?:a|an|the|your|any)\b|\bthe (?:a|an|your)\b|\byour (?:a|an|the)\b", re.IGNORECASE
)
FINE = {"that that", "had had"}


def leaves(node: object, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield from leaves(value, (*path, str(key)))
    elif isinstance(node, list):
        for place, value in enumerate(node):
            yield from leaves(value, (*path, str(place)))
    elif isinstance(node, str):
        yield path, node


def shown() -> Iterator[tuple[tuple[str, ...], str]]:
    """Every text of the wording that somebody can be shown, a carer's about her: not what they type, nor ids."""
    document, _ = strict_yaml.read(SHIPPED / "wording" / "en.yaml", "en.yaml")
    assert document is not None
    assert isinstance(document.data, dict)
    carer = Carer(document.data["carer"]["forms"])
    for path, text in leaves({key: document.data[key] for key in document.data if key not in ("language", "phrases")}):
        is_shown = "typed" not in path and (path[0] != "topics" or path[-1] in ("ask", "carer"))
        if is_shown and path[:2] != ("carer", "forms"):
            yield path, carer.put_forms(text, "her") if "carer" in path else text


ALL = [(".".join(path), text) for path, text in shown()]
PATIENT = [
    (".".join(path), text)
    for path, text in shown()
    if "clinician" not in path and path[0] not in ("countries", "name")
]  # fmt: skip


def sentences(text: str) -> list[str]:
    """The sentences of a text; a colon ends one, as what follows it can be read on its own."""
    return re.split(r"(?<=[.?!:])\s+", text)


def told(faults: list[str]) -> None:
    assert not faults, "\n".join(faults)


def test_it_holds_what_the_evidence_holds(pack: Pack) -> None:
    """At least as much of each as the evidence; what guidance that was read since adds comes on top."""
    library = pack.rulebook.library
    assert len(pack.rulebook.facts) >= 77
    assert len(pack.rulebook.rules) >= 153
    assert len(library.claims) >= 179
    assert len(library.conflicts) >= 34
    assert len(library.sources) >= 78


def test_every_claim_is_used_or_says_why_not(pack: Pack) -> None:
    book = pack.rulebook
    used = {cite for rule in book.rules for cite in rule.cites} | {cite for item in book.advice for cite in item.cites}
    used |= {cite for cites in book.cites.values() for cite in cites}
    told([name for name, claim in book.library.claims.items() if (name in used) == bool(claim.not_encoded)])


def test_every_conflict_has_two_sides_a_resolution_and_somebody_who_decided(pack: Pack) -> None:
    for conflict in pack.rulebook.library.conflicts:
        assert all(side.says and side.cites for side in conflict.sides), conflict.id
        assert conflict.resolution, conflict.id
        assert conflict.decided_by, conflict.id


def test_every_question_says_why_it_is_asked(pack: Pack) -> None:
    texts = pack.wording().questions
    told([f"{name} {who}" for name, both in texts.items() for who in AUDIENCES if not both[who].why])


def test_every_question_of_the_emergency_part_has_a_second_wording(pack: Pack) -> None:
    block = [question.id for question in pack.dialog.questions.values() if question.block]
    assert block
    texts = pack.wording().questions
    told([name for name in block if not texts[name]["patient"].again])
    told([name for name in block if texts[name]["patient"].again == texts[name]["patient"].ask])


def test_every_rule_has_a_pair_of_cases_and_every_case_comes_out(pack: Pack) -> None:
    assert any(case.name.endswith(" fires") for case in pack.cases)
    told([str(problem) for problem in check_cases(pack.cases, pack.rulebook)])


@pytest.mark.parametrize("country", ["any", "gb", "us"])
def test_patient_sentences_are_short(pack: Pack, country: str) -> None:
    words = pack.wording()
    told(
        [
            f"{path}: {len(part.split())} words: {part}"
            for path, text in PATIENT
            for part in sentences(words.fill(text, country))
            if len(part.split()) > MAX_WORDS
        ]
    )


def test_no_text_uses_a_word_that_blames_or_soothes() -> None:
    told(
        [
            f"{path}: {word}"
            for path, text in PATIENT
            for word in BANNED
            if re.search(rf"\b{re.escape(word)}\b", text, re.I)
        ]
    )


def test_nobody_is_told_a_dose(pack: Pack) -> None:
    said = [*ALL, *((name, claim.says) for name, claim in pack.rulebook.library.claims.items())]
    said += [(name, claim.note) for name, claim in pack.rulebook.library.claims.items()]
    told([f"{path}: {text}" for path, text in said if DOSE.search(text) and not path.startswith(MEASURED)])


def test_no_patient_text_makes_a_diagnosis() -> None:
    told([f"{path}: {text}" for path, text in PATIENT if DIAGNOSIS.search(text)])


def machine_ids(pack: Pack) -> set[str]:
    book = pack.rulebook
    ids = {*book.facts, *(rule.id for rule in book.rules), *(item.id for item in book.advice), *pack.dialog.questions}
    ids |= {value for fact in book.facts.values() for value in fact.values} | {rule.referral for rule in book.rules}
    ids |= {*book.library.claims, *book.library.sources, *(conflict.id for conflict in book.library.conflicts)}
    return {name for name in ids if "_" in name or re.search(r"[A-Z]+\d*-", name)}


def test_machine_ids_never_stand_in_a_text_for_patients(pack: Pack) -> None:
    ids = machine_ids(pack)
    assert {"saddle_sensation", "CES-1", "S1-02", "same_day_clinician"} <= ids
    faults = []
    for path, text in PATIENT:
        words = set(re.findall(r"[\w-]+", PLACEHOLDER.sub("", text)))
        faults += [f"{path}: {word}" for word in sorted(words & ids)]
        faults += [f"{path}: {word}" for word in sorted(words) if "_" in word]
    told(faults)


def test_every_country_fills_every_placeholder_and_no_brace_is_left(pack: Pack) -> None:
    words = pack.wording()
    program = {
        "text",
        "name",
        "low",
        "high",
        "unit",
        "number",
        "total",
        "title",
        "example",
        "who",
        "answer",
        "level",
        "file",
        "question",
    }
    faults = []
    for country in pack.rulebook.countries:
        for path, text in ALL:
            is_said = path.startswith(("ui.", "carer.ui."))
            left = set(PLACEHOLDER.findall(words.fill(text, country))) - (program if is_said else set())
            faults += [f"{country} {path}: {{{word}}}" for word in sorted(left)]
    assert pack.rulebook.countries == ("any", "gb", "us")
    told(faults)


@pytest.mark.parametrize("country", ["any", "gb", "us"])
def test_no_word_is_doubled_once_a_country_has_filled_its_words_in(pack: Pack, country: str) -> None:
    words = pack.wording()
    faults = []
    for path, text in ALL:
        filled = words.fill(text, country)
        faults += [
            f"{path}: {found[0]}: {filled}" for found in DOUBLED.finditer(filled) if found[0].lower() not in FINE
        ]
    told(faults)


@pytest.mark.parametrize("country", ["any", "gb", "us"])
def test_no_mark_or_blank_is_doubled_once_a_country_has_filled_its_words_in(pack: Pack, country: str) -> None:
    words = pack.wording()
    filled = [(path, words.fill(text, country)) for path, text in ALL]
    told([f"{path}: {text}" for path, text in filled if re.search(r"\.\.(?!\.)|  |[,;] ?\.| [,.;]|\?\.", text)])


def test_typed_forms_of_one_question_name_one_option_each(pack: Pack) -> None:
    faults = []
    for question, options in pack.wording().typed.items():
        seen: dict[str, str] = {}
        for option, forms in options.items():
            for form in forms:
                if form.casefold() in seen:
                    faults.append(f"{question}: '{form}' stands under {seen[form.casefold()]} and {option}")
                seen[form.casefold()] = option
    told(faults)
