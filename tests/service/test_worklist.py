"""A case as the shared list shows it."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from chatbot.service.worklist import entry, holder
from chatbot.storage.projection import stamp
from chatbot.storage.row import Row
from chatbot.storage.worklist_query import WorklistQuery, is_held
from tests.support.listing import section_of

UNTIL = datetime(2026, 3, 2, 9, 45, tzinfo=UTC)
ROW = Row("c1", level=4, started=stamp(UNTIL), shown=stamp(UNTIL), owner="ann", until=stamp(UNTIL), urgency=8)
ZONES = [UTC, timezone(timedelta(hours=5, minutes=30)), timezone(timedelta(hours=-8))]
MOMENTS = [timedelta(hours=-9), timedelta(milliseconds=-1), timedelta(), timedelta(milliseconds=1), timedelta(hours=9)]


@pytest.mark.parametrize("zone", ZONES, ids=str)
@pytest.mark.parametrize("past", MOMENTS, ids=str)
def test_who_has_a_case_is_shown_until_the_lease_ends_and_from_that_very_moment_on_nobody(
    zone: timezone, past: timedelta
) -> None:
    """By a clock in any zone, and as the sections of the list have it."""
    now = (UNTIL + past).astimezone(zone)
    expected = "ann" if past < timedelta() else ""
    assert entry(ROW, now).owner == holder(ROW, now) == expected
    assert is_held(ROW, stamp(now)) is bool(expected)
    assert section_of(ROW, WorklistQuery("mine", "ann", stamp(now))) == ("mine" if expected else "waiting")


def test_a_case_that_nobody_took_has_no_owner() -> None:
    assert entry(Row("c1", level=4, started=stamp(UNTIL)), UNTIL).owner == ""
