"""What most tests share: the shipped pack, and a person with nothing worrying."""

from collections.abc import Mapping

import pytest

from chatbot.case import PlainValue
from chatbot.packs.load import load_pack
from chatbot.packs.pack import Pack


@pytest.fixture(scope="session")
def pack() -> Pack:
    """The shipped low back pain pack."""
    return load_pack("low_back_pain")


@pytest.fixture(scope="session")
def well(pack: Pack) -> Mapping[str, PlainValue]:
    """Facts of a 40-year-old man with 5 days of plain back pain that is improving."""
    plain = next(case for case in pack.cases if case.name == "CASE-S1e")
    return {**plain.given, "onset_days": 5, "trend": "improving"}
