"""Every action by name in the palette, help that lists what works, and hints that are true."""

import asyncio
from contextlib import AbstractAsyncContextManager

import pytest
from rich.cells import cell_len
from textual.actions import parse
from textual.command import CommandPalette
from textual.widgets import OptionList

from chatbot.case import Mode
from chatbot.packs.pack import Pack
from chatbot.tui.app import Start, TriageApp
from chatbot.tui.key_timing import Pace
from chatbot.tui.keys import KEYS, ORDER, key_name, key_texts
from chatbot.tui.widgets.typed import TypedLine
from tests.support.driving import Driven, asking, running

NUMB = {"saddle_sensation": "4", "cauda_symptom_timing": "1"}
# A place in the conversation, who is there, and the keys that open what stands before it.
PLACES: dict[str, tuple[str | None, Mode, list[str]]] = {
    "start": (None, "patient", []),
    "list": ("right_now", "patient", []),
    "one": ("saddle_sensation", "patient", []),
    "ticks": ("illnesses", "patient", []),
    "figure": ("age_years", "patient", []),
    "skippable": ("stomach_kidney_heart", "patient", []),
    "nurse": ("saddle_sensation", "nurse", []),
    "nurse's figure": ("age_years", "nurse", []),
    "emergency": ("emergency", "patient", []),
    "check": ("check_answers", "patient", []),
    "summary": ("complete", "patient", []),
    "so far": ("saddle_sensation", "patient", ["f3"]),
    "thread": ("saddle_sensation", "patient", ["f4"]),
    "help": ("saddle_sensation", "patient", ["f1"]),
    "leave": ("saddle_sensation", "patient", ["ctrl+q"]),
    "jump": ("saddle_sensation", "nurse", ["slash"]),
    "topics": ("complete", "patient", ["f2"]),
    "sources": ("complete", "patient", ["f6"]),
    "save": ("complete", "patient", ["f9"]),
    "again": ("complete", "patient", ["f10"]),
}
# Where Enter takes the line with the mark, and none has it at first.
CHOOSING = ("start", "emergency", "check")
STAGES = [name for name, (_, _, keys) in PLACES.items() if not keys]


def at(pack: Pack, place: str, size: tuple[int, int] = (80, 24)) -> AbstractAsyncContextManager[Driven]:
    """The app at a place."""
    until, who, _ = PLACES[place]
    if until is None:
        return running(pack, None, size)
    return asking(pack, until, who=who, size=size, says=NUMB if until == "emergency" else {})


def shown(app: Driven) -> dict[str, str]:
    """The keys that work on this screen, as they are called, with what is said of them."""
    return {key: text for _, key, text in key_texts(app.screen, app.app.words)}


def picture(app: Driven) -> tuple[object, ...]:
    """What can be seen of the app, for telling whether a key did something."""
    typed = [(line.value, line.cursor_position) for line in app.screen.query(TypedLine)]
    return app.rows, app.topic, typed, app.app.theme, app.app.clipboard, app.app._exit


@pytest.mark.parametrize("place", STAGES)
async def test_help_says_what_the_screen_is_for_and_lists_exactly_the_keys_that_work_there(
    pack: Pack, place: str
) -> None:
    async with at(pack, place, (100, 50)) as app:
        works, topic = shown(app), app.topic
        assert len(works) >= 5
        await app.keys("f1")
        listed = " ".join(" ".join(row.split()) for row in app.rows)
        assert app.app.words.texts[f"help_{topic}"] in listed
        assert "If you feel very unwell or it gets suddenly worse: " in listed
        for key, text in works.items():
            assert f"{key} {text}" in listed
        rows = [row.split() for row in app.rows[2:-1]]
        keys = {key_name(key) for key in KEYS.values()}
        assert {row[0] for row in rows if row and row[0] in keys} == set(works)
        await app.keys("escape")
        assert app.topic == topic


@pytest.mark.parametrize("place", STAGES)
async def test_every_key_that_is_hinted_at_does_something(pack: Pack, place: str) -> None:
    """Each from the same screen, with a line under the mark where there are lines."""
    async with at(pack, place, (200, 24)) as app:
        stage, before = app.app.conversation, ["down"] if place in CHOOSING else []
        names = [name for name, _, _ in key_texts(app.screen, app.app.words) if name in ORDER]
        assert {"leave", "clear", "help"} <= set(names)
        for name in names:
            await app.keys(*before)
            shown_before = picture(app)
            await app.keys(KEYS[name])
            assert picture(app) != shown_before, f"{name} does nothing here"
            app.app.uncover(1 if stage is None else 2)
            if stage is not None:
                await app.show(stage)


@pytest.mark.parametrize("place", PLACES)
async def test_hints_fit_every_width_and_name_only_keys_that_work(pack: Pack, place: str) -> None:
    async with at(pack, place) as app:
        await app.keys(*PLACES[place][2])
        for width, height in ((80, 24), (40, 15), (61, 20), (120, 40), (200, 60)):
            await app.resize(width, height)
            hints = app.rows[-1].rstrip()
            assert cell_len(hints) <= width - 1
            assert not hints.endswith("…")
            named = dict(piece.split(" ", 1) for piece in hints.strip().split("  "))
            assert named
            assert named.items() <= shown(app).items()
        bound = [active for active in app.screen.active_bindings.values() if active.binding.id in KEYS]
        assert len(bound) >= len(shown(app))
        for active in bound:
            to, name, _ = parse(active.binding.action)
            assert hasattr(app.app if to else active.node, f"action_{name}")


