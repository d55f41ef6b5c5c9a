"""The sheet a clinician signs: everything is on it, in both wordings, and no text is ever markup."""

import os
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from chatbot.cli import main
from chatbot.condition import All, Any, Count, Not
from chatbot.document.markdown import escaped
from chatbot.export.english import Clause, English, terms_in
from chatbot.export.review.sheet import review_sheet
from chatbot.packs.load import load_folder
from chatbot.packs.pack import Pack

ROOT = Path(__file__).parents[2]
ANKLE = ROOT / "tests" / "packs" / "ankle_injury"
VOID = {"meta", "link", "br", "img", "hr", "input"}


class Page(HTMLParser):
    """What a reader finds on a page: its text, headings, table cells; every tag must close."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text.replace("<wbr>", ""))  # where a long word may break is nothing that is read
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag that closes itself."""
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """A tag closes the one opened last."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Note words, but for those of styles."""
        if "style" not in self.open:
            self.words.append(data)

    @property
    def text(self) -> str:
        """All words in one line."""
        return " ".join(" ".join(self.words).split())


@pytest.fixture(scope="module")
def ankle() -> Pack:
    """The second complaint."""
    return load_folder(ANKLE)


@pytest.fixture(scope="module")
def sheets(pack: Pack) -> dict[str, str]:
    """Both forms of the sheet of the shipped pack."""
    return {"md": review_sheet(pack), "html": review_sheet(pack, html=True)}


def flat(text: str) -> str:
    """One line."""
    return " ".join(text.split())


@pytest.mark.parametrize("form", ["md", "html"])
def test_everything_that_is_signed_for_is_on_the_sheet(pack: Pack, sheets: dict[str, str], form: str) -> None:
    shown = flat(sheets["md"]) if form == "md" else Page(sheets["html"]).text
    words, book = pack.wording(), pack.rulebook

    def has(text: str) -> bool:
        said = flat(words.fill(text, "any"))
        return (escaped(said) if form == "md" else said) in shown

    for question in pack.dialog.questions:
        for text in words.questions[question].values():
            assert all(map(has, filter(None, (text.ask, text.why, text.again, *text.options.values())))), question
    for rule in book.rules:
        assert has(rule.id)
        assert all(map(has, words.rules[rule.id].values())), rule.id
        assert all(map(has, rule.cites))
    for item in book.advice:
        assert all(map(has, words.advice[item.id].offered.values())), item.id
    for conflict in book.library.conflicts:
        assert all(map(has, (conflict.about, conflict.resolution, *(side.says for side in conflict.sides))))
    for claim in book.library.claims.values():
        assert has(claim.says)
        assert has(claim.not_encoded)
    for what, reason in pack.exemptions:
        assert has(what)
        assert has(reason)
    assert all(has(source.text) for source in book.library.sources.values())


@pytest.mark.parametrize("html", [False, True])
def test_the_head_says_what_this_is_and_that_nobody_approved_it(ankle: Pack, html: bool) -> None:
    shown = review_sheet(ankle, html)
    start = Page(shown).text[:2000] if html else shown[:2000].replace("\\", "")
    for words in (
        "not a medical device", "No clinician has approved it", "ankle_injury", "0.0.1", ankle.digest, "2026-07-01",
        "Nobody has decided anything",
    ):  # fmt: skip
        assert words in start or (words.startswith("Nobody") and words in shown), words


def test_the_lines_to_add_can_be_copied_and_then_count(ankle: Pack, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(ANKLE, tmp_path / "ankle_injury"))
    block = review_sheet(ankle).rsplit("```yaml\n", 1)[1].split("```", 1)[0]
    assert yaml.safe_load(block)["reviews"][0]["digest"] == ankle.digest
    (folder / "review.yaml").write_text(block)
    assert load_folder(folder).status == "approved"
    sheet = review_sheet(load_folder(folder))
    assert "approved by a named reviewer for exactly this version" in sheet
    assert "| your name | your profession" in sheet


def test_a_decision_on_other_bytes_is_shown_as_that(ankle: Pack, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(ANKLE, tmp_path / "ankle_injury"))
    block = review_sheet(ankle).rsplit("```yaml\n", 1)[1].split("```", 1)[0]
    (folder / "review.yaml").write_text(block)
    with (folder / "facts.yaml").open("a") as handle:
        handle.write("# later\n")
    sheet = review_sheet(load_folder(folder))
    assert "Content status: submitted" in sheet
    assert f"another: {ankle.digest[:12]}" in sheet


def test_a_rule_says_when_then_because_on_whose_word_and_what_tests_it(ankle: Pack) -> None:
    sheet = review_sheet(ankle)
    rule = sheet.split("### BONE: ", 1)[1].split("\n### ", 1)[0].replace("\\", "")
    for words in (
        "**When:** all of these hold:\n  - weight bearing is at least not known (so also \u201cUnable\u201d)\n",
        "  - [sore bone]\n",
        "**Then:** Same day (same day)",
        "**Imaging:** X-ray first.",
        "**Patients read:** A bone may be broken.",
        "**A-02:** A sore bone and not being able to stand are said to call for an X-ray. (not graded in source; ",
        "; from SRC-DOC, secondary summary, not a guideline; read in the source)",
        "**Pair of cases that differ in one answer:** bony tenderness: \u201cMedial malleolus\u201d (holds), ",
        " (holds), \u201cCalcaneus\u201d (does not)",
        "**Holds in:** sore and cannot stand",
    ):
        assert words in rule, words


