"""Whatever a conversation was, its recording leads to the same place again."""

import pytest

from chatbot.case import Answer
from chatbot.interview import to_transcript
from chatbot.interview.conversation import Conversation, begin
from chatbot.interview.parse_given import parse_both, parse_picked, parse_typed
from chatbot.interview.prompt import Prompt
from chatbot.interview.reading.parse_answer import NotUnderstood, ParsedAnswer
from chatbot.interview.to_transcript import Recording, transcript_of
from chatbot.interview.transcript import Transcript
from chatbot.packs import strict_yaml
from chatbot.packs.pack import Pack
from chatbot.replay.play import play
from chatbot.replay.record import yaml_of
from tests.support.someone import TODAY, Someone

KINDS = {
    "ask", "say", "pick", "lines", "again", "raises", "unclear", "left", "kept", "at_once", "change", "jump",
    "back", "stop", "resume", "continue", "skip", "confirm",
}  # fmt: skip


def written(transcript: Transcript) -> Transcript:
    """What comes of a transcript in a file."""
    document, problems = strict_yaml.parse(yaml_of(transcript), "recorded.yaml")
    assert problems == ()
    assert document is not None
    return Transcript.model_validate(document.data)


def assert_replays(at: Conversation, pack: Pack) -> Transcript | None:
    """A recording, written and read, leads to the same place."""
    transcript = transcript_of(at, pack.id)
    if transcript is None:
        return None
    assert written(transcript) == transcript
    again = play(transcript, pack).interview
    here = at.confirm().interview if at.state == "check_answers" else at.interview
    assert again.state == here.state
    assert again.rule_state.values == here.rule_state.values
    assert [rule.id for rule in again.recommendation.rules] == [rule.id for rule in here.recommendation.rules]
    assert again.recommendation.offers == here.recommendation.offers
    assert [what(answer) for answer in again.case.answers] == [what(answer) for answer in here.case.answers]
    assert (again.case.marks, again.case.raised) == (here.case.marks, here.case.raised)
    return transcript


def what(answer: Answer) -> tuple[object, ...]:
    """An answer without its words."""
    return answer.question, answer.values, answer.lines, answer.put, answer.again


# 320 conversations, in parts that several cores can share.
@pytest.mark.parametrize("part", range(20))
def test_any_conversation_replays_to_the_same_place(pack: Pack, part: int) -> None:
    """Chosen, typed, lists half way, back, change, jump, giving up, emergencies, the note after them."""
    recorded = [assert_replays(Someone(pack, seed).talk(), pack) for seed in range(part * 16, part * 16 + 16)]
    assert sum(transcript is not None for transcript in recorded) >= 12


def test_the_random_conversations_hold_every_kind_of_turn(pack: Pack) -> None:
    """Else they would prove less than they seem to."""
    seen = set[str]()
    for seed in range(320):
        transcript = transcript_of(Someone(pack, seed).talk(), pack.id)
        for turn in transcript.turns if transcript else ():
            seen |= {turn} if isinstance(turn, str) else turn.model_fields_set
        if len(seen) == len(KINDS):
            break
    assert seen == KINDS


def answer(at: Conversation, typed: str = "", *picked: str) -> Conversation:
    """The conversation after an answer, typed or chosen by hand."""
    assert at.asked is not None
    found = parse_picked(at, at.asked, frozenset(picked)) if picked else parse_typed(at, at.asked, typed)
    assert isinstance(found, ParsedAnswer)
    return at.answer(found)


@pytest.fixture
def at(pack: Pack) -> Conversation:
    """A nurse's conversation at the second question."""
    return answer(begin(pack.plan, pack.wording(), "nurse", "gb", TODAY), "none of these")


def turns(at: Conversation) -> list[object]:
    """The turns of a recording as plain data."""
    transcript = transcript_of(at, "low_back_pain")
    assert transcript is not None
    return [t if isinstance(t, str) else t.model_dump(exclude_unset=True) for t in transcript.turns][1:]


