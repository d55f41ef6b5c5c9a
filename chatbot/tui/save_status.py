"""What becomes of the answers while the app runs: in a store, in a file, both, or neither; and what it says of that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chatbot.interview.reading.sanitise import harmless
from chatbot.service.saving import News

if TYPE_CHECKING:
    from chatbot.interview.conversation import Conversation
    from chatbot.tui.options import Start
    from chatbot.tui.words import Words


class Kept:
    """Keeps each step of a conversation, and knows the texts that say so."""

    def __init__(self, start: Start) -> None:
        self.recorder = start.recorder
        self.session = start.session

    def words(self, texts: Words) -> Words:
        """The texts, which say truly what becomes of the answers."""
        if self.session.wanted:
            how = "unsaved" if self.session.why else "saved"
            texts = texts.kept(how, why=harmless(self.session.why), code=self.session.code)
            if how == "saved" and self.session.is_remote:
                texts = texts.kept("shared")
        if self.recorder is not None:
            how = "unrecorded" if self.recorder.failed else "recorded"
            texts = texts.kept(how, file=harmless(str(self.recorder.path)))
        return texts

    @property
    def is_slow(self) -> bool:
        """True when keeping may make a person wait, so that it is not done while something is painted."""
        return self.session.is_remote or (self.session.wanted and self.session.records is None)

    def record(self, conversation: Conversation | None) -> bool:
        """Write the answers to the file there may be for them; False when that is no longer possible, once."""
        return self.recorder is None or self.recorder.take(conversation)

    def keep(self, conversation: Conversation) -> News:
        """Keep where the conversation stands."""
        return self.session.take(conversation)
