"""Words can be read on all that they are drawn on, on light screens and on dark ones."""

import re

import pytest

from chatbot.document.page import STYLE as PAGE
from chatbot.document.svg import _COLOURS

WORDS = {"text", ".small", ".gate"}
UNDER = {".paper", ".q", ".end", ".part", ".block", ".none", ".agrees", ".under", ".over"}


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21, as WCAG 2 defines it."""
    less, more = sorted(map(_luminance, (one, other)))
    return (more + 0.05) / (less + 0.05)


def _luminance(colour: str) -> float:
    figures = colour[1:] if len(colour) == 7 else "".join(2 * figure for figure in colour[1:])
    parts = [int(figures[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def filled(kinds: set[str], screen: int) -> dict[str, str]:
    """What these kinds of words and boxes are filled with."""
    every = {kind: colours[screen] for names, how, *colours in _COLOURS if how == "fill" for kind in names.split(",")}
    return {kind: every[kind] for kind in kinds}


def poor(inks: dict[str, str], papers: dict[str, str]) -> list[tuple[str, str]]:
    """What cannot be read well on what."""
    return [(ink, paper) for ink in inks for paper in papers if contrast(inks[ink], papers[paper]) < 4.5]


@pytest.mark.parametrize("screen", [0, 1], ids=["light", "dark"])
def test_words_of_a_drawing_stand_out_from_what_is_under_them(screen: int) -> None:
    assert poor(filled(WORDS, screen), filled(UNDER, screen)) == []
    assert poor(filled({".zero"}, screen), filled({".none"}, screen)) == []


@pytest.mark.parametrize("screen", [0, 1], ids=["light", "dark"])
def test_words_of_a_page_stand_out_from_what_is_under_them(screen: int) -> None:
    every = dict(re.findall(r"--(\w+): (#\w+);", PAGE.split("prefers-color-scheme")[screen].split("}")[0]))
    assert (
        poor({name: every[name] for name in ("ink", "link")}, {name: every[name] for name in ("paper", "tint")}) == []
    )


def test_the_contrast_of_black_and_white_is_the_greatest() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert poor({"grey": "#888888"}, {"white": "#fff"}) == [("grey", "white")]
