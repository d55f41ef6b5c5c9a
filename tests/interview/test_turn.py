"""The grammar of a turn: words at a list speak of the lines they mean, and of no other, in every shell."""

import random

import pytest

from chatbot.case import Mode, Reply
from chatbot.interview.conversation import Conversation, begin
from chatbot.interview.lines_meant import open_lines
from chatbot.interview.parse_given import parse_picked, parse_typed
from chatbot.interview.reading.parse_answer import ParsedAnswer, marks
from chatbot.interview.turn import (
    AskAgain,
    Finished,
    Given,
    GoesOn,
    LineReply,
    NoneOfTheRest,
    Outcome,
    Picked,
    Skip,
    Turn,
    Typed,
    Unread,
    can_begin_more,
    may_skip,
    take,
)
from chatbot.interview.view.emergency_choices import emergency_choices
from chatbot.packs.pack import Pack

MODES: tuple[Mode, ...] = ("patient", "carer", "nurse")


def at_list(pack: Pack, question: str, mode: Mode) -> Conversation:
    """The conversation with a list at hand."""
    at = begin(pack.plan, pack.wording("en"), mode, "gb", None)
    return at if at.state == question else at.jump(question)


def every_list(pack: Pack, mode: Mode) -> list[Conversation]:
    names = [question.id for question in pack.dialog.questions.values() if question.kind == "lines"]
    lists = [at for name in names if (at := at_list(pack, name, mode)).state == name]
    assert len(lists) > 3
    return lists


def replies(before: Conversation, found: Outcome) -> dict[str, str]:
    """What was replied to the list so far, also where a yes was an emergency."""
    assert isinstance(found, GoesOn)
    after = found.conversation
    said = after.current_replies if after.state == before.state else after.interrupted_lists.get(before.state)
    if said is None:
        return dict(after.interview.case.by_question[before.state].lines)
    return {line: reply for line, (reply, _) in said.items()}


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("reply", ["yes", "no", "not sure"])
def test_words_at_any_list_reply_to_the_line_they_name_alone(pack: Pack, mode: Mode, reply: str) -> None:
    for at in every_list(pack, mode):
        assert at.asked is not None
        for number, choice in enumerate(at.asked.choices, start=1):
            found = take(Turn(at, numbered=True), Typed(f"{number} {reply}"))
            wanted = {"not sure": "unknown"}.get(reply, reply)
            assert replies(at, found) == {choice.id: wanted}, (at.state, number)


@pytest.mark.parametrize("mode", MODES)
def test_words_at_any_list_keep_the_replies_that_other_lines_had(pack: Pack, mode: Mode) -> None:
    for at in every_list(pack, mode):
        assert at.asked is not None
        given = at
        for choice in at.asked.choices[:2]:
            given = given.reply(choice.id, "unknown")
        for number, choice in enumerate(at.asked.choices[2:-1], start=3):
            found = take(Turn(given, numbered=True), Typed(f"{number} yes"))
            kept = dict.fromkeys(given.current_replies, "unknown")
            assert replies(at, found) == {**kept, choice.id: "yes"}, (at.state, number)


@pytest.mark.parametrize("mode", MODES)
def test_none_of_these_never_turns_a_reply_into_no(pack: Pack, mode: Mode) -> None:
    for at in every_list(pack, mode):
        assert at.asked is not None
        first, *others = (choice.id for choice in at.asked.choices)
        for given in (Typed("none of these"), NoneOfTheRest()):
            found = take(Turn(at.reply(first, "unknown"), numbered=True), given)
            assert isinstance(found, GoesOn)
            lines = found.conversation.interview.case.by_question[at.state].lines
            assert {line: lines[line] for line in (first, *others)} == {first: "unknown", **dict.fromkeys(others, "no")}


def test_none_of_these_is_refused_while_lines_are_unread(pack: Pack) -> None:
    at = at_list(pack, "right_now", "patient")
    assert take(Turn(at, unread=3), Typed("none of these")) == Unread(3)


