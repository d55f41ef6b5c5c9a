"""The picture of the body in a pack: which value means which areas. What is wrong with one is in bad/picture_*."""

from pathlib import Path

from chatbot.interview.body_areas import AREAS, BACK, FRONT
from chatbot.packs.load import load_folder
from chatbot.packs.pack import Pack
from chatbot.packs.schema import pack_schema

CONTRIBUTING = Path(__file__).parents[2] / "CONTRIBUTING.md"


def with_picture(folder: Path, picture: str, before: str = "") -> Pack:
    """The second complaint with a picture of its tender places."""
    path = folder / "dialog.yaml"
    found = "      - fact: tender_places\n"
    path.write_text(path.read_text().replace(found, f"{before}{found}        picture: {picture}\n"))
    return load_folder(folder)


def test_a_question_without_a_picture_has_none(ankle: Path) -> None:
    assert load_folder(ankle).plan.dialog.questions["tender_places"].picture == ()


def test_a_picture_gives_each_value_its_areas_in_the_order_of_the_values(ankle: Path) -> None:
    pack = with_picture(
        ankle,
        "{heel: [back_foot_right, back_foot_left, back_foot_right], inner_side: [front_shin_left], "
        "outer_side: [front_shin_left, front_foot_left]}",
    )
    assert pack.plan.dialog.questions["tender_places"].picture == (
        ("outer_side", ("front_shin_left", "front_foot_left")),
        ("inner_side", ("front_shin_left",)),
        ("heel", ("back_foot_right", "back_foot_left")),
    )


def test_a_fact_asked_at_two_places_has_its_picture_at_both(ankle: Path) -> None:
    early = "      - fact: tender_places\n        early_if: {is: {standing: limping}}\n"
    areas = "{outer_side: [front_foot_left], inner_side: [front_foot_left], heel: [back_foot_left]}"
    dialog = with_picture(ankle, areas, early).plan.dialog
    pictures = [entry.question.picture for entry in dialog.entries if entry.question.id == "tender_places"]
    assert len(pictures) == 2
    assert pictures[0] == pictures[1] != ()


def test_the_shipped_picture_shows_every_place_of_pain_and_the_whole_spine_is_all_of_it(pack: Pack) -> None:
    question = pack.plan.dialog.questions["pain_location"]
    picture = dict(question.picture)
    assert tuple(picture) == tuple(value for _, value in question.options)
    spine = {"back_neck", "back_upper", "back_middle", "back_low", "back_tailbone"}
    assert set(picture["whole_spine"]) == spine
    assert spine > set(picture["low_back"]) | set(picture["tailbone"])


def test_the_shipped_picture_takes_both_sides_alike(pack: Pack) -> None:
    for _, areas in pack.plan.dialog.questions["pain_location"].picture:
        assert {area.replace("_left", "_right") for area in areas if area.endswith("_left")} == {
            area for area in areas if area.endswith("_right")
        }


def test_areas_are_named_after_their_side_once_and_come_in_pairs() -> None:
    assert len(set(AREAS)) == len(AREAS)
    assert all(area.startswith("front_") for area in FRONT)
    assert all(area.startswith("back_") for area in BACK)
    assert all(area.removesuffix("_left") + "_right" in AREAS for area in AREAS if area.endswith("_left"))
    assert all(area.removesuffix("_right") + "_left" in AREAS for area in AREAS if area.endswith("_right"))


def test_the_schema_of_a_pack_knows_the_keys_of_an_entry_and_every_area() -> None:
    part = pack_schema()["properties"]["dialog.yaml"]["properties"]["parts"]["additionalProperties"]
    single, checklist = part["properties"]["entries"]["items"]["anyOf"]
    assert set(single["properties"]) == {"fact", "early_if", "again_if", "options", "bands", "picture"}
    assert set(checklist["properties"]) == {"checklist", "answer", "items"}
    assert single["properties"]["picture"]["additionalProperties"]["items"]["enum"] == list(AREAS)


def test_the_guide_for_authors_lists_every_area() -> None:
    text = CONTRIBUTING.read_text(encoding="utf-8")
    assert [area for area in AREAS if f"`{area.removesuffix('_left').removesuffix('_right')}`" not in text] == []
