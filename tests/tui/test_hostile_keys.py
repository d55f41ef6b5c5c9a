"""Keys that no person pressed: out of a paste, by the thousand, or held down; one answer at most to what is shown."""

from itertools import pairwise

import pytest
from textual import events

from chatbot.case import Mode
from chatbot.packs.pack import Pack
from chatbot.tui.app import LARGEST
from chatbot.tui.key_timing import SETTLE
from chatbot.tui.keys import KEYS
from tests.support.adverse import KINDS, Clock, answers, fed, more, reached_once, send, uncovered
from tests.support.driving import running
from tests.support.hostile import TYPED
from tests.support.painted import is_harmless

# What a clipboard may hold to get out of a paste and press keys, move the mouse, or change the window.
OUT_OF_A_PASTE = (
    "no \x1b]x\ryes\r", "1\x1b[201~\r", "yes\r\nyes\r\n", "\x1b[201~1\r1\r1\r", "\x1b[201~\x1bOP\r", "\x113",
    "\x1b[201~\x1b\x1b\r", "\x1b[200~\x1b[201~\r\r", "\x1b[201~\x11\x11", "\x1b[201~\x1b[17~", "\x1b[201~yy",
    "1\n2\n3\n", "\x1b\x1b\x1b", "\x1b[201~" + "1" * 200, "\x1b[201~" + "2" * 200 + "\r", "\x1b[48;60000;60000;1;1t",
    "\x1b[13u\x1b[13u", "\x1b[201~\x1b[48;0;0;0;0t", "\x1b[201~\x1b[<0;5;9M\x1b[<0;5;9m", "\x1b[201~0\r0\r",
    "\x1b[201~\x1b[<0;20;15M\x1b[<0;20;15m\r", "\x1b[201~\x1b[13u1\x1b[13u", "\x11\x11\x11", "\x03\x03", "\x1b[21~2",
    "\x1b[19~\x11", "\r" * 500,
)  # fmt: skip


@pytest.mark.parametrize("who", ["patient", "nurse"])
async def test_what_a_terminal_sends_at_once_answers_one_question_at_most(pack: Pack, who: Mode) -> None:
    """As typed, as pasted, and out of a paste; none of it ends the app or takes its memory."""
    clock = Clock()
    async with running(pack, None, (40, 15), pace=clock) as app:
        for number, text in enumerate([*OUT_OF_A_PASTE, *TYPED[who == "nurse" :: 4]]):
            at = reached_once(pack, KINDS[number % len(KINDS)], who)
            sent = (text, f"\x1b[200~{text}\x1b[201~")
            for raw in sent if text in OUT_OF_A_PASTE else sent[number % 2 :][:1]:
                await uncovered(app, at)
                at = app.conversation
                clock.now += 10
                await send(app, clock, raw)
                assert not app.app._exit, ascii(raw)
                assert more(app, at) <= 1, ascii(raw)
                assert all(0 < side <= most for side, most in zip(app.app.size, LARGEST, strict=True))
            if app.app.size != (40, 15):
                await app.resize(40, 15)
            assert app.rows


@pytest.mark.parametrize("who", ["patient", "nurse"])
@pytest.mark.parametrize("question", KINDS)
async def test_a_paste_submits_nothing(pack: Pack, question: str, who: Mode) -> None:
    """Its line ends and escapes are no keys; what is left of it waits in the line to type in."""
    clock = Clock()
    async with running(pack, None, pace=clock) as app:
        for text in (
            "yes\ryes\r",
            "1\n2\n",
            "no\r\n",
            "\n\n\n",
            "1\x1b\r",
            "\x1b",
            "1\x1bOP",
            "3 weeks\r",
            "no\x1b[A\r",
        ):
            await uncovered(app, reached_once(pack, question, who))
            at, before = app.conversation, (app.topic, app.state)
            clock.now += 10
            await send(app, clock, events.Paste(text))
            assert (more(app, at), app.topic, app.state) == (0, *before), ascii(text)
            assert is_harmless(app.typed.value)


@pytest.mark.parametrize("question", ["saddle_sensation", "how_started", "age_years", "right_now"])
async def test_a_thousand_enters_answer_nothing_that_nobody_chose(pack: Pack, question: str) -> None:
    """Neither all at once nor from a key that is held down."""
    clock = Clock()
    async with running(pack, None, pace=clock) as app:
        for apart in (0, 0.033):
            await uncovered(app, reached_once(pack, question))
            at = app.conversation
            clock.now += 10
            await send(app, clock, "\r" * 1_000, apart)
            assert more(app, at) == 0
            assert app.state == question
        assert "Error:" in app.notice


