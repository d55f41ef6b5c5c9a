"""Counts as bars: everything in words as well, nothing outside of its place, nothing as markup."""

import re
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from chatbot.export.charts import WIDTH, Bar, Panel, svg
from tests.support.hostile import LINES

SVG = "{http://www.w3.org/2000/svg}"
TWO = Panel(
    "Of the cases",
    ("up", "down"),
    (
        Bar("CES-1", (30, 10), 100, "up 30, down 10 of 100"),
        Bar("INF-3", (0, 1), 1, "up 0, down 1 of 1"),
        Bar("NEU-U", (1, 1), 900, "up 1, down 1 of 900"),
        Bar("FX-1", (0, 0), 0, "up 0, down 0 of 0"),
        Bar("BIG", (900, 0), 900, "up 900, down 0 of 900"),
    ),
)


def boxes(drawn: str) -> list[dict[str, float | str]]:
    """The boxes that are drawn, but for the paper, the stripes and the legend."""
    found = []
    for node in ET.fromstring(drawn).findall(f"{SVG}rect"):
        box = {name: node.get(name, "") for name in ("x", "y", "width", "height", "class")}
        if box["class"] != "paper" and box["height"] != "14":
            found.append({name: value if name == "class" else float(value) for name, value in box.items()})
    return found


def words(drawn: str) -> list[str]:
    """The texts that are drawn."""
    return ["".join(node.itertext()) for node in ET.fromstring(drawn).iter(f"{SVG}text")]


def test_a_picture_has_a_title_and_says_in_words_what_it_shows() -> None:
    root = ET.fromstring(svg("How it went", ("All cases.",), [TWO]))
    named = root.get("aria-labelledby", "").split()
    assert root.get("role") == "img"
    assert [node.get("id") for node in root if node.tag in (f"{SVG}title", f"{SVG}desc")] == named
    assert root.findtext(f"{SVG}title") == "How it went"
    about = root.findtext(f"{SVG}desc") or ""
    assert about.startswith("All cases. Of the cases: CES-1: up 30, down 10 of 100; INF-3: ")
    assert all(f"{bar.name}: {bar.words}" in about for bar in TWO.bars)


def test_every_bar_has_its_name_and_words_beside_it() -> None:
    found = words(svg("T", (), [TWO]))
    for bar in TWO.bars:
        assert bar.name in found
        assert bar.words in found
    assert {"up", "down", "the rest"} <= set(found)


def test_colour_is_not_the_only_sign() -> None:
    drawn = svg("T", (), [TWO], "mine")
    assert '<pattern id="mine-stripes"' in drawn
    assert ".two{fill:url(#mine-stripes)}" in drawn


def test_nothing_in_it_comes_from_elsewhere_or_does_anything() -> None:
    drawn = svg("T", ("n",), [TWO])
    assert re.findall(r"https?:[^\"' ]+", drawn) == ["http://www.w3.org/2000/svg"]
    for word in ("<script", "@import", "@font-face", "<image", "<a ", "href", " on"):
        assert word not in drawn.split("<style>")[1].split("</style>")[0] + drawn.split("</desc>")[1], word


def test_bars_are_as_long_as_what_they_stand_for() -> None:
    drawn = boxes(svg("T", (), [TWO]))
    outlines = [box["width"] for box in drawn if box["class"] == "all"]
    longest = max(outlines)
    assert outlines == pytest.approx([longest / 9, 3, longest, 0, longest], abs=0.01)
    ups = [box["width"] for box in drawn if box["class"] == "one"]
    assert ups == pytest.approx([longest * 30 / 900, 3, longest], abs=0.01)


def test_every_count_can_be_seen_inside_its_outline() -> None:
    drawn = boxes(svg("T", (), [TWO]))
    for outline in (box for box in drawn if box["class"] == "all"):
        parts = [box for box in drawn if box["class"] != "all" and box["y"] == outline["y"]]
        assert all(float(box["width"]) >= 3 for box in parts)
        end = float(outline["x"]) + float(outline["width"])
        assert all(float(box["x"]) + float(box["width"]) <= end + 0.01 for box in parts)
        assert end < WIDTH - 250
    assert sum(box["class"] in ("one", "two") for box in drawn) == 6


def test_a_small_bar_shows_whether_all_of_it_was_counted() -> None:
    panel = Panel("P", ("a",), (Bar("x", (1,), 1, ""), Bar("y", (1,), 2, ""), Bar("z", (9,), 9_000, "")))
    drawn = boxes(svg("T", (), [panel]))
    spare = [
        float(outline["width"]) - float(part["width"]) for outline, part in zip(drawn[::2], drawn[1::2], strict=True)
    ]
    assert spare == pytest.approx([0, 3, 327], abs=0.5)


def test_everything_lies_on_the_paper_and_below_each_other() -> None:
    root = ET.fromstring(svg("T " * 90, ("note " * 80, "more"), [TWO, Panel("Nothing " * 30, ("a",), ()), TWO]))
    places = [(float(node.get("x", "")), float(node.get("y", ""))) for node in root.iter(f"{SVG}text")]
    assert max(y for _, y in places) < float(root.get("height", ""))
    assert all(0 < x < WIDTH for x, _ in places)
    assert [y for _, y in places] == sorted(y for _, y in places)
    rows = [y for x, y in places if x == 24]
    assert all(other - one >= 18 for one, other in pairwise(rows))


def test_a_panel_with_nothing_in_it_says_so() -> None:
    drawn = svg("T", (), [Panel("Empty", ("a",), ())])
    assert "nothing" in words(drawn)
    assert "Empty: nothing." in drawn


def test_names_and_words_too_long_are_cut_where_they_are_drawn_and_whole_in_words() -> None:
    bar = Bar("n" * 100, (1,), 2, "w" * 100)
    drawn = svg("T", (), [Panel("P", ("a",), (bar,))])
    assert max(map(len, (text for text in words(drawn) if text.startswith(("nnn", "www"))))) <= 36
    assert f"{bar.name}: {bar.words}" in drawn


@pytest.mark.parametrize("part", range(4))
def test_hostile_words_are_words(part: int) -> None:
    some = LINES[part::4]
    bars = tuple(Bar(text, (1,), 2, text) for text in some)
    drawn = svg(some[0], some[:9], [Panel(some[1] or "x", ("a", "b"), bars)])
    root = ET.fromstring(drawn)
    assert {node.tag.removeprefix(SVG) for node in root.iter()} == {
        "svg", "title", "desc", "style", "defs", "pattern", "rect", "path", "text",
    }  # fmt: skip
    assert drawn.replace("\n", "").isprintable()


def test_the_same_counts_give_the_same_bytes() -> None:
    assert svg("T", ("n",), [TWO]) == svg("T", ("n",), [TWO])
