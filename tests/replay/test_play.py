"""Transcripts: what they expect is really checked."""

import pytest
from pydantic import ValidationError

from chatbot.case import Mode, Reply
from chatbot.errors import InputError
from chatbot.interview.transcript import ChangeTurn, Exchange, Expect, JumpTurn, Transcript, Turn
from chatbot.packs.pack import Pack
from chatbot.replay.play import DifferenceError, play

TURNS = (Exchange(ask="right_now", say="2"),)


def conversation(**expect: object) -> Transcript:
    """A faint, which is an emergency at once, and what is expected of it."""
    return Transcript(pack="low_back_pain", turns=TURNS, expect=Expect.model_validate(expect))


def test_a_conversation_that_goes_as_written_passes(pack: Pack) -> None:
    """The level, the deciding rule and the end are as expected."""
    played = play(conversation(level="emergency_now", decided_by=("EMG-1",), ended="emergency"), pack)
    assert played.asked == ("right_now",)


@pytest.mark.parametrize(
    "expect",
    [
        {"level": "self_care"},
        {"imaging": "emergency"},
        {"decided_by": ("EMG-2",)},
        {"fires": ("CES-1",)},
        {"silent": ("EMG-1",)},
        {"not_asked": ("right_now",)},
        {"ended": "complete"},
        {"not_sure": ("trauma",)},
    ],
)
def test_what_does_not_come_out_as_expected_is_a_difference(pack: Pack, expect: dict[str, object]) -> None:
    """Every kind of expectation can fail."""
    with pytest.raises(DifferenceError):
        play(conversation(**expect), pack)


@pytest.mark.parametrize("expect", [{"silent": ("EMG-l",)}, {"not_asked": ("sadle_sensation",)}])
def test_a_name_the_pack_does_not_have_is_refused(pack: Pack, expect: dict[str, object]) -> None:
    """A misspelt rule would stay silent for ever."""
    with pytest.raises(InputError):
        play(conversation(**expect), pack)


def begun(*turns: Turn, who: Mode = "nurse") -> Transcript:
    """A conversation whose first list is denied."""
    first = Exchange(ask="right_now", say="none of these") if who == "nurse" else None
    return Transcript(pack="low_back_pain", who=who, turns=(first, *turns) if first else turns)


LINES: dict[str, Reply] = {
    "chest": "no", "collapse": "no", "unwell": "no", "stroke": "no", "meningitis": "no", "cold_leg": "no",
    "swollen_leg": "no", "bleeding": "no", "vomiting": "no", "jaundice": "no", "testicle": "no",
}  # fmt: skip


def test_options_are_picked_and_questions_put_out_of_order(pack: Pack) -> None:
    played = play(begun(JumpTurn(jump="fever_chills"), Exchange(ask="fever_chills", pick=("none",)), "stop"), pack)
    assert played.asked == ("right_now", "fever_chills")
    assert played.interview.rule_state.values["fever_chills"] == "none"


def test_a_list_goes_on_when_every_line_has_its_reply(pack: Pack) -> None:
    """Half of it leaves it open, and so does all of it where it was left."""
    whole = Exchange(ask="right_now", lines=LINES)
    half = Exchange(ask="right_now", lines={"chest": "no"})
    left = Exchange(ask="right_now", lines=LINES, left=True)
    states = [play(begun(turn, who="patient"), pack).interview.state for turn in (whole, half, left)]
    assert states == ["saddle_sensation", "right_now", "right_now"]


@pytest.mark.parametrize(
    ("turn", "said"),
    [
        (Exchange(ask="saddle_sensation", pick=("nonesuch",)), "saddle_sensation does not offer 'nonesuch'"),
        (Exchange(ask="saddle_sensation", lines={"normal": "no"}), "saddle_sensation is no list to go through"),
        (ChangeTurn(change="fever_chills"), "'fever_chills' was not answered"),
        (JumpTurn(jump="nonesuch"), "there is no question 'nonesuch'"),
        (Exchange(ask="complete", say="i have wet myself", raises="bladder_function"), "expected question complete"),
    ],
)
def test_a_turn_that_cannot_be_played_says_why(pack: Pack, turn: Turn, said: str) -> None:
    with pytest.raises(DifferenceError, match=said):
        play(begun(turn), pack)


def test_a_list_that_an_emergency_breaks_off_has_no_more_lines(pack: Pack) -> None:
    turn = Exchange(ask="right_now", lines={"chest": "no", "collapse": "yes", "stroke": "no"})
    with pytest.raises(DifferenceError, match="broken off before the line 'stroke' by emergency"):
        play(begun(turn, who="patient"), pack)


@pytest.mark.parametrize("who", ["patient", "carer", "nurse"])
def test_lines_said_at_once_all_count_before_an_emergency_breaks_the_list_off(pack: Pack, who: Mode) -> None:
    lines: dict[str, Reply] = {"jaundice": "no", "chest": "yes", "stroke": "yes", "bleeding": "unknown"}
    turn = Exchange(ask="right_now", lines=lines, at_once=("chest", "stroke", "bleeding"))
    played = play(Transcript(pack="low_back_pain", who=who, turns=(turn,)), pack).interview
    assert played.state == "emergency"
    assert played.case.by_question["right_now"].lines == lines


@pytest.mark.parametrize(
    "turn",
    [
        {"ask": "q"},
        {"ask": "q", "lines": {"a": "yes"}, "at_once": ["a", "b"]},
        {"ask": "q", "say": "x", "pick": ["y"]},
        {"ask": "q", "pick": []},
        {"change": "q", "say": "x", "lines": {"a": "no"}},
        {"ask": "q", "lines": {"a": "maybe"}},
        {"jump": "q", "say": "x"},
        "forwards",
    ],
)
def test_a_turn_is_answered_in_one_way(turn: object) -> None:
    with pytest.raises(ValidationError) as error:
        Transcript.model_validate({"pack": "p", "turns": ["back", turn]})
    assert error.value.error_count() == 1
