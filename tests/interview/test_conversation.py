"""One conversation as every shell holds it: lists half way, what was taken back, lines chosen by hand."""

from datetime import date

import pytest

from chatbot.interview.answered_questions import exchanges
from chatbot.interview.conversation import Conversation, begin
from chatbot.interview.parse_given import parse_both, parse_picked, parse_typed
from chatbot.interview.prompt import Prompt
from chatbot.interview.reading.en import ENGLISH
from chatbot.interview.reading.line_labels import line_number, lines_named, one_key_labels
from chatbot.interview.reading.parse_answer import NotUnderstood, ParsedAnswer, marks
from chatbot.packs.pack import Pack

TODAY = date(2026, 3, 2)


def at(pack: Pack, question: str = "", mode: str = "patient") -> Conversation:
    """A conversation, with a question put first if one is named."""
    new = begin(pack.plan, pack.wording(), mode, "gb", TODAY)  # type: ignore[arg-type] # one of the modes
    return new.jump(question) if question else new


def asked(conversation: Conversation) -> Prompt:
    """The question at hand."""
    found = conversation.asked
    assert found is not None
    return found


@pytest.mark.parametrize("mode", ["patient", "nurse"])
def test_a_line_chosen_by_hand_is_the_answer_its_words_give(pack: Pack, mode: str) -> None:
    """Every line of every question, and what is always there, means by hand what its number means when typed."""
    checked = 0
    for question in pack.dialog.questions.values():
        here = at(pack, question.id, mode)
        if here.state != question.id or question.kind == "lines":
            continue
        put = asked(here)
        own = [choice.id for choice in put.choices]
        for place, name in enumerate([*own, *(name for name, _ in put.always)], start=1):
            typed = parse_typed(here, put, str(place)) if not put.is_figure else parse_typed(here, put, name)
            picked = parse_picked(here, put, frozenset([name]))
            if put.is_figure and name in own and not name.isdecimal():
                continue
            if put.is_figure and name not in own:
                typed = parse_typed(here, put, {"*unknown": "not sure"}[name])
            assert isinstance(picked, ParsedAnswer), (question.id, name)
            assert isinstance(typed, ParsedAnswer), (question.id, name)
            assert picked.answer.values == typed.answer.values, (question.id, name)
            assert picked.answer.lines == typed.answer.lines, (question.id, name)
            assert picked.answer.put == typed.answer.put, (question.id, name)
            checked += 1
    assert checked >= 150


def test_nothing_chosen_is_no_answer(pack: Pack) -> None:
    for question in ("saddle_sensation", "illnesses", "infection_risk"):
        here = at(pack, question)
        assert isinstance(parse_picked(here, asked(here), frozenset()), NotUnderstood)


@pytest.mark.parametrize("typed", [",", ";", ", ,", ". , ;"])
def test_punctuation_alone_denies_nothing(pack: Pack, typed: str) -> None:
    """A comma at a tick list is not "none of these"."""
    for question in ("illnesses", "infection_risk", "medicines"):
        here = at(pack, question)
        assert isinstance(parse_typed(here, asked(here), typed), NotUnderstood)


def test_a_choice_with_none_of_these_counts(pack: Pack) -> None:
    """Where both are chosen, what is worrying counts."""
    here = at(pack, "infection_risk")
    first = asked(here).choices[0].id
    both = parse_picked(here, asked(here), frozenset({first, "*none"}))
    alone = parse_picked(here, asked(here), frozenset({first}))
    assert isinstance(both, ParsedAnswer)
    assert isinstance(alone, ParsedAnswer)
    assert both.answer.values == alone.answer.values


def test_a_list_is_gone_through_in_any_order(pack: Pack) -> None:
    here = at(pack)
    for line in reversed([choice.id for choice in asked(here).choices]):
        here = here.reply(line, "no")
    assert here.finish_list().state == "saddle_sensation"


def test_a_worrying_line_breaks_the_list_off_at_once(pack: Pack) -> None:
    """The lines not read deny nothing; going back opens the list where it was left."""
    here = at(pack).reply("chest", "no").reply("collapse", "yes")
    assert here.state == "emergency"
    assert set(here.interview.case.by_question["right_now"].values) == {"other_emergency_signs"}
    back = here.back()
    assert back.state == "right_now"
    assert dict(back.current_replies) == {"chest": ("no", "no")}


