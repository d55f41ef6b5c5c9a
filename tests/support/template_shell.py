"""A third shell, as small as one can be: templates for what is shown, everything typed forwarded to the turn."""

from collections.abc import Callable
from string import Template

from chatbot.case import Reply
from chatbot.interview.answered_questions import answers_given
from chatbot.interview.conversation import Conversation
from chatbot.interview.reading.choices import Choice, read_choice
from chatbot.interview.reading.commands import Command, read_command
from chatbot.interview.reading.parse_answer import ParsedAnswer
from chatbot.interview.turn import (
    AnotherQuestion,
    AskAgain,
    Echo,
    GoesOn,
    LineReply,
    NoSkip,
    Open,
    Outcome,
    Picked,
    Rejected,
    Turn,
    Typed,
    Unread,
    WithoutRest,
    checked,
    row_named,
    take,
)
from chatbot.interview.view.answer_rows import row_lines
from chatbot.interview.view.emergency_choices import emergency_choices
from chatbot.interview.view.line import Line
from chatbot.interview.view.question_view import question_view, trouble_text
from chatbot.packs.pack import Pack
from chatbot.recommendation.citation_text import statement
from chatbot.service.results import summary_of
from chatbot.texts.read import texts

QUESTION = Template("$place | $notice\n$ask\n$example\n$before\n$lines\n")
LINE = Template("$number. $text $reply")
RESULT = Template("$headline\n$choices\n")
SAID: dict[type, str] = {
    GoesOn: "taken",
    WithoutRest: "skipped",
    AnotherQuestion: "raised",
    Echo: "is that right?",
    Rejected: "not taken",
    Unread: "not all was shown",
    Open: "lines are left",
    NoSkip: "this one is needed",
}


class TemplateShell:
    """Holds one conversation; knows no screen, only what to show and where what was typed leads."""

    def __init__(self, pack: Pack, at: Conversation) -> None:
        self.pack, self.at, self.words = pack, at, texts(at.words.language, "shells", "app")
        self.pending: ParsedAnswer | None = None
        self.misses, self.is_choosing, self.notice = 0, False, ""

    def page(self) -> str:
        """What is shown now."""
        asked = self.at.asked
        if self.is_choosing or self.at.state == "check_answers":
            return self.lines([line for line in row_lines(self.at, self.words) if not line.heading])
        if asked is None:
            summary = summary_of(self.pack, self.at.interview.recommendation, self.at.words.language)
            choices = emergency_choices(self.at) if self.at.state == "emergency" else ()
            return RESULT.substitute(headline=statement(summary.headline, summary), choices=" ".join(choices))
        view = question_view(self.at, asked, self.words)
        view = view.confirming(self.at.words, self.pending.echo, self.words) if self.pending else view
        return QUESTION.substitute(
            place=view.place, notice=self.notice or view.notice, ask=view.ask, example=view.example,
            before=view.before, lines=self.lines(view.lines),
        )  # fmt: skip

    def lines(self, lines: list[Line] | tuple[Line, ...]) -> str:
        """Lines with the numbers that name them, and the replies they have."""
        said = {line: reply for line, (reply, _) in self.at.current_replies.items()}
        shown = enumerate(lines, start=1)
        return "\n".join(LINE.substitute(number=n, text=line.text, reply=said.get(line.id, "")) for n, line in shown)

    def type(self, typed: str) -> None:
        """Forward what was typed to whatever is at hand."""
        if self.is_choosing:
            name = row_named(typed, self.rows(), self.at.language)
            changed = self.at.change(name) if name else None
            self.at, self.is_choosing = changed or self.at, changed is None
        elif self.at.state == "check_answers":
            self.became(checked(self.at, typed, self.rows()))
        elif self.at.asked is None:
            self.at_the_end(typed)
        else:
            self.after(take(Turn(self.at, self.pending, self.misses, numbered=True), Typed(typed)))

    def choose(self, lines: frozenset[str]) -> None:
        """Forward lines that were chosen by hand."""
        self.after(take(Turn(self.at, misses=self.misses), Picked(lines)))

    def reply(self, line: str, reply: Reply) -> None:
        """Forward a reply to one line of a list."""
        self.after(take(Turn(self.at, line=line), LineReply(line, reply)))

    def rows(self) -> list[Choice]:
        """The answers that can be changed, by number and name."""
        return [Choice(row.question, (row.name, row.ask)) for row in answers_given(self.at.interview, self.at.words)]

    def at_the_end(self, typed: str) -> None:
        """A command, or one of the choices of an emergency."""
        offered = [Choice(name, (name.removeprefix("emergency_"),)) for name in emergency_choices(self.at)]
        picked = read_choice(typed, offered, self.at.language) if self.at.state == "emergency" else None
        does: dict[str | None, Callable[[], Conversation]] = {
            "emergency_back": self.at.back,
            "emergency_continue": self.at.continue_note,
        }
        self.became(does[picked]() if picked in does else read_command(typed, self.at.language))

    def became(self, what: Conversation | Command | None) -> None:
        """Another place, or what a command does."""
        if isinstance(what, Conversation):
            self.at, self.pending, self.misses = what, None, 0
        elif what is Command.BACK:
            self.became(self.at.back())
        elif what is Command.STOP:
            self.became(self.at.stop())
        elif what is Command.CHANGE:
            self.is_choosing = True

    def after(self, outcome: Outcome) -> None:
        """What came of it: another place, a reading to be confirmed, or a notice at the same question."""
        asked = self.at.asked
        self.notice = SAID.get(type(outcome), "")
        if isinstance(outcome, GoesOn | WithoutRest | AnotherQuestion):
            self.became(outcome.conversation)
        elif isinstance(outcome, AskAgain) and asked is not None:
            self.misses = outcome.times
            self.notice = trouble_text(outcome.unclear, asked, self.words, again=self.misses > 1)
        elif isinstance(outcome, Command):
            self.became(outcome)
        else:
            self.pending = outcome.pending if isinstance(outcome, Echo) else None
