"""Every shipped transcript, played through the app by keys, ends as it does through the engine and in line mode."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from textual._compositor import Compositor

from chatbot.case import Reply
from chatbot.interview.answered_questions import AnsweredQuestion, answers_given
from chatbot.interview.conversation import Conversation
from chatbot.interview.interview import Interview
from chatbot.interview.prompt import Prompt
from chatbot.interview.reading.choices import is_none_of_these, is_not_sure
from chatbot.interview.reading.en import ENGLISH
from chatbot.interview.reading.parse_answer import NotUnderstood, ParsedAnswer, parse_answer
from chatbot.interview.transcript import ChangeTurn, Exchange, Transcript, Word
from chatbot.packs.pack import Pack
from chatbot.plain.lines import Page
from chatbot.plain.talk import Talk
from chatbot.recommendation.citation_text import statement
from chatbot.recommendation.rulebook import IMAGING, LEVELS
from chatbot.replay.files import read_transcript
from chatbot.replay.play import play
from chatbot.service.results import documents, summary_of
from chatbot.tui.app import Start
from chatbot.tui.result import documents_of
from chatbot.tui.screens.question_screen import QuestionScreen
from tests.support.driving import Blind, Driven, running
from tests.support.whole_list import SAID, breaks_off, whole_list, words_of

FOLDER = Path(__file__).parents[2] / "transcripts" / "low_back_pain"
FILES = sorted(FOLDER.glob("*.yaml"))
# Answers whose reading the app says back: durations, which stand in these units.
ECHOED = ("days", "weeks")
# Large enough for every line of every list, so that "none of these" is taken at once.
WINDOW = (100, 60)
DIGITS = {"yes": "1", "no": "2", "unknown": "3"}


def test_every_shipped_transcript_is_played() -> None:
    """An empty folder would prove nothing."""
    assert len(FILES) >= 172


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
async def test_a_transcript_ends_the_same_in_the_app_the_engine_and_line_mode(
    file: Path, pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Only the end is looked at, and what is read of it there is drawn for that.
    monkeypatch.setattr("textual.screen.UPDATE_PERIOD", 0.01)
    monkeypatch.setattr(Compositor, "render_update", undrawn)
    transcript = read_transcript(file)
    by_engine, by_lines = play(transcript, pack).interview, in_lines(transcript, pack).interview
    assert by_lines.state == by_engine.state
    assert by_lines.rule_state.values == by_engine.rule_state.values
    assert documents(pack, by_lines.recommendation) == documents(pack, by_engine.recommendation)
    await assert_same(transcript, by_engine, pack)


def undrawn(compositor: Compositor, **_: object) -> None:
    """Draw nothing, and have nothing left to draw."""
    compositor._dirty_regions.clear()


async def assert_same(transcript: Transcript, other: Interview, pack: Pack) -> None:
    """The app ends where another shell ended, and says the same to the byte."""
    start = Start(lambda: pack, country=transcript.country, today=transcript.clock, whom=transcript.whom)
    async with running(pack, transcript.who, size=WINDOW, start=start, pace=Blind()) as app:
        await take_all(app, transcript)
        if app.state == "check_answers":
            await app.keys("y")
        app.unseen = False
        await app.settle()
        interview = app.conversation.interview
        found, wanted = interview.recommendation, other.recommendation
        assert interview.state == other.state
        assert (LEVELS[found.level], IMAGING[found.imaging]) == (LEVELS[wanted.level], IMAGING[wanted.imaging])
        assert [rule.id for rule in found.decided_by] == [rule.id for rule in wanted.decided_by]
        assert interview.rule_state.values == other.rule_state.values
        assert found.offers == wanted.offers
        assert documents_of(pack, app.conversation, app.app.words) == documents(pack, wanted, "en", pack.title)
        summary = summary_of(pack, wanted)
        assert app.app.result().summary == summary
        assert statement(summary.headline, summary) in app.text


async def take_all(app: Driven, transcript: Transcript) -> None:
    """Play every turn of a transcript by keys."""
    lists = set[str]()
    for turn in transcript.turns:
        if isinstance(turn, Exchange) and app.state != turn.ask and app.state in lists:
            lists.remove(app.state)  # a yes broke the list off, of which every line has its reply
            await app.keys("enter")
        if isinstance(turn, Exchange):
            lists.add(turn.ask)
        await take(app, turn)


async def take(app: Driven, turn: Exchange | ChangeTurn | Word) -> None:
    """Play one turn by the keys that a person has for it."""
    if isinstance(turn, Exchange):
        await answer(app, turn)
    elif isinstance(turn, ChangeTurn):
        await app.keys("f3")
        name = next(row.name for row in listed(app.conversation) if row.question == turn.change)
        app.typed.value = name
        await app.settle()
        while app.answers.current is None or app.answers.current.id != turn.change:
            await app.keys("down")
        await app.keys("enter")
        await answer(app, Exchange(ask=turn.change, say=turn.say))
    else:
        keys = {"back": ["escape"], "stop": ["ctrl+q", "2"], "continue": ["4"], "skip": ["f5"], "confirm": ["y"]}
        await app.keys(*keys[turn])


async def answer(app: Driven, turn: Exchange) -> None:
    """Answer the question on the screen in the words of the transcript."""
    asked = app.conversation.asked
    assert asked is not None
    assert (app.state, asked.again) == (turn.ask, turn.again)
    if turn.lines:
        await reply_line_by_line(app, asked, turn.lines)
    elif asked.question.kind == "lines":
        await answer_list(app, turn.say)
    else:
        if asked.is_list:
            await draw_lines(app)
        await app.say(words_of(turn, asked))
    if isinstance(app.screen, QuestionScreen) and app.screen.form.pending is not None:
        assert asked.fact is not None
        assert asked.fact.unit in ECHOED or asked.again or app.said(turn.ask) is None
        await app.say("yes")
    if turn.unclear and not turn.raises:
        assert app.state == turn.ask
        assert app.notice.startswith("Error: ")


async def reply_line_by_line(app: Driven, asked: Prompt, replies: Mapping[str, Reply]) -> None:
    """Reply to each open line of a list by its key, and go on unless a reply broke the list off."""
    for line in asked.choices:
        if app.state == asked.question.id and line.id not in app.conversation.current_replies:
            await app.keys(DIGITS[replies[line.id]])
    await app.keys(*["enter"] * (app.state == asked.question.id))


async def draw_lines(app: Driven) -> None:
    """Have the lines drawn: they take their room then, and count as seen, without which none of them is denied."""
    app.unseen = False
    for _ in range(100):
        await app.settle()
        if app.rows and not app.answers.unseen:
            break
    app.unseen = True
    assert not app.answers.unseen


async def answer_list(app: Driven, say: str) -> None:
    """Answer a list at once, or line by line where the words would be heard of the line at hand."""
    at = app.conversation
    asked = at.asked
    assert asked is not None
    found = parse_answer(at.interview, asked, say, at.language, at.today)
    if breaks_off(at, asked, say):  # nothing more can be said to the list, so all of it is said at once
        await app.say(whole_list(at, asked, say, numbered=False))
        return
    # A number alone may be that of a reply, so the app asks again; by keys it is said which line is meant.
    if isinstance(found, ParsedAnswer) and (is_not_sure(say, ENGLISH) or say.isdecimal()):
        await reply_line_by_line(app, asked, found.answer.lines)
        return
    await draw_lines(app)
    await app.say("none of these" if is_none_of_these(say, ENGLISH) else say)
    # Words speak of the lines they mean; that the others are not true is said by itself.
    if app.state == asked.question.id and isinstance(found, ParsedAnswer) and app.conversation.current_replies:
        await app.say("none of these")


def in_lines(transcript: Transcript, pack: Pack) -> Conversation:
    """The conversation at the end of the same transcript in line mode."""
    turns, left, page, lists = iter(transcript.turns), list[str](), list[str](), dict[str, Exchange]()

    def read(_: str) -> str:
        said = "".join(page)
        page.clear()
        if "Is that right?" in said:
            return "yes"
        if talk.conversation.state == "emergency":
            left.clear()  # it breaks a list off at once
        while not left:
            if (
                talk.conversation.current_replies and talk.conversation.state in lists
            ):  # a yes broke the list off, of which every line has its reply
                del lists[talk.conversation.state]
                return ""
            turn = next(turns, None)
            if isinstance(turn, Exchange):
                lists[turn.ask] = turn
            if turn is None and talk.conversation.state != "check_answers":
                raise EOFError
            left.extend(typed(talk.conversation, turn, transcript) if turn is not None else ["yes"])
        return left.pop(0)

    talk = Talk(pack, Page(read, page.append), "en", transcript.country, transcript.clock)
    talk.run(transcript.who, transcript.whom)
    return talk.conversation


def typed(at: Conversation, turn: Exchange | ChangeTurn | Word, transcript: Transcript) -> Iterator[str]:
    """What is typed in line mode for one turn."""
    if isinstance(turn, ChangeTurn):
        names = [row.question for row in listed(at) if at.change(row.question)]
        yield from ("change", str(names.index(turn.change) + 1))
        changed = at.change(turn.change)
        assert changed is not None
        yield from typed(changed, Exchange(ask=turn.change, say=turn.say), transcript)
    elif isinstance(turn, Exchange):
        asked = at.asked
        assert asked is not None
        assert at.state == turn.ask
        if turn.lines:
            yield from typed_lines(at, asked, turn.lines, transcript)
            return
        found = parse_answer(at.interview, asked, turn.say, at.language, transcript.clock)
        if asked.question.kind == "lines" and breaks_off(at, asked, turn.say):
            yield whole_list(at, asked, turn.say, numbered=transcript.who == "nurse")
        elif asked.question.kind != "lines" or transcript.who == "nurse" or isinstance(found, NotUnderstood):
            yield words_of(turn, asked)
            if (
                asked.question.kind == "lines"
                and isinstance(found, ParsedAnswer)
                and not is_none_of_these(turn.say, ENGLISH)
            ):
                replies = set(found.answer.lines.values())
                yield from ["none of these"] * ("no" in replies)
        else:
            yield from (
                DIGITS[found.answer.lines[line.id]] for line in asked.choices if line.id not in at.current_replies
            )
    else:
        yield {"continue": "4", "confirm": "yes"}.get(turn, turn)


def typed_lines(at: Conversation, asked: Prompt, replies: Mapping[str, Reply], transcript: Transcript) -> Iterator[str]:
    """What is typed for a list gone through line by line: a nurse has all its lines at once, others one at a time."""
    numbers = {line.id: n for n, line in enumerate(asked.choices, start=1) if line.id in replies}
    if transcript.who == "nurse":
        yield ", ".join(f"{numbers[line]} {SAID[reply]}" for line, reply in replies.items())
    else:
        yield from (DIGITS[replies[line]] for line in numbers if line not in at.current_replies)


def listed(at: Conversation) -> list[AnsweredQuestion]:
    return list(answers_given(at.interview, at.words))
