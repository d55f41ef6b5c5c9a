"""Wilson's interval against known values."""

import pytest

from chatbot.replay.wilson import Share

# R: binom.confint(x, n, methods = "wilson"); the first two are also in Newcombe, Statist Med 1998;17:857.
KNOWN = [
    (81, 263, 0.2553, 0.3662),
    (15, 148, 0.0624, 0.1605),
    (0, 10, 0.0, 0.2775),
    (10, 10, 0.7225, 1.0),
    (5, 10, 0.2366, 0.7634),
    (1, 29, 0.0061, 0.1718),
]


@pytest.mark.parametrize(("count", "total", "low", "high"), KNOWN)
def test_the_interval_has_the_known_ends(count: int, total: int, low: float, high: float) -> None:
    """To four digits."""
    assert tuple(round(end, 4) for end in Share(count, total).interval) == (low, high)


@pytest.mark.parametrize("total", [1, 7, 10, 239, 10**6])
def test_the_interval_holds_the_share_and_stays_within_nought_and_one(total: int) -> None:
    """Exactly nought for none and exactly one for all."""
    for count in {0, 1, total // 2, total}:
        low, high = Share(count, total).interval
        assert 0 <= low <= count / total <= high <= 1
    assert Share(0, total).interval[0] == 0
    assert Share(total, total).interval[1] == 1


def test_of_nothing_nothing_is_known() -> None:
    """No division by nought, and no per cent."""
    assert Share(0, 0).interval == (0, 1)
    assert str(Share(0, 0)) == Share(0, 0).short() == "none"
    assert Share(0, 0).data()["share"] is None


def test_a_share_is_shown_with_count_total_and_interval() -> None:
    """Never a per cent alone."""
    assert str(Share(5, 10)) == "5/10  50.0% (23.7 to 76.3)"
    assert Share(5, 10).short() == "5/10 50% (24-76)"
