"""Transcripts: what they expect is really checked."""

import pytest

from chatbot.errors import InputError
from chatbot.interview.transcript import Exchange, Expect, Transcript
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
