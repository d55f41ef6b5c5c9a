"""The drawing of the body and the map beneath it: whole, mirrored, and the right way round."""

from collections import Counter

import pytest
from rich.cells import cell_len

from chatbot.interview import body_areas
from chatbot.tui.widgets.outline import BACK, BODY, FRONT, View, letter_places, read_view

SIDES = ("_left", "right")


@pytest.mark.parametrize(("view", "areas"), [(FRONT, body_areas.FRONT), (BACK, body_areas.BACK)], ids=["front", "back"])
def test_the_map_shows_every_area_of_its_side_in_two_cells_or_more_and_says_where_its_letter_goes(
    view: View, areas: tuple[str, ...]
) -> None:
    sizes = Counter(view.areas.values())
    assert set(sizes) == set(areas) == set(view.marks)
    assert min(sizes.values()) >= 2
    assert all(view.areas[cell] == area for area, cell in view.marks.items())


@pytest.mark.parametrize("view", [FRONT, BACK, BODY], ids=["front", "back", "body"])
def test_every_row_is_equally_wide_and_every_area_lies_inside(view: View) -> None:
    assert {cell_len(row) for row in view.rows} == {view.width}
    assert all(len(row) == view.width for row in view.rows)
    assert all(0 < x < view.width - 1 and 0 <= y < view.height for x, y in view.areas)


def test_front_and_back_fit_in_36_columns_and_17_rows_with_labels_and_name() -> None:
    assert (BODY.width, BODY.height + 2) == (36, 17)


@pytest.mark.parametrize("view", [FRONT, BACK], ids=["front", "back"])
def test_every_part_of_the_drawing_belongs_to_an_area_but_for_the_gap_between_the_legs(view: View) -> None:
    drawn = {(x, y) for y, row in enumerate(view.rows) for x, mark in enumerate(row) if mark != " "}
    assert drawn - set(view.areas) <= {(view.width // 2, 10)}


@pytest.mark.parametrize("view", [FRONT, BACK], ids=["front", "back"])
def test_both_halves_of_a_side_are_mirrored(view: View) -> None:
    def mirrored(area: str) -> str:
        return area.replace("_left", "_LEFT").replace("_right", "_left").replace("_LEFT", "_right")

    assert {(view.width - 1 - x, y): mirrored(area) for (x, y), area in view.areas.items()} == view.areas


def test_the_persons_left_is_on_the_viewers_right_in_front_and_on_the_left_behind() -> None:
    middle = FRONT.width // 2
    sided = [(view, x, area) for view in (FRONT, BACK) for (x, _), area in view.areas.items() if area[-5:] in SIDES]
    assert len(sided) > 150
    for view, x, area in sided:
        assert (x > middle) == (area.endswith("left") == (view is FRONT)), area
        assert x != middle


def test_areas_lie_one_above_the_other_as_in_a_body() -> None:
    height = {area: y for area, (_, y) in BODY.marks.items()}
    down_the_back = ("head", "neck", "upper", "middle", "low", "tailbone", "buttock_left", "thigh_left", "calf_left")
    assert (order := [height[f"back_{area}"] for area in (*down_the_back, "foot_left")]) == sorted(set(order))
    down_the_front = ("head", "neck", "chest", "ribs", "belly", "hip_left", "groin_left", "thigh_left", "shin_left")
    assert (order := [height[f"front_{area}"] for area in (*down_the_front, "foot_left")]) == sorted(set(order))


def test_an_unknown_letter_in_a_map_is_told() -> None:
    with pytest.raises(KeyError):
        read_view("|##|", "|xy|", {"x": "back_low"})


def test_touching_areas_of_one_owner_have_one_letter_and_parted_ones_each_their_own() -> None:
    view = read_view("|       |", "|AabB.cC|", {"a": "one", "b": "two", "c": "three"})
    assert letter_places(view, {"one": "x", "two": "y"}) == {(0, 0): "x", (3, 0): "y"}
    assert letter_places(view, dict.fromkeys(("one", "two", "three"), "x")) == {(0, 0): "x", (6, 0): "x"}
    assert letter_places(view, {}) == {}
