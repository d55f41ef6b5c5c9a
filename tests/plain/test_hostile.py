"""Hostile text is made harmless on its way in and on its way out, and never acted on."""

import subprocess
import sys
import unicodedata
from dataclasses import replace

import pytest

from chatbot.interview.prompt import prompt
from chatbot.interview.reading.commands import read_command
from chatbot.interview.reading.en import ENGLISH
from chatbot.interview.reading.line_labels import line_number
from chatbot.interview.reading.parse_answer import NotUnderstood, ParsedAnswer, parse_answer, raised_by
from chatbot.interview.reading.sanitise import clean
from chatbot.packs.pack import Pack
from chatbot.plain.lines import Page
from tests.support.hostile import BYTES, LINES, STRINGS
from tests.support.person import TODAY, Converse

KINDS = ("right_now", "saddle_sensation", "how_started", "infection_risk", "age_years", "onset_days", "trend")


def is_harmless(text: str) -> bool:
    """Whether a terminal would show this text and do nothing."""
    return all(char == "\n" or unicodedata.category(char) not in {"Cc", "Cf", "Cs"} for char in text)


def test_there_are_many_of_them() -> None:
    assert len(STRINGS) >= 500
    assert len(BYTES) >= 60


@pytest.mark.parametrize("question", KINDS)
def test_every_string_is_an_answer_or_asked_again(pack: Pack, question: str) -> None:
    """No reader fails, and what is kept of the words is clean."""
    interview = replace(pack.plan.begin("patient", "gb"), state=question)
    asked = prompt(interview, pack.wording())
    assert asked is not None
    for text in STRINGS:
        found = parse_answer(interview, asked, text, ENGLISH, TODAY)
        assert isinstance(found, (ParsedAnswer, NotUnderstood)), ascii(text[:60])
        if isinstance(found, ParsedAnswer):
            assert is_harmless(found.answer.said)
        raised_by(text, pack.wording(), interview)
        read_command(clean(text), ENGLISH)
        line_number(clean(text), ENGLISH)


def test_markup_and_sequences_never_answer_a_question_about_danger(pack: Pack) -> None:
    """What is not plainly words is not taken for a yes or a no."""
    interview = replace(pack.plan.begin("patient", "gb"), state="saddle_sensation")
    asked = prompt(interview, pack.wording())
    assert asked is not None
    for text in ("[/x]", "[@click=app.quit]hi[/]", "{text}", "\x1b[31m", "①", "3²", "½", "1e309", "NaN", "\ud800"):
        assert isinstance(parse_answer(interview, asked, text, ENGLISH, TODAY), NotUnderstood), ascii(text)


def test_a_page_writes_nothing_a_terminal_acts_on() -> None:
    written: list[str] = []
    page = Page(lambda _: "", written.append, 40)
    for text in STRINGS:
        page.say(text)
        page.choices([text])
    assert is_harmless("".join(written))


def test_a_conversation_full_of_it_shows_none_of_it(converse: Converse) -> None:
    """Typed at a danger question, it is asked again; nothing typed is shown."""
    lines = [text for text in LINES if len(text) < 200][:400]
    _, person = converse({"saddle_sensation": [*lines, "<end>"]}, then=())
    assert is_harmless("".join(person.page))


def test_hostile_bytes_through_a_real_process() -> None:
    """One session: invalid UTF-8, NUL, sequences and a line of a megabyte, after which it still answers."""
    typed = b"\n".join([*BYTES, b"a" * 1_000_000, b"no", b"stop", b"[/x]", b"\x1b]52;c;aGk=\x07", b"done"])
    done = subprocess.run(
        [sys.executable, "-m", "chatbot", "interview", "--role", "patient", "--country", "gb"],
        input=typed, capture_output=True, timeout=120, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
    assert is_harmless(done.stdout.decode("utf-8").replace("\r", ""))
    assert b"Your summary" in done.stdout


def test_a_hundred_thousand_empty_lines_end() -> None:
    """An empty line answers nothing; what has no end is read no further, and is followed by the advice."""
    done = subprocess.run(
        [sys.executable, "-m", "chatbot", "interview", "--role", "patient", "--country", "gb"],
        input=b"\n" * 100_000, capture_output=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert b"You answered" not in done.stdout
    assert b"Get medical help today" in done.stdout
