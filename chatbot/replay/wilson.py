"""Shares of small counts with Wilson's 95 % interval."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

_Z = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    count: int
    total: int

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval by Wilson's score method (1927), each end from 0 to 1; of nothing, all of it."""
        if not self.total:
            return 0.0, 1.0
        share, square = self.count / self.total, _Z * _Z / self.total
        middle = share + square / 2
        half = _Z * sqrt((share * (1 - share) + square / 4) / self.total)
        # At the ends the exact value is 0 or 1; floating point would be off by its last digit.
        low = (middle - half) / (1 + square) if self.count else 0.0
        high = (middle + half) / (1 + square) if self.count < self.total else 1.0
        return low, high

    def data(self) -> dict[str, object]:
        """The share as plain data; four digits are the same on every machine."""
        low, high = (round(end, 4) for end in self.interval)
        share = round(self.count / self.total, 4) if self.total else None
        return {"count": self.count, "total": self.total, "share": share, "low": low, "high": high}

    def __str__(self) -> str:
        if not self.total:
            return "none"
        low, high = (f"{100 * end:.1f}" for end in self.interval)
        return f"{self.count}/{self.total}  {100 * self.count / self.total:.1f}% ({low} to {high})"

    def short(self) -> str:
        """The same in whole per cent, for tables."""
        if not self.total:
            return "none"
        low, high = (f"{100 * end:.0f}" for end in self.interval)
        return f"{self.count}/{self.total} {100 * self.count / self.total:.0f}% ({low}-{high})"
