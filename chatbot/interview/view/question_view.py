"""A question as any shell puts it: its texts, its lines with their keys, and what is said when something is amiss."""

from __future__ import annotations

from dataclasses import dataclass, replace

from chatbot.interview.conversation import Conversation
from chatbot.interview.prompt import Prompt
from chatbot.interview.reading.line_labels import one_key_labels
from chatbot.interview.reading.parse_answer import NotUnderstood
from chatbot.interview.reading.sanitise import harmless
from chatbot.interview.turn import example_of
from chatbot.interview.view.line import Kind, Line, Region
from chatbot.interview.view.nurse_checklist import is_theirs
from chatbot.texts.say import Texts
from chatbot.wording import Wording

# A nurse's keys where figures are keys themselves.
_NOT_KNOWN, _TEN = "x", "t"
_KINDS: dict[str, Kind] = {"one": "one", "number": "one", "many": "many", "ticks": "many", "lines": "replies"}


@dataclass(frozen=True, slots=True)
class QuestionView:
    """Everything a shell shows of one question."""

    asked: Prompt
    place: str
    ask: str
    aloud: str
    example: str
    before: str
    notice: str
    kind: Kind
    lines: tuple[Line, ...]
    labels: tuple[str, ...]
    reply_texts: tuple[str, str, str]
    regions: tuple[Region, ...]

    def confirming(self, texts: Wording, echo: str, words: Texts) -> QuestionView:
        """The same place with the question whether a reading is right."""
        lines = (Line("yes", harmless(texts.say("yes")), "1"), Line("no", harmless(texts.say("no")), "2"))
        return replace(
            self, ask=harmless(words.say("echo", text=echo)), aloud="", example="", before="", notice="",
            kind="one", lines=lines, labels=("1", "2"), regions=(),
        )  # fmt: skip


def question_view(conversation: Conversation, asked: Prompt, words: Texts) -> QuestionView:
    """A question as it is put to who answers."""
    interview, texts = conversation.interview, conversation.words
    nurse = interview.case.mode == "nurse"
    kind = _KINDS[asked.question.kind]
    lines, labels = _lines(asked, kind, nurse, words)
    return QuestionView(
        asked=asked,
        place=place_of(conversation, asked, words),
        ask=harmless(asked.ask),
        aloud=words.say("aloud", text=harmless(asked.aloud)) if asked.aloud else "",
        example="\n".join(filter(None, (harmless(asked.example), _how(asked, kind, nurse, words)))),
        before=_before(conversation, asked, words),
        notice=harmless(_notice(conversation, asked, words)),
        kind=kind,
        lines=lines,
        labels=labels,
        reply_texts=(
            harmless(texts.say("yes")),
            harmless(texts.say("no")),
            words.say("reply_not_known" if nurse else "reply_not_sure"),
        ),
        regions=tuple(
            Region(option, labels[place], harmless(choice.texts[0]), areas)
            for place, choice in enumerate(asked.choices)
            for option, areas in asked.question.picture
            if option == choice.id
        ),
    )


def _before(conversation: Conversation, asked: Prompt, words: Texts) -> str:
    """Says what was answered to the question before, by whom."""
    said = conversation.previous_words.get(asked.question.id)
    if not said:
        return ""
    if is_theirs(conversation, asked.question.id):
        return words.say("theirs_said", text=harmless(said))
    return harmless(words.say("before", text=said))


def place_of(conversation: Conversation, asked: Prompt, words: Texts) -> str:
    """Says where a question stands, what is still to be asked, and that nothing is saved where that is so."""
    part = words.say("part_of", number=asked.number, total=asked.parts, title=asked.part)
    left = len(conversation.interview.checks_left)
    if conversation.interview.case.mode == "nurse" and left:
        part = f"{words.say('checks_left' if left > 1 else 'check_left', count=left)} · {part}"
    if conversation.interview.case.mode == "carer":
        part = f"{part} · {words.say('carer_place')}"
    if words.say("place_kept"):
        part = f"{words.say('place_kept')} · {part}"
    return harmless(part)


def _lines(asked: Prompt, kind: Kind, nurse: bool, words: Texts) -> tuple[tuple[Line, ...], tuple[str, ...]]:
    """The lines with their labels: one key each for a nurse and beside a picture, else numbers as they are typed."""
    own = [(choice.id, choice.texts[0]) for choice in asked.choices]
    if asked.is_figure and not _is_scale(asked):
        own = []
    always = [(name, words.texts.get(_always_key(name, kind, nurse), text)) for name, text in asked.always]
    both = [*own, *always]
    unknown = _NOT_KNOWN if nurse else ""
    if kind == "replies":
        labels = ("",) * len(both)
    elif asked.is_figure and not own:
        labels = (unknown,) * len(both)
    elif _is_scale(asked) and asked.is_figure:
        labels = (*(_TEN if nurse and name == "10" else name for name, _ in own), *(unknown for _ in always))
    elif nurse or asked.question.picture:
        labels = one_key_labels(len(both), letters=bool(asked.question.picture))
    else:
        labels = tuple(str(number + 1) for number in range(len(both)))
    beneath = (*(asked.aloud_lines if kind == "replies" else ()), *("" for _ in both))
    lines = tuple(
        Line(name, harmless(text), label, beneath=harmless(said), alone=name.startswith("*"))
        for (name, text), label, said in zip(both, labels, beneath, strict=False)
    )
    return lines, labels


def _always_key(name: str, kind: Kind, nurse: bool) -> str:
    """The app's own text for an answer that is always there; without one the pack's is shown."""
    if kind == "replies" and name == "*none":
        return "rest_no"
    return "some_not_known" if nurse and name == "*some" else ""


def _is_scale(asked: Prompt) -> bool:
    """True when the numbers themselves are the lines, as from 0 to 10."""
    return asked.is_figure and bool(asked.choices)


def _how(asked: Prompt, kind: Kind, nurse: bool, words: Texts) -> str:
    """Says how this kind of question is answered."""
    if kind == "replies":
        return words.say("how_replies")
    if kind == "many":
        if nurse:
            return words.say("how_many_nurse")
        return words.say("how_many_pictured" if asked.question.picture else "how_many")
    return words.say("how_typed") if asked.is_figure and not asked.choices else ""


def _notice(conversation: Conversation, asked: Prompt, words: Texts) -> str:
    case = conversation.interview.case
    if case.mode == "carer" and not case.answers:
        return words.say("carer_heading")
    if is_theirs(conversation, asked.question.id):
        return words.say("theirs_notice")
    if conversation.raised:
        return words.say("raised")
    if asked.again:
        return words.say("again_second")
    if conversation.pressing:
        return words.say("pressing")
    return words.say("skip_hint") if asked.skippable else ""


def trouble_text(not_understood: NotUnderstood, asked: Prompt, words: Texts, again: bool) -> str:
    """Says what is needed, in words that fit the question; the second time in others."""
    # Of a list to reply to, what is needed is said of the line at hand.
    key = "err_lines_words" if not_understood.trouble == "lines" else f"err_{not_understood.trouble}"
    if again and f"{key}_again" in words.texts:
        key = f"{key}_again"
    return words.say(key, **(example_of(asked) if not_understood.trouble == "number" else {}))
