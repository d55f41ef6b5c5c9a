"""What the tests of hearing share: how something is heard, and the day on which."""

from collections.abc import Callable
from datetime import date

from chatbot.interview.hearing.hear import Heard

Hear = Callable[..., Heard]
TODAY = date(2026, 11, 30)
