"""What can be done in a conversation, one value each: what a shell takes, what a record keeps, what a transcript says.

`Conversation.take` is the one place that says what a step does. A new kind is one class here, named in `Step`: the type
checker then lists every `match` that has no case for it yet.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from chatbot.case import Answer, Reply


class _Step(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Answered(_Step):
    """A question was answered: values, words, and what of them was typed where lines were chosen by hand."""

    kind: Literal["answered"] = "answered"
    answer: Answer
    echo: str = ""
    typed: str | None = None


class Replied(_Step):
    """One line of a list was answered."""

    kind: Literal["replied"] = "replied"
    line: str
    reply: Reply
    words: str = ""


class RepliedTogether(_Step):
    """Several lines of a list were answered at once, so that none of them is lost where one breaks the list off."""

    kind: Literal["replied_together"] = "replied_together"
    replies: dict[str, Reply]
    words: str = ""


class Raised(_Step):
    """Something said, which answered nothing, put a question."""

    kind: Literal["raised"] = "raised"
    words: str
    at_hand: str = ""


class Changed(_Step):
    """An answer was taken back, so that its question is put again."""

    kind: Literal["changed"] = "changed"
    question: str


class Jumped(_Step):
    """A question was put out of its order."""

    kind: Literal["jumped"] = "jumped"
    question: str


class TookReplyBack(_Step):
    """The last line of the list at hand that has a reply was left without it, whichever was replied to last."""

    kind: Literal["took_reply_back"] = "took_reply_back"


class UndidReply(_Step):
    """What was replied last to a list was taken back, whole; earlier replies that it had replaced stand again."""

    kind: Literal["undid_reply"] = "undid_reply"


class TookRepliesUp(_Step):
    """The replies that the list at hand had before it was taken back were taken up again."""

    kind: Literal["took_replies_up"] = "took_replies_up"


class WentThrough(_Step):
    """The list at hand was gone through to its end."""

    kind: Literal["went_through"] = "went_through"


class WentBack(_Step):
    """The last question that can be asked again was gone back to."""

    kind: Literal["went_back"] = "went_back"


class Stopped(_Step):
    """The conversation was given up."""

    kind: Literal["stopped"] = "stopped"


class TakenUp(_Step):
    """The conversation that was given up went on where it was left."""

    kind: Literal["taken_up"] = "taken_up"


class Continued(_Step):
    """The conversation went on for the note after an emergency."""

    kind: Literal["continued"] = "continued"


class SkippedRest(_Step):
    """The questions that only advice waits for were passed over."""

    kind: Literal["skipped_rest"] = "skipped_rest"


class Confirmed(_Step):
    """The answers were checked."""

    kind: Literal["confirmed"] = "confirmed"


# The steps within a list: together they are one turn of a transcript, the replies that stand when the list is left.
WithinList = Replied | RepliedTogether | TookReplyBack | UndidReply | TookRepliesUp
# The steps that a transcript says with one word.
Said = WentBack | Stopped | TakenUp | Continued | SkippedRest | Confirmed
# The steps that say by themselves which turn of a transcript they are.
Named = Said | Changed | Jumped
Step = Answered | Raised | WithinList | WentThrough | Named


def said_at_once(step: Step) -> tuple[str, ...]:
    """The lines of a list that one thing said broke off: it is taken back as it was said, at once."""
    return tuple(step.replies) if isinstance(step, RepliedTogether) else ()
