"""A pack's questions with a few words of its own, so that a test says how hearing works, and not what a pack says."""

import pytest

from chatbot.interview.hearing.hear import Heard, hear
from chatbot.interview.hearing.lexicon import Block, Lexicon, PackWords, ValueRules
from chatbot.packs.load import load_pack
from tests.support.listening import TODAY, Hear

WORDS = PackWords(
    parts={"saddle": ("down there", "between legs", "private parts"), "hand": ("hand",), "leg": ("leg",)},
    classes={
        "numb": ("numb",),
        "tingle": ("tingle",),
        "feel": ("feel", "sensation"),
        "figures": ("=numb with cold",),
        "fever": ("fever",),
        "cancer": ("cancer",),
        "fall": ("fall",),
    },
    blocks={
        "saddle_sensation": Block(
            {
                "numb": ValueRules(("numb saddle", "not feel saddle"), ("numb", "not feel")),
                "altered": ValueRules(("tingle|less saddle",), ("tingle", "little numb")),
            },
            raises=("numb", "altered"),
            implied=("altered", "numb"),
            old="longstanding_unchanged",
        ),
        "leg_symptom_side": Block(
            {
                "left": ValueRules((), ("left",)),
                "right": ValueRules((), ("right",)),
                "none": ValueRules((), ("well leg",)),
            },
            raises=("both",),
            together="both",
        ),
        "arm_symptoms": Block({"yes": ValueRules(("numb hand",))}, raises=("yes",)),
        "fever_chills": Block(
            {"yes": ValueRules(("fever",), ("number:38-45",)), "slight": ValueRules((), ("number:37.5-37.9",))},
            raises=("yes",),
        ),
        "cancer_history": Block({"past": ValueRules(("cancer",))}, raises=("past",), lasting=True),
        "trauma": Block({"minor": ValueRules(("fall",))}, raises=("minor",)),
        "neuro_course": Block({"new_within_14d": ValueRules((), ("days:0-14",))}),
        "other_emergency_signs": Block({"jaundice": ValueRules(("'yellow'",), (), ("'pale'",))}, raises=("jaundice",)),
    },
)


@pytest.fixture(scope="session")
def words() -> Lexicon:
    """The words of the tests, over the questions of the shipped pack."""
    pack = load_pack()
    return Lexicon(WORDS, pack.dialog, pack.rulebook.facts)


@pytest.fixture(scope="session")
def heard(words: Lexicon) -> Hear:
    """Hears something said, at a question and a line, or as a story."""

    def listen(said: str, question: str | None = None, line: str | None = None) -> Heard:
        return hear(words, said, question, line, today=TODAY)

    return listen
