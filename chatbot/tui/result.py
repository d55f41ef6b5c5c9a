"""The result of a conversation, made ready for the screens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from chatbot.case import Audience
from chatbot.errors import EngineError
from chatbot.interview.conversation import Conversation
from chatbot.interview.view.result_questions import About
from chatbot.packs.pack import Pack
from chatbot.recommendation.summary import Summary, View
from chatbot.service.results import documents, summary_of
from chatbot.tui.words import Words


@dataclass(frozen=True, slots=True)
class Result:
    """A summary and what can be asked about it."""

    summary: Summary
    about: About


def result_of(pack: Pack, conversation: Conversation, reader: Audience | None = None) -> Result:
    """The result of where a conversation stands, for whoever answered, unless another reader is named."""
    found = conversation.interview.recommendation
    summary = summary_of(pack, found, conversation.words.language, reader)
    words = conversation.words.read_by("nurse") if reader == "clinician" else conversation.words
    view = View(found, pack.rulebook, words, summary.audience)
    return Result(summary, About(view, summary))


def begun(pack: Pack | None, conversation: Conversation | None) -> tuple[Pack, Conversation]:
    """The pack and where the conversation stands; EngineError before there is one."""
    if pack is None or conversation is None:
        raise EngineError("there is no conversation yet")
    return pack, conversation


def documents_of(pack: Pack, conversation: Conversation, words: Words, code: str = "") -> Mapping[str, bytes]:
    """The result as files, by the endings of their names; a check code stands below the readable one."""
    around = f"\n{words.say('check_code', code=code)}\n" if code else ""
    found = documents(pack, conversation.interview.recommendation, conversation.words.language, pack.title)
    return {str(ending): content + (around.encode() if ending == "md" else b"") for ending, content in found.items()}
