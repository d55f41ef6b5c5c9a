"""Notes for a clinic's record: plain ASCII, 80 columns, and nothing taken for anything else."""

from collections.abc import Mapping

import pytest

from chatbot.case import Case, PlainValue
from chatbot.document.layout import ascii_of
from chatbot.export.note import KINDS, WIDTH, Around, Kind, note
from chatbot.interview.conversation import begin
from chatbot.interview.interview import Interview
from chatbot.interview.parse_given import parse_picked
from chatbot.interview.reading.parse_answer import ParsedAnswer
from chatbot.interview.simulate import simulate
from chatbot.interview.view.findings import findings
from chatbot.packs.pack import Pack
from chatbot.recommendation.rulebook import LEVELS
from tests.support.person import TODAY

AROUND = Around(
    "Low back pain", "low_back_pain 0.1.0, digest 0123456789ab", check_code="AAAA-BBBB-CCCC", reference="bed 4"
)


def interviewed(pack: Pack, given: Mapping[str, PlainValue]) -> Interview:
    """A nurse's whole interview with facts."""
    case = Case.of_facts({**given, "interview_mode": "nurse"}, "gb")
    return simulate(pack.plan, case, note=True).interview


def block(text: str, title: str) -> str:
    """The list under a title, on one line."""
    lines = text.split("\n")
    start = lines.index(f"{title}:") + 1
    end = next((at for at in range(start, len(lines)) if lines[at] and lines[at][0] not in "- "), len(lines))
    return " ".join(" ".join(lines[start:end]).split())


@pytest.mark.parametrize("kind", KINDS)
def test_every_case_makes_a_note_that_can_be_pasted_anywhere(pack: Pack, kind: Kind) -> None:
    for case in [case for case in pack.cases if case.name.startswith("CASE-")]:
        at = interviewed(pack, case.given)
        text = note(kind, at, pack.wording(), AROUND, pack.status)
        assert text.isascii()
        assert [line for line in text.split("\n") if len(line) > WIDTH or line != line.rstrip()] == []
        level = LEVELS[at.recommendation.level].upper().replace("_", " ")
        assert f"Level by the rules: {level}" in text
        assert "not a medical device" in text.split("\n\n")[0]
        assert "No clinician has approved it." in " ".join(text.split())
        assert "Check code: AAAA-BBBB-CCCC" in text
        assert all(rule.id in text for rule in at.recommendation.decided_by)


def test_what_is_not_sure_is_never_among_what_was_denied(pack: Pack, well: Mapping[str, PlainValue]) -> None:
    at = interviewed(pack, {**well, "bladder_function": "unknown", "cancer_history": "prefer_not"})
    text = note("sbar", at, pack.wording(), AROUND, pack.status)
    assert "Bladder function" in block(text, "Not sure")
    assert "Bladder function" not in block(text, "Asked and denied")
    assert "Cancer history" in block(text, "Not sure")
    assert "Saddle sensation" in block(text, "Asked and denied")


def test_what_was_not_asked_stands_apart(pack: Pack) -> None:
    at = begin(pack.plan, pack.wording(), "nurse", "gb", TODAY).stop().interview
    text = note("soap", at, pack.wording(), AROUND, pack.status)
    assert "Saddle sensation" in block(text, "Not asked")
    for title in ("Positive", "Asked and denied", "Not sure", "Examined"):
        assert block(text, title) == "- none"
    assert "stopped before its end" in text


def test_a_line_of_a_list_is_told_by_itself(pack: Pack) -> None:
    at = begin(pack.plan, pack.wording(), "nurse", "gb", TODAY).jump("illnesses")
    assert at.asked is not None
    found = parse_picked(at, at.asked, frozenset(["slipped_disc"]))
    assert isinstance(found, ParsedAnswer)
    told = findings(at.answer(found).interview, pack.wording())
    assert told.positive == ("Known spine disease or sickle cell disease: Known disc prolapse",)
    assert any("Known spinal stenosis" in text for text in told.negative)
    assert not set(told.positive) & set(told.negative)


def test_what_a_clinician_added_stands_beside_the_level_of_the_rules(
    pack: Pack, well: Mapping[str, PlainValue]
) -> None:
    around = Around(
        "t",
        "c",
        overrides=("anna chose same_day instead: \u201clooks unwell\u201d",),
        notes=("Rang twice \u2013 no reply",),
    )
    text = note("sbar", interviewed(pack, well), pack.wording(), around, pack.status)
    assert 'OVERRIDE: anna chose same_day instead: "looks unwell"' in text
    assert "Level by the rules: " in text
    assert "- Rang twice - no reply" in text


def test_hostile_words_stay_words() -> None:
    assert ascii_of("a\x1b[2J\x07b\u202ec \u00e9 \u6f22").split() == ["abc", "e"]
    assert ascii_of("\u2265 3 \u00b0C") == ">= 3 deg C"
