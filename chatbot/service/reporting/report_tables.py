"""What the reports share: what each says at its head, and how figures and names are written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from chatbot.document.blocks import Block, Heading, Paragraph, Simple, Together, flat
from chatbot.replay.wilson import Share
from chatbot.service.reporting.case_histories import Gathered
from chatbot.service.reporting.time_taken import Spread

NOTICE = (
    "Not a measure of clinical safety, and not validation: this counts what was written down about the work, and "
    "nobody checked it. Few cases say little."
)
INTERVALS = "In parentheses: Wilson's 95% interval, as if cases were drawn at random, which they were not."
_NAME = 60


def plain(text: str) -> str:
    """One line of ASCII that no terminal acts on, of a name that somebody else chose."""
    line = flat(text).encode("ascii", "backslashreplace").decode()
    return line if len(line) <= _NAME else f"{line[: _NAME - 3]}..."


def of(count: int, total: int) -> str:
    """A number with what it is a part of."""
    return f"{count}/{total}"


def part(share: Share) -> str:
    """A share without an interval, for what is divided up and not drawn."""
    if not share.total:
        return of(share.count, share.total)
    percent = 100 * share.count / share.total
    return f"{of(share.count, share.total)} {'<1' if 0 < percent < 0.5 else f'{percent:.0f}'}%"


def spoken(seconds: float | None) -> str:
    """A time as people say it."""
    if seconds is None:
        return "-"
    for unit, size, upto in (("s", 1, 120), ("min", 60, 7_200), ("h", 3_600, 172_800)):
        if seconds < upto:
            return f"{seconds / size:.0f} {unit}" if seconds >= 10 * size else f"{seconds / size:.1f} {unit}"
    return f"{seconds / 86_400:.1f} d"


def timed(spread: Spread) -> tuple[str, str, str]:
    """The middle, what nine of ten stay within, and of how many; where they are few that is marked."""
    count = len(spread.seconds)
    return spoken(spread.median), spoken(spread.most), f"(n={count}{', few' if spread.is_few and count else ''})"


def head(title: str, gathered: Gathered, *below: Simple) -> Iterator[Block]:
    """Yields what a report is of, and what it is not; `below` the number of cases stands what divides them."""
    yield Heading(1, f"{title}: {window(gathered)}")
    yield Together(tuple(map(Paragraph, (NOTICE, *_contents(gathered)))))
    total = len(gathered.courses)
    counted = (
        f"{total} case(s) counted. {len(gathered.left_out)} left out, which cannot be done again; {gathered.gone_on} "
        "went on as another case and are counted as that."
    )
    yield Together((Paragraph(counted), *below))


def window(gathered: Gathered) -> str:
    """Says which cases a report is of."""
    until = _minute(gathered.until)
    if gathered.since is None:
        return f"all cases until {until}"
    return f"cases that began from {_minute(gathered.since)} to {until}"


def _contents(gathered: Gathered) -> Iterator[str]:
    for name, pack in gathered.packs.items():
        if pack is None:
            yield f"Content {plain(name)}: not installed any more."
            continue
        status = pack.status_on(gathered.until.astimezone().date())
        approved = "" if status == "approved" else "; content not approved"
        yield f"Content {plain(name)}, installed {plain(pack.version)}: {plain(status)}{approved}."


def head_data(report: str, gathered: Gathered) -> dict[str, object]:
    """The same as plain data."""
    day = gathered.until.astimezone().date()
    return {
        "schema": 1,
        "report": report,
        "notice": " ".join((NOTICE, *_contents(gathered))),
        "since": None if gathered.since is None else gathered.since.astimezone(UTC).isoformat(),
        "until": gathered.until.astimezone(UTC).isoformat(),
        "packs": {
            name: None if pack is None else {"version": pack.version, "status": pack.status_on(day)}
            for name, pack in gathered.packs.items()
        },
        "cases": len(gathered.courses),
        "left_out": len(gathered.left_out),
        "gone_on": gathered.gone_on,
    }


def _minute(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