@pytest.mark.parametrize(
    ("place", "hint", "says"),
    [
        ("one", "F2 Why", "Why we ask"),
        ("one", "F1 Help", "One question at a time"),
        ("one", "Ctrl+Q Leave", "Leave?"),
        ("summary", "F2 Questions", "Have a question about this?"),
        ("check", "y All right", "Your summary"),
    ],
)
async def test_a_click_on_a_hint_does_what_its_key_does(pack: Pack, place: str, hint: str, says: str) -> None:
    async with at(pack, place) as app:
        await app.click(hint, nth=-1)
        assert says in app.text


@pytest.mark.parametrize("place", ["one", "nurse", "summary", "check", "emergency"])
async def test_leaving_and_help_are_named_at_80_columns(pack: Pack, place: str) -> None:
    async with at(pack, place) as app:
        assert "F1 Help" in app.rows[-1]
        assert "Ctrl+Q Leave" in app.rows[-1]


@pytest.mark.parametrize("place", [place for place in STAGES if place != "start"])
async def test_the_palette_lists_every_action_with_its_key(pack: Pack, place: str) -> None:
    async with at(pack, place, (100, 60)) as app:
        works = shown(app)
        await app.keys("ctrl+p")
        assert isinstance(app.screen, CommandPalette)
        await opened(app)
        prompts = app.screen.query_one(OptionList)
        listed = " ".join(str(prompts.get_option_at_index(at).prompt) for at in range(prompts.option_count))
        listed = " ".join(listed.split())
        for key, text in works.items():
            assert f"{text} Key: {key}" in listed


async def opened(app: Driven) -> None:
    """Wait for the palette to have searched."""
    palette = app.screen.query_one(OptionList)
    for _ in range(400):
        await asyncio.sleep(0.005)
        await app.settle()
        if palette.option_count > 5:
            return
    raise AssertionError("the palette stays empty")


async def test_an_action_chosen_in_the_palette_is_done(pack: Pack) -> None:
    async with asking(pack, "saddle_sensation") as app:
        await app.keys("ctrl+p")
        await opened(app)
        await app.type("why")
        await opened_with(app, "Why")
        await app.keys("enter")
        for _ in range(50):
            await app.settle()
        assert app.topic == "question"
        assert app.notice.startswith("Why we ask: ")


async def opened_with(app: Driven, words: str) -> None:
    """Wait for the palette to show what was typed."""
    for _ in range(400):
        await asyncio.sleep(0.005)
        await app.settle()
        options = app.screen.query_one(OptionList)
        if options.option_count and str(options.get_option_at_index(0).prompt).startswith(words):
            return
    raise AssertionError(f"the palette does not find {words}")


async def test_the_palette_closes_and_leaves_everything_as_it_was(pack: Pack) -> None:
    async with asking(pack, "saddle_sensation") as app:
        before, shown_before = app.conversation, app.text
        await app.keys("ctrl+p")
        await opened(app)
        await app.keys("escape")
        await app.settle()
        assert app.conversation is before
        assert app.text == shown_before


@pytest.mark.parametrize("key", ["ctrl+q", "ctrl+c"])
async def test_one_key_leaves_from_the_palette(pack: Pack, key: str) -> None:
    async with asking(pack, "saddle_sensation") as app:
        await app.keys("ctrl+p", key)
        assert "Leave?" in app.text
        await app.keys("escape")
        assert isinstance(app.screen, CommandPalette)
        await app.keys(key, "ctrl+q")
        assert app.app._exit


async def test_one_key_hides_everything_from_the_palette_and_brings_it_back(pack: Pack) -> None:
    async with asking(pack, "saddle_sensation") as app:
        await app.keys("ctrl+p", "f8")
        assert app.text.startswith("Paused.")
        await app.keys("f8")
        assert isinstance(app.screen, CommandPalette)
        await app.keys("escape")
        assert "riding a bike" in app.text


async def test_every_theme_can_be_reached_by_its_key(pack: Pack) -> None:
    async with asking(pack, "saddle_sensation") as app:
        first = app.app.theme
        seen = set()
        for _ in app.app.available_themes:
            seen.add(app.app.theme)
            await app.keys("f12")
            assert "riding a bike" in app.text
        assert seen == set(app.app.available_themes)
        assert app.app.theme == first


async def test_texts_name_the_key_that_works_after_it_was_changed(pack: Pack) -> None:
    """A sentence that says which key to press follows the settings, as hints and help do."""
    app = TriageApp(Start(lambda: pack, keys={"back": "f3", "continue": "f9"}), Pace(0, 0))
    assert app.words.say("nothing_found") == "Nothing found. F3 goes back."
    assert "press F9" in app.words.say("check_how")
    assert not any("{key:" in text for text in app.words.texts.values())
