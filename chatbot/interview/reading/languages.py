"""The languages in which typed words are understood."""

from chatbot.interview.reading.en import ENGLISH
from chatbot.interview.reading.language import Language

_LANGUAGES: dict[str, Language] = {ENGLISH.code: ENGLISH}


def language_of(code: str) -> Language:
    """The language of a wording as it is read; English, with its figures, where only texts are there."""
    return _LANGUAGES.get(code, ENGLISH)


def register(language: Language) -> None:
    """Let a language be understood wherever a wording has its code; the last of one code holds."""
    _LANGUAGES[language.code] = language