@pytest.mark.parametrize("mode", MODES)
def test_no_answer_to_a_list_to_tick_denies_lines_that_are_unread(pack: Pack, mode: Mode) -> None:
    """Whatever is ticked, by hand or in words; what denies nothing is taken: not sure of the others, or declined."""
    ticked = [question for question, asks in pack.dialog.questions.items() if asks.kind in ("many", "ticks")]
    assert len(ticked) > 4
    begun = begin(pack.plan, pack.wording("en"), mode, "gb", None)
    denying = 0
    for at in (begun.jump(question) for question in ticked):
        if at.state not in ticked or at.asked is None:
            continue
        line, label = at.asked.choices[0].id, at.asked.labels[0]
        for given in (Picked(frozenset({line})), Typed("1"), Typed(label), Typed("", frozenset({line}))):
            assert take(Turn(at, unread=2), given) == Unread(2), at.state
            assert isinstance(take(Turn(at), given), GoesOn), at.state
            denying += 1
        unsure = Picked(frozenset({line, "*some"}))
        parsed = parse_picked(at, at.asked, unsure.lines)
        assert isinstance(parsed, ParsedAnswer)
        is_kept = "*some" in marks(at.asked, parsed.answer)
        assert isinstance(take(Turn(at, unread=2), unsure), GoesOn if is_kept else Unread), at.state
    assert denying > 8


@pytest.mark.parametrize("letter", list("abcdefghijkmop"))
def test_a_letter_names_no_line_of_a_list_without_letters(pack: Pack, letter: str) -> None:
    for at in every_list(pack, "patient"):
        assert isinstance(take(Turn(at, line=open_lines(at)[0]), Typed(letter)), AskAgain), at.state


def test_a_list_is_skipped_as_not_known_outside_the_emergency_checks_alone(pack: Pack) -> None:
    for mode in MODES:
        for at in every_list(pack, mode):
            assert at.asked is not None
            typed, by_key = take(Turn(at), Typed("skip")), take(Turn(at), Skip())
            assert type(typed) is type(by_key)
            if at.asked.question.block:
                assert not isinstance(typed, GoesOn)
            elif not at.asked.skippable:
                assert set(replies(at, typed).values()) == {"unknown"}


def test_a_digit_that_begins_a_longer_figure_is_no_answer_by_itself() -> None:
    scale = [str(number) for number in range(11)]
    assert [label for label in scale if can_begin_more(label, scale)] == ["1"]


def test_an_emergency_offers_going_on_to_a_nurse_alone(pack: Pack) -> None:
    assert ["emergency_continue" in emergency_choices(at_list(pack, "right_now", mode)) for mode in MODES] == [
        False,
        False,
        True,
    ]


@pytest.mark.parametrize(
    "beside", ["{n}, {none}", "{none}, {n}", "{n} and {none}", "{none}, not sure", "{n} yes, {none}"]
)
def test_none_of_these_beside_anything_else_is_asked_again(pack: Pack, beside: str) -> None:
    for at in every_list(pack, "nurse"):
        assert at.asked is not None
        none = len(at.asked.choices) + 1
        for n in range(1, none):
            found = take(Turn(at, numbered=True), Typed(beside.format(n=n, none=none)))
            assert isinstance(found, AskAgain), (at.state, n)
        assert isinstance(take(Turn(at, numbered=True), Typed(str(none))), GoesOn)


@pytest.mark.parametrize(
    ("typed", "reply"), [("2 no", "no"), ("2) no", "no"), ("1 yes", "yes"), ("3 not sure", "unknown")]
)
def test_where_replies_have_numbers_and_lines_have_none_a_number_is_that_of_a_reply(
    pack: Pack, typed: str, reply: str
) -> None:
    for mode in MODES:
        for at in every_list(pack, mode):
            line = open_lines(at)[1]
            for unread in (3, 0):
                found = take(Turn(at, line=line, unread=unread, replies_numbered=True), Typed(typed))
                assert isinstance(found, GoesOn)
                said = found.conversation.current_replies or found.conversation.interrupted_lists[at.state]
                assert {name: given for name, (given, _) in said.items()} == {line: reply}, (at.state, typed)


@pytest.mark.parametrize(
    "typed", ["4", "4.", "4 no", "4. no", "5) yes", "1 no", "2 yes", "3, 4", "number 4 no", "#5 yes", "option 4"]
)
def test_a_number_that_is_no_reply_names_no_line_that_has_no_number(pack: Pack, typed: str) -> None:
    for at in every_list(pack, "patient"):
        assert isinstance(take(Turn(at, line=open_lines(at)[0], unread=3), Typed(typed)), AskAgain), at.state


JOINTS = (" ", " and ", " & ", "&", "+", ",", "; ", ", and ", "\n")