def test_a_nurse_who_goes_on_finds_the_broken_list_again(pack: Pack) -> None:
    here = at(pack, mode="nurse").reply("chest", "yes").continue_note()
    assert here.state == "right_now"
    assert dict(here.current_replies) == {"chest": ("yes", "yes")}


def test_stopping_in_a_list_keeps_what_was_said_of_it(pack: Pack) -> None:
    here = at(pack).reply("chest", "no").reply("unwell", "unknown").stop()
    assert here.state == "stopped"
    assert here.interview.case.by_question["right_now"].values == {"very_unwell": "unknown"}


def test_what_was_taken_back_is_told_once(pack: Pack) -> None:
    here = at(pack)
    for choice in asked(here).choices:
        here = here.reply(choice.id, "no")
    here = here.finish_list()
    found = parse_picked(here, asked(here), frozenset({"normal"}))
    assert isinstance(found, ParsedAnswer)
    here = here.answer(found).back()
    assert here.previous_words["saddle_sensation"].startswith("No, all of it")
    assert "saddle_sensation" not in here.answer(found).previous_words


def test_the_thread_holds_the_persons_own_words(pack: Pack) -> None:
    here = at(pack, "onset_days")
    found = parse_typed(here, asked(here), "about three weeks")
    assert isinstance(found, ParsedAnswer)
    last = exchanges(here.answer(found).interview, here.words)[-1]
    assert (last.said, last.meant) == ("about three weeks", found.echo)


def test_words_that_need_a_question_put_it(pack: Pack) -> None:
    here = at(pack)
    for choice in asked(here).choices:
        here = here.reply(choice.id, "no")
    raised = here.finish_list().raising("i have wet myself")
    assert raised is not None
    assert raised.raised
    assert raised.state == "bladder_function"
    assert here.finish_list().raising("nothing of note") is None


def test_a_question_out_of_its_order_leads_back_to_the_order(pack: Pack) -> None:
    """What a caller tells first is recorded first; every question left is still asked."""
    here = at(pack, mode="nurse").jump("fever_chills")
    found = parse_picked(here, asked(here), frozenset({"yes"}))
    assert isinstance(found, ParsedAnswer)
    after = here.answer(found)
    assert after.state == "right_now"
    assert after.interview.rule_state.values["fever_chills"] == "yes"
    assert after.interview.plan.resume(after.interview.case).state == "right_now"
    assert after.jump("pregnancy_signs").state == "right_now"


def test_labels_are_one_key_each(pack: Pack) -> None:
    """Every line of every question has a key of its own, and typing it means that line."""
    for question in pack.dialog.questions.values():
        here = at(pack, question.id)
        if here.state != question.id:
            continue
        put = asked(here)
        count = len(put.choices) + len(put.always)
        labels = one_key_labels(count)
        assert len(set(labels)) == count
        assert not {"n", "u", "y", "s", "l", "r"} & set(labels)
        if question.kind in ("ticks", "many"):
            for place, label in enumerate(labels[: len(put.choices)], start=1):
                assert lines_named(put, label, labels, ENGLISH) == (str(place), ())


def test_a_nurse_has_words_to_read_out(pack: Pack) -> None:
    here = at(pack, "saddle_sensation", "nurse")
    put = asked(here)
    plain = asked(at(pack, "saddle_sensation"))
    assert put.aloud == plain.ask
    assert put.aloud_lines == plain.labels
    assert plain.aloud == ""


def test_the_emergency_checks_left_are_counted(pack: Pack) -> None:
    here = at(pack, mode="nurse")
    before = here.interview.checks_left
    assert "saddle_sensation" in before
    for choice in asked(here).choices:
        here = here.reply(choice.id, "no")
    assert set(before) - set(here.finish_list().interview.checks_left) == {"right_now"}


@pytest.mark.parametrize(("typed", "number"), [("3", 3), ("#3", 3), ("change 12", 12), ("3.", 3), ("three", None)])
def test_the_number_of_a_line_is_read(typed: str, number: int | None) -> None:
    assert line_number(typed, ENGLISH) == number


def test_the_marks_of_an_answer_are_the_lines_that_give_it(pack: Pack) -> None:
    """What a person typed can be shown as marks on the lines."""
    for question in pack.dialog.questions.values():
        here = at(pack, question.id)
        if here.state != question.id or question.kind == "lines":
            continue
        put = asked(here)
        for name in [*(choice.id for choice in put.choices), *(name for name, _ in put.always)]:
            if put.is_figure and not name.isdecimal() and not name.startswith("*"):
                continue
            found = parse_picked(here, put, frozenset({name}))
            assert isinstance(found, ParsedAnswer)
            assert marks(put, found.answer) == {name}, (question.id, name)


