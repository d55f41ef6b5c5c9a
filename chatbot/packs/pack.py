"""A loaded pack: one complaint with its questions, rules, sources, wording, version and digest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from chatbot.interview.hearing.lexicon import Lexicon
from chatbot.interview.interview import Plan, plan
from chatbot.interview.question import Dialog
from chatbot.packs.check_cases import PackCase
from chatbot.packs.review import Review
from chatbot.recommendation.rulebook import Rulebook
from chatbot.wording import Wording

REVIEW = "review.yaml"


@dataclass(frozen=True, eq=False)
class Pack:
    """Everything clinical about one complaint, checked and ready to use.

    `hearing` are the files of words by language, read when somebody is first heard in it, and then kept in `lexicons`.
    """

    id: str
    title: str
    version: str
    effective: str
    next_review: str
    status: str
    digest: str
    dialog: Dialog
    rulebook: Rulebook
    languages: Mapping[str, Wording]
    numbers: Mapping[str, str]
    exemptions: tuple[tuple[str, str], ...] = ()
    cases: tuple[PackCase, ...] = field(default=(), repr=False)
    reviews: tuple[Review, ...] = ()
    folder: Path | None = field(default=None, repr=False)
    hearing: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    lexicons: dict[str, Lexicon | None] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def plan(self) -> Plan:
        """The state machine and rules made ready for interviews."""
        return plan(self.dialog, self.rulebook)

    def status_on(self, day: date) -> str:
        """The status, or `expired` once the date of the next review has passed."""
        return "expired" if day.isoformat() > self.next_review else self.status

    def statuses(self, day: date | None) -> tuple[str, ...]:
        """The texts that say who approved the content, and that its review is overdue on a day."""
        overdue = day is not None and self.status_on(day) == "expired"
        return (f"status_{self.status}", *(["status_expired"] if overdue else []))

    def wording(self, language: str = "en") -> Wording:
        """The texts of a language; the pack's first when it has no such file."""
        return self.languages.get(language) or next(iter(self.languages.values()))


def pack_files(folder: Path) -> list[Path]:
    """Every file of a pack in path order; hidden ones, such as an editor's, are no part of it."""
    found = (path for path in folder.rglob("*") if path.is_file() and not _is_hidden(path.relative_to(folder)))
    return sorted(found, key=lambda path: path.relative_to(folder).as_posix())


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def digest(folder: Path) -> str:
    """SHA-256 over path and bytes of every file but the review, in path order, line ends as LF."""
    return digest_of((path.relative_to(folder).as_posix(), path.read_bytes()) for path in pack_files(folder))


def digest_of(files: Iterable[tuple[str, bytes]]) -> str:
    """The digest of a pack's files, each with its path, in path order."""
    total = hashlib.sha256()
    for name, raw in files:
        if name != REVIEW:
            content = raw.replace(b"\r\n", b"\n")
            total.update(f"{name}\0{len(content)}\0".encode())
            total.update(content)
    return total.hexdigest()
