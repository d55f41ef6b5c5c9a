"""The real program in a pseudo-terminal: whole interviews, what ends it from outside, keys at a machine's speed."""

import json
import os
import re
import signal
import stat
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from chatbot.case import Mode, audience_of, plain, stated
from chatbot.interview.conversation import Conversation, begin
from chatbot.interview.parse_given import parse_typed
from chatbot.interview.reading.parse_answer import ParsedAnswer
from chatbot.packs.pack import Pack
from chatbot.service.results import Options, documents, recommend_lines
from tests.support.person import TODAY, WELL

if sys.platform == "win32":
    pytest.skip("there is no pseudo-terminal on Windows", allow_module_level=True)

from test_sequences import STRANGE

from tests.support.terminal import Terminal, terminal

EMERGENCY = "Call 999 or go to A&E now."
SADDLE = ("saddle_sensation", "cauda_symptom_timing")
FIRST = "Has any of this happened since the trouble began?"
TALL = (100, 60)
# How long a patient's question stands before it can be answered, and an emergency before it can be left.
SEEN, SEEN_EMERGENCY = 0.35, 1.1


def begun(window: Terminal, key: str = "1") -> None:
    """Get to the first question."""
    window.wait_for("Low back pain", "Who is answering?")
    window.press(key)
    window.wait_for("Part 1 of", FIRST, "Enter Continue")
    window.pause(SEEN)


def said_in_order(at: Conversation) -> Iterator[tuple[Conversation, str]]:
    """What a well person says to each question; stepped through beside the program, question by question."""
    while (asked := at.asked) is not None:
        words = WELL.get(at.state, "none of these" if asked.is_list else "not sure")
        yield at, words
        found = parse_typed(at, asked, words)
        assert isinstance(found, ParsedAnswer), (at.state, words)
        at = at.answer(found)
    yield at, ""


def ask_of(at: Conversation) -> str:
    """The question at hand as it reads in one line; at the end, what stands over the answers."""
    return " ".join(at.asked.ask.split()) if at.asked else "Check your answers"


# The program for somebody who needs no time to read; how long each question stands is looked at elsewhere.
AT_ONCE = """
import chatbot.tui.key_timing as pace
pace.SETTLE, pace.SETTLE_LIST = dict.fromkeys(pace.SETTLE, 0), 0
from chatbot.cli import main
raise SystemExit(main())
"""


def answer(window: Terminal, at: Conversation, words: str, then: str) -> None:
    """Answer the question on the screen, and say that it was understood rightly where that is asked."""
    assert at.asked is not None
    window.write(words)
    found = parse_typed(at, at.asked, words)
    if isinstance(found, ParsedAnswer) and found.echo:
        window.press_until("enter", "Is that right?")
        window.write("yes")
    window.press_until("enter", then)


def save(window: Terminal, name: str) -> None:
    """Save the summary under a name."""
    window.press_until("f9", "Enter a file name")
    window.press("ctrl+u")
    window.write(name)
    window.press_until("enter", "Saved as", name)


CHECK_CODE = re.compile(r"\nCheck code of this record: [0-9A-F]{4}(-[0-9A-F]{4}){2}\n")


def test_a_patient_gets_from_the_start_to_a_saved_summary(tmp_path: Path, pack: Pack) -> None:
    with terminal("interview", "--country", "gb", home=tmp_path, size=TALL, code=AT_ONCE) as window:
        begun(window)
        steps = list(said_in_order(begin(pack.plan, pack.wording(), "patient", "gb", TODAY)))
        for (at, words), (after, _) in pairwise(steps):
            answer(window, at, words, ask_of(after))
        window.pause(SEEN)
        window.press_until("y", "Ask about this:")
        for name in ("mine.md", "mine.json"):
            save(window, name)
        window.press("ctrl+q")
        window.wait_for("Leave?", EMERGENCY)
        window.press("ctrl+q")
        assert (window.end(), window.left_on, window.echoes) == (0, [], True)
    found = steps[-1][0].confirm().interview.recommendation
    for ending, content in documents(pack, found, "en", pack.title).items():
        text = content.decode()
        file = tmp_path / f"mine.{ending}"
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        said = file.read_text(encoding="utf-8")
        assert said.startswith(text)
        assert CHECK_CODE.fullmatch(said.removeprefix(text)) if ending == "md" else said == text
    known = stated(pack.rulebook.facts, found.case.answers)
    facts = {fact: plain(value) for fact, value in known.values.items() if fact not in known.covered}
    line = json.dumps({"facts": facts, "country": "gb"}).encode()
    (reply,) = recommend_lines(pack, [line], Options(role="patient"))
    assert json.loads((tmp_path / "mine.json").read_text()) == reply.data


