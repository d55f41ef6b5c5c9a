"""What typed words say of the lines of a list, of which each has a reply of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chatbot.case import Reply
from chatbot.interview.reading.choices import Choice, is_none_of_these, is_not_sure, read_choices
from chatbot.interview.reading.language import Language
from chatbot.interview.reading.list_parts import listed
from chatbot.interview.reading.sanitise import fold


@dataclass(frozen=True, slots=True)
class SaidOfLines:
    """The lines that words name, each with its reply, and the reply that is said of all others, if any is."""

    lines: Mapping[str, Reply]
    rest: Reply | None = None

    def and_none_of_the_others(self, choices: Sequence[Choice]) -> dict[str, Reply]:
        """The replies of a whole list that a transcript says at once: what it does not name is denied.

        No shell reads a list so: there the others keep their reply, or stay open.
        """
        return {choice.id: self.lines.get(choice.id, self.rest or "no") for choice in choices}


def read_replies(typed: str, choices: Sequence[Choice], language: Language) -> SaidOfLines | None:
    """Reads what words say of the lines: "2 yes, 5 not sure", "1 and 3"; None where a part is not understood.

    A line with two replies that differ, as in "1 yes, 1 no", is not understood: neither of them may be dropped.
    """
    if is_none_of_these(typed, language):
        return SaidOfLines({}, "no")
    if is_not_sure(typed, language):
        return SaidOfLines({}, "unknown")
    parts = listed(typed)
    rest: Reply | None = None
    if len(parts) > 1 and is_unsure_about_some(parts[-1], language):
        rest = "unknown"
        parts.pop()
    lines: dict[str, Reply] = {}
    for part in parts:
        words, reply = without_reply(part, language)
        named = read_choices(words, choices, language)
        said = dict.fromkeys(named or (), reply or "yes")
        if not said or any(lines.get(line, said[line]) != said[line] for line in said):
            return None
        lines.update(said)
    return SaidOfLines(lines, rest)


def without_reply(part: str, language: Language) -> tuple[str, Reply | None]:
    """The words before a reply at their end, and that reply: "2: no", "numb not sure"."""
    folded = fold(part)
    for ending, reply in language.replies.endings:
        if folded.endswith(f" {ending}"):
            return folded.removesuffix(ending).rstrip(" :"), reply
    return part, None


def is_unsure_about_some(part: str, language: Language) -> bool:
    """True when words say that some, or the rest, is not known."""
    words, replies = fold(part), language.replies
    return any(word in words for word in replies.unsure) and any(word in words for word in replies.rest)
