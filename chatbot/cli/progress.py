"""How far long work is, on stderr where somebody sees it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

Piece = TypeVar("Piece")


@contextmanager
def progress(what: str, total: int) -> Iterator[Callable[[int], None]]:
    """A bar that goes on by as many as it is told were done; nothing at all where stderr is no terminal."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    # What goes to stdout is data: it is not to pass through the console of the bar.
    with Progress(*columns, console=console, transient=True, redirect_stdout=False, redirect_stderr=False) as bar:
        task = bar.add_task(what, total=total)
        yield lambda done: bar.advance(task, done)


def watched(pieces: Iterable[Piece], what: str, total: int) -> Iterator[Piece]:
    """The pieces of work as they are done; on a terminal they come at the end, when the bar is gone."""
    if not sys.stderr.isatty():
        yield from pieces
        return
    with progress(what, total) as advance:
        done = []
        for piece in pieces:
            done.append(piece)
            advance(1)
    yield from done
