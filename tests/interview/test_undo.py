"""What was replied last to a list is taken back, whole and in its order, however it was given."""

from datetime import date

import pytest

from chatbot.case import Reply
from chatbot.interview.conversation import Conversation, begin, called
from chatbot.interview.past import steps_back
from chatbot.interview.rest_unknown import rest_unknown
from chatbot.interview.steps import RepliedTogether, UndidReply
from chatbot.interview.to_transcript import transcript_of
from chatbot.interview.turn import GoesOn, NoneOfTheRest, Skip, Turn, take
from chatbot.packs.pack import Pack
from chatbot.replay.play import Playing
from chatbot.storage.events import read_event
from tests.support.driving import reached
from tests.support.step_bodies import STEP_BODIES


def replies(conversation: Conversation) -> dict[str, Reply]:
    """What stands of each line."""
    return {line: reply for line, (reply, _) in conversation.current_replies.items()}


@pytest.fixture
def at(pack: Pack) -> Conversation:
    """A nurse's conversation at its first list, with no reply to it yet."""
    return begin(pack.plan, pack.wording(), "nurse", "gb", date(2026, 3, 2)).jump("right_now")


@pytest.fixture
def lines(at: Conversation) -> list[str]:
    """The lines of that list, in their order."""
    assert at.asked is not None
    return [choice.id for choice in at.asked.choices]


def test_a_changed_reply_is_taken_back_before_those_given_earlier(at: Conversation, lines: list[str]) -> None:
    at = at.reply(lines[0], "no", "nope").reply(lines[1], "no").reply(lines[0], "unknown")
    once = at.undo_reply()
    assert once.current_replies == {lines[0]: ("no", "nope"), lines[1]: ("no", "no")}
    assert replies(once.undo_reply()) == {lines[0]: "no"}
    assert replies(once.undo_reply().undo_reply()) == {}


def test_what_was_replied_to_and_fro_is_taken_back_step_by_step(at: Conversation, lines: list[str]) -> None:
    given: list[Reply] = ["unknown", "no", "unknown", "no"]
    for reply in given:
        at = at.reply(lines[0], reply)
    for reply in given[-2::-1]:
        at = at.undo_reply()
        assert replies(at) == {lines[0]: reply}
    at = at.undo_reply()
    assert replies(at) == {}
    assert at.undo_reply() is at


def test_a_reply_after_an_undo_is_taken_back_first(at: Conversation, lines: list[str]) -> None:
    at = at.reply(lines[0], "no").reply(lines[1], "no").undo_reply().reply(lines[2], "unknown")
    assert replies(at.undo_reply()) == {lines[0]: "no"}
    assert replies(at.undo_reply().undo_reply()) == {}


def test_replies_given_together_are_taken_back_together(at: Conversation, lines: list[str]) -> None:
    """Those that they replaced stand again."""
    at = at.reply(lines[1], "unknown").reply_together(dict.fromkeys(lines[:4], "no"), "1 to 4 no")
    assert replies(at) == dict.fromkeys(lines[:4], "no")
    assert replies(at.undo_reply()) == {lines[1]: "unknown"}
    assert replies(at.undo_reply().undo_reply()) == {}


def test_none_of_the_rest_is_one_step_and_taken_back_as_one(at: Conversation, lines: list[str]) -> None:
    at = at.reply(lines[2], "unknown")
    outcome = take(Turn(at), NoneOfTheRest())
    assert isinstance(outcome, GoesOn)
    given = [past.step for past, _ in steps_back(outcome.conversation) if isinstance(past.step, RepliedTogether)]
    assert [list(step.replies) for step in given] == [[line for line in lines if line != lines[2]]]
    again = outcome.conversation.jump("right_now").restore_replies()
    assert len(again.current_replies) == len(lines)
    assert replies(again.undo_reply()) == {lines[2]: "unknown"}
    assert replies(again.undo_reply().undo_reply()) == {}


def test_after_a_list_was_skipped_its_lines_are_open_again_in_one_step(pack: Pack) -> None:
    at = reached(pack, "pain_like")
    assert at.asked is not None
    first = at.asked.choices[0].id
    outcome = take(Turn(at.reply(first, "no")), Skip())
    assert isinstance(outcome, GoesOn)
    assert outcome.conversation.state != at.state
    again = outcome.conversation.back().restore_replies()
    assert again.state == at.state
    assert set(replies(again).values()) == {"no", "unknown"}
    assert replies(again.undo_reply()) == {first: "no"}


def test_nothing_more_known_of_a_list_is_one_step(pack: Pack) -> None:
    at = reached(pack, "pain_like")
    assert at.asked is not None
    after = rest_unknown(at)
    assert after.state != at.state
    given = [past.step for past, _ in steps_back(after) if isinstance(past.step, RepliedTogether)]
    assert [len(step.replies) for step in given][-1:] == [len(at.asked.choices)]


def test_what_stands_there_from_before_is_no_reply_that_can_be_undone(at: Conversation, lines: list[str]) -> None:
    """As where a nurse calls somebody who answered alone: their replies are hers to change, and `undo` goes back."""
    whole = at.reply_together(dict.fromkeys(lines, "no"), "").finish_list()
    call = called(whole, at.today).restore_replies()
    assert (call.state, set(replies(call).values())) == ("right_now", {"no"})
    assert call.undo_reply() is call
    changed = call.reply(lines[1], "unknown")
    assert replies(changed.undo_reply()) == replies(call)
    assert changed.undo_reply().undo_reply().current_replies == call.current_replies


def test_going_back_from_an_emergency_takes_back_the_reply_that_was_one(pack: Pack, at: Conversation) -> None:
    """Where it replaced an earlier reply that one stands again, and no other line is opened."""
    before = at.reply("chest", "no").reply("stroke", "no").reply("unwell", "unknown")
    broken = before.reply("chest", "yes")
    assert broken.state == "emergency"
    back = broken.back()
    assert (back.state, replies(back)) == ("right_now", replies(before))
    assert back.interview.case == before.interview.case
    assert replies(back.undo_reply()) == {"chest": "no", "stroke": "no"}
    transcript = transcript_of(back, "low_back_pain")
    assert transcript is not None
    playing = Playing(transcript, pack)
    for turn in transcript.turns:
        playing.take(turn)
    assert replies(playing.conversation) == replies(back)


def test_going_back_within_a_list_leaves_it_and_keeps_its_replies(pack: Pack) -> None:
    at = reached(pack, "balance_hands")
    assert at.asked is not None
    here = at.reply(at.asked.choices[0].id, "no")
    back = here.back()
    assert (here.state, back.state) == ("balance_hands", at.back().state)
    assert back.open_lists["balance_hands"] == here.current_replies


def test_a_kept_record_undoes_what_was_given_last_and_old_ones_fold_as_they_did(
    at: Conversation, lines: list[str]
) -> None:
    """The step of earlier versions opens the last line, whichever was replied to last; it leads where it led."""
    old, new = (
        next(did.step for body in STEP_BODIES if (did := read_event(body).did).kind == kind)  # type: ignore[union-attr]
        for kind in ("took_reply_back", "undid_reply")
    )
    assert new == UndidReply()
    at = at.reply(lines[0], "no").reply(lines[1], "no").reply(lines[0], "unknown")
    assert replies(at.take(old)) == {lines[0]: "unknown"}
    assert replies(at.take(new)) == {lines[0]: "no", lines[1]: "no"}
    assert replies(at.take(old).undo_reply()) == {lines[0]: "no"}