@pytest.mark.parametrize("joint", JOINTS)
@pytest.mark.parametrize("form", ["{}", "#{}", "({})", "{}:", "option {}"])
def test_figures_together_name_no_line_that_was_not_shown_however_they_are_joined(
    pack: Pack, joint: str, form: str
) -> None:
    """Nor do they reply to the line at hand, which none of them need be meant for."""
    for at in every_list(pack, "patient"):
        lines = open_lines(at)
        for end in ("", " yes", " no", " not sure"):
            for figures in (range(2, len(lines) + 1), (2, 2), (1, 2), (len(lines), 1)):
                typed = joint.join(form.format(figure) for figure in figures) + end
                for numbered in (True, False):
                    turn = Turn(at, line=lines[0], unread=len(lines) - 1, replies_numbered=numbered)
                    assert isinstance(take(turn, Typed(typed)), AskAgain), (at.state, typed)


@pytest.mark.parametrize("joint", JOINTS[:-1])
def test_figures_joined_name_the_same_lines_wherever_lines_have_numbers(pack: Pack, joint: str) -> None:
    for at in every_list(pack, "nurse"):
        lines = open_lines(at)
        found = take(Turn(at, numbered=True), Typed(f"1{joint}2 not sure"))
        first = "yes" if joint.strip().startswith((",", ";")) else "unknown"
        assert replies(at, found) == {lines[0]: first, lines[1]: "unknown"}, at.state


def test_one_figure_typed_twice_may_be_a_reply_as_well_as_a_line(pack: Pack) -> None:
    for at in every_list(pack, "patient"):
        assert isinstance(take(Turn(at, line=open_lines(at)[0]), Typed("2 2")), AskAgain), at.state


def test_nothing_is_lost_beside_the_number_of_a_reply(pack: Pack) -> None:
    at = at_list(pack, "right_now", "patient")
    turn = Turn(at, line=open_lines(at)[0], unread=10, replies_numbered=True)
    assert isinstance(take(turn, Typed("2 no, my chest hurts")), AskAgain)


GIVEN: tuple[Given, ...] = (
    Picked(frozenset({"*none"})), Picked(frozenset({"normal"})), Picked(frozenset({"chest"})), Picked(frozenset()),
    LineReply("chest", "yes"), LineReply("no_such_line", "no"), LineReply("", "no"), LineReply("", "yes"),
    NoneOfTheRest(), Finished(), Skip(), Typed(""),
)  # fmt: skip


@pytest.mark.parametrize("is_pending", [False, True])
@pytest.mark.parametrize(
    "question", ["right_now", "saddle_sensation", "infection_risk", "age_years", "medicines", "illnesses"]
)
@pytest.mark.parametrize("given", GIVEN, ids=str)
def test_what_is_given_is_taken_by_the_kind_of_question_it_is_for_alone(
    pack: Pack, given: Given, question: str, is_pending: bool
) -> None:
    at = at_list(pack, question, "patient")
    asked = at.asked
    assert asked is not None
    pending = parse_typed(at, asked, "40" if asked.is_figure else "not sure") if is_pending else None
    assert pending is None or isinstance(pending, ParsedAnswer)
    outcome = take(Turn(at, pending=pending, unread=3 if asked.question.kind == "lines" else 0), given)
    named = given.line if isinstance(given, LineReply) else ""
    if is_pending:
        may_answer = isinstance(given, LineReply) and given.reply == "yes"
    elif asked.question.kind == "lines":
        may_answer = named in {choice.id for choice in asked.choices}
        may_answer = may_answer or (isinstance(given, Skip) and not asked.question.block)
    elif isinstance(given, Picked):
        offered = {choice.id for choice in asked.choices} | {name for name, _ in asked.always}
        may_answer = bool(given.lines) and given.lines <= offered
    else:
        may_answer = isinstance(given, Skip) and may_skip(asked)
    assert may_answer or not isinstance(outcome, GoesOn), outcome
    if question == "right_now" and not is_pending and named == "chest":
        assert isinstance(outcome, GoesOn)


@pytest.mark.parametrize("typed", ["{} no", "{} yes", "#{} no", "option {}", "{}) not sure", "({}) no"])
@pytest.mark.parametrize("letter", "abchi")
def test_a_letter_with_a_reply_names_no_line_either(pack: Pack, typed: str, letter: str) -> None:
    for at in every_list(pack, "patient"):
        for numbered in (True, False):
            turn = Turn(at, line="" if numbered else open_lines(at)[0], numbered=numbered)
            assert isinstance(take(turn, Typed(typed.format(letter))), AskAgain), (at.state, numbered)


@pytest.mark.parametrize("typed", ["2 no", "1. yes", "3) not sure", "4"])
def test_a_number_that_may_be_that_of_a_reply_or_of_a_line_is_asked_again(pack: Pack, typed: str) -> None:
    """Where all lines are in sight and replies have keys of their own, nobody can tell which was meant."""
    for at in every_list(pack, "patient"):
        assert isinstance(take(Turn(at, line=open_lines(at)[0]), Typed(typed)), AskAgain), at.state