def test_words_are_kept_as_typed_and_choices_by_their_ids(at: Conversation) -> None:
    """The number of a line says nothing once the lines change, so it is kept as its option."""
    here = answer(answer(answer(at, "all normal down there"), "", "normal"), "1")
    assert turns(here) == [
        {"ask": "saddle_sensation", "say": "all normal down there"},
        {"ask": "bladder_function", "pick": ("normal",)},
        {"ask": "bowel_function", "pick": ("normal",)},
    ]


def test_words_that_would_not_be_read_again_become_what_they_meant(at: Conversation) -> None:
    """What was typed beside lines chosen by hand is not all that was said."""
    here = at.jump("infection_risk")
    assert here.asked is not None
    first, second = (choice.id for choice in here.asked.choices[:2])
    found = parse_both(here, here.asked, "2", frozenset({first}))
    assert isinstance(found, ParsedAnswer)
    assert turns(here.answer(found)) == [{"jump": "infection_risk"}, {"ask": "infection_risk", "pick": (first, second)}]


def test_a_change_and_its_answer_are_one_turn(at: Conversation) -> None:
    changed = answer(at, "", "normal").change("saddle_sensation")
    assert changed is not None
    assert turns(changed)[1:] == [{"change": "saddle_sensation"}]
    assert turns(answer(changed, "", "numb"))[1:] == [{"change": "saddle_sensation", "pick": ("numb",)}]


def test_steps_that_lead_nowhere_are_left_out(at: Conversation) -> None:
    here = at.jump("saddle_sensation").stop().stop()
    assert turns(here) == ["stop"]
    assert at.raising("nothing of note") is None
    assert transcript_of(begin(at.interview.plan, at.words, "patient", "gb", TODAY), "x") is None


def test_what_is_said_after_the_end_is_kept_if_it_puts_a_question(at: Conversation) -> None:
    raised = at.stop().raising("i have wet myself")
    assert raised is not None
    assert turns(raised)[-1] == {"ask": "stopped", "say": "i have wet myself", "raises": "bladder_function"}


def test_what_came_of_it_is_expected(at: Conversation) -> None:
    transcript = transcript_of(answer(answer(at, "", "numb"), "", "recent"), "low_back_pain")
    assert transcript is not None
    assert (transcript.who, transcript.country, transcript.clock) == ("nurse", "gb", TODAY)
    assert transcript.expect.model_dump(exclude_unset=True) == {
        "level": "emergency_now", "imaging": "emergency", "decided_by": ("CES-1",), "ended": "emergency",
        "not_sure": (),
    }  # fmt: skip


def test_a_step_is_worked_out_once(at: Conversation, monkeypatch: pytest.MonkeyPatch) -> None:
    """A recording costs the same at the end of an interview as at its beginning."""
    read: list[str] = []

    def counted(conversation: Conversation, asked: Prompt, typed: str) -> ParsedAnswer | NotUnderstood:
        read.append(typed)
        return parse_typed(conversation, asked, typed)

    recording, here = Recording("low_back_pain"), at
    steps = [here := answer(here, "", "normal") for _ in range(3)]
    monkeypatch.setattr(to_transcript, "parse_typed", counted)
    counts = []
    for step in steps:
        read.clear()
        recording.transcript(step)
        counts.append(len(read))
    assert counts == [2, 1, 1]


def test_a_very_long_past_is_let_go_of_without_harm(pack: Pack) -> None:
    """One step holds the one before it; there may be as many as anybody takes."""
    at = begin(pack.plan, pack.wording(), "patient", "gb", TODAY)
    for _ in range(50_000):
        at = at.reply("chest", "no").reply("chest", "unknown")
    transcript = transcript_of(at, "low_back_pain")
    assert transcript is not None
    assert len(transcript.turns) == 1
