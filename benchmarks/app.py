"""Prints how fast the app comes up, answers keys and opens its summary in a real terminal, and what memory it takes.

Run from the project's folder: python benchmarks/app.py. Where the machine does other work, compare medians and ratios
only. A key's time ends when the last of what follows from it stands on the screen; what is drawn again without a
change does not count. Another program that opens the app can be named: python benchmarks/app.py PROGRAM.
"""

from __future__ import annotations

import os
import sys
import time
from statistics import median

from benchmarks.terminal import Terminal
from chatbot.case import Mode
from chatbot.interview.conversation import Conversation, begin
from chatbot.interview.parse_given import parse_picked, parse_typed
from chatbot.interview.prompt import Prompt
from chatbot.interview.reading.parse_answer import ParsedAnswer
from chatbot.interview.view.question_view import QuestionView, question_view
from chatbot.packs.load import load_pack
from chatbot.tui.key_timing import SETTLE, SETTLE_EMERGENCY, SETTLE_LIST
from chatbot.tui.words import words

PROGRAM = sys.argv[1:] or ["-m", "chatbot"]
HELLO = """
from textual.app import App
from textual.widgets import Static

class Hello(App):
    def compose(self):
        yield Static("Hello, world")

Hello().run()
"""
STARTS, QUESTIONS, EMERGENCIES = 15, 60, 5
SIZES = ((120, 40), (80, 24), (40, 15), (200, 60), (80, 24)) * 3
ROLES: dict[Mode, str] = {"patient": "1", "carer": "2", "nurse": "3"}
# Typed, one after the other, until one is an answer to a question for a figure.
FIGURES = ("3 weeks", "37", "40", "4", "100", "0")
# How much longer than it has to stand everything is left standing, for a machine with much else to do.
SPARE = 0.1
ENTER, F10, PAGE_DOWN = "\r", "\x1b[21~", "\x1b[6~"
# So often the longest list is paged to its end.
PAGES = 4
WORDS, PACK = words("en"), load_pack()


class Person:
    """Someone at the keyboard who knows what each answer leads to; `times` are those of what follows each key."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self.times: dict[str, list[float]] = {}
        self.answered = 0
        self.settle = 0.0

    def press(self, what: str, key: str, *texts: str) -> None:
        """Press one key when what is shown has stood long enough, and keep the time under a name."""
        time.sleep(self.settle + SPARE)
        self.times.setdefault(what, []).append(self.terminal.press(key, *texts))

    def interview(self, mode: Mode, most: int) -> Conversation:
        """Begin, and answer questions until they end or so many are answered."""
        self.settle = 0.0
        now = begin(PACK.plan, PACK.wording("en"), mode, "any", None)
        self.press("who answers to first question", ROLES[mode], *_shown(now))
        while now.asked is not None and self.answered < most:
            now = self.answer(now)
        return now

    def answer(self, now: Conversation) -> Conversation:
        """Answer the question at hand with what leaves others to be asked."""
        assert now.asked is not None
        asked, at, mode = now.asked, question_view(now, now.asked, WORDS), now.interview.case.mode
        self.settle = max(self.settle, SETTLE[mode])
        to_next = f"{mode}: key to next question"
        self.answered += 1
        if at.kind == "replies":
            return self.deny(now, at, to_next)
        label, found = _answer(now, asked, at)
        after = now.answer(found)
        if mode == "nurse" and at.kind == "one" and not asked.is_figure:
            self.press(to_next, label, *_shown(after))
        else:
            if at.kind == "many":  # no line is denied before it was on the screen
                for _ in range(PAGES):
                    self.terminal.send(PAGE_DOWN)
            for letter in label:
                self.press("key typed to its preview or mark", letter)
            if found.echo and mode != "nurse":  # who sees each answer beside the question is not asked
                self.press("answer to whether it was understood", ENTER)
                self.press("key typed to its preview or mark", "1")
            self.press(to_next, ENTER, *_shown(after))
        self.settle = 0.0
        return after

    def deny(self, now: Conversation, at: QuestionView, to_next: str) -> Conversation:
        """Say no to every line of a list; a nurse's list goes on by itself."""
        nurse = now.interview.case.mode == "nurse"
        lines = [line.id for line in at.lines if not line.id.startswith("*")]
        for line in lines:
            now = now.reply(line, "no")
        for _ in lines[nurse:]:
            self.press("a list's key to its next line", "2")
            self.settle = SETTLE["nurse"]
        now = now.finish_list()
        self.press(to_next, "2" if nurse else ENTER, *_shown(now))
        self.settle = SETTLE_LIST if nurse else 0.0
        return now

    def again(self) -> None:
        """Start again from the summary."""
        self.settle = SETTLE["patient"]
        for key in (F10, "2"):
            self.press("to the start again", key)

    def report(self, *names: str) -> None:
        """Print median, 95th percentile and best."""
        for name in names or self.times:
            found = sorted(self.times[name])
            high = found[round(0.95 * (len(found) - 1))]
            print(f"{name:36}{median(found):7.1f} ms, 95th percentile {high:.1f}, best {found[0]:.1f}, of {len(found)}")


