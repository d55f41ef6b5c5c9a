"""A question-by-question triage interview whose every sentence is cited.

The public door: load_pack, Interview, recommend, summarise and their types. Not a medical device.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from chatbot.case import Answer, Case, Fact, Span
    from chatbot.errors import EngineError, InputError, PackError, Problem, TriageError
    from chatbot.interview.interview import Interview
    from chatbot.packs.load import load_pack
    from chatbot.packs.pack import Pack
    from chatbot.recommendation.recommend import Recommendation, recommend
    from chatbot.recommendation.summary import Summary, summarise

__all__ = [
    "Answer",
    "Case",
    "EngineError",
    "Fact",
    "InputError",
    "Interview",
    "Pack",
    "PackError",
    "Problem",
    "Recommendation",
    "Span",
    "Summary",
    "TriageError",
    "load_pack",
    "recommend",
    "summarise",
]

_HOMES = {
    "chatbot.case": ("Answer", "Case", "Fact", "Span"),
    "chatbot.errors": ("EngineError", "InputError", "PackError", "Problem", "TriageError"),
    "chatbot.interview.interview": ("Interview",),
    "chatbot.packs.load": ("load_pack",),
    "chatbot.packs.pack": ("Pack",),
    "chatbot.recommendation.recommend": ("Recommendation", "recommend"),
    "chatbot.recommendation.summary": ("Summary", "summarise"),
}


def __getattr__(name: str) -> object:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(home), name)
    raise AttributeError(f"module 'chatbot' has no attribute '{name}'")
