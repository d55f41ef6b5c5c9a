"""Transcripts played in this process, one after the other."""

from collections.abc import Callable, Iterable, Iterator

from chatbot.packs.pack import Pack
from chatbot.replay.files import Outcome, Player, scripts


def replay(paths: Iterable[str], find: Callable[[str], Pack]) -> Iterator[Outcome]:
    """Play every transcript; packs are loaded once each by `find`."""
    yield from map(Player(find).play, scripts(paths))
