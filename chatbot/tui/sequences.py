"""What a terminal sends for keys, read so that nothing it may send ends the app or is taken for typing."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable

from textual import events
from textual._parser import Peek1, Read1, TokenCallback
from textual._xterm_parser import XTermParser
from textual.message import Message

# No terminal sends a number below nothing, nor as many digits as these; the library would type them out.
_STRANGE = re.compile(r"\x1b\[(?:[\d:;]*-[-\d:;]*|[\d:;]{29,})[@-~]")


class CarefulParser(XTermParser):
    """The library's parser, which goes on after a sequence that stands for no key."""

    def feed(self, data: str) -> Iterable[Message]:
        """Turns what was sent into events; what it holds of strange sequences is dropped."""
        # Without any data the library ends, and there is more to come.
        return super().feed(left) if (left := _STRANGE.sub("", data)) or not data else ()

    def parse(self, token_callback: TokenCallback[Message]) -> Generator[Read1 | Peek1, str, None]:
        """Read on after what fails, such as a code point that there is not."""

        def pass_on(token: Message) -> None:
            if not isinstance(token, events.Key) or _is_text(f"{token.key}{token.character}"):
                token_callback(token)

        while not self.is_eof:
            try:
                yield from super().parse(pass_on)
            except (ValueError, ArithmeticError):
                continue
            return


def _is_text(text: str) -> bool:
    """True when it can be written anywhere; half of a pair of code points cannot."""
    return not any("\ud800" <= character <= "\udfff" for character in text)
