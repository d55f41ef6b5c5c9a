"""A second language is understood as it is typed: its words, its numbers, its lengths of time and its commands."""

import ast
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml

import chatbot
from chatbot.case import Mode, Reply
from chatbot.interview.answered_questions import answers_given
from chatbot.interview.conversation import Conversation, begin
from chatbot.interview.lines_meant import open_lines
from chatbot.interview.parse_given import parse_picked, parse_typed
from chatbot.interview.prompt import Prompt
from chatbot.interview.reading.choices import Choice
from chatbot.interview.reading.commands import Command, is_remark, read_command
from chatbot.interview.reading.en import ENGLISH
from chatbot.interview.reading.language import Dates, Language, Lengths, Numbers, Replies, SaidBack, listed, marked
from chatbot.interview.reading.languages import language_of, register
from chatbot.interview.reading.parse_answer import NotUnderstood, ParsedAnswer
from chatbot.interview.turn import GoesOn, Turn, Typed, is_confirmed, row_named, take
from chatbot.packs.load import load_folder
from chatbot.packs.pack import Pack
from tests.packs.test_language import translated
from tests.support.copies import SHIPPED, copied

TODAY = date(2026, 3, 4)
ABOUT = ("etwa", "ungefähr")
NONE: frozenset[str] = frozenset()
MODES: tuple[Mode, ...] = ("patient", "carer", "nurse")


TOY = Language(
    code="qtl",
    replies=Replies(
        spellings=(("&", " und "),),
        yes=listed("ja, jawohl"),
        no=listed("nein, nee"),
        not_sure=listed("weiß nicht, keine ahnung"),
        perhaps=("vielleicht",),
        none_of_these=listed("nichts davon, keins"),
        prefer_not=("sag ich nicht",),
        doubts=listed("glaube, vielleicht"),
        negations=frozenset(listed("nein, nicht, kein, keine")),
        fillers=frozenset(listed("der, die, das, ich")),
        left="links",
        sides=frozenset({"seite"}),
        one="eine",
        said_after_no=r"nein (?:ich|es)\b",
        joints=("und",),
        both="beide",
        none=("keins",),
        endings=(("weiß nicht", "unknown"), ("ja", "yes"), ("nein", "no")),
        unsure=("weiß nicht",),
        rest=("rest",),
        label_words=("punkt",),
        line_words=("nummer",),
        change_words=("ändern",),
        not_labels=frozenset("jn"),
    ),
    numbers=Numbers(
        spelled={"zwei": 2, "drei": 3, "sieben": 7, "zweiundvierzig": 42},
        tens={},
        hundred=NONE,
        before_hundred=NONE,
        articles=frozenset(listed("ein, eine, einem")),
        also=frozenset({"und"}),
        joints=frozenset(listed("bis, oder")),
        between="zwischen",
        between_and=frozenset({"und"}),
        leads=("ich bin",),
        soft_leads=ABOUT,
        soft_tails=("oder so",),
        tails=(),
        out_of_ten=("von zehn",),
        units={"years": listed("jahre, jahre alt")},
        signs={},
    ),
    lengths=Lengths(
        units={
            "year": listed("jahr, jahre, jahren"),
            "month": listed("monat, monate, monaten"),
            "week": listed("woche, wochen"),
            "day": listed("tag, tage, tagen"),
        },
        shorthand={},
        few={"ein paar": ("3", "5"), "anderthalb": ("3/2", "3/2")},
        and_a_half=NONE,
        or_words=frozenset({"oder"}),
        whole=NONE,
        alone=NONE,
        leads=marked(about=ABOUT, since=("seit",)),
        tails=marked(_=("her",)),
        bound_leads=marked(over=("über", "mehr als")),
        bound_tails=marked(over=("oder länger",)),
        suffixes=NONE,
        within_for=(),
        within_since=("seit",),
    ),
    dates=Dates(
        spoken={"gestern": (1, 1)},
        times_of_day=NONE,
        night=NONE,
        weekdays={"montag": 0},
        months={"märz": 3, "mai": 5},
        need_anchor=NONE,
        holidays={},
        parts={"anfang": 0},
        anchors=frozenset({"im"}),
        earlier=NONE,
        this=frozenset({"diese"}),
        last=frozenset({"letzte"}),
        week=frozenset({"woche"}),
        month=NONE,
        year=NONE,
        last_week=NONE,
        weekend=NONE,
        dropped=NONE,
        of=NONE,
        ordinals=NONE,
    ),
    said=SaidBack(
        units={
            "year": ("Jahr", "Jahre"),
            "month": ("Monat", "Monate"),
            "week": ("Woche", "Wochen"),
            "day": ("Tag", "Tage"),
        },
        form=lambda number: 0 if number == 1 else 1,
        so_many="{number} {unit}",
        between="{low} bis {high} {unit}",
        about="etwa {length}",
        at_least="mindestens {length}",
        less_than="weniger als {length}",
        up_to="bis {length}",
        under_a_day="weniger als ein Tag",
        under_a_week="weniger als eine Woche",
        any_length="beliebig lang",
    ),
    people={"patient": ("ich selbst",)},
    remarks={"confirmed": ("stimmt",), "done": ("fertig",), "references": ("quellen",)},
    commands={"back": ("zurück",), "why": ("warum",), "stop": ("schluss",), "skip": ("weiter",)},
)


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """The shipped pack with texts in another language, whose words are understood."""
    folder = copied(SHIPPED, Path(tmp_path_factory.mktemp("packs")) / "low_back_pain")
    english = yaml.load((folder / "wording" / "en.yaml").read_text(), Loader=yaml.BaseLoader)  # plain text only
    other = translated(english)
    assert isinstance(other, dict)
    (folder / "wording" / "qtl.yaml").write_text(json.dumps(other | {"language": "qtl"}, ensure_ascii=False))
    register(TOY)
    return load_folder(folder)


