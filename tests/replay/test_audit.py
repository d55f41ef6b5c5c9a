"""The audit: what counts as acceptable, under and over, and how it is shown."""

import re
from itertools import product
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from chatbot.packs.load import load_pack
from chatbot.packs.pack import Pack
from chatbot.recommendation.rulebook import LEVELS
from chatbot.replay.audit import MEASURES, Audit, BadVignettesError, Judged, audit
from chatbot.replay.audit_report import data, lines
from chatbot.replay.matrix import Matrix
from chatbot.replay.wilson import Share

ROOT = Path(__file__).resolve().parent.parent.parent
HOSTILE = "\x1b[31m<script>alert(1)</script>\n\u202e&\"'" + "x" * 3000


def judged(acceptable: tuple[int, ...], got: int, name: str = "A-1", category: str = "tried") -> Judged:
    """A vignette and what came out."""
    return Judged(name, category, acceptable, got, ("EMG-1",), "complete", "Because.", ())


def test_each_vignette_is_acceptable_or_under_or_over_and_never_two() -> None:
    """Over all ranges of levels and all results."""
    for low, high, got in product(range(6), range(6), range(6)):
        if low <= high:
            one = judged(tuple(range(low, high + 1)), got)
            assert [one.accurate, one.under, one.over].count(True) == 1
            assert one.reference == (got if one.accurate else low)


def test_a_level_in_a_gap_of_the_acceptable_ones_is_neither_under_nor_over(pack: Pack) -> None:
    """But not acceptable, and it is listed."""
    found = Audit(pack, (judged((0, 5), 3),))
    assert [found.measures[name].count for name in ("accuracy", "under_triage", "over_triage")] == [0, 0, 0]
    assert any(line.startswith("BETWEEN A-1") for line in lines(found))


def test_sensitivity_and_specificity_count_only_those_they_are_about(pack: Pack) -> None:
    """Where both an emergency and less are acceptable, neither says anything of it."""
    every = [((5,), 5), ((5,), 4), ((4, 5), 4), ((4,), 5), ((4,), 3), ((3, 4), 4), ((0, 1), 1), ((0,), 4)]
    found = Audit(pack, tuple(judged(*one) for one in every)).measures
    assert found == {
        "accuracy": Share(4, 8),
        "under_triage": Share(2, 8),
        "over_triage": Share(2, 8),
        "emergency_sensitivity": Share(1, 2),
        "emergency_specificity": Share(4, 5),
        "urgent_sensitivity": Share(4, 5),
        "urgent_specificity": Share(1, 2),
    }
    assert set(found) == set(MEASURES)


def test_groups_hold_every_vignette_once(pack: Pack) -> None:
    """Levels from the least urgent, categories as the files come."""
    found = Audit(pack, (judged((5,), 4, category="b"), judged((0, 1), 1, category="a"), judged((5,), 5, category="a")))
    assert {name: shares["accuracy"] for name, shares in found.by_level().items()} == {
        "self_care": Share(1, 1), "emergency_now": Share(1, 2),
    }  # fmt: skip
    assert list(found.by_level()) == ["self_care", "emergency_now"]
    assert {name: shares["under_triage"] for name, shares in found.by_category().items()} == {
        "b": Share(1, 1), "a": Share(0, 2),
    }  # fmt: skip


def test_the_matrix_counts_pairs_and_its_text_fits_a_terminal() -> None:
    """Rows are what was expected."""
    matrix = Matrix.of([(5, 4)] * 9999 + [(0, 0)] * 99999)
    assert matrix.rows[5][4] == 9999
    assert sum(map(sum, matrix.rows)) == 109998
    shown = list(matrix.lines())
    assert all(len(line) < 80 for line in shown)
    assert [line.split()[0] for line in shown[2:]] == list(LEVELS)
    assert "[99999]" in shown[2]
    assert "9999" in shown[7]


def test_the_picture_is_sound_svg_with_a_title_and_words_for_what_it_shows() -> None:
    """No script, no reference to anything outside, text inside its frame, whatever it is about."""
    text = Matrix.of([(5, 4), (4, 5), (0, 0)]).svg(HOSTILE)
    root = ET.fromstring(text)
    named = {child.attrib.get("id"): child.text or "" for child in root}
    assert [named[name] is not None for name in root.attrib["aria-labelledby"].split()] == [True, True]
    assert "emergency now expected, same day came out: 1" in named["about"]
    assert {child.tag.partition("}")[2] for child in root.iter()} == {"svg", "title", "desc", "style", "rect", "text"}
    assert "prefers-color-scheme: dark" in text
    assert not re.search(r"href|url\(|@import|\x1b|\u202e", text)
    width, height = (float(root.attrib[name]) for name in ("width", "height"))
    for child in root.iter("{http://www.w3.org/2000/svg}text"):
        x, y, wide = float(child.attrib["x"]), float(child.attrib["y"]), 10 * len(child.text or "") * 0.75
        left = x - wide / 2 if "text-anchor" in child.attrib else x
        assert left >= 0, child.text
        assert left + wide <= width, child.text
        assert 0 < y < height
    kinds = [child.text for child in root.iter() if child.text in ("agrees", "under", "over")]
    assert kinds == ["agrees", "over", "under"]


def test_hostile_text_does_nothing_in_the_lines(pack: Pack) -> None:
    """Each line is one line, narrow and plain."""
    one = Judged(HOSTILE, HOSTILE, (5,), 0, (), "complete", HOSTILE, ())
    shown = list(lines(Audit(pack, (one,))))
    assert all(len(line) < 80 and line.isprintable() for line in shown)
    assert data(Audit(pack, (one,)))["outside"] == [HOSTILE]


def test_an_audit_of_nothing_is_refused(tmp_path: Path) -> None:
    """An empty folder, or one that is not there."""
    for name in (str(tmp_path), "no/such"):
        with pytest.raises(BadVignettesError):
            audit([name], load_pack)


def test_what_the_page_says_is_the_present_result(pack: Pack) -> None:
    """When this fails, run `triage audit transcripts/vignettes` and mend docs/audit.md."""
    found = audit([str(ROOT / "transcripts" / "vignettes")], lambda _: pack)
    page = (ROOT / "docs" / "audit.md").read_text(encoding="utf-8")
    present = page.partition("## Present result\n")[2].partition("\n## ")[0]
    rows = dict(re.findall(r"^\| ([a-z ]+) \|.*\| (\d.*) \|$", present, re.MULTILINE))
    assert {name.replace("_", " "): str(share).replace("  ", ", ") for name, share in found.measures.items()} == rows
    assert re.findall(r"^\| (\w+-\d+) \|", page, re.MULTILINE) == [one.id for one in found.outside]
    assert data(found) == data(found)
