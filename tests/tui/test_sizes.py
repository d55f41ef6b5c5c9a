"""Every screen in every window: what matters is in sight from 40 by 15 on, below it one sentence, and nothing fails."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from random import Random

import pytest
from textual import events
from textual.geometry import Size

from chatbot.case import Mode
from chatbot.interview.conversation import Conversation
from chatbot.packs.pack import Pack
from chatbot.tui.words import words
from tests.support.adverse import reached_once
from tests.support.driving import _DRAWN, Driven, running
from tests.support.person import TODAY

SMALL = [(1, 1), (5, 3), (20, 5)]
ENOUGH = [(40, 15), (80, 24), (120, 40), (200, 60), (500, 200)]
NUMB = {"saddle_sensation": "numb"}
TOO_SMALL = "This window is too small. Make it at least 40 columns wide and 15 rows high."


@dataclass(frozen=True)
class Shown:
    """A screen: where the conversation stands, the keys that open it from there, and what must be in sight."""

    until: str
    keys: tuple[str, ...] = ()
    who: Mode = "patient"
    sees: tuple[str, ...] = ()
    emergency: bool = False


SCREENS = {
    "start": Shown("", sees=("gets suddenly worse: Call 999", "Who is answering?", "1 ( ) I am, for myself")),
    "lines": Shown("right_now", sees=("Has any of this", "> Chest")),
    "one": Shown("saddle_sensation", sees=("Think of the parts", "1 ( ) No")),
    "ticks": Shown("how_started", sees=("How did it start?", "1 [ ] Slowly")),
    "many": Shown("infection_risk", sees=("Think of now", "1 [ ] I lived")),
    "number": Shown("age_years", sees=("How old are you?", "( ) I'm not sure")),
    "duration": Shown("onset_days", sees=("How long have you", "( ) I'm not sure")),
    "confirming": Shown("onset_days", ("3", "w", "enter"), sees=("So 3 weeks. Is that right?", "1 ( ) Yes")),
    "scale": Shown("pain_severity_nprs", sees=("From 0 to 10", "0 ( ) 0 no pain")),
    "picture": Shown("pain_location", sees=("Where is the pain?", "a [ ] Low back")),
    "error": Shown("saddle_sensation", ("enter",), sees=("Think of the parts", "1 ( ) No", "Error: Select one")),
    "why": Shown("saddle_sensation", ("f2",), sees=("Think of the parts", "1 ( ) No")),
    "nurse's lines": Shown("right_now", who="nurse", sees=("Emergencies presenting", "> Chest")),
    "nurse's picture": Shown("pain_location", who="nurse", sees=("Site of pain?", "a [ ] Lumbar")),
    "emergency": Shown("emergency", sees=("!!! EMERGENCY ADVICE: Call 999", "How soon: Now", "1 Show"), emergency=True),
    "its summary": Shown("emergency", ("1",), sees=("!!! EMERGENCY ADVICE: Call 999", "Ask about"), emergency=True),
    "check": Shown("check_answers", sees=("Check your answers", "Has any of this", "All right: show my")),
    "summary": Shown("complete", sees=("SELF-CARE ADVICE: You can", "How soon: Check", "Ask about this:")),
    "help": Shown("how_started", ("f1",), sees=("Help", "One question at a time.")),
    "so far": Shown("how_started", ("f3",), sees=("What we have so far", "Has any of this")),
    "thread": Shown("how_started", ("f4",), sees=("Whole conversation", "You: ")),
    "jump": Shown("how_started", ("slash",), "nurse", ("Go to a question", "Emergencies presenting")),
    "topics": Shown("complete", ("f2",), sees=("Have a question about this?", "1 Why this advice?")),
    "references": Shown("complete", ("f6",), sees=("[1] ",)),
    "save": Shown("complete", ("f9",), sees=("Save", "Enter a file name.", "triage-summary")),
    "again": Shown("complete", ("f10",), sees=("Start again?", "Call 999", "1 Stay")),
    "leave": Shown("how_started", ("ctrl+q",), sees=("Leave?", "Call 999", "1 Stay")),
    "palette": Shown("how_started", ("ctrl+p",), sees=("Search",)),
}


async def opened(app: Driven, pack: Pack, shown: Shown) -> None:
    """Go to a screen."""
    if shown.until:
        await app.show(reached_once(pack, shown.until, shown.who, **(NUMB if shown.emergency else {})))
        await app.keys(*shown.keys)


@pytest.mark.parametrize("name", SCREENS)
async def test_what_matters_is_in_sight_in_every_window(pack: Pack, name: str) -> None:
    """With the keys in the last row; a window made small and large again shows what it showed before."""
    shown = SCREENS[name]
    async with running(pack, None) as app:
        await opened(app, pack, shown)
        focused, before = app.screen.focused, app.rows
        for size in [*ENOUGH, *SMALL, (39, 15) if len(name) % 2 else (40, 14), (80, 24)]:
            await app.resize(*size)
            rows = app.rows
            text = " ".join(" ".join(rows).translate(_DRAWN).split())
            assert len(rows) == size[1]
            if size in [*ENOUGH, (80, 24)]:
                where = "\n".join([str(size), *rows[:40]])
                assert [words for words in shown.sees if words not in text] == [], where
                assert name in ("palette", "check") or rows[-1].split()[0] in ("Enter", "Esc"), where
            elif size not in SMALL and name != "palette":
                await refused(app, text, shown)
        assert app.screen.focused is focused
        if name not in ("thread", "its summary"):
            assert app.rows == before


async def refused(app: Driven, text: str, shown: Shown) -> None:
    """The advice where there is some, else what to do in an emergency, and which key leaves; no key answers."""
    assert f"{TOO_SMALL} Ctrl+Q leaves." in text
    if shown.until in ("emergency", "complete"):
        assert text.startswith("!!! EMERGENCY" if shown.emergency else "SELF-CARE ADVICE: You can look after")
    else:
        assert "emergency" in text or "999" in text
    at = app.app.conversation
    await app.keys("1", "enter", "escape")
    assert app.app.conversation is at


@pytest.mark.parametrize("who", ["patient", "nurse"])
async def test_every_question_fits_the_smallest_window(pack: Pack, who: Mode) -> None:
    """Its first words, the first words of its first line, the line to type in and the keys."""
    async with running(pack, None, (40, 15)) as app:
        for question in pack.dialog.questions:
            at = Conversation(replace(pack.plan.begin(who, "gb"), state=question), pack.wording(), TODAY)
            if at.asked is None:
                continue
            await app.show(at)
            where = f"{question}\n" + "\n".join(app.rows)
            assert " ".join(at.asked.ask.split()[:4]) in app.text, where
            if app.answers.display:
                line = next(line for line in app.answers.lines if not line.heading)
                assert " ".join(line.text.split()[:2]) in app.text, where
            assert app.rows[-2].startswith(" >"), where
            assert "Enter Continue" in app.rows[-1], where


@pytest.mark.parametrize("size", SMALL)
async def test_a_small_window_from_the_start(pack: Pack, size: tuple[int, int]) -> None:
    """Everything comes up in it once it is larger; leaving is possible without that."""
    async with running(pack, None, size) as app:
        for until in ("right_now", "pain_location", "check_answers", "complete"):
            await app.show(reached_once(pack, until))
            assert app.rows
        await app.show(reached_once(pack, "emergency", **NUMB))
        if size[0] >= 20:
            assert app.text.startswith("!!! EMERGENCY ADVICE: Call 999 or go to A&E now")
        await app.resize(80, 24)
        assert "EMERGENCY ADVICE" in app.text
        await app.resize(*size)
        await app.keys("ctrl+q")
        assert app.topic == "leave"
        assert not app.app._exit
        await app.keys("ctrl+q")
        assert app.app._exit


async def test_a_hidden_screen_stays_hidden_in_a_small_window(pack: Pack) -> None:
    async with running(pack, None) as app:
        await app.show(reached_once(pack, "emergency", **NUMB))
        await app.keys("f8")
        for size in [*SMALL, *ENOUGH]:
            await app.resize(*size)
            assert app.rows
            assert "EMERGENCY" not in app.text
            assert "999" not in app.text
        await app.resize(30, 10)
        await app.keys("f8")
        assert app.topic == "emergency"
        await app.keys("f8")
        assert app.topic == "cleared"


async def test_the_level_stays_in_sight_while_the_advice_is_scrolled(pack: Pack) -> None:
    async with running(pack, None, (40, 15)) as app:
        for until, says, word in (("emergency", NUMB, "EMERGENCY ADVICE"), ("complete", {}, "SELF-CARE ADVICE")):
            await app.show(reached_once(pack, "age_years"))
            await app.show(reached_once(pack, until, **says))
            if until == "emergency":
                await app.keys("1")
            for _ in range(30):
                assert word in app.text, "\n".join(app.rows)
                await app.keys("pagedown")


def sizes(seed: int, count: int) -> Iterator[Size]:
    """Windows of any size, every tenth of them far too small."""
    random = Random(seed)
    for number in range(count):
        yield Size(random.randint(1, 30 if number % 10 == 0 else 250), random.randint(1, 90))


def half_way(pack: Pack) -> Conversation:
    """A list of which two lines are replied to."""
    at = reached_once(pack, "right_now")
    first, second = (choice.id for choice in at.asked.choices[:2]) if at.asked else ("", "")
    return at.reply(first, "no").reply(second, "unknown")


@pytest.mark.parametrize(
    "begin", [half_way, lambda pack: reached_once(pack, "pain_location")], ids=["a list", "a picture"]
)
async def test_500_resizes_change_nothing(pack: Pack, begin: Callable[[Pack], Conversation]) -> None:
    """While something is typed; some are painted, some are overtaken by the next."""
    async with running(pack) as app:
        at = begin(pack)
        await app.show(at)
        await app.type("so")
        rows, said = app.rows, dict(app.conversation.current_replies)
        for number, size in enumerate(sizes(7, 500)):
            app.app.post_message(events.Resize(size, size))
            if number % 25 == 0:
                await app.resize(*size)
                assert len(app.rows) == size.height
        await app.resize(80, 24)
        assert app.rows == rows
        assert app.state == at.state
        assert dict(app.conversation.current_replies) == said
        assert app.typed.value == "so"
        await app.keys("!")
        assert app.typed.value == "so!"


async def test_resizes_between_answers_change_no_answer(pack: Pack) -> None:
    """A whole conversation is the same as in a window that stays."""
    answered = []
    for window in ([Size(80, 24)], list(sizes(3, 24))):
        async with running(pack, "nurse") as app:
            for number in range(12):
                await app.say("none of these" if app.answers.kind in ("replies", "many") else "not known")
                for size in window[number * 2 : number * 2 + 2]:
                    await app.resize(max(40, size.width), max(15, size.height))
            answered.append([(a.question, a.values) for a in app.conversation.interview.case.answers])
    assert answered[0] == answered[1]
    assert len(answered[0]) > 4


def test_the_sentence_names_what_is_needed() -> None:
    assert words().say("small", width=40, height=15, leave="Ctrl+Q") == f"{TOO_SMALL} Ctrl+Q leaves."