def test_a_bare_no_at_a_list_that_was_answered_in_part_denies_nothing(pack: Pack) -> None:
    """It may be said of the line that was just put; "none of these" says which are meant."""
    for at in every_list(pack, "nurse"):
        given = at.reply(open_lines(at)[-1], "unknown")
        assert isinstance(take(Turn(given, numbered=True), Typed("no")), AskAgain), at.state
        assert isinstance(take(Turn(given, numbered=True), Typed("none of these")), GoesOn), at.state


SAID: dict[Reply, str] = {"yes": "yes", "no": "no", "unknown": "not sure"}


def mixed(pack: Pack, mode: Mode, count: int) -> list[tuple[Conversation, dict[str, Reply], str]]:
    """Some lines of every list, each with a reply, at least one of them yes, and how that is typed with numbers."""
    found, chance = [], random.Random(count)  # nothing secret
    for at in every_list(pack, mode):
        assert at.asked is not None
        lines = [choice.id for choice in at.asked.choices]
        for turn in range(len(lines)):
            some = chance.sample(lines, k=min(count, len(lines)))
            yes_at = turn % len(some)
            given: dict[str, Reply] = {
                line: "yes" if place == yes_at else chance.choice(("yes", "no", "unknown"))
                for place, line in enumerate(some)
            }
            typed = ", ".join(f"{lines.index(line) + 1} {SAID[reply]}" for line, reply in given.items())
            found.append((at, given, typed))
    return found


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("count", [2, 3, 4])
def test_every_reply_of_one_input_counts_though_one_of_them_breaks_the_list_off(
    pack: Pack, mode: Mode, count: int
) -> None:
    ended = 0
    for at, given, typed in mixed(pack, mode, count):
        found = take(Turn(at, numbered=True), Typed(typed))
        assert replies(at, found) == given, (at.state, typed)
        assert isinstance(found, GoesOn)
        ended += found.conversation.state == "emergency"
    assert ended > 5


@pytest.mark.parametrize("mode", MODES)
def test_any_two_lines_said_together_are_both_a_yes(pack: Pack, mode: Mode) -> None:
    at = at_list(pack, "right_now", mode)
    lines = open_lines(at)
    for one in range(len(lines)):
        for other in range(one + 1, len(lines)):
            for typed in (f"{one + 1}, {other + 1}", f"{other + 1} yes, {one + 1}", f"{one + 1} and {other + 1}"):
                found = take(Turn(at, numbered=True), Typed(typed))
                assert replies(at, found) == {lines[one]: "yes", lines[other]: "yes"}, typed


@pytest.mark.parametrize("mode", MODES)
def test_words_in_which_a_yes_comes_first_lose_nothing_that_follows_it(pack: Pack, mode: Mode) -> None:
    """Line by line, where most lines were not shown yet, and with the rest that is not known."""
    at = at_list(pack, "right_now", mode)
    turn = Turn(at, line=open_lines(at)[0], unread=len(open_lines(at)) - 1)
    found = take(turn, Typed("my chest hurts, vomited blood, my calf is hot no"))
    assert replies(at, found) == {"chest": "yes", "swollen_leg": "no", "bleeding": "yes"}
    rest = take(turn, Typed("my chest hurts, not sure about the rest"))
    assert replies(at, rest) == {"chest": "yes", **dict.fromkeys(open_lines(at)[1:], "unknown")}


@pytest.mark.parametrize("mode", MODES)
def test_what_was_said_at_once_is_taken_back_at_once(pack: Pack, mode: Mode) -> None:
    """An emergency that still stands would otherwise wait unseen for the end of the list."""
    at = at_list(pack, "right_now", mode).reply("jaundice", "no")
    found = take(Turn(at, numbered=True), Typed("1, 4"))
    assert isinstance(found, GoesOn)
    assert found.conversation.state == "emergency"
    back = found.conversation.back()
    assert (back.state, list(back.current_replies)) == ("right_now", ["jaundice"])


def test_a_list_broken_off_by_several_lines_goes_on_with_those_left(pack: Pack) -> None:
    at = at_list(pack, "right_now", "nurse")
    found = take(Turn(at, numbered=True), Typed("1, 4"))
    assert isinstance(found, GoesOn)
    after = found.conversation.continue_note()
    assert after.state == "right_now"
    assert {line: reply for line, (reply, _) in after.current_replies.items()} == {"chest": "yes", "stroke": "yes"}
