"""What waits to be confirmed where a case goes on under another pack is what its person had said last to each line."""

from datetime import UTC, date, datetime
from typing import get_args

import pytest

from chatbot.case import Reply
from chatbot.interview.conversation import Conversation, begin, called
from chatbot.interview.parse_given import parse_picked
from chatbot.interview.past import steps_back
from chatbot.interview.reading.parse_answer import ParsedAnswer
from chatbot.interview.replies import replies_of
from chatbot.interview.steps import (
    Answered,
    Changed,
    Step,
    TookRepliesUp,
    TookReplyBack,
    WentBack,
    WentThrough,
    WithinList,
)
from chatbot.packs.pack import Pack
from chatbot.storage.events import By, Called, Event, EventBody, Started, Stepped
from chatbot.storage.previous_answers import Given, answers_of
from tests.support.someone import Someone

LIST = "right_now"


def event(did: EventBody) -> Event:
    """Something that was done, at any time."""
    return Event(case="c", seq=1, at=datetime(2026, 3, 2, tzinfo=UTC), by=By(who="patient"), pack="p", did=did)


def kept(at: Conversation, start: str = LIST) -> list[Event]:
    """The events of a conversation from its beginning."""
    first = Started(name="p", version="1", mode="patient", country="gb", language="en", then=start)
    steps = [event(Stepped(step=past.step, then=after.state)) for past, after in steps_back(at)]
    return [event(first), *reversed(steps)]


def lines_of(at: Conversation, question: str = LIST) -> dict[str, Reply]:
    """The replies to a list that wait to be confirmed."""
    return dict(answers_of(kept(at))[question][1].lines)


def picked(at: Conversation, *options: str) -> Conversation:
    """The question at hand answered by hand."""
    assert at.asked is not None
    parsed = parse_picked(at, at.asked, frozenset(options or [at.asked.choices[0].id]))
    assert isinstance(parsed, ParsedAnswer)
    return at.answer(parsed)


@pytest.fixture
def at(pack: Pack) -> Conversation:
    """A conversation at its first list."""
    first = begin(pack.plan, pack.wording(), "patient", "gb", date(2026, 3, 2))
    assert first.state == LIST
    return first


@pytest.fixture
def lines(at: Conversation) -> list[str]:
    assert at.asked is not None
    return [choice.id for choice in at.asked.choices]


@pytest.fixture
def through(at: Conversation, lines: list[str]) -> Conversation:
    """The first list gone through, and the next question at hand."""
    for line in lines:
        at = at.reply(line, "no")
    after = at.finish_list()
    assert after.state != LIST
    return after


def test_a_list_gone_back_to_of_which_one_line_is_changed_keeps_its_other_lines(
    through: Conversation, lines: list[str]
) -> None:
    changed = through.back().restore_replies().reply(lines[1], "unknown")
    wanted = {**dict.fromkeys(lines, "no"), lines[1]: "unknown"}
    assert replies_of(changed.current_replies) == lines_of(changed) == wanted
    assert lines_of(changed.finish_list()) == wanted


def test_a_list_that_is_begun_anew_keeps_what_was_said_to_the_lines_not_reached_again(
    through: Conversation, lines: list[str]
) -> None:
    anew = through.back().reply(lines[0], "no", "nope")
    assert list(anew.current_replies) == [lines[0]]
    assert lines_of(anew) == dict.fromkeys(lines, "no")
    assert answers_of(kept(anew))[LIST][0].startswith("nope; no")


def test_a_question_in_between_leaves_the_replies_to_a_list_that_is_half_way(
    at: Conversation, lines: list[str]
) -> None:
    half = at.reply(lines[0], "no").reply(lines[1], "unknown")
    away = picked(half.jump("trend"))
    back = away if away.state == LIST else away.jump(LIST)
    assert lines_of(away) == {lines[0]: "no", lines[1]: "unknown"}
    more = back.reply(lines[2], "no")
    assert lines_of(more) == replies_of(more.current_replies) == {lines[0]: "no", lines[1]: "unknown", lines[2]: "no"}


def test_an_emergency_in_between_leaves_the_replies_and_going_back_takes_its_own_away(
    at: Conversation, lines: list[str]
) -> None:
    broken = at.reply(lines[1], "unknown").reply(lines[0], "yes")
    assert broken.state == "emergency"
    assert lines_of(broken) == {lines[1]: "unknown", lines[0]: "yes"}
    back = broken.back()
    assert lines_of(back) == replies_of(back.current_replies) == {lines[1]: "unknown"}
    again = back.reply(lines[2], "no")
    assert lines_of(again) == replies_of(again.current_replies) == {lines[1]: "unknown", lines[2]: "no"}


def test_a_stop_half_way_and_coming_back_leave_the_replies(at: Conversation, lines: list[str]) -> None:
    stopped = at.reply(lines[0], "no").reply(lines[1], "unknown").stop()
    assert lines_of(stopped) == {lines[0]: "no", lines[1]: "unknown"}
    more = stopped.resume().reply(lines[2], "no")
    assert lines_of(more) == replies_of(more.current_replies) == {lines[0]: "no", lines[1]: "unknown", lines[2]: "no"}
    back = stopped.back()
    assert lines_of(back) == replies_of(back.current_replies) == {lines[0]: "no"}


def test_the_yes_that_was_an_emergency_still_waits_when_the_list_is_asked_anew(
    at: Conversation, lines: list[str]
) -> None:
    broken = at.reply(lines[1], "unknown").reply(lines[0], "yes")
    anew = broken.change(LIST)
    assert anew is not None
    assert not anew.current_replies
    assert lines_of(anew) == {lines[1]: "unknown", lines[0]: "yes"}
    assert lines_of(anew.reply(lines[2], "no")) == {lines[1]: "unknown", lines[0]: "yes", lines[2]: "no"}


