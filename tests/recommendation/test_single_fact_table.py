"""The single-fact table, entry by entry."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from chatbot.case import Case, PlainValue
from chatbot.packs import strict_yaml
from chatbot.packs.pack import Pack
from chatbot.recommendation.recommend import recommend

FILE = Path(__file__).with_name("single_fact_table.yaml")

# Entries that the engine answers differently on purpose, each with the reason. None today: the table holds whole.
CHANGED: dict[tuple[str, str], str] = {}


def table() -> dict[str, Any]:
    """The table as data."""
    document, problems = strict_yaml.read(FILE, FILE.name)
    assert not problems
    assert document is not None
    assert isinstance(document.data, dict)
    return document.data


def entries() -> Iterator[tuple[str, str, list[int]]]:
    """Every entry: fact, value, level and imaging."""
    for fact, row in table()["rows"].items():
        for value, expected in row["values"].items():
            yield fact, value, expected


def test_the_table_has_every_entry() -> None:
    """All of 261 entries over 52 facts of the evidence, and a row for each fact that was added since."""
    assert len(list(entries())) >= 261


@pytest.mark.parametrize(("fact", "value", "expected"), [pytest.param(*e, id=f"{e[0]}={e[1]}") for e in entries()])
def test_one_answer_gives_this_level_and_imaging(
    pack: Pack, well: Mapping[str, PlainValue], fact: str, value: str, expected: list[int]
) -> None:
    """The entry holds, unless it stands among the changed ones with a reason."""
    data = table()
    facts = {**well, **data["bases"].get(data["rows"][fact].get("base"), {})}
    is_item = pack.rulebook.facts[fact].kind == "many" and value != "unknown"
    facts[fact] = [value] if is_item else value

    result = recommend(pack.rulebook, Case.of_facts(facts))

    assert ([result.level, result.imaging] == expected) != ((fact, value) in CHANGED)
