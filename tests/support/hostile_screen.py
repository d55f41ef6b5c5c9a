"""Texts typed into the real app while it keeps what is said, and seen again by the one who comes back."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace

from chatbot.interview.conversation import Conversation, begin
from chatbot.interview.parse_given import parse_picked, parse_typed
from chatbot.interview.reading.parse_answer import ParsedAnswer
from chatbot.packs.pack import Pack
from chatbot.service.records import Records
from chatbot.service.saving import Session
from chatbot.tui.options import Start
from tests.support.driving import Driven, running
from tests.support.person import TODAY

SIZE = (60, 30)
OVER = ("emergency", "complete", "out_of_scope", "stopped")


def begun(pack: Pack, records: Records, reference: str = "") -> Start:
    """The app on a store that is open already."""
    session = Session(reference=reference, records=records)
    return Start(lambda: pack, country="gb", today=TODAY, session=session, load_named=lambda _: pack)


async def typed(pack: Pack, records: Records, texts: Sequence[str]) -> int:
    """Each text as a code, and as what is typed to the question at hand; how many interviews that took.

    Every row that is drawn is looked at; AssertionError where a terminal would act on one.
    """
    left, interviews = list(texts), 0
    async with running(pack, None, SIZE, start=begun(pack, records)) as app:
        await app.keys("4")
        for text in texts:
            await _enter(app, text)
            await _until(app, lambda: "Looking" not in app.text)
            assert app.topic == "resume", ascii(text)[:80]
    while left:
        interviews += 1
        start = begun(pack, records, left[0])
        async with running(pack, None, SIZE, start=start) as app:
            await app.keys("1")
            while left and app.topic == "question" and app.state not in OVER:
                await _enter(app, left.pop(0))
            await _looked_around(app)
            code = start.session.code
        start.session.close()
        await seen_again(pack, records, code)
    return interviews


async def seen_again(pack: Pack, records: Records, code: str) -> None:
    """Come back by a code, and read all that was said."""
    start = begun(pack, records)
    async with running(pack, None, SIZE, start=start) as app:
        await app.keys("4")
        app.typed.value = ""
        await app.paste(code)
        await app.keys("enter")
        await _until(app, lambda: app.app.conversation is not None and app.topic != "resume")
        await _looked_around(app)
    start.session.close_case()


def unclean(pack: Pack, records: Records, texts: Sequence[str]) -> str:
    """The code of a case in which the texts stand as they are, as no shell of ours would keep them."""
    at: Conversation = begin(pack.plan, pack.wording(), "patient", "gb", TODAY)
    journal = records.begin(pack, at, texts[0])
    for text, choice in zip(texts, at.asked.choices if at.asked else (), strict=False):
        at = at.reply(choice.id, "no", text)
    found = parse_typed(at, at.asked, "none of these") if at.asked else None
    assert isinstance(found, ParsedAnswer)
    at = at.answer(found)
    for text in texts:
        asked = at.asked
        heard = parse_picked(at, asked, frozenset([asked.choices[0].id])) if asked and asked.choices else None
        if not isinstance(heard, ParsedAnswer):
            break
        at = at.answer(replace(heard, answer=heard.answer.model_copy(update={"said": text}), typed=text))
    journal.take(at)
    journal.close()
    return journal.code


async def _until(app: Driven, is_so: Callable[[], bool]) -> None:
    """Wait for what is done beside the app."""
    for _ in range(500):
        await app.settle()
        if is_so():
            return
        await asyncio.sleep(0.01)
    raise AssertionError(f"it never happens: {app.text}")


async def _enter(app: Driven, text: str) -> None:
    app.typed.value = ""
    await app.paste(text)
    assert app.rows
    await app.keys("enter")
    assert app.rows


async def _looked_around(app: Driven) -> None:
    """The answers so far and the whole conversation."""
    assert app.rows
    for key in ("f3", "f4"):
        await app.keys(key)
        assert app.rows
        await app.keys("escape")