def standing_at(toy: Pack, question: str, *, again: bool = False) -> tuple[Conversation, Prompt]:
    """A conversation in the language at a question."""
    at = begin(toy.plan, toy.wording("qtl"), "patient", "gb", TODAY)
    at = replace(at, interview=replace(at.interview, state=question))
    assert at.asked is not None
    return at, replace(at.asked, again=again)


def value(toy: Pack, question: str, typed: str) -> object:
    """What typed words say to a question; None when they are asked again."""
    at, asked = standing_at(toy, question)
    found = parse_typed(at, asked, typed)
    return found.answer.values.get(question) if isinstance(found, ParsedAnswer) else None


@pytest.mark.parametrize(
    ("question", "typed", "said"),
    [
        ("connective_tissue_disorder", "Nee", "no"),
        ("connective_tissue_disorder", "ja", "yes"),
        ("fever_chills", "weiß nicht", "unknown"),
        ("fever_chills", "Keine Ahnung", "unknown"),
        ("fever_chills", "not sure", None),
        ("fever_chills", "nope", None),
        ("age_years", "zweiundvierzig", 42),
        ("age_years", "ich bin 42 Jahre alt", 42),
        ("age_years", "forty two", None),
        ("pain_severity_nprs", "sieben", 7),
        ("pain_severity_nprs", "etwa sieben", 7),
        ("pain_severity_nprs", "7 von zehn", 7),
        ("pain_severity_nprs", "seven", None),
        ("self_harm_thoughts", "sag ich nicht", "prefer_not"),
        ("self_harm_thoughts", "rather not say", None),
    ],
)
def test_words_of_the_language_answer_and_english_ones_do_not(
    toy: Pack, question: str, typed: str, said: object
) -> None:
    assert value(toy, question, typed) == said


@pytest.mark.parametrize(
    ("typed", "echo"),
    [
        ("drei Wochen", "3 Wochen"),
        ("seit drei Wochen", "3 Wochen"),
        ("ich habe das seit drei Wochen", "3 Wochen"),
        ("eine Woche", "1 Woche"),
        ("zwei bis drei Wochen", "etwa 2 bis 3 Wochen"),
        ("zwischen 2 und 3 Monaten", "etwa 2 bis 3 Monate"),
        ("etwa 2 Tage", "etwa 1 bis 3 Tage"),
        ("mehr als 6 Wochen", "mindestens 6 Wochen"),
        ("gestern", "1 Tag"),
        ("letzte Woche", "etwa 3 bis 9 Tage"),
        ("3 weeks", None),
        ("since yesterday", None),
    ],
)
def test_a_length_of_time_is_read_and_said_back_in_the_language(toy: Pack, typed: str, echo: str | None) -> None:
    question = next(
        name
        for name, question in toy.dialog.questions.items()
        if question.kind == "number" and toy.rulebook.facts[question.facts[0]].unit == "days"
    )
    at, asked = standing_at(toy, question)
    found = parse_typed(at, asked, typed)
    assert (found.echo if isinstance(found, ParsedAnswer) else None) == echo
    if isinstance(found, ParsedAnswer):
        shown = {row.question: row.answer for row in answers_given(at.interview.answer(found.answer), at.words)}
        assert shown[question] == echo


def test_a_list_is_denied_and_answered_line_by_line_in_the_language(toy: Pack) -> None:
    at, asked = standing_at(toy, "right_now")

    def replies(typed: str) -> list[Reply] | None:
        found = parse_typed(at, asked, typed)
        return [found.answer.lines[choice.id] for choice in asked.choices] if isinstance(found, ParsedAnswer) else None

    rest = len(asked.choices)
    assert replies("nichts davon") == ["no"] * rest
    assert replies("2 ja, 3 weiß nicht") == ["no", "yes", "unknown", *["no"] * (rest - 3)]
    assert replies("1 und 2") == ["yes", "yes", *["no"] * (rest - 2)]
    assert replies("1, weiß nicht beim rest") == ["yes", *["unknown"] * (rest - 1)]
    assert replies("none of these") is None


