"""The diagram of a dialog: the order once, each question with its gate, endings from the machine, nothing as markup."""

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from chatbot.cli import main
from chatbot.errors import InputError
from chatbot.export.drawing import WIDTH, in_pieces, svg
from chatbot.export.graph import chart, mermaid
from chatbot.interview.machine import ENDINGS
from chatbot.packs.load import load_folder
from chatbot.packs.pack import Pack

ANKLE = Path(__file__).parents[1] / "packs" / "ankle_injury"
LETTER = (11 - 0.8) / (8.5 - 0.8)  # height by width of what a browser prints on
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def ankle() -> Pack:
    """The second complaint."""
    return load_folder(ANKLE)


def words(drawn: str) -> str:
    """All text of an SVG, as it is read."""
    return " ".join(" ".join(node.itertext()) for node in ET.fromstring(drawn).iter(f"{SVG}text"))


def test_every_place_of_a_question_is_drawn_once_in_the_order_of_the_machine(pack: Pack) -> None:
    steps = [step for section in chart(pack).sections for step in section.steps]
    assert [step.question for step in steps] == [entry.question.id for entry in pack.dialog.entries]
    assert [step.question for step in steps if not step.early] == list(pack.plan.machine.questions)
    assert any(step.early for step in steps)


def test_the_order_is_drawn_once_and_not_every_way_between_questions(pack: Pack) -> None:
    text = mermaid(chart(pack))
    order = re.findall(r"^  (q\d+) --> (q\d+)$", text, re.MULTILINE)
    assert len(order) == len(pack.dialog.entries) - 1
    assert all(one[1] == other[0] for one, other in pairwise(order))


def test_every_ending_of_the_machine_is_drawn(ankle: Pack) -> None:
    drawn = chart(ankle)
    assert {way.target for way in drawn.ways} - {"question"} == set(ENDINGS)
    assert all(way.when for way in drawn.ways)
    for name in ("Emergency advice", "Stopped", "Out of scope", "Check your answers", "Complete: the summary"):
        assert name in words(svg(drawn))
        assert name in mermaid(drawn)


def test_a_gate_is_said_in_english(ankle: Pack) -> None:
    for drawn in (words(svg(chart(ankle))), mermaid(chart(ankle))):
        assert "only if days since injury is 42 days or more" in drawn
        assert "nurses only" in drawn


def test_an_early_place_says_why(pack: Pack) -> None:
    drawn = chart(pack)
    early = [step for section in drawn.sections for step in section.steps if step.early]
    assert all(any(gate.startswith("here already if ") for gate in step.gates) for step in early)
    assert 'class="q early"' in svg(drawn)


def test_one_part_is_drawn_alone_and_says_what_follows(ankle: Pack) -> None:
    drawn = chart(ankle).only("ankle")
    text = words(svg(drawn))
    assert "Weight bearing" in text
    assert "Limb-threatening" not in text
    assert "Then: History" in text
    assert "Check your answers" not in text
    assert "Check your answers" in words(svg(chart(ankle).only("nurse")))
    assert 'next(["Then: History"])' in mermaid(drawn)


def test_a_part_that_is_not_there_is_named_with_those_that_are(ankle: Pack) -> None:
    with pytest.raises(InputError, match="no part 'ankel'; did you mean 'ankle'"):
        chart(ankle).only("ankel")


def test_people_leave_only_after_the_emergency_block(ankle: Pack) -> None:
    whole = chart(ankle)
    assert "Out of scope" in words(svg(whole.only("first")))
    assert "Out of scope" not in words(svg(whole.only("ankle")))


def test_the_svg_has_a_title_no_script_and_stays_in_its_width(pack: Pack) -> None:
    drawn = svg(chart(pack))
    root = ET.fromstring(drawn)
    assert root.get("role") == "img"
    assert (root.find(f"{SVG}title").text or "").startswith(pack.title)  # type: ignore[union-attr] # it is there
    assert {node.tag.removeprefix(SVG) for node in root.iter()} <= {
        "svg", "title", "desc", "style", "defs", "marker", "path", "rect", "text",
    }  # fmt: skip
    assert all(float(r.get("x", 0)) + float(r.get("width", 0)) <= WIDTH for r in root.iter(f"{SVG}rect"))
    assert all(
        float(r.get("y", 0)) + float(r.get("height", 0)) <= float(root.get("height", 0))
        for r in root.iter(f"{SVG}rect")
    )


def test_in_pieces_every_question_stands_once_and_none_is_higher_than_a_page(pack: Pack) -> None:
    pieces = [ET.fromstring(piece) for piece in in_pieces(chart(pack))]
    assert len(pieces) > len(pack.dialog.parts)
    numbers = re.findall(r"^(\d+)\. ", "\n".join(row.text or "" for p in pieces for row in p.iter(f"{SVG}text")), re.M)
    assert list(map(int, numbers)) == list(range(1, len(pack.dialog.entries) + 1))
    assert all(float(piece.get("height", 0)) <= LETTER * WIDTH for piece in pieces)


def test_a_long_title_of_a_part_is_broken_into_rows(pack: Pack) -> None:
    first = chart(pack).sections[0]
    drawn = replace(chart(pack), sections=(replace(first, title="Long words " * 20),))
    assert all(len(row.text or "") < 80 for row in ET.fromstring(svg(drawn)).iter(f"{SVG}text"))


def test_the_same_pack_gives_the_same_bytes(pack: Pack) -> None:
    assert svg(chart(pack)) == svg(chart(pack))
    assert mermaid(chart(pack)) == mermaid(chart(pack))


def test_words_of_people_are_never_syntax(tmp_path: Path) -> None:
    import shutil

    folder = Path(shutil.copytree(ANKLE, tmp_path / "ankle_injury"))
    path = folder / "wording" / "en.yaml"
    hostile = 'say "]; end <script>alert(1)</script> #quot; & %% `x` --> y'
    text = path.read_text().replace("ask: Weight bearing", f"ask: {hostile!r}")
    path.write_text(text)
    drawn = chart(load_folder(folder))
    picture = svg(drawn)
    assert hostile in " ".join(words(picture).split())
    assert "<script" not in picture
    line = next(line for line in mermaid(drawn).splitlines() if line.strip().startswith("q3["))
    assert line.count('"') == 2
    assert not set("<>;&`") & set(re.sub(r"#\d+;", "", line))


@pytest.mark.parametrize(("option", "begins"), [([], "flowchart TD\n"), (["--svg"], "<svg ")])
def test_the_command_writes_to_stdout_or_a_file(
    option: list[str], begins: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["graph", str(ANKLE), *option]) == 0
    out = capsys.readouterr().out
    assert out.startswith(begins)
    assert main(["graph", str(ANKLE), *option, "-o", str(tmp_path / "g")]) == 0
    assert (tmp_path / "g").read_text() == out
    assert main(["graph", str(ANKLE), "--part", "nowhere"]) == 2
    assert "has no part 'nowhere'" in capsys.readouterr().err