def test_strength_is_given_as_the_source_gives_it(ankle: Pack) -> None:
    assert "strength: weak; certainty: low; from SRC-DOC" in review_sheet(ankle)


def test_at_same_day_no_scan_named_never_reads_as_none_needed(ankle: Pack) -> None:
    rule = review_sheet(ankle).split("### FOOT-U: ", 1)[1].split("\n### ", 1)[0]
    assert "Imaging by assessing team" in rule
    assert "No imaging criterion met" not in rule


def test_conditions_are_said_from_the_tree(ankle: Pack) -> None:
    english = English(ankle.rulebook.facts, ankle.wording())
    bone = next(rule for rule in ankle.rulebook.rules if rule.id == "BONE").when
    older = next(rule for rule in ankle.rulebook.rules if rule.id == "OLDER").when
    assert english.line(older) == (
        "age is 60 years or more and "
        "weight bearing is at least \u201cAntalgic\u201d (so also not known or \u201cUnable\u201d)"
    )
    assert english.clause(All(())) == Clause("always")
    assert english.clause(Any(())) == Clause("never")
    assert english.line(Not(bone)).startswith("not: (weight bearing is at least not known")
    assert english.line(Count(2, (older, bone))).startswith("at least 2 of these 2: (age is 60")
    assert list(terms_in([bone])) == ["sore_bone"]


def test_terms_come_before_what_is_made_of_them(pack: Pack) -> None:
    found = terms_in(rule.when for rule in pack.rulebook.rules)
    places = {name: place for place, name in enumerate(found)}
    for name, of in found.items():
        assert all(places[inner] < places[name] for inner in terms_in([of]))


def test_the_page_can_be_read_by_a_screen_reader(sheets: dict[str, str]) -> None:
    page = Page(sheets["html"])
    names = [tag for tag, _ in page.tags]
    assert dict(page.tags)["html"]["lang"] == "en"
    assert names.count("h1") == names.count("main") == 1
    assert names.count("table") == names.count("caption") == names.count("thead")
    assert all(attrs.get("scope") in ("col", "row") for tag, attrs in page.tags if tag == "th")
    levels = [int(tag[1]) for tag in names if re.fullmatch(r"h[1-6]", tag)]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    links = {attrs["href"] for tag, attrs in page.tags if tag == "a"}
    assert links <= {f"#{name}" for name in ids}
    assert all(attrs.get("role") == "img" for tag, attrs in page.tags if tag == "svg")


def test_the_page_needs_nothing_else(sheets: dict[str, str]) -> None:
    page = Page(sheets["html"])
    assert {"script", "link", "img", "iframe"} & {tag for tag, _ in page.tags} == set()
    assert not any({"src", "onload", "onclick"} & set(attrs) for _, attrs in page.tags)
    assert "@media print" in sheets["html"]


HOSTILE = '<img src=x onerror=alert(1)> | `x` ]]> **b** &amp; "q" [a](b)'


@pytest.mark.parametrize("html", [False, True])
def test_no_text_of_a_pack_is_markup(tmp_path: Path, html: bool) -> None:
    folder = Path(shutil.copytree(ANKLE, tmp_path / "ankle_injury"))
    wording, pack = folder / "wording" / "en.yaml", folder / "pack.yaml"
    text = wording.read_text().replace("ask: Can you stand on it?", f"ask: '{HOSTILE}'")
    wording.write_text(text.replace("clinician: Fracture rule positive.", f"clinician: '{HOSTILE}'"))
    pack.write_text(pack.read_text().replace("title: Ankle injury (test example)", f"title: '{HOSTILE}'"))
    shown = review_sheet(load_folder(folder), html)
    assert "<img" not in shown.replace("\\<img", "")
    if html:
        page = Page(shown)
        assert HOSTILE in page.text
        assert "img" not in {tag for tag, _ in page.tags}
    else:
        rows = [line for line in shown.splitlines() if line.startswith("| Question |") and "onerror" in line]
        assert rows
        assert all(len(re.findall(r"(?<!\\)\|", row)) == 4 for row in rows)


@pytest.mark.parametrize("options", [[], ["--html"]])
def test_the_same_pack_gives_the_same_bytes_in_every_process(options: list[str]) -> None:
    code = ["-m", "chatbot", "review", str(ANKLE), *options]
    found = {
        subprocess.run(
            [sys.executable, *code], capture_output=True, check=True, cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C"},
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    }  # fmt: skip
    assert len(found) == 1


def test_the_command_writes_a_file_and_says_when_the_review_is_overdue(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from datetime import date

    monkeypatch.setattr("chatbot.cli.review.today", lambda: date(2027, 1, 1))
    file = tmp_path / "sheet.html"
    assert main(["review", str(ANKLE), "--html", "-o", str(file)]) == 0
    out, err = capsys.readouterr()
    assert (out, err) == ("", "triage: the content of 'ankle_injury' is past its review date 2026-07-01\n")
    assert file.read_text(encoding="utf-8").startswith("<!DOCTYPE html>\n")
    assert main(["review", str(ANKLE), "-o", str(tmp_path / "no" / "where.md")]) == 2
    assert "cannot write" in capsys.readouterr().err