def test_commands_are_read_in_the_language(toy: Pack) -> None:
    at, _ = standing_at(toy, "right_now")
    typed = {"zurück": Command.BACK, "Warum": Command.WHY, "?": Command.WHY, "ändern 3": Command.CHANGE, "back": None}
    assert {words: read_command(words, at.language) for words in typed} == typed


@pytest.mark.parametrize("mode", MODES)
def test_a_turn_at_a_list_is_taken_in_the_language(toy: Pack, mode: Mode) -> None:
    """Replies, several at once, a denial of the rest, what is not known of it; and nothing of it in English."""
    at = begin(toy.plan, toy.wording("qtl"), mode, "gb", TODAY)
    at = at if at.state == "right_now" else at.jump("right_now")
    lines = open_lines(at)

    def said(typed: str, line: str = "") -> dict[str, Reply] | None:
        found = take(Turn(at, numbered=True, line=line), Typed(typed))
        if not isinstance(found, GoesOn):
            return None
        after = found.conversation
        standing = after.current_replies or after.interrupted_lists.get("right_now", {})
        answer = after.interview.case.by_question.get("right_now")
        return {name: reply for name, (reply, _) in standing.items()} or dict(answer.lines if answer else {})

    assert said("ja", lines[3]) == {lines[3]: "yes"}
    assert said("1, 4 ja, 5 nein, 6 weiß nicht") == {
        lines[0]: "yes", lines[3]: "yes", lines[4]: "no", lines[5]: "unknown",
    }  # fmt: skip
    assert said("keins", lines[0]) is None  # of the line at hand alone, and no reply to it
    assert said("keins") == said("nichts davon") == dict.fromkeys(lines, "no")
    assert said("2 ja, weiß nicht beim rest") == {**dict.fromkeys(lines, "unknown"), lines[1]: "yes"}
    for typed in ("none", "none of these", "1 yes", "4 not sure", "yes"):
        assert said(typed, lines[0]) is None, typed


def test_remarks_and_the_check_of_answers_are_read_in_the_language(toy: Pack) -> None:
    at, _ = standing_at(toy, "right_now")
    typed = ("stimmt", "Ja", "ok", "confirm", "yes")
    assert [is_confirmed(words, at.language) for words in typed] == [True, True, False, False, False]
    assert is_remark("done", "Fertig.", at.language)
    assert is_remark("references", "quellen", at.language)
    assert not is_remark("references", "sources", at.language)
    rows_shown = [Choice("one", ("Rücken",)), Choice("two", ("Bein",))]
    assert [row_named(words, rows_shown, at.language) for words in ("nummer 2", "ändern 1", "number 2")] == [
        "two", "one", None,
    ]  # fmt: skip


def test_no_reader_takes_a_language_for_granted() -> None:
    """A shell that forgets to say in which language somebody types would understand them in English."""
    folder = Path(chatbot.__file__).parent
    defaults = [
        f"{path.relative_to(folder)}: {node.name}"
        for path in sorted(folder.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
        for default in (*node.args.defaults, *node.args.kw_defaults)
        if isinstance(default, ast.Name) and default.id == "ENGLISH"
    ]
    assert defaults == []
    users = {path.name for path in folder.rglob("*.py") if "import ENGLISH" in path.read_text(encoding="utf-8")}
    assert users == {"languages.py"}


def test_a_line_that_is_always_there_answers_by_hand_and_by_its_number_whatever_it_is_called(toy: Pack) -> None:
    """In a pack whose lines are called nothing that is read, both ways give the same answer as in English."""
    for name in toy.dialog.questions:
        at, asked = standing_at(toy, name)
        english = replace(at, words=toy.wording("en"))
        for place, (line, _) in enumerate(asked.always, len(asked.choices) + 1):
            by_hand = [parse_picked(here, asked, frozenset({line})) for here in (at, english)]
            typed = by_hand if asked.is_figure else [parse_typed(here, asked, str(place)) for here in (at, english)]
            answers = [found.answer for found in (*by_hand, *typed) if isinstance(found, ParsedAnswer)]
            assert len(answers) == 4 or all(isinstance(found, NotUnderstood) for found in (*by_hand, *typed)), (
                name,
                line,
            )
            assert len({str((answer.values, answer.lines)) for answer in answers}) <= 1, (name, line)


def test_a_language_that_has_texts_alone_is_read_as_english() -> None:
    assert language_of("qps") is ENGLISH
