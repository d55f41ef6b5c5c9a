"""What people type, read against the shipped questions: meant as it says, or asked again, never as something else."""

from collections.abc import Iterator, Mapping

import pytest

from chatbot.case import Mode
from chatbot.interview.interview import Interview
from chatbot.interview.prompt import Prompt, prompt
from chatbot.interview.reading.choices import read_choice, read_choices
from chatbot.interview.reading.en import ENGLISH
from chatbot.interview.reading.parse_answer import NotUnderstood, ParsedAnswer, parse_answer, raised_by
from chatbot.packs.pack import Pack
from tests.support.typed_words import AGAIN, TYPED

# Said of a worrying thing, or of a plain one with the denial lost: never read as all being well.
NEVER_WELL: Mapping[str, tuple[str, ...]] = {
    "saddle_sensation": (
        "not normal", "no longer normal", "abnormal", "never feels normal", "not the same as usual", "it's not fine",
        "no it is different", "there is a change", "not fine down there", "can't feel it fine",
        "I can't feel everything",
        "nothing feels normal", "normal apart from a numb patch", "fine until I wipe",
    ),
    "bladder_function": (
        "not normal", "problems", "I have problems", "no I have trouble peeing", "not fine", "not as usual", "a change",
        "normal but I can't feel it", "peeing is not normal", "fine apart from leaking",
    ),
    "bowel_function": (
        "not normal", "irregular", "problems", "not fine", "a change", "not regular", "bowels are not fine",
    ),
    "longstanding_checked": (
        "not been checked", "has not been checked", "my gp has not checked it", "to be checked", "unchecked",
    ),
    "leg_symptom_side": ("legs not fine", "legs are not fine", "not just my back", "not none", "legs hurt", "my leg"),
    "leg_weakness": (
        "not strong", "not as strong as ever", "no strength", "not normal", "not fine", "weak", "weakness", "can't",
        "I could not do all three", "less strong", "no power", "stronger on one side",
    ),
    "leg_sensory_change": (
        "not normal", "not fine", "numbness and tingling", "no feeling", "numbness", "numb", "doesn't feel normal",
    ),
    "fever_chills": (
        "no I have a fever", "No, I've got a fever", "no i have a temperature", "no i have got a temperature", "fever",
        "not normal temperature", "a bit of a fever", "no just shaking chills", "temperature is not normal",
    ),
    "cancer_history": ("no I have cancer", "no I've got cancer", "cancer", "not never", "never clear of it"),
    "self_harm_thoughts": (
        "not never", "I would never say", "no plan", "no point living", "no reason to live", "nothing matters",
    ),
    "trend": ("not improving", "not better", "no improvement", "not getting better"),
}  # fmt: skip


def standing_at(pack: Pack, question: str, mode: Mode = "patient") -> Interview:
    """An interview that stands at a question, as when something said had put it."""
    begun = pack.plan.begin(mode)
    return Interview(pack.plan, begun.case.raising(question), begun.rule_state, (), question)


def put(pack: Pack, question: str, mode: Mode = "patient") -> Prompt:
    """The question as it is put."""
    asked = prompt(standing_at(pack, question, mode), pack.wording())
    assert asked is not None
    return asked


def read(pack: Pack, question: str, text: str, mode: Mode = "patient") -> str:
    """The options that typed words choose, joined, or that they are asked again; another value as it is."""
    interview = standing_at(pack, question, mode)
    heard = parse_answer(interview, put(pack, question, mode), text, ENGLISH, None)
    if isinstance(heard, NotUnderstood):
        return AGAIN
    chosen = sorted(option for option, reply in heard.answer.lines.items() if reply == "yes")
    return "+".join(chosen) or str(heard.answer.values.get(question))


def with_options(pack: Pack, mode: Mode = "patient") -> Iterator[Prompt]:
    """Every question that has options to choose from."""
    yield from (asked for name in pack.dialog.questions if (asked := put(pack, name, mode)).choices)


def denied(text: str) -> Iterator[str]:
    """The words with a denial put in anywhere, or their own left out."""
    spoken = text.lower().replace("can't", "can not").replace("cannot", "can not").replace("n't", " not").split()
    for at in range(len(spoken) + 1):
        yield from (" ".join([*spoken[:at], denial, *spoken[at:]]) for denial in ("not", "no", "never"))
    for at, word in enumerate(spoken):
        if word in {"no", "not", "never", "hardly", "nothing"}:
            yield " ".join([*spoken[:at], *spoken[at + 1 :]])


def test_the_table_is_long_enough() -> None:
    assert sum(len(texts) for meant in TYPED.values() for texts in meant.values()) >= 250


@pytest.mark.parametrize("question", TYPED)
def test_what_people_type_is_read_as_it_is_meant_or_asked_again(pack: Pack, question: str) -> None:
    rows = [(text, meant) for meant, texts in TYPED[question].items() for text in texts]

    assert [(text, read(pack, question, text)) for text, _ in rows] == rows


@pytest.mark.parametrize("mode", ["patient", "nurse"])
def test_every_label_and_typed_form_is_read_as_its_own_option(pack: Pack, mode: Mode) -> None:
    faults = [
        (asked.question.id, choice.id, text)
        for asked in with_options(pack, mode)
        for choice in asked.choices
        for text in choice.texts
        if read_choice(text, asked.choices, ENGLISH) != choice.id
        or read_choices(text, asked.choices, ENGLISH) != frozenset({choice.id})
    ]

    assert faults == []


