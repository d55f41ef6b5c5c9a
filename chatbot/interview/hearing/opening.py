"""How an answer begins, and whether it is more than that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from chatbot.interview.hearing.compositions import Spot
from chatbot.interview.hearing.scopes import DENIED
from chatbot.interview.hearing.stated import Match, Text
from chatbot.interview.hearing.typed_words import STOPS
from chatbot.interview.reading.language import listed

# A denial in so many words is recorded where nothing else is in them; one that names what is denied, in fewer.
_LONGEST_NO, _BARE = 6, 4
# Behind these a "no" is the whole reply, and what follows is another sentence.
_BEHIND_NO = frozenset(
    listed("i, it, my, he, she, they, we, that, this, there, but, just, only, because, apart, except, still")
)


@dataclass(frozen=True, eq=False)
class Opening:
    """The reply with which a text begins: yes, no, not sure, rather not, or that all is well."""

    text: Text

    @cached_property
    def _first(self) -> dict[str, int]:
        """Where the first words of each reply stand, with nothing but fillers before them."""
        filler = {place for p in self.text.reply("filler") for place in range(*p)}
        found: dict[str, int] = {}
        for name in ("yes", "no", "none", "unsure", "decline"):
            for place in self.text.reply(name):
                if self._is_last(place) and name in ("yes", "no"):
                    found.setdefault(name, place.first)
                before = [n for n in range(place.first) if self.text.words[n] not in STOPS and n not in filler]
                if not before:
                    found[name] = min(place.first, found.get(name, place.first))
        return found

    def _is_last(self, place: Spot) -> bool:
        """True for a yes or no that stands alone at the end: "I am 84 love, no"."""
        words = self.text.words
        behind = [word for word in words[place.last :] if word not in STOPS]
        return not behind and place.last - place.first == 1 and place.first > 0 and words[place.first - 1] in STOPS

    def _longest(self, name: str) -> int:
        return max((p.last for p in self.text.reply(name) if p.first == self._first.get(name)), default=0)

    @cached_property
    def is_yes(self) -> bool:
        """True when it begins with a yes, and no longer phrase there denies."""
        alone = {place for p in self.text.reply("yes_alone") for place in range(*p)}
        if alone and set(self.text.spoken) <= alone:
            return True
        return "yes" in self._first and not self._is_within("yes", ("no", "none", "unsure"))

    @cached_property
    def is_no(self) -> bool:
        """True when it begins with a no, said of one thing or of all."""
        says_no = any(
            name in self._first and not self._is_within(name, ("yes", "unsure", "decline")) for name in ("no", "none")
        )
        return says_no and not self._is_unsaid

    @cached_property
    def is_firm_no(self) -> bool:
        """True when that no stands by itself, and is not the beginning of what did not or never happen."""
        if not self.is_no:
            return False
        quiet = {n for name in ("no", "none", "filler") for p in self.text.reply(name) for n in range(*p)}
        quiet |= {n for p in self.text.tags.get("well", ()) for n in range(*p)}
        if set(self.text.spoken) <= quiet:
            return True
        words = self.text.words
        for name in ("no", "none"):
            if name in self._first:
                after = words[self._longest(name)] if self._longest(name) < len(words) else "."
                said = words[self._first[name] : self._longest(name)]
                if after in STOPS or (said == ("no",) and after in _BEHIND_NO) or (len(said) > 1 and after == "but"):
                    return True
        return False

    @cached_property
    def _is_unsaid(self) -> bool:
        """True when the denying word is undone by what follows: "no longer", "not only", "no idea"."""
        ends = {self._first[name]: self._longest(name) for name in ("none", "no") if name in self._first}
        return any(p.last > ends.get(p.first, p.last) for p in self.text.scope("no_denial"))

    def _is_within(self, name: str, others: Sequence[str]) -> bool:
        """True when a longer reply of another kind begins at the same place or earlier."""
        return any(
            other in self._first
            and self._first[other] < self._longest(name)
            and self._longest(other) > self._longest(name)
            for other in others
        )

    @cached_property
    def is_unsure(self) -> bool:
        """True when it begins with not knowing."""
        return "unsure" in self._first and not self.is_yes

    @cached_property
    def declines(self) -> bool:
        """True when it begins with not wanting to say."""
        return "decline" in self._first

    @cached_property
    def is_well(self) -> bool:
        """True when all is said to be as it should be, and no "not" stands before that."""
        return any(
            not self._is_denied(place.first) for place in self.text.tags.get("well", ())
        ) and not self.text.scope("but")

    def _is_denied(self, place: int) -> bool:
        return any(word in ("not", "never", "no") for word in self.text.words[max(0, place - 3) : place])

    @cached_property
    def is_time(self) -> bool:
        """True when a time is said and hardly anything else."""
        times = [m for m in self.text.measures if m.kind == "days"]
        filler = {place for p in self.text.reply("filler") for place in range(*p)}
        left = set(self.text.spoken) - filler - {place for m in times for place in range(*m.place)}
        return bool(times) and len(left) <= 1

    @cached_property
    def is_little(self) -> bool:
        """True when "a bit" is said and hardly anything else."""
        little = {
            place for name in ("little", "sometimes") for p in self.text.tags.get(name, ()) for place in range(*p)
        }
        filler = {place for p in self.text.reply("filler") for place in range(*p)}
        return bool(little) and not set(self.text.spoken) - little - filler

    @cached_property
    def is_old(self) -> bool:
        """True when something is said to be old, and nothing to be new."""
        return bool(self.text.scope("old")) and not self.text.is_changed

    @cached_property
    def is_change(self) -> bool:
        """True when something is said to have come or grown, with nothing that says what."""
        return (
            self.text.is_changed
            and not self.is_no
            and not self.is_well
            and bool(self.text.tags.keys() & {"worse", "new", "change"})
        )

    def is_only_no(self, denied: Sequence[Match]) -> bool:
        """True when a denial in few words is all that was said, so that it can be recorded."""
        if self.text.scope("hedge") or any(DENIED not in match.around for match in denied):
            return False
        quiet = {place for name in ("no", "none", "filler") for p in self.text.reply(name) for place in range(*p)}
        if set(self.text.spoken) <= quiet and len(self.text.spoken) <= _LONGEST_NO:
            return True
        quiet |= {place for name in ("well", "change") for p in self.text.tags.get(name, ()) for place in range(*p)}
        quiet |= {place for p in self.text.scope("deny") for place in range(*p)}
        quiet |= {place for match in denied for place in match.hit.covered}
        parts = self.text.lexicon.parts & self.text.tags.keys()
        quiet |= {place for name in parts for p in self.text.tags[name] for place in range(*p)}
        return set(self.text.spoken) <= quiet and len(self.text.spoken) <= _BARE
