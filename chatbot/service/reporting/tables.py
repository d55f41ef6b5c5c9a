"""What the reports share: what each says at its head, and tables of plain ASCII in 80 columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from textwrap import wrap

from chatbot.interview.reading.sanitise import harmless
from chatbot.replay.wilson import Share
from chatbot.service.reporting.courses import Gathered
from chatbot.service.reporting.pace import Spread

WIDTH = 79
NOTICE = (
    "Not a measure of clinical safety, and not validation: this counts what was written down about the work, and "
    "nobody checked it. Few cases say little."
)
INTERVALS = "In parentheses: Wilson's 95% interval, as if cases were drawn at random, which they were not."
_GAP, _NAME = "  ", 60
# A space at which no line ends.
_TIED = "\N{NO-BREAK SPACE}"


def plain(text: str) -> str:
    """One line of ASCII that no terminal acts on, of a name that somebody else chose."""
    line = " ".join(harmless(text).split()).encode("ascii", "backslashreplace").decode()
    return line if len(line) <= _NAME else f"{line[: _NAME - 3]}..."


def wrapped(text: str, indent: str = "") -> Iterator[str]:
    """A text in lines that fit."""
    yield from wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)


def listed(pieces: Iterable[str], indent: str) -> Iterator[str]:
    """Pieces with commas between, none of which is cut."""
    whole = ", ".join(piece.replace(" ", _TIED) for piece in pieces)
    yield from (line.replace(_TIED, " ") for line in wrapped(whole, indent))


def of(count: int, total: int) -> str:
    """A number with what it is a part of."""
    return f"{count}/{total}"


def part(share: Share) -> str:
    """A share without an interval, for what is divided up and not drawn."""
    if not share.total:
        return of(share.count, share.total)
    percent = 100 * share.count / share.total
    return f"{of(share.count, share.total)} {'<1' if 0 < percent < 0.5 else f'{percent:.0f}'}%"


def table(rows: Iterable[Sequence[str]], heads: Sequence[str] = ()) -> Iterator[str]:
    """Rows in columns; a name too long for its column stands on a line of its own above the rest."""
    listed = [tuple(row) for row in ((heads, *rows) if heads else rows)]
    if not listed:
        return
    widths = [max(len(row[at]) for row in listed) for at in range(len(listed[0]))]
    room = WIDTH - len(_GAP) * len(widths) - sum(widths[1:])
    first = min(widths[0], max(room, 1))
    for name, *cells in listed:
        rest = _GAP.join(f"{cell:<{width}}" for cell, width in zip(cells, widths[1:], strict=True))
        if len(name) > first:
            yield f"{_GAP}{name}"
            name = ""
        yield f"{_GAP}{name:<{first}}{_GAP}{rest}".rstrip()


def spoken(seconds: float | None) -> str:
    """A time as people say it."""
    if seconds is None:
        return "-"
    for unit, size, upto in (("s", 1, 120), ("min", 60, 7_200), ("h", 3_600, 172_800)):
        if seconds < upto:
            return f"{seconds / size:.0f} {unit}" if seconds >= 10 * size else f"{seconds / size:.1f} {unit}"
    return f"{seconds / 86_400:.1f} d"


def timed(found: Spread) -> tuple[str, str, str]:
    """The middle, what nine of ten stay within, and of how many; where they are few that is marked."""
    count = len(found.seconds)
    return spoken(found.median), spoken(found.most), f"(n={count}{', few' if found.is_few and count else ''})"


def head_lines(title: str, gathered: Gathered) -> Iterator[str]:
    """What a report is of, and what it is not."""
    yield from wrapped(f"{title}: {window(gathered)}")
    yield ""
    yield from wrapped(NOTICE)
    for line in _contents(gathered):
        yield from wrapped(line)
    yield ""
    total = len(gathered.courses)
    yield from wrapped(
        f"{total} case(s) counted. {len(gathered.left_out)} left out, which cannot be done again; {gathered.gone_on} "
        "went on as another case and are counted as that."
    )


def window(gathered: Gathered) -> str:
    """Which cases a report is of."""
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


def _minute(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
