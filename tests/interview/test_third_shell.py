"""Every shipped conversation, held in a shell of templates alone, ends as it does through the engine."""

from pathlib import Path

import pytest

from chatbot.case import Answer
from chatbot.interview.conversation import begin
from chatbot.interview.interview import Interview
from chatbot.interview.transcript import ChangeTurn, Exchange, Turn
from chatbot.packs.pack import Pack
from chatbot.replay.files import read_transcript
from chatbot.replay.play import play
from chatbot.service.results import documents
from tests.support.template_shell import TemplateShell
from tests.support.whole_list import whole_list

FOLDER = Path(__file__).parents[2] / "transcripts" / "low_back_pain"
FILES = sorted(FOLDER.glob("*.yaml"))


def test_every_shipped_transcript_is_held() -> None:
    """An empty folder would prove nothing."""
    assert len(FILES) >= 108


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_transcript_ends_the_same_in_a_shell_of_templates(file: Path, pack: Pack) -> None:
    transcript = read_transcript(file)
    played = play(transcript, pack)
    at = begin(
        pack.plan,
        pack.wording(transcript.language),
        transcript.who,
        transcript.country,
        transcript.clock,
        transcript.whom,
    )
    shell = TemplateShell(pack, at)
    for turn in transcript.turns:
        hold(shell, turn)
    if shell.at.state == "check_answers":
        shell.type("yes")
    ended, wanted = shell.at.interview, played.interview
    assert what(ended) == what(wanted)
    assert documents(pack, ended.recommendation) == documents(pack, wanted.recommendation)
    assert shell.page().strip()


def what(interview: Interview) -> tuple[object, ...]:
    """Where an interview stands, without the words that led there."""
    result, case = interview.recommendation, interview.case
    answers = [said(answer) for answer in case.answers]
    return interview.state, answers, case.marks, case.raised, interview.rule_state.values, result.level, result.imaging


def said(answer: Answer) -> tuple[object, ...]:
    return answer.question, answer.values, answer.lines, answer.put, answer.again, answer.by


def hold(shell: TemplateShell, turn: Turn) -> None:
    """Play one turn as a person would type it."""
    if isinstance(turn, Exchange):
        answer(shell, turn)
    elif isinstance(turn, ChangeTurn):
        shell.type("change")
        assert shell.at.interview.case.by_question[turn.change]
        shell.type(str([row.id for row in shell.rows()].index(turn.change) + 1))
        answer(shell, Exchange(ask=turn.change, say=turn.say))
    else:
        shell.type({"confirm": "yes"}.get(str(turn), str(turn)))


def answer(shell: TemplateShell, turn: Exchange) -> None:
    """Answer the question that is shown in the words of the transcript."""
    if shell.at.state != turn.ask and shell.at.current_replies:  # a list that a yes broke off, with all its replies
        shell.type("")
    asked = shell.at.asked
    assert asked is not None
    assert (shell.at.state, asked.again) == (turn.ask, turn.again)
    assert asked.ask in shell.page()
    if turn.how == "lines":
        for line, reply in turn.lines.items():
            shell.reply(line, reply)
        if shell.at.state == turn.ask and shell.at.current_replies:
            shell.type("")
    elif turn.how == "pick":
        shell.choose(frozenset(turn.pick))
    elif asked.question.kind == "lines":
        shell.type(whole_list(shell.at, asked, turn.say, numbered=True))
    else:
        shell.type(turn.say)
    if shell.pending is not None:
        assert shell.pending.echo in shell.page()
        shell.type("yes")
    if turn.unclear and not turn.raises:
        assert shell.at.state == turn.ask
        assert shell.notice in shell.page()