def into_an_emergency(window: Terminal, pack: Pack, who: Mode) -> None:
    """Say that the saddle area went numb a few days ago, and nothing else."""
    questions = pack.wording().questions
    asks = [" ".join(questions[name][audience_of(who)].ask.split()) for name in SADDLE]
    if who == "nurse":
        window.press_until("0", asks[0])
        window.pause(SEEN)
        window.press_until("4", asks[1])
        window.pause(SEEN)
        window.press_until("1", "EMERGENCY ADVICE", "What now?")
        return
    for words, then in (("none of these", asks[0]), ("numb", asks[1]), ("1", "EMERGENCY ADVICE")):
        window.write(words)
        window.press_until("enter", then)
        window.pause(SEEN)


def test_an_emergency_is_told_at_the_next_screen_and_can_be_corrected(tmp_path: Path, pack: Pack) -> None:
    with terminal("interview", "--country", "gb", home=tmp_path, size=TALL) as window:
        begun(window)
        into_an_emergency(window, pack, "patient")
        assert "for the note" not in window.wait_for("Call 999", "What now?")
        window.pause(SEEN_EMERGENCY)
        window.press_until("escape", "Which of these is true?", "Enter Continue", gone="EMERGENCY ADVICE")


def test_a_nurse_goes_on_after_an_emergency_for_the_note(tmp_path: Path, pack: Pack) -> None:
    with terminal("interview", "--country", "gb", "--role", "nurse", home=tmp_path, size=TALL) as window:
        begun(window, "enter")
        into_an_emergency(window, pack, "nurse")
        window.wait_for("for the note")
        window.pause(SEEN_EMERGENCY)
        window.press_until("4", "Part 1 of", "emergency checks not asked", gone="EMERGENCY ADVICE")


@pytest.mark.parametrize(
    ("signum", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130), (signal.SIGQUIT, 131)]
)
def test_a_signal_ends_it_and_leaves_a_terminal_that_can_be_used(tmp_path: Path, signum: int, code: int) -> None:
    with terminal(home=tmp_path) as window:
        begun(window)
        assert {"other screen", "mouse", "paste", "hidden cursor"} <= set(window.left_on)
        window.process.send_signal(signum)
        assert (window.end(), window.left_on, window.echoes) == (code, [], True)
        assert b"Traceback" not in window.written
        assert ("If you feel very unwell" in window.said) == (signum != signal.SIGHUP)


@pytest.mark.parametrize("ignored", [False, True])
def test_it_ends_with_its_terminal(tmp_path: Path, ignored: bool) -> None:
    """As when a window is closed; even if the signal for it is ignored, nothing is left running."""
    code = (
        f"import os, signal, sys\nif {ignored}:\n    signal.signal(signal.SIGHUP, signal.SIG_IGN)\n"
        "os.execv(sys.executable, [sys.executable, '-m', 'chatbot'])"
    )
    with terminal(home=tmp_path, code=code) as window:
        begun(window)
        window.close()
        assert window.process.wait(20) == 129


def test_it_ends_even_if_nobody_takes_what_it_writes(tmp_path: Path) -> None:
    with terminal(home=tmp_path, size=(200, 60)) as window:
        begun(window)
        for width in range(120, 180):
            window.resize(width, 60)
            window.process.send_signal(signal.SIGWINCH)
        window.process.send_signal(signal.SIGTERM)
        assert window.process.wait(20) == 143
        assert (window.end(), window.left_on, window.echoes) == (143, [], True)


