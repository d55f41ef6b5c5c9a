"""Hostile text without a screen: wherever it stands, what would be shown of it is text, and nothing but text."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

import pytest
from rich.cells import cell_len
from textual.content import Content

from chatbot.interview.answered_questions import Exchange, exchanges
from chatbot.interview.conversation import Conversation
from chatbot.interview.parse_given import parse_typed
from chatbot.interview.prompt import Prompt
from chatbot.interview.reading.parse_answer import ParsedAnswer
from chatbot.interview.view.answer_rows import question_lines, row_lines
from chatbot.interview.view.line import Kind, Line
from chatbot.interview.view.question_view import QuestionView, question_view, trouble_text
from chatbot.packs.pack import Pack
from chatbot.tui.widgets.answers import AnswerList
from chatbot.tui.widgets.card import _cited, in_one_line
from chatbot.tui.widgets.figure import _centred
from chatbot.tui.widgets.hanging import Hanging, HangingParagraph
from chatbot.tui.widgets.hints import Hints
from chatbot.tui.widgets.sections import of_section, of_sentences, of_work
from chatbot.tui.widgets.thread import as_content
from chatbot.tui.widgets.typed import LONGEST, TypedLine
from chatbot.tui.words import Words, words
from chatbot.wording import QuestionText, Wording
from tests.support.adverse import reached_once
from tests.support.driving import running
from tests.support.hostile import STRINGS, TYPED
from tests.support.painted import is_harmless, saying

# One question of each kind, and two that are put in a way of their own.
KINDS = ("right_now", "saddle_sensation", "how_started", "infection_risk", "age_years", "onset_days", "pain_location")
WIDTHS = (38, 80)
# Every kind of string, and of those that differ in one character as many as there is time for.
SHOWN = tuple(dict.fromkeys([*TYPED, *(text for text in STRINGS if len(text) > 100), *STRINGS[::2], *STRINGS[1::6]]))
# All that our own code ever puts on a text; whatever else stood there would come from the text.
STYLES = {"bold", "not bold", ".card--cites", ".hanging--strong", ".hanging--soft"}
CLASSES = (
    "\x1b[2J", "\x9b2J", "\x1b]0;", "\x1b]52;", "\x9d0;", "\x1bP$q", "\x1b[6n", "\x1b[c", "\x1b[200~", "\u202e",
    "\u2066", "\u200b", "\ufeff", "\U000e0041", "\u0336" * 1_000, "\ud800", "\ufffe", "腰" * 1_000, "שלום 12", "٣",
    "[@click=", "[link=", "[/x]", "$var", "[[[[", "a" * 10_000, "\x00", "\x7f", "\x85", "\u2028", "\u200d", "\u1161",
)  # fmt: skip


def saying_it(wording: Wording, text: str, *questions: str) -> Wording:
    """A language of a pack in which all that some questions and the program say is this text, or has it at its ends."""

    def to_each(texts: Iterable[str]) -> dict[str, str]:
        return dict.fromkeys(texts, text)

    return replace(
        wording,
        ui={key: f"{text} {said} {text}" for key, said in wording.ui.items()},
        parts={key: to_each(part) for key, part in wording.parts.items()},
        facts={key: to_each(fact) for key, fact in wording.facts.items()},
        values={key: tuple(replace(at, text=to_each(at.text)) for at in each) for key, each in wording.values.items()},
        questions={
            key: {who: QuestionText(text, text, text, text, to_each(at.options)) for who, at in each.items()}
            for key, each in wording.questions.items()
            if key in questions
        },
    )


def everything(at: QuestionView) -> Iterator[str]:
    """Every text of a question as it is put."""
    yield from (at.place, at.ask, at.aloud, at.example, at.before, at.notice, *at.labels, *at.reply_texts)
    for line in at.lines:
        yield from (line.text, line.label, line.beneath, line.action)
    yield from (text for region in at.regions for text in (region.letter, region.name))


def harmful(texts: Iterable[str]) -> list[str]:
    """Those of some texts that a terminal would act on, made readable."""
    return [ascii(text)[:80] for text in texts if not all(map(is_harmless, text.split("\n")))]


def is_plain(content: Content) -> bool:
    """Whether a terminal would show this and do nothing, and it has no style but our own."""
    return not harmful([content.plain]) and all(span.style in STYLES for span in content.spans)


def too_wide(lines: Iterable[str], width: int) -> list[str]:
    """Those of some lines that do not fit, made readable."""
    return [ascii(line)[:80] for line in lines if cell_len(line) > width]


def test_there_are_more_than_500_of_every_class() -> None:
    assert len(SHOWN) > 500
    assert [ascii(part) for part in CLASSES if not any(part in text for text in SHOWN)] == []


def test_what_is_typed_is_kept_without_anything_a_terminal_acts_on() -> None:
    line = TypedLine(lambda _: False)
    for text in SHOWN:
        kept = line.validate_value(text)
        assert is_harmless(kept), ascii(text)
        assert len(kept) <= LONGEST
        assert line.validate_value(kept) == kept
    assert line.validate_value("[@click=app.quit]hi[/] $x") == "[@click=app.quit]hi[/] $x"


@pytest.mark.parametrize("question", KINDS)
def test_a_question_that_says_nothing_else_is_put_as_text(pack: Pack, question: str) -> None:
    """To whoever answers."""
    put_to = [reached_once(pack, question, who) for who in ("patient", "nurse", "carer")]
    seen = 0
    for number, text in enumerate(SHOWN[KINDS.index(question) % 4 :: 4]):
        at = put_to[number % 3]
        wording = saying_it(at.words, text, question)
        hostile = replace(at, words=wording, previous_words={question: text}, raised=number % 2 == 0)
        asked = hostile.asked
        assert asked is not None
        found = question_view(hostile, asked, words())
        assert harmful(everything(found)) == [], ascii(text[:80])
        assert harmful(everything(found.confirming(hostile.words, text, words()))) == [], ascii(text[:80])
        seen += "[@click=app.quit]hi[/]" in found.ask and "[@click=app.quit]hi[/]" in found.place
    assert seen == (KINDS.index(question) % 4 == SHOWN.index("[@click=app.quit]hi[/]") % 4)


def test_a_prompt_of_hostile_parts_is_put_as_text(pack: Pack) -> None:
    """As it would come from an engine that checks nothing."""
    at = reached_once(pack, "saddle_sensation")
    asked = at.asked
    assert asked is not None
    for text in SHOWN:
        choices = tuple(replace(choice, texts=(text,)) for choice in asked.choices)
        hostile: Prompt = replace(
            asked, part=text, ask=text, why=text, example=text, choices=choices, aloud=text, prefer_not=text,
            aloud_lines=(text,) * len(choices), always=tuple((name, text) for name, _ in asked.always),
        )  # fmt: skip
        assert harmful(everything(question_view(at, hostile, words()))) == [], ascii(text[:80])


@pytest.mark.parametrize("kind", ["one", "many", "replies", "rows"])
def test_lines_are_never_wider_than_their_room(pack: Pack, kind: Kind) -> None:
    """Long words, wide characters and marks by the thousand are wrapped, with what stands before and after them."""
    at = reached_once(pack, "right_now")
    answers = AnswerList()
    answers.kind, answers.cursor = kind, 0
    for text in SHOWN[len(kind) % 2 :: 2]:
        asked = replace(at, words=saying_it(at.words, text, "right_now")).asked
        assert asked is not None
        line = question_view(at, asked, words()).lines[0]
        answers.lines = (replace(line, label="10", action="Change" if kind == "rows" else "", beneath=line.text),)
        for width in WIDTHS:
            answers._width = width
            rows = [row for row in answers._rows_of(0, answers.lines[0]) if not row.replies]
            assert too_wide((row.text for row in rows), width - answers._lead) == [], ascii(text[:80])
            assert harmful(row.text for row in rows) == [], ascii(text[:80])


def test_lists_of_answers_and_questions_are_text(pack: Pack) -> None:
    at = reached_once(pack, "bladder_function")
    for text in SHOWN:
        hostile = replace(at, words=saying_it(at.words, text, *at.words.questions))
        lines: list[Line] = [*row_lines(hostile, words()), *question_lines(hostile, words())]
        assert len(lines) > 4
        assert harmful(part for line in lines for part in (line.text, line.action)) == [], ascii(text[:80])


def test_what_was_said_stands_in_the_thread_as_text() -> None:
    """In the words of the person, and in those of the pack."""
    for text in SHOWN:
        found = as_content(Exchange("q", text, text, f"{text} too"), words())
        assert is_plain(found), ascii(text[:80])
        assert len(found.spans) <= 1
    shown = as_content(Exchange("q", "[b]Ask[/b]", "[@click=app.quit]hi[/] $x", "[/x]"), words()).plain
    assert shown == "[b]Ask[/b]\nYou: [@click=app.quit]hi[/] $x  (understood as: [/x])"


@pytest.mark.parametrize("question", KINDS)
def test_what_is_typed_as_an_answer_comes_back_as_text(pack: Pack, question: str) -> None:
    """As it was understood, or in what is needed instead; some of the strings are answers."""
    at = reached_once(pack, question)
    asked = at.asked
    assert asked is not None
    heard = 0
    for text in SHOWN[:: 1 if question == "age_years" else 5]:
        found = parse_typed(at, asked, text)
        if isinstance(found, ParsedAnswer):
            heard += 1
            after: Conversation = at.answer(found)
            shown = [as_content(exchange, words()) for exchange in exchanges(after.interview, after.words, last=1)]
            assert all(map(is_plain, shown)), ascii(text[:80])
            lines = [
                line.text
                for line in question_view(at, asked, words()).confirming(at.words, found.echo or text, words()).lines
            ]
            assert harmful(lines) == []
        else:
            assert harmful([trouble_text(found, asked, words(), again) for again in (False, True)]) == []
    assert heard or question == "onset_days"


@pytest.mark.parametrize("audience", ["patient", "clinician"])
@pytest.mark.parametrize("width", WIDTHS)
def test_a_result_is_text_that_fits(audience: str, width: int) -> None:
    """Card, sections and references, with their citations and the answers they rest on."""
    for text in SHOWN:
        summary = saying([text], audience=audience)
        paragraphs = [
            *of_section(summary.sections[0], summary),
            *of_sentences(summary.sections[0].sentences, summary, {"S-1": 1}),
            *(of_work(line, summary.audience) for line in summary.references),
            HangingParagraph.of(text, text, text[:2].strip("\x1b\x9b\n") and "- ", "  ", strong=True),
        ]
        found = Hanging(paragraphs).content(width)
        assert is_plain(found), ascii(text[:80])
        assert too_wide(found.plain.split("\n"), width) == [], ascii(text[:80])
        assert is_plain(_cited("!!! ", summary.headline, summary)), ascii(text[:80])
        assert is_harmless(in_one_line(summary, words())), ascii(text[:80])


def test_names_beneath_the_picture_take_the_room_they_have() -> None:
    for text in SHOWN:
        for width in (36, 50):
            name = _centred(text, width)
            assert is_plain(name), ascii(text[:80])
            assert name.cell_length == cell_len(name.plain) == width, ascii(text[:80])


async def test_hints_are_text(pack: Pack) -> None:
    """Were a language file or a key to say any of it."""
    async with running(pack, "patient") as app:
        hints = app.screen.query_one(Hints)
        for text in SHOWN:
            hints.words = Words("xx", {key: f"{text} {said}" for key, said in words().texts.items()})
            hints.renew()
            shown = hints.content
            assert isinstance(shown, Content)
            assert is_plain(shown), ascii(text[:80])