@pytest.mark.parametrize("mode", ["patient", "nurse"])
def test_every_typed_form_is_heard_as_its_own_answer(pack: Pack, mode: Mode) -> None:
    kinds = {name: question.kind for name, question in pack.dialog.questions.items()}
    faults = [
        (question, option, form, heard)
        for question, options in pack.wording().typed.items()
        if kinds[question] != "number"
        for option, forms in options.items()
        for form in forms
        if (heard := read(pack, question, form, mode)) != option
    ]

    assert faults == []


def test_a_denied_form_of_a_worrying_answer_is_never_that_answer(pack: Pack) -> None:
    faults = []
    for asked in with_options(pack):
        written = {text.lower() for choice in asked.choices for text in choice.texts}
        values = dict(asked.question.options)
        well = {option for option, value in values.items() if asked.fact and value == asked.fact.least}
        faults += [
            (asked.question.id, form, changed)
            for choice in asked.choices
            for form in choice.texts[1:]
            # "No, I have a fever" denies nothing.
            if asked.question.kind != "number" and choice.id not in well and not form.startswith("no i have ")
            for changed in denied(form)
            if changed not in written and read_choice(changed, asked.choices, ENGLISH) == choice.id
        ]

    assert faults == []


@pytest.mark.parametrize("question", NEVER_WELL)
def test_worrying_words_are_never_read_as_all_being_well(pack: Pack, question: str) -> None:
    fact = pack.rulebook.facts[question]
    wells = {option for option, value in pack.dialog.questions[question].options if value == fact.least}

    assert wells
    assert [text for text in NEVER_WELL[question] if read(pack, question, text) in wells] == []


@pytest.mark.parametrize("said", ["{}", "Well {} since Monday", "{} TOO"])
def test_every_phrase_puts_its_question(pack: Pack, said: str) -> None:
    wording, begun = pack.wording(), pack.plan.begin()
    faults = [
        (words, phrase.asks)
        for phrase in wording.phrases
        for words in phrase.words
        if phrase.asks not in raised_by(said.format(words), wording, begun, "")
    ]

    assert faults == []


@pytest.mark.parametrize(
    ("said", "asks"),
    [
        ("it started when I can't feel the paper when I wipe", "saddle_sensation"),
        ("and I'm numb round my bum", "saddle_sensation"),
        ("there is no feeling down there now", "saddle_sensation"),
        ("my private parts have gone numb", "saddle_sensation"),
        ("I haven't been able to pee all day", "bladder_function"),
        ("I haven\u2019t peed since last night", "bladder_function"),
        ("I lost control of my bladder yesterday", "bladder_function"),
        ("I wet the bed", "bladder_function"),
        ("I messed myself", "bowel_function"),
        ("I soiled the bed last night", "bowel_function"),
        ("it goes down to both feet", "leg_symptom_side"),
        ("my legs give way when I stand", "leg_symptom_side"),
        ("my foot is dragging when I walk", "leg_weakness"),
        ("I can hardly walk today", "balance_hands"),
        ("my chest hurts as well", "right_now"),
        ("I'm a bit short of breath today", "right_now"),
        ("I am struggling to breathe", "right_now"),
        ("there was blood in my sick", "right_now"),
        ("I feel feverish at night", "fever_chills"),
        ("I am running a temperature", "fever_chills"),
        ("I get night sweats too", "fever_chills"),
        ("I want to end it all", "self_harm_thoughts"),
        ("they would be better off dead", "self_harm_thoughts"),
        ("I don't want to live like this", "self_harm_thoughts"),
        ("there is no point living", "self_harm_thoughts"),
        ("I wish I was dead", "self_harm_thoughts"),
        ("I might take my own life", "self_harm_thoughts"),
        ("I think of suicide", "self_harm_thoughts"),
        ("I used to self harm", "self_harm_thoughts"),
        ("I had breast cancer years ago", "cancer_history"),
        ("my prostate cancer is back", "cancer_history"),
        ("I have got cancer", "cancer_history"),
        ("I am on chemo", "cancer_history"),
        ("I am ten weeks pregnant", "pregnancy_status"),
        ("my period is late", "pregnancy_status"),
    ],
)
def test_something_said_in_passing_puts_its_question(pack: Pack, said: str, asks: str) -> None:
    assert raised_by(said, pack.wording(), pack.plan.begin(), "") == (asks,)


@pytest.mark.parametrize(
    "said",
    [
        "it is at the end it hurts most", "my back is stiff", "I lifted a box", "it is fine", "I cannot bend it",
        "the number of pads in my shoes", "my left foot tingles", "I walk to work", "the chest of drawers I lifted",
    ],
)  # fmt: skip
def test_plain_words_put_no_question(pack: Pack, said: str) -> None:
    assert raised_by(said, pack.wording(), pack.plan.begin(), "") == ()


# What a person is not sure about in a list.


@pytest.mark.parametrize("said", ["not sure about the rest", "unsure about some", "not sure about the others"])
@pytest.mark.parametrize("between", [", ", "; ", ",  "])
def test_in_a_tick_list_not_sure_about_the_rest_leaves_every_other_line_not_known(
    pack: Pack, said: str, between: str
) -> None:
    for question in pack.dialog.questions.values():
        if question.kind != "ticks":
            continue
        interview, asked = standing_at(pack, question.id), put(pack, question.id)
        for number, choice in enumerate(asked.choices, start=1):
            found = parse_answer(interview, asked, f"{number}{between}{said}", ENGLISH, None)
            assert isinstance(found, ParsedAnswer), (question.id, number)
            rest = {reply for line, reply in found.answer.lines.items() if line != choice.id}
            assert (found.answer.lines[choice.id], rest) == ("yes", {"unknown"}), (question.id, number)
