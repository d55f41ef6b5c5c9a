"""The chart as an SVG of our own: parts and questions from top to bottom, endings at the side, no script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import accumulate, groupby, pairwise
from math import ceil
from textwrap import wrap

from chatbot.document.svg import Drawing
from chatbot.export.graph import Chart, Section, Step, ending_name

WIDTH = 940
LEFT, BOX = 30, 600
SIDE, SIDE_BOX = 690, 220
PAD, ROW, GAP = 10, 18, 22
# How high the questions on a printed page of A4 or Letter may be, beside the title of a part and what follows it.
PAGE = 1050
# Letters that surely fit in a box at 14 pixels, whatever sans-serif font is at hand.
LETTERS, BOLD_LETTERS, SIDE_LETTERS = 74, 62, 26


def svg(drawn: Chart, name: str = "chart") -> str:
    """The chart as one SVG; `name` keeps its inner ids apart from those of another on the same page."""
    page = Drawing(WIDTH, name, y=10)
    for number, section in enumerate(drawn.sections):
        if number:
            page.arrow(f"M{LEFT + BOX // 2} {page.y} v{GAP - 2}")
            page.y += GAP
        _section(page, section, drawn)
    _endings(page, drawn)
    return page.whole(drawn.title, _in_words(drawn), page.y + 10)


def in_pieces(drawn: Chart) -> Iterator[str]:
    """The chart part by part, a high one in several SVGs, so that the edge of a printed page cuts none."""
    for section in drawn.sections:
        part, goes_on = drawn.only(section.id), f"{section.title}, continued"
        pages = list(_pages(section.steps)) or [()]
        for number, steps in enumerate(pages, start=1):
            piece = replace(section, steps=steps, title=section.title if number == 1 else goes_on)
            if number == len(pages):
                page = replace(part, sections=(piece,))
            else:
                page = replace(part, sections=(piece,), follows=goes_on, leaves_after="")
            yield svg(page, f"part-{section.id}-{number}")


def _pages(steps: tuple[Step, ...]) -> Iterator[tuple[Step, ...]]:
    """As few groups of steps as fit, about equally high; a step belongs where its middle is."""
    ends = list(accumulate((_height(_lines(step)) + GAP for step in steps), initial=0))
    page = ends[-1] / max(1, ceil(ends[-1] / PAGE))
    middles = zip(steps, pairwise(ends), strict=True)
    for _, group in groupby(middles, lambda placed: sum(placed[1]) / 2 // page):
        yield tuple(step for step, _ in group)


def _in_words(drawn: Chart) -> str:
    steps = [step for section in drawn.sections for step in section.steps]
    return f"{len(drawn.sections)} parts with {len(steps)} places where a question may be asked, in their order."


def _section(page: Drawing, section: Section, drawn: Chart) -> None:
    top, frame = page.y, len(page.shapes)
    words = f"{section.title}{': always finished, unless an emergency stands' if section.block else ''}"
    for row, kind in _rows(words, "bold", BOLD_LETTERS):
        page.text(LEFT + PAD, page.y + 22, row, kind)
        page.y += ROW
    page.y += 18
    for number, step in enumerate(section.steps):
        if number:
            page.arrow(f"M{LEFT + BOX // 2} {page.y} v{GAP - 2}")
            page.y += GAP
        _step(page, step)
    page.y += PAD
    bottom = _side(page, top + 12, _beside(section, drawn))
    page.y = max(page.y, bottom)
    page.frame(frame, LEFT, top, BOX, page.y - top, "block" if section.block else "part")


def _step(page: Drawing, step: Step) -> None:
    lines = _lines(step)
    height = _height(lines)
    page.box(LEFT + PAD, page.y, BOX - 2 * PAD, height, "q early" if step.early else "q", round_by=4)
    for number, (words, kind) in enumerate(lines):
        page.text(LEFT + 2 * PAD, page.y + PAD + 12 + ROW * number, words, kind)
    page.y += height


def _lines(step: Step) -> list[tuple[str, str]]:
    """A question and its gates, line by line, with how each is written."""
    lines = list(_rows(f"{step.number}. {step.ask}", "bold" if not step.early else "", BOLD_LETTERS))
    for gate in step.gates:
        lines += _rows(gate, "gate")
    return lines


def _height(lines: list[tuple[str, str]]) -> int:
    return 2 * PAD + ROW * len(lines) - 4


def _rows(words: str, kind: str, letters: int = LETTERS) -> Iterator[tuple[str, str]]:
    yield from ((row, kind) for row in wrap(" ".join(words.split()), letters) or [""])


def _beside(section: Section, drawn: Chart) -> Iterator[tuple[str, str]]:
    """The endings that a part can lead to at once, and when; leaving is decided as the emergency block is done."""
    is_last_of_block = drawn.leaves_after == section.id
    goes_on = next(
        (
            "a nurse may go on for the note"
            for way in drawn.ways
            if (way.source, way.target) == ("emergency", "question")
        ),
        "",
    )
    for ending in ("emergency", "stopped", *(("out_of_scope",) if is_last_of_block else ())):
        if when := drawn.into(ending):
            yield ending, f"{when}; {goes_on}" if ending == "emergency" and goes_on else when


def _side(page: Drawing, y: int, endings: Iterable[tuple[str, str]]) -> int:
    """Endings beside a part, each with its arrow; the row under the last of them."""
    for ending, when in endings:
        y = _ending(page, y, ending, when) + 12
    return y


def _ending(page: Drawing, y: int, ending: str, when: str) -> int:
    lines = [(ending_name(ending), "bold"), *_rows(when, "gate", SIDE_LETTERS)]
    height = _height(lines)
    page.box(SIDE, y, SIDE_BOX, height, "end", round_by=16)
    for number, (words, kind) in enumerate(lines):
        page.text(SIDE + PAD + 4, y + PAD + 12 + ROW * number, words, kind)
    page.arrow(f"M{LEFT + BOX} {y + height // 2} H{SIDE - 2}")
    return y + height


def _endings(page: Drawing, drawn: Chart) -> None:
    """Draws what follows the last question that is drawn."""
    if drawn.follows:
        _below(page, [(f"Then: {drawn.follows}", "bold")], "part")
        return
    for ending, source in (("check_answers", "question"), ("complete", "check_answers")):
        for way in drawn.ways:
            if (way.source, way.target) == (source, ending):
                _below(page, [(ending_name(ending), "bold"), *_rows(way.when, "gate")], "end")


def _below(page: Drawing, lines: list[tuple[str, str]], kind: str) -> None:
    page.arrow(f"M{LEFT + BOX // 2} {page.y} v{GAP - 2}")
    page.y += GAP
    height = _height(lines)
    page.box(LEFT + PAD, page.y, BOX - 2 * PAD, height, kind, round_by=16)
    for number, (words, style) in enumerate(lines):
        page.text(LEFT + 2 * PAD, page.y + PAD + 12 + ROW * number, words, style)
    page.y += height