# A shell with one job: it says when the job stops, and continues it when it is told to.
SHELL = """
import os, signal, sys
signal.signal(signal.SIGTTOU, signal.SIG_IGN)
job = os.fork()
if job == 0:
    os.setpgid(0, 0)
    os.tcsetpgrp(0, os.getpid())
    signal.signal(signal.SIGTTOU, signal.SIG_DFL)
    os.execv(sys.executable, [sys.executable, "-m", "chatbot"])
print("job", job, "runs", flush=True)
for turn in range(9):
    _, how = os.waitpid(job, os.WUNTRACED)
    os.tcsetpgrp(0, os.getpid())
    if not os.WIFSTOPPED(how):
        print("ended", os.waitstatus_to_exitcode(how), flush=True)
        break
    print("stopped", turn, flush=True)
    sys.stdin.readline()
    os.tcsetpgrp(0, job)
    os.killpg(job, signal.SIGCONT)
"""


def test_it_pauses_and_comes_back_as_it_was(tmp_path: Path) -> None:
    """By its key, by the signal of that name, and when it is stopped without being asked."""
    with terminal(home=tmp_path, code=SHELL) as window:
        job = int(window.wait_for("job", "runs").split()[1])
        begun(window)
        for turn, stop in enumerate(("ctrl+z", signal.SIGTSTP, signal.SIGSTOP)):
            if isinstance(stop, str):
                window.press(stop)
            else:
                os.kill(job, stop)
            window.wait_for(f"stopped {turn}")
            assert stop == signal.SIGSTOP or (window.left_on, window.echoes) == ([], True)
            window.write("fg\n")
            window.wait_for("Part 1 of", FIRST, "Enter Continue", gone="stopped")
            assert not window.echoes
        window.press_until("f2", "Why we ask")
        os.kill(job, signal.SIGTERM)
        window.wait_for("ended 143")
        assert (window.left_on, window.echoes) == ([], True)


def test_it_does_not_pause_where_nobody_could_bring_it_back(tmp_path: Path) -> None:
    """In a window of its own there is no shell to go back to."""
    with terminal(home=tmp_path) as window:
        begun(window)
        window.press("ctrl+z")
        window.wait_until(lambda: window.written.count(b"\x1b[?1049h") == 2, "the app to come back")
        window.wait_for("Part 1 of", FIRST, "Enter Continue")
        window.press_until("f2", "Why we ask")


# Words typed ahead, Enter held down, keys that act, lines pasted, an escape in a paste, an end in it.
BURSTS = (
    "no\r\r\r\r", "no\ryes\rno\ryes\r", "\r" * 1000, "\x1bOR\x1b\x11\x11\x1b[21~2\r",
    "\x1b[200~no\ryes\r\nno\r\x1b[201~", "\x1b[200~no \x1bx\ryes\r\x1b[201~",
    "\x1b[200~no\x1b[201~\r\x1bOQ\r\x1b[201~",
)  # fmt: skip


def test_what_comes_at_the_speed_of_a_machine_answers_nothing(tmp_path: Path) -> None:
    """The first key of many may have been a person's, and may open something; none of them answers."""
    with terminal("interview", "--role", "patient", home=tmp_path, size=TALL) as window:
        begun(window, "enter")
        for burst in BURSTS:
            window.write(burst)
            window.pause(0.6)
            for _ in range(2):
                if FIRST not in window.said:
                    window.press("escape")
                    window.pause(0.2)
            said = window.wait_for(FIRST, "> Chest")
            assert "[No]" not in said, burst
            assert "[Yes]" not in said, burst
            window.press("ctrl+u")
        window.press_until("2", "[No]", "> Fainting")


def test_a_sequence_that_stands_for_no_key_does_nothing(tmp_path: Path) -> None:
    """Where every digit is a reply, and for a nurse, whose keys record at once."""
    with terminal("interview", "--role", "nurse", home=tmp_path, size=TALL) as window:
        begun(window, "enter")
        for strange in STRANGE:
            window.press(strange)
        window.press_until("2", "[No]")
        assert window.said.count("[No]") == 1
        assert "[Yes]" not in window.said


def test_keys_typed_before_anything_is_shown_are_forgotten(tmp_path: Path) -> None:
    with terminal("interview", "--role", "nurse", home=tmp_path) as window:
        window.write("\r\r\r3\r\r")
        said = window.wait_for("Low back pain", "(•) A nurse or clinician")
        assert "Who is answering?" in said
        window.pause(0.5)
        assert "Who is answering?" in window.said
        window.press("enter")
        window.wait_for("Part 1 of")