def _shown(now: Conversation) -> tuple[str, ...]:
    """The first words of the question put next, which stand on one row of any window."""
    return () if now.asked is None else (" ".join(question_view(now, now.asked, WORDS).ask.split()[:2]),)


def _answer(now: Conversation, asked: Prompt, at: QuestionView) -> tuple[str, ParsedAnswer]:
    """What to type, and what it means: the first answer that leads on; of a list to tick, none of it."""
    labels: tuple[str, ...] = FIGURES
    if asked.choices or not asked.is_figure:  # a nurse's figures have a label, too: that of "not known"
        labels = tuple(
            label
            for line, label in zip(at.lines, at.labels, strict=True)
            if label and (at.kind != "many" or line.id == "*none")
        )
    for label in labels:
        found = parse_typed(now, asked, label, at.labels)
        if isinstance(found, ParsedAnswer) and ((after := now.answer(found)).asked or after.state == "check_answers"):
            return label, found
    raise SystemExit(f"nothing leads on from {asked.question.id}")


def _alarming(now: Conversation) -> str | None:
    """The key that makes the question at hand an emergency; None when there is none."""
    assert now.asked is not None
    at = question_view(now, now.asked, WORDS)
    if at.kind == "replies":
        return "1" if now.reply(at.lines[0].id, "yes").state == "emergency" else None
    for line, label in zip(at.lines, at.labels, strict=True):
        found = parse_picked(now, at.asked, frozenset({line.id}))
        if at.kind == "one" and isinstance(found, ParsedAnswer) and now.answer(found).state == "emergency":
            return label
    return None


def first_paint() -> None:
    """The start screen and the smallest app there is, by turns."""
    ours = [WORDS.say(key) for key in ("app_title", "start_patient", "start_carer", "start_nurse")]
    programs = {"hello": (["-c", HELLO], ["Hello, world"]), "ours": (PROGRAM, [*ours, "F1"])}
    taken: dict[str, list[float]] = {name: [] for name in programs}
    for _ in range(STARTS):
        for name, (argv, texts) in programs.items():
            terminal = Terminal(argv)
            first, _ = terminal.watch(*texts)
            terminal.end()
            taken[name].append(1000 * (first - terminal.started))
    for name, times in taken.items():
        print(f"first screen, {name:22}{median(times):7.1f} ms, best {min(times):.1f}, of {STARTS}")
    best = min(taken["ours"]) / min(taken["hello"])
    print(f"first screen, ours to hello         {median(taken['ours']) / median(taken['hello']):7.2f}, best {best:.2f}")


def started() -> Person:
    """Someone before the app with everything loaded."""
    terminal = Terminal(PROGRAM)
    terminal.watch(WORDS.say("start_nurse"), PACK.title, quiet=0.5)
    return Person(terminal)


def whole_interviews() -> None:
    """A nurse's and a patient's interviews by turns, with their summaries, until so many questions were answered."""
    person = started()
    before = person.terminal.memory()
    mode: Mode = "nurse"
    while person.interview(mode, QUESTIONS).asked is None:
        person.settle = SETTLE["patient"]
        person.press("check to summary", "y")
        person.again()
        mode = "patient" if mode == "nurse" else "nurse"
    after = person.terminal.memory()
    person.times["a resize"] = [person.terminal.turn(size) for size in SIZES]
    person.terminal.end()
    person.report()
    for name in after:
        print(f"{name}, at the start and after {person.answered} questions {before[name]:6.1f} {after[name]:6.1f} MiB")


def emergencies() -> None:
    """A nurse's way to the first emergency and its summary, some times over."""
    person = started()
    for _ in range(EMERGENCIES):
        person.settle = 0.0
        now = begin(PACK.plan, PACK.wording("en"), "nurse", "any", None)
        person.press("who answers to first question", ROLES["nurse"], *_shown(now))
        while (key := _alarming(now)) is None:
            now = person.answer(now)
        person.settle = max(person.settle, SETTLE["nurse"])
        person.press("answer to emergency", key)
        person.settle = SETTLE_EMERGENCY
        person.press("emergency to summary", "1")
        person.again()
    person.terminal.end()
    person.report("answer to emergency", "emergency to summary")


def main() -> None:
    """Print the figures."""
    started().terminal.end()  # compiles everything, once
    print(f"load of this machine before it began: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    first_paint()
    whole_interviews()
    emergencies()


if __name__ == "__main__":
    main()
