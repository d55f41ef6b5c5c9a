"""What a screen shows, as rows of text; and summaries to show on it."""

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import replace

from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.widget import Widget

from chatbot.case import Case
from chatbot.packs.pack import Pack
from chatbot.recommendation.recommend import recommend
from chatbot.recommendation.sources import Reference
from chatbot.recommendation.summary import Line, Section, Sentence, Summary
from chatbot.service.results import summary_of

# ruff: noqa: RUF001 # the wide characters are meant
WIDE_AND_BACKWARDS = (
    "腰が痛いときはすぐに病院へ行ってください" * 3, "허리가 아프면 병원에 가세요 " * 3, "مرحبا بك في هذا الفحص " * 4,
    "שלום עולם, כאב גב תחתון " * 4, "🇬🇧 👨\u200d👩\u200d👧 👍🏽 " * 8, "Z\u0338\u0360a\u0335l\u0337g\u0336o " * 10,
    "ａｂｃ １２３ " * 8, "e\u0301" * 120, "一" * 200, "เ" * 90,
)  # fmt: skip


class Painted(App[None]):
    """An app of some widgets and nothing else."""

    def __init__(self, make: Callable[[], Iterable[Widget]]) -> None:
        super().__init__()
        self.make = make
        self.animation_level = "none"

    def compose(self) -> ComposeResult:
        """The widgets."""
        yield from self.make()

    @property
    def rows(self) -> list[str]:
        """The screen as text, row by row, each as wide as the screen and harmless to a terminal."""
        found = ["".join(part.text for part in row) for row in self.screen._compositor.render_strips()]
        assert {cell_len(row) for row in found} == {self.size.width}
        assert [ascii(row) for row in found if not is_harmless(row)] == []
        return found

    @property
    def text(self) -> str:
        """The screen with its line breaks made spaces and without what is drawn."""
        drawn = dict.fromkeys(map(ord, "╔═╗║╚╝┏━┓┃┗┛┌─┐│└┘╭╮╰╯"))
        return " ".join(" ".join(self.rows).translate(drawn).split())


def is_harmless(text: str) -> bool:
    """Whether a terminal would show this text and do nothing."""
    return all(unicodedata.category(char) not in {"Cc", "Cf", "Cs"} for char in text)


def summary_for(pack: Pack, name: str, role: str = "patient") -> Summary:
    """The summary of one of the pack's cases in Britain."""
    given = next(case.given for case in pack.cases if case.name == name)
    return summary_of(pack, recommend(pack.rulebook, Case.of_facts({**given, "interview_mode": role}, "gb")))


def at_level(pack: Pack, level: str, role: str = "patient") -> Summary:
    """The summary of the pack's first case at this level."""
    found = (summary_for(pack, case.name, role) for case in pack.cases)
    return next(summary for summary in found if summary.level == level)


def saying(texts: Iterable[str], level: str = "emergency_now", audience: str = "patient") -> Summary:
    """A summary that says these texts, the first of them in its card and everywhere else."""
    each = tuple(texts)
    cite = Reference("S-1", "claim", each[0], "primary", each[0], each[0], "V")
    said = tuple(Sentence(text, ("S-1",), (text,)) for text in each)
    return Summary(
        audience=audience,  # type: ignore[arg-type] # an audience
        language="en",
        country="any",
        level=level,
        headline=said[0],
        within=said[0],
        sections=(Section("why", each[0], said), Section("imaging", "Scans", said[:1])),
        references=tuple(Line(n, replace(cite, id=f"S-{n}", text=text), text) for n, text in enumerate(each, start=1)),
        notice=said[0],
        status=each[0],
    )