@pytest.mark.parametrize(
    ("question", "chosen"), [("saddle_sensation", "\x1b[B"), ("how_started", "2"), ("age_years", "40")]
)
async def test_a_thousand_enters_answer_the_one_question_that_was_chosen_for(
    pack: Pack, question: str, chosen: str
) -> None:
    clock = Clock()
    async with running(pack, None, pace=clock) as app:
        for apart in (0.0005, 0.033):
            await uncovered(app, reached_once(pack, question))
            before = answers(app)
            clock.now += 10
            await send(app, clock, chosen)
            clock.now += 1
            await send(app, clock, "\r" * 1_000, apart)
            assert answers(app) - before <= 1
        assert app.state != question


async def test_enter_held_down_answers_one_question_however_long(pack: Pack) -> None:
    """Painted after every repeat, the next question stays untouched."""
    clock = Clock()
    async with running(pack, None, pace=clock) as app:
        await app.show(reached_once(pack, "saddle_sensation"))
        before = answers(app)
        clock.now += 10
        await send(app, clock, "\x1b[B")
        for _ in range(100):
            await send(app, clock, "\r", 0.033)
        assert answers(app) - before == 1


@pytest.mark.parametrize("digit", ["1", "2"])
async def test_a_digit_held_down_by_a_nurse_answers_nothing_before_it_was_seen(pack: Pack, digit: str) -> None:
    """Whole questions and the lines of a list stand for a moment before the next repeat counts."""
    clock = Clock()
    async with running(pack, None, pace=clock) as app:
        await app.show(reached_once(pack, "saddle_sensation", "nurse"))
        clock.now += 10
        times = []
        for _ in range(100):
            at = app.conversation
            await send(app, clock, digit, 0.033)
            if more(app, at):
                times.append(clock.now)
        assert len(times) > 3
        assert all(later - earlier >= SETTLE["nurse"] for earlier, later in pairwise(times))


@pytest.mark.parametrize("delay", [0.1, 0.66])
@pytest.mark.parametrize(("who", "question"), [("patient", "saddle_sensation"), ("nurse", "illnesses")])
async def test_no_key_of_an_action_answers_more_than_once_while_it_is_held_down(
    pack: Pack, who: Mode, question: str, delay: float
) -> None:
    """Nor where the keyboard waits before it repeats; each repeat finds painted what the one before it led to."""
    clock = Clock()
    async with running(pack, None, pace=clock) as app:
        for key in sorted(set(KEYS.values()) - {KEYS["interrupt"], KEYS["suspend"]}):
            await uncovered(app, reached_once(pack, question, who))
            topic, acted = app.topic, 0
            clock.now += 10
            for repeat in range(14 if key in app.screen.active_bindings else 1):
                at = app.conversation
                clock.now += delay if repeat == 1 else 0.1
                await app.keys(key, at=clock.now)
                acted += more(app, at) > 0
                if app.topic != topic:
                    break
            assert acted <= 1, key


async def test_a_word_that_is_typed_is_not_lost_by_skipping(pack: Pack) -> None:
    async with running(pack, None) as app:
        await app.show(reached_once(pack, "saddle_sensation"))
        await app.type("yes")
        await app.keys("f5")
        assert (app.state, app.typed.value) == ("saddle_sensation", "yes")
        assert "Esc" in app.notice
        await app.keys("escape", "f5")
        assert app.said("saddle_sensation") == {"saddle_sensation": "prefer_not"}


async def test_words_that_were_not_understood_do_not_keep_a_question_from_being_skipped(pack: Pack) -> None:
    async with running(pack, None) as app:
        await app.show(reached_once(pack, "saddle_sensation"))
        await app.say("qwertz")
        await app.keys("f5")
        assert app.said("saddle_sensation") == {"saddle_sensation": "prefer_not"}


async def test_a_digit_held_down_while_nothing_is_painted_answers_one_question(pack: Pack) -> None:
    clock = Clock()
    async with running(pack, None, pace=clock) as app:
        await app.show(reached_once(pack, "saddle_sensation", "nurse"))
        before = answers(app)
        clock.now += 10
        await send(app, clock, "1" * 100, 0.033)
        assert answers(app) - before == 1


def test_the_library_makes_keys_of_what_is_sent() -> None:
    """Which these tests rest on: an escape in a paste ends it, and what follows is pressed."""
    found = [event.key for event in fed("\x1b[200~no \x1b]x\ryes\r\x1b[201~") if isinstance(event, events.Key)]
    assert found.count("enter") == 2
