"""The chart as an SVG of our own: parts and questions from top to bottom, endings at the side, no script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import accumulate, groupby, pairwise
from math import ceil
from textwrap import wrap

from chatbot.export.graph import Chart, Section, Step, ending_name, escaped_for_svg

WIDTH = 940
LEFT, BOX = 30, 600
SIDE, SIDE_BOX = 690, 220
PAD, ROW, GAP = 10, 18, 22
# How high the questions on a printed page of A4 or Letter may be, beside the title of a part and what follows it.
PAGE = 1050
# Letters that surely fit in a box at 14 pixels, whatever sans-serif font is at hand.
LETTERS, BOLD_LETTERS, SIDE_LETTERS = 74, 62, 26
STYLE = (
    "text{font:14px system-ui,Segoe UI,Roboto,Arial,sans-serif;fill:#1a1a1a}"
    ".b{font-weight:600}.g{font-size:13px;fill:#444;font-style:italic}"
    ".part{fill:#f6f6f6;stroke:#767676}.block{fill:#fdf1ee;stroke:#8a2c12;stroke-width:2}"
    ".q{fill:#fff;stroke:#1a1a1a}.early{stroke-dasharray:6 4}.end{fill:#fff;stroke:#1a1a1a;stroke-width:2.5}"
    ".way{stroke:#1a1a1a;fill:none}"
)


@dataclass
class _Page:
    """What was drawn so far, and where the next thing goes."""

    name: str
    y: int = 10
    shapes: list[str] = field(default_factory=list)

    def draw(self, shape: str) -> None:
        self.shapes.append(shape)

    def text(self, x: int, y: int, words: str, kind: str = "") -> None:
        style = f' class="{kind}"' if kind else ""
        self.draw(f'<text x="{x}" y="{y}"{style}>{escaped_for_svg(words)}</text>')

    def box(self, x: int, y: int, width: int, height: int, kind: str, round_by: int = 4) -> None:
        self.draw(f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="{round_by}" class="{kind}"/>')

    def arrow(self, path: str) -> None:
        self.draw(f'<path d="{path}" class="way" marker-end="url(#{self.name}-tip)"/>')


def svg(drawn: Chart, name: str = "chart") -> str:
    """The chart as one SVG; `name` keeps its inner ids apart from those of another on the same page."""
    page = _Page(name)
    for number, section in enumerate(drawn.sections):
        if number:
            page.arrow(f"M{LEFT + BOX // 2} {page.y} v{GAP - 2}")
            page.y += GAP
        _section(page, section, drawn)
    _endings(page, drawn)
    height = page.y + 10
    title, about = escaped_for_svg(drawn.title), escaped_for_svg(_in_words(drawn))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'role="img" aria-labelledby="{name}-title {name}-about">\n<title id="{name}-title">{title}</title>\n'
        f'<desc id="{name}-about">{about}</desc>\n<style>{STYLE}</style>\n'
        f'<defs><marker id="{name}-tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" '
        'orient="auto-start-reverse"><path d="M0 0L10 5L0 10z" fill="#1a1a1a"/></marker></defs>\n'
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>\n' + "\n".join(page.shapes) + "\n</svg>\n"
    )


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


def _section(page: _Page, section: Section, drawn: Chart) -> None:
    top, frame = page.y, len(page.shapes)
    words = f"{section.title}{': always finished, unless an emergency stands' if section.block else ''}"
    for row, kind in _rows(words, "b", BOLD_LETTERS):
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
    height = page.y - top
    kind = "block" if section.block else "part"
    # The frame is drawn under what it holds, and its height is known only now.
    page.shapes.insert(frame, f'<rect x="{LEFT}" y="{top}" width="{BOX}" height="{height}" rx="8" class="{kind}"/>')


def _step(page: _Page, step: Step) -> None:
    lines = _lines(step)
    height = _height(lines)
    page.box(LEFT + PAD, page.y, BOX - 2 * PAD, height, "q early" if step.early else "q")
    for number, (words, kind) in enumerate(lines):
        page.text(LEFT + 2 * PAD, page.y + PAD + 12 + ROW * number, words, kind)
    page.y += height


def _lines(step: Step) -> list[tuple[str, str]]:
    """A question and its gates, line by line, with how each is written."""
    lines = list(_rows(f"{step.number}. {step.ask}", "b" if not step.early else "", BOLD_LETTERS))
    for gate in step.gates:
        lines += _rows(gate, "g")
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


def _side(page: _Page, y: int, endings: Iterable[tuple[str, str]]) -> int:
    """Endings beside a part, each with its arrow; the row under the last of them."""
    for ending, when in endings:
        y = _ending(page, y, ending, when) + 12
    return y


def _ending(page: _Page, y: int, ending: str, when: str) -> int:
    lines = [(ending_name(ending), "b"), *_rows(when, "g", SIDE_LETTERS)]
    height = _height(lines)
    page.box(SIDE, y, SIDE_BOX, height, "end", 16)
    for number, (words, kind) in enumerate(lines):
        page.text(SIDE + PAD + 4, y + PAD + 12 + ROW * number, words, kind)
    page.arrow(f"M{LEFT + BOX} {y + height // 2} H{SIDE - 2}")
    return y + height


def _endings(page: _Page, drawn: Chart) -> None:
    """What follows the last question that is drawn."""
    if drawn.follows:
        _below(page, [(f"Then: {drawn.follows}", "b")], "part")
        return
    for ending, source in (("check_answers", "question"), ("complete", "check_answers")):
        for way in drawn.ways:
            if (way.source, way.target) == (source, ending):
                _below(page, [(ending_name(ending), "b"), *_rows(way.when, "g")], "end")


def _below(page: _Page, lines: list[tuple[str, str]], kind: str) -> None:
    page.arrow(f"M{LEFT + BOX // 2} {page.y} v{GAP - 2}")
    page.y += GAP
    height = _height(lines)
    page.box(LEFT + PAD, page.y, BOX - 2 * PAD, height, kind, 16)
    for number, (words, style) in enumerate(lines):
        page.text(LEFT + 2 * PAD, page.y + PAD + 12 + ROW * number, words, style)
    page.y += height
