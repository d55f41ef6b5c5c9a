"""Before the first screen only what it needs is done; all else comes behind it."""

import gc
from threading import Event

from chatbot.packs.pack import Pack
from chatbot.tui.app import Start, TriageApp
from chatbot.tui.screens.base import FIRST_STYLES, STYLES
from tests.support.driving import Instant, running


async def test_styles_of_other_screens_are_read_behind_the_first_and_garbage_is_looked_for_again(pack: Pack) -> None:
    may_load = Event()

    def load() -> Pack:
        may_load.wait(30)
        return pack

    gc.disable()
    try:
        app = TriageApp(Start(load), Instant())
        async with app.run_test() as pilot:
            assert app.stylesheet.has_source(str(FIRST_STYLES))
            assert not app.stylesheet.has_source(str(STYLES))
            await pilot.press("f1")  # who reads help before anything is loaded sees it as everybody does
            assert app.stylesheet.has_source(str(STYLES))
            assert app.screen.query_one("#page").styles.max_width is not None
            may_load.set()
        assert gc.isenabled()
    finally:
        may_load.set()
        gc.enable()


async def test_the_first_question_finds_its_styles_read(pack: Pack) -> None:
    async with running(pack, None) as app:
        assert app.app.stylesheet.has_source(str(STYLES))
