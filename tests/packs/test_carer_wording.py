"""What a carer reads: about her, him or them, never "you" for the person, and in words that agree."""

import re
from collections.abc import Iterator

import pytest

from chatbot.case import WHOM
from chatbot.interview.conversation import begin, called
from chatbot.interview.parse_given import parse_typed
from chatbot.packs.pack import Pack
from chatbot.wording import FORM, Text, Wording

# Words that a carer's text may hold although they may mean the person, by what stands round them; each with why.
MEANT_OTHERWISE = {
    '"I\'m not sure"': "the answer of that name",
    "I'm not sure": "the carer is not sure",
    "You said of ": "the carer said it, of the person",
    "Your summary": "the summary that the carer reads",
    "Thank you for telling us": "the carer told it",
    "ou told us": "the carer told it, 'you' or 'You'",
    "If you are worried, get help": "the carer may be worried",
    "your local emergency number": "the number where the carer is, who calls",
    "a crisis line in your country": "the same",
}
PERSON = re.compile(r"\b(you|yours?|yourself|I|I'm|me|my|mine|myself)\b", re.IGNORECASE)
# The words beside the pronoun that are no forms: what stands behind it is the same of one and of more.
BESIDE = re.compile(r"(?:(\S+) )?\{they\}(?: (\w+))?", re.IGNORECASE)
CHANGING = {"are", "is", "was", "were", "have", "has", "do", "does"}
# What asks stands before the pronoun, and then what stands behind it is the same.
ASKING = {"can", "could", "did", "may", "should", "{do}", "{have}", "{are}", "{were}"}
SAME_FOR_ALL = {
    "can", "cannot", "chose", "could", "did", "ever", "gave", "had", "lay", "lived", "may", "might", "mostly", "nearly",
    "needed", "newly", "no", "now", "only", "peed", "should", "stood", "tried", "went", "would",
}  # fmt: skip


@pytest.fixture(scope="module", params=WHOM)
def read(request: pytest.FixtureRequest, pack: Pack) -> Wording:
    """The wording as a carer reads it."""
    return pack.wording().read_by("carer", request.param)


def of_questions(pack: Pack, words: Wording) -> Iterator[tuple[str, str]]:
    """The texts of every question that a carer can be asked."""
    facts = pack.rulebook.facts
    for name, question in pack.dialog.questions.items():
        if all(facts[fact].nurse_only for fact in question.facts):
            continue
        text = words.questions[name]["patient"]
        yield from ((f"{name}.{part}", getattr(text, part)) for part in ("ask", "why", "again", "example"))
        yield from ((f"{name}.{option}", said) for option, said in text.options.items())


def of_answers(pack: Pack, words: Wording) -> Iterator[tuple[str, str]]:
    """The names in which answers are listed, and what the pack says of a result."""
    facts = pack.rulebook.facts
    yield from ((name, text["patient"]) for name, text in words.facts.items() if not facts[name].nurse_only)
    yield from ((name, text["patient"]) for name, text in words.parts.items())
    yield from words.ui.items()


def of_results(words: Wording) -> Iterator[tuple[str, str]]:
    """What can be said of a result, in it and to who asks about it, with the words of the country that has the most."""
    plain = {**words.rules, **words.referrals, **words.imaging}
    plain |= {f"{level}.{part}": text for level, texts in words.levels.items() for part, text in texts.items()}
    for name, advice in words.advice.items():
        states = (advice.offered, advice.blocked, advice.not_known, advice.caution, advice.worse)
        plain |= {f"{name}.{place}": text for place, text in enumerate(states) if "patient" in text}
    yield from ((name, words.fill(text["patient"], "any")) for name, text in plain.items())
    yield from ((topic.id, topic.ask) for topic in words.topics)


def read_by_carers(pack: Pack, words: Wording) -> list[tuple[str, str]]:
    """Every text that a carer can be shown, with where it stands."""
    return [*of_questions(pack, words), *of_answers(pack, words), *of_results(words)]


def test_nothing_a_carer_reads_calls_the_person_you(pack: Pack, read: Wording) -> None:
    left = []
    for place, text in read_by_carers(pack, read):
        rest = text
        for otherwise in MEANT_OTHERWISE:
            rest = rest.replace(otherwise, "")
        left += [f"{place}: {text}"] if PERSON.search(rest) else []
    assert left == []


def test_a_patient_reads_you_so_that_the_search_finds_it(pack: Pack) -> None:
    assert len([text for _, text in read_by_carers(pack, pack.wording()) if PERSON.search(text)]) > 150