def test_going_back_from_an_emergency_that_was_one_thing_said_leaves_nothing_else_out(
    at: Conversation, lines: list[str]
) -> None:
    broken = at.reply_together({lines[0]: "yes", lines[1]: "no"}, "1 yes, 2 no")
    back = broken.back()
    assert back.state == LIST
    assert not back.current_replies
    assert lines_of(back) == replies_of(back.restore_replies().current_replies) == lines_of(broken)


def test_what_is_undone_is_gone_and_what_it_had_replaced_stands_again(at: Conversation, lines: list[str]) -> None:
    said = at.reply(lines[0], "no").reply(lines[1], "no").reply(lines[0], "unknown")
    assert lines_of(said.undo_reply()) == {lines[0]: "no", lines[1]: "no"}
    assert lines_of(said.undo_reply().undo_reply()) == {lines[0]: "no"}
    assert LIST not in answers_of(kept(said.undo_reply().undo_reply().undo_reply()))
    twice = at.reply(lines[0], "no").reply(lines[1], "no").reply(lines[1], "no", "nope")
    assert lines_of(twice.undo_reply()) == replies_of(twice.undo_reply().current_replies) == {lines[0]: "no"}


def test_what_is_undone_after_a_list_was_taken_up_again_is_gone_too(through: Conversation, lines: list[str]) -> None:
    again = through.back().restore_replies()
    assert lines_of(again.undo_reply()) == dict.fromkeys(lines[:-1], "no")
    changed = again.reply(lines[0], "unknown").undo_reply()
    assert lines_of(changed) == dict.fromkeys(lines, "no")


def test_a_reply_that_an_older_version_took_back_is_gone(at: Conversation, lines: list[str]) -> None:
    said = at.reply(lines[0], "no").reply(lines[1], "yes" if at.reply(lines[1], "yes").state == LIST else "unknown")
    assert lines_of(said.take(TookReplyBack())) == {lines[0]: "no"}


def test_lines_replied_together_are_undone_together(at: Conversation, lines: list[str]) -> None:
    said = at.reply(lines[0], "no").reply_together(dict.fromkeys(lines[1:4], "unknown"), "2 to 4")
    assert lines_of(said) == replies_of(said.current_replies)
    assert lines_of(said.undo_reply()) == {lines[0]: "no"}


def test_a_call_begins_each_list_anew_with_what_was_said_alone(through: Conversation, lines: list[str]) -> None:
    call = called(through, through.today)
    events = [*kept(through), event(Called(then=call.state))]
    assert answers_of(events)[LIST][1].lines == answers_of(kept(through))[LIST][1].lines
    said = call.reply(lines[0], "unknown")
    assert said.past is not None
    theirs = answers_of([*events, event(Stepped(step=said.past.step, then=said.state))])[LIST][1].lines
    assert theirs == {**dict.fromkeys(lines, "no"), lines[0]: "unknown"}


def test_answers_that_a_case_went_on_from_stand_until_they_are_given_again(
    through: Conversation, at: Conversation, lines: list[str]
) -> None:
    earlier = answers_of(kept(picked(through)))
    assert answers_of(kept(at), earlier) == earlier
    again = answers_of(kept(at.reply(lines[0], "yes")), earlier)
    assert again[LIST][1].lines == {**dict.fromkeys(lines, "no"), lines[0]: "yes"}
    assert {**again, LIST: earlier[LIST]} == earlier


def is_as_held(at: Conversation, standing: Given, taken_up: bool) -> bool:
    """True when these answers are those that a conversation holds; of a list begun anew its earlier lines stand too.

    Where a list was `taken_up` again, a line of it may have been taken back since.
    """
    begun = {name: said for name, said in {**at.open_lists, **at.interrupted_lists}.items() if said}
    for question, said in begun.items():
        now, before = standing[question][1].lines, at.previous_answers.get(question)
        if not replies_of(said).items() <= now.items():
            return False
        if before is not None and not taken_up and not before.lines.keys() <= now.keys():
            return False
    whole = {**at.previous_answers, **at.interview.case.by_question}
    given = {name: standing[name][1] for name in whole if name not in begun}
    return all(
        whole[name].lines.items() <= answer.lines.items()
        and answer.values in ({} if answer.lines else None, whole[name].values)
        for name, answer in given.items()
    )


def test_the_answers_of_any_conversation_are_those_that_it_holds(pack: Pack) -> None:
    """Those of somebody who holds it by chance, at each of their steps."""
    kinds = set[type[Step]]()
    begun = anew = 0
    for seed in range(30):
        someone = Someone(pack, seed)
        events, taken_up = kept(someone.at, someone.at.state), False
        for _ in range(30):
            someone.at = someone.step() or someone.at
        for past, after in reversed(list(steps_back(someone.at))):
            if isinstance(past.step, TookReplyBack):  # which line was the last of the list is known to the pack alone
                break
            events.append(event(Stepped(step=past.step, then=after.state)))
            standing = answers_of(events)
            taken_up |= isinstance(past.step, TookRepliesUp)
            assert is_as_held(after, standing, taken_up), (seed, past.step)
            kinds.add(type(past.step))
            begun += bool(after.current_replies)
            anew += bool(after.current_replies) and len(standing[after.state][1].lines) > len(after.current_replies)
    assert kinds >= {*get_args(WithinList), WentThrough, Changed, WentBack, Answered} - {TookReplyBack}
    assert begun > anew > 0
