"""Until when somebody is to be seen: by the calendar of the place where the program runs."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone

import pytest

from chatbot.service.response_targets import TAKEN_WITHIN, day_of, promised

if not hasattr(time, "tzset"):
    pytest.skip("the zone of a program cannot be changed on Windows", allow_module_level=True)

# As rules, which a machine without a list of places has, too.
PLACES = {
    "UTC": "UTC0",
    "London": "GMT0BST,M3.5.0/1,M10.5.0",
    "New York": "EST5EDT,M3.2.0,M11.1.0",
    "Kolkata": "IST-5:30",
    "Kiritimati": "<+14>-14",
    "Pago Pago": "SST11",
    "Lord Howe": "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0",
    "Beirut": "EET-2EEST,M3.5.0/0,M10.5.0/0",
    "Havana": "CST5CDT,M3.2.0/0,M11.1.0/1",
    "Cairo": "EET-2EEST,M4.5.5/0,M10.5.4/24",
}


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Has the program run at another place."""

    def moved(place: str) -> None:
        monkeypatch.setenv("TZ", PLACES[place])
        time.tzset()

    yield moved
    monkeypatch.undo()
    time.tzset()


NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize("level", [5, None])
def test_an_emergency_and_a_call_of_which_nothing_is_known_are_to_be_taken_on_within_minutes(level: int | None) -> None:
    assert promised(level, NOON) == NOON + TAKEN_WITHIN


def test_two_weeks_and_three_months_are_counted_from_when_it_was_said() -> None:
    assert promised(3, NOON) == NOON + timedelta(days=14)
    assert promised(2, NOON) == NOON + timedelta(days=91)


@pytest.mark.parametrize("level", [1, 0])
def test_what_promises_no_time_has_none(level: int) -> None:
    assert promised(level, NOON) is None


@pytest.mark.parametrize(
    ("place", "said", "until"),
    [
        ("UTC", "2026-03-02T00:00:00Z", "2026-03-03T00:00:00Z"),
        ("UTC", "2026-03-02T23:59:59Z", "2026-03-03T00:00:00Z"),
        ("New York", "2026-03-02T04:59:59Z", "2026-03-02T05:00:00Z"),
        ("New York", "2026-03-02T05:00:00Z", "2026-03-03T05:00:00Z"),
        ("Kolkata", "2026-03-02T18:29:00Z", "2026-03-02T18:30:00Z"),
        # The day before the clocks change, the day they do, which has 23 or 25 hours, and the day after.
        ("London", "2026-03-28T12:00:00Z", "2026-03-29T00:00:00Z"),
        ("London", "2026-03-29T00:30:00Z", "2026-03-29T23:00:00Z"),
        ("London", "2026-03-29T12:00:00Z", "2026-03-29T23:00:00Z"),
        ("London", "2026-03-30T12:00:00Z", "2026-03-30T23:00:00Z"),
        ("London", "2026-10-24T12:00:00Z", "2026-10-24T23:00:00Z"),
        ("London", "2026-10-24T23:30:00Z", "2026-10-26T00:00:00Z"),
        ("London", "2026-10-25T12:00:00Z", "2026-10-26T00:00:00Z"),
        ("New York", "2026-03-08T05:30:00Z", "2026-03-09T04:00:00Z"),
        ("New York", "2026-11-01T05:30:00Z", "2026-11-02T05:00:00Z"),
        # Half an hour.
        ("Lord Howe", "2026-04-04T20:00:00Z", "2026-04-05T13:30:00Z"),
        # Where midnight itself is left out: the day begins at one.
        ("Beirut", "2026-03-28T12:00:00Z", "2026-03-28T22:00:00Z"),
        ("Beirut", "2026-03-29T12:00:00Z", "2026-03-29T21:00:00Z"),
        # Where midnight comes twice: the day begins with the first.
        ("Havana", "2026-10-31T12:00:00Z", "2026-11-01T04:00:00Z"),
        ("Cairo", "2026-04-23T12:00:00Z", "2026-04-23T22:00:00Z"),
        ("Cairo", "2026-04-24T12:00:00Z", "2026-04-24T21:00:00Z"),
    ],
)
def test_today_ends_with_the_day_on_which_it_was_said(
    at: Callable[[str], None], place: str, said: str, until: str
) -> None:
    at(place)
    assert promised(4, datetime.fromisoformat(said)) == datetime.fromisoformat(until)


@pytest.mark.parametrize("place", PLACES)
def test_every_moment_of_a_year_is_in_its_day_and_is_promised_its_end(at: Callable[[str], None], place: str) -> None:
    at(place)
    for hours in range(0, 366 * 24, 7):
        now = datetime(2026, 1, 1, 0, 20, tzinfo=UTC) + timedelta(hours=hours)
        began, ends = day_of(now), promised(4, now)
        assert ends is not None
        assert began <= now < ends, now
        here = now.astimezone().date()
        # The first moment of the day, and of the next one: a second earlier it is another date.
        for moment, date in ((began, here), (ends, here + timedelta(days=1))):
            in_utc = moment.astimezone(UTC)
            assert in_utc.astimezone().date() == date, now
            assert (in_utc - timedelta(seconds=1)).astimezone().date() != date, now


@pytest.mark.parametrize("hours", [-11, 0, 5.5, 14])
def test_a_time_said_in_another_zone_is_the_same_moment(at: Callable[[str], None], hours: float) -> None:
    at("London")
    said = datetime(2026, 3, 29, 12, 0, tzinfo=UTC)
    there = said.astimezone(timezone(timedelta(hours=hours)))
    assert promised(4, there) == promised(4, said)
    assert day_of(there) == day_of(said)