def test_every_form_is_filled_and_only_words_of_a_country_are_left(pack: Pack, read: Wording) -> None:
    country = pack.wording().countries["any"].keys() | {"text", "name", "low", "high", "unit", "who", "answer", "level"}
    assert {word for _, text in read_by_carers(pack, read) for word in FORM.findall(text)} <= country


def test_what_stands_behind_or_before_the_pronoun_agrees_with_it(pack: Pack) -> None:
    """Whatever changes with the pronoun is a form beside it, so that one text serves all three."""
    for text in carer_texts(pack.wording()):
        for before, behind in ((one or "", other or "") for one, other in BESIDE.findall(text.lower())):
            assert before not in CHANGING, text
            assert not behind or before in ASKING or behind in SAME_FOR_ALL, text


@pytest.mark.parametrize(
    ("form", "she", "they"),
    [("are", "is", "are"), ("go", "goes", "go"), ("try", "tries", "try"), ("need", "needs", "need")],
)
def test_a_verb_is_said_of_one_as_of_one_and_of_them_as_of_more(pack: Pack, form: str, she: str, they: str) -> None:
    assert pack.wording().carer.forms[form] == {"her": she, "him": she, "them": they}


def test_every_form_is_used(pack: Pack) -> None:
    words = pack.wording()
    used = {word.lower() for text in carer_texts(words) for word in FORM.findall(text)}
    assert sorted(words.carer.forms.keys() - used) == []


def carer_texts(words: Wording) -> Iterator[str]:
    """Every text written for carers, as it is written."""
    for texts in words.questions.values():
        if "carer" in texts:
            own = texts["carer"]
            yield from (own.ask, own.why, own.again, own.example, *own.options.values())
    plain: list[Text] = [*words.facts.values(), *words.parts.values(), *words.rules.values()]
    plain += [*words.referrals.values(), *words.imaging.values()]
    plain += [text for level in words.levels.values() for text in level.values()]
    for advice in words.advice.values():
        plain += [advice.offered, advice.blocked, advice.not_known, advice.caution, advice.worse]
    yield from (text["carer"] for text in plain if "carer" in text)
    yield from words.carer.ui.values()
    yield from (topic.carer for topic in words.topics)


def test_a_text_for_carers_differs_from_the_patients(pack: Pack) -> None:
    """What is the same needs no text of its own."""
    words = pack.wording()
    for name, texts in words.questions.items():
        if "carer" in texts:
            plain, own = texts["patient"], texts["carer"]
            for part in ("ask", "why", "again", "example"):
                assert not getattr(own, part) or getattr(own, part) != getattr(plain, part), (name, part)
            assert all(said != plain.options[option] for option, said in own.options.items()), name


def test_one_text_serves_all_three(pack: Pack) -> None:
    asked = {whom: begin(pack.plan, pack.wording(), "carer", "gb", None, whom).jump("age_years").asked for whom in WHOM}
    assert {whom: put.ask for whom, put in asked.items() if put} == {
        "her": "How old is she?",
        "him": "How old is he?",
        "them": "How old are they?",
    }


def test_who_is_no_carer_reads_what_stands_there_for_them(pack: Pack) -> None:
    for mode in ("patient", "nurse"):
        assert pack.wording().read_by(mode, "her") is pack.wording()
    assert pack.wording().read_by("carer", "her").read_by("nurse") is pack.wording()


def test_a_nurse_who_calls_a_carer_back_reads_and_says_the_nurses_words(pack: Pack) -> None:
    call = called(begin(pack.plan, pack.wording(), "carer", "gb", None, "her"), None).jump("saddle_sensation").asked
    assert call is not None
    own = pack.wording().questions["saddle_sensation"]
    assert (call.ask, call.aloud) == (own["clinician"].ask, own["patient"].ask)


def test_the_options_of_carers_are_the_patients_in_other_words(pack: Pack, read: Wording) -> None:
    for name, texts in pack.wording().questions.items():
        assert tuple(read.questions[name]["patient"].options) == tuple(texts["patient"].options)
        assert read.questions[name]["clinician"] is texts["clinician"]


def test_the_words_of_the_patients_options_are_understood_of_a_carer_too(pack: Pack) -> None:
    at = begin(pack.plan, pack.wording(), "carer", "gb", None, "her").jump("saddle_sensation")
    assert at.asked is not None
    for said in ("Yes: numb. I cannot feel paper, water or my hand when I clean there.", *at.asked.labels[3:4]):
        parsed = parse_typed(at, at.asked, said)
        assert getattr(parsed, "answer", None) is not None, said
        assert parsed.answer.values == {"saddle_sensation": "numb"}  # type: ignore[union-attr] # looked at above