FAULTY = (
    "from chatbot.tui.screens.question_screen import QuestionScreen\n"
    "def fail(self):\n    said = 'what was said'\n    raise RuntimeError(said)\n"
    "QuestionScreen.action_why = QuestionScreen.action_jump = fail\n"
    "from chatbot.cli import main\nraise SystemExit(main())\n"
)


def test_a_fault_is_told_in_words_and_the_same_question_comes_back(tmp_path: Path) -> None:
    with terminal("interview", "--country", "gb", home=tmp_path, code=FAULTY) as window:
        begun(window)
        window.press("f2")
        said = window.wait_for("This program has a fault", "Enter go on from the same question")
        assert EMERGENCY in said
        window.pause(SEEN_EMERGENCY)
        window.press_until("enter", FIRST, "Enter Continue", gone="fault")
        window.press("f2")
        window.wait_for("This program has a fault")
        window.press("ctrl+q")
        assert (window.end(), window.left_on, window.echoes) == (1, [], True)
        assert EMERGENCY in window.said
        assert "This program has a fault and stopped." in window.said
        assert b"Traceback" not in window.written
        assert b"what was said" not in window.written


def test_a_pack_that_cannot_be_used_ends_it_with_its_problems(tmp_path: Path) -> None:
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "pack.yaml").write_text("id: nothing\n")
    with terminal("interview", "broken", home=tmp_path, size=(160, 40)) as window:
        assert (window.end(), window.left_on, window.echoes) == (2, [], True)
        assert "If you feel very unwell" in window.said
        assert "triage: the pack has" in window.said
        assert "broken/wording/en.yaml:1" in window.said


@pytest.mark.parametrize(
    "args", [["no_such_pack"], ["--country", "atlantis"], ["--lang", "xx"], ["--theme", "neon"], ["--keys", "nowhere"]]
)
def test_what_there_is_not_is_one_plain_line(tmp_path: Path, args: list[str]) -> None:
    with terminal("interview", *args, home=tmp_path, size=(160, 24)) as window:
        assert (window.end(), window.left_on, window.echoes) == (2, [], True)
        assert window.text.strip().startswith("triage: ")
        assert "\n" not in window.text.strip()


@pytest.mark.parametrize("term", ["dumb", "", "unknown"])
def test_a_terminal_of_lines_gets_lines_and_is_told_why(tmp_path: Path, term: str) -> None:
    with terminal(home=tmp_path, env={"TERM": term}) as window:
        said = window.wait_for("Who is answering?")
        assert "has lines only; asking in lines" in said
        assert window.left_on == []


def test_nothing_that_is_typed_is_written_down(tmp_path: Path) -> None:
    """Not by the library's log, its console, its list of keys or its pictures, whatever the environment asks for."""
    env = {
        "TEXTUAL": "devtools,debug", "TEXTUAL_LOG": str(tmp_path / "log.txt"), "TEXTUAL_DEBUG": "1",
        "TEXTUAL_SCREENSHOT": "1", "TEXTUAL_SCREENSHOT_LOCATION": str(tmp_path), "TEXTUAL_PRESS": "1,enter",
    }  # fmt: skip
    with terminal(home=tmp_path, env=env) as window:
        begun(window)
        window.type("secret")
        window.press("ctrl+q")
        window.wait_for("Leave?")
        window.press("ctrl+q")
        assert window.end() == 0
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_window_too_small_takes_no_answer_and_says_why(tmp_path: Path) -> None:
    env = {"COLUMNS": "120", "LINES": "40"}  # as some shells leave them; the window knows better
    with terminal("interview", "--country", "gb", home=tmp_path, size=(40, 15), env=env) as window:
        begun(window)
        window.resize(30, 12)
        window.wait_for("This window is too small.", "Call 999")
        window.press("2", "enter", "escape", "f3")
        window.resize(1, 1)
        window.pause(0.3)
        window.resize(80, 24)
        window.wait_for(FIRST, "Enter Continue", gone="This window is too small.")
        window.press("f3")
        assert window.wait_for("What we have so far").count("Change") == 0
