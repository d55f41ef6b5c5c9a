"""Whatever is typed in whatever order, a conversation ends, and its result is what the answers say."""

import random

import pytest

from chatbot.case import Case, plain
from chatbot.packs.pack import Pack
from chatbot.plain.lines import Page
from chatbot.plain.talk import Talk
from chatbot.recommendation.recommend import recommend
from tests.support.hostile import LINES
from tests.support.person import TODAY, Converse

WORDS = (
    *["no"] * 25, *["1"] * 12, *["2"] * 5, "3", "4", "5", "6", "9", "yes", "yes", "not sure", "none of these", "40",
    "2 weeks", "change", "change 2", "1, 2", "2 not sure", "help", "?", "skip", "skip", "", "done", "i can't pee",
    "i had a fever", "both legs", "may i take ibuprofen?", "confirm", "references", "back", "back", "stop",
)  # fmt: skip


@pytest.mark.parametrize("mode", ["patient", "carer", "nurse"])
def test_a_conversation_typed_at_random_ends_in_advice(pack: Pack, mode: str) -> None:
    for seed in range(40):
        rng = random.Random(f"{mode}{seed}")
        left = rng.randint(20, 400)
        page: list[str] = []

        def read(_: str, rng: random.Random = rng, until: list[int] = [left]) -> str:  # noqa: B006 # counts down
            until[0] -= 1
            if until[0] < 0:
                raise EOFError
            return rng.choice(LINES if rng.random() < 0.05 else WORDS)

        talk = Talk(pack, Page(read, page.append), "en", "us", TODAY)
        interview = talk.run(mode)  # type: ignore[arg-type] # one of the modes
        assert "Your summary" in "".join(page)
        assert interview.state in ("complete", "emergency", "out_of_scope", "stopped")
        assert not talk.conversation.interrupted_lists or interview.state in ("emergency", "stopped")


def test_a_finished_conversation_and_its_facts_give_the_same_result(pack: Pack, converse: Converse) -> None:
    """What the line mode hands over is what `recommend` says of the same facts."""
    finished = 0
    for seed in range(60):
        rng = random.Random(seed)
        odd = {
            name: [str(rng.randint(1, 6)), "not sure", "1"]
            for name, question in pack.dialog.questions.items()
            if question.kind in ("one", "many", "ticks") and rng.random() < 0.15
        }
        interview, _ = converse({**odd, "age_years": str(rng.randint(18, 90))}, ["yes"], country="any")
        if interview.state == "complete":
            finished += 1
            facts = {name: plain(value) for name, value in interview.rule_state.values.items()}
            again, found = recommend(pack.rulebook, Case.of_facts(facts, "any")), interview.recommendation
            assert (again.level, again.imaging) == (found.level, found.imaging), seed
    assert finished >= 20