def test_ticks_and_typed_words_both_count(pack: Pack) -> None:
    here = at(pack, "infection_risk")
    put = asked(here)
    first, second = (choice.id for choice in put.choices[:2])
    found = parse_both(here, put, "2", frozenset({first}))
    assert isinstance(found, ParsedAnswer)
    assert marks(put, found.answer) == {first, second}
    assert parse_both(here, put, "none of these", frozenset({first})) == NotUnderstood("none_and_some")
    assert parse_both(here, put, "1", frozenset({"*none"})) == NotUnderstood("none_and_some")
    assert isinstance(parse_both(here, put, "none of these", frozenset({"*none"})), ParsedAnswer)


def through_the_list(here: Conversation, reply: str = "no") -> Conversation:
    """The list at hand, every line with the same reply."""
    for choice in asked(here).choices:
        here = here.reply(choice.id, reply)  # type: ignore[arg-type] # one of the replies
    return here.finish_list()


def test_an_answer_taken_back_is_kept_as_it_was(pack: Pack) -> None:
    """Going back does not lose work: the old answer is at hand until another is given."""
    here = through_the_list(at(pack))
    found = parse_picked(here, asked(here), frozenset({"normal"}))
    assert isinstance(found, ParsedAnswer)
    back = here.answer(found).back()
    assert (
        back.previous_answers["saddle_sensation"]
        == back.interview.plan.resume(here.answer(found).interview.case).applicable_answers[-1]
    )
    assert back.answer(found).previous_answers == {}


def test_the_replies_of_a_list_taken_back_can_be_taken_up(pack: Pack) -> None:
    back = through_the_list(at(pack)).back()
    assert back.current_replies == {}
    assert {reply for reply, _ in back.restore_replies().current_replies.values()} == {"no"}
    assert len(back.restore_replies().current_replies) == len(asked(back).choices)
    assert back.restore_replies().restore_replies().current_replies == back.restore_replies().current_replies


def test_the_question_that_decides_how_soon_says_so(pack: Pack) -> None:
    """After an answer that calls for help today, and only then."""
    here = through_the_list(at(pack))
    assert not here.pressing
    found = parse_picked(here, asked(here), frozenset({"numb"}))
    assert isinstance(found, ParsedAnswer)
    after = here.answer(found)
    assert after.state == "cauda_symptom_timing"
    assert after.pressing
    assert not after.back().pressing


def test_an_age_that_ends_the_questions_is_confirmed(pack: Pack) -> None:
    """A slip of the finger does not send a grown person to a service for children."""
    here = at(pack, "age_years")
    young, grown = parse_typed(here, asked(here), "1"), parse_typed(here, asked(here), "61")
    assert isinstance(young, ParsedAnswer)
    assert isinstance(grown, ParsedAnswer)
    assert young.echo
    assert not grown.echo


@pytest.mark.parametrize(
    ("typed", "days"),
    [("my back's been killing me for 3 weeks", 21), ("it has hurt like this for ten days", 10)],
)
def test_how_long_is_found_within_a_sentence_and_confirmed(pack: Pack, typed: str, days: int) -> None:
    here = at(pack, "onset_days")
    found = parse_typed(here, asked(here), typed)
    assert isinstance(found, ParsedAnswer)
    assert found.echo
    value = here.interview.plan.rulebook.facts["onset_days"].read(found.answer.values["onset_days"])
    assert value.low <= days <= value.high  # type: ignore[union-attr] # a span


@pytest.mark.parametrize(
    "typed", ["for weeks I had pain and for 2 days numbness", "waiting for the doctor", "for a bit"]
)
def test_a_sentence_with_two_times_or_none_is_asked_again(pack: Pack, typed: str) -> None:
    here = at(pack, "onset_days")
    assert isinstance(parse_typed(here, asked(here), typed), NotUnderstood)


def test_what_only_a_nurse_can_find_is_not_read_out(pack: Pack) -> None:
    here = at(pack, "exam_news2", "nurse")
    assert here.state == "exam_news2"
    assert asked(here).aloud == ""
