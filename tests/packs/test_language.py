"""A language is a file: a pseudo-language made from the English one is spoken throughout, with the same result."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import yaml

from chatbot.case import Fact, Mode, PlainValue
from chatbot.interview.interview import Interview
from chatbot.interview.prompt import Prompt, prompt
from chatbot.packs.load import load_folder
from chatbot.packs.pack import Pack
from chatbot.recommendation.rulebook import LEVELS
from chatbot.texts.read import FOLDER
from chatbot.wording import FORM, Wording
from tests.support.copies import SHIPPED, copied

ROOT = Path(__file__).parents[2]
ACCENTS = str.maketrans("aeiouAEIOU", "áéíóúÁÉÍÓÚ")
# Runs of reference numbers and durations read back are worded by the program, not by the language's file.
CODED = re.compile(r"\[\d+(?:, \d+| to \d+)*\]")
KEPT = ("language", "asks", "id", "shows", "about")

Facts = Mapping[str, PlainValue]


def pseudo(text: str) -> str:
    """The text in brackets with accents on its vowels; what the program fills in keeps its name."""
    parts = re.split(f"({FORM.pattern.replace('(', '(?:')})", text)
    return "[" + "".join(part if part.startswith("{") else part.translate(ACCENTS) for part in parts) + "]"


def translated(node: object) -> object:
    """Every text of a wording file in the pseudo-language; ids stay."""
    if isinstance(node, dict):
        return {key: value if key in KEPT else translated(value) for key, value in node.items()}
    if isinstance(node, list):
        return [translated(item) for item in node]
    return pseudo(str(node))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped pack with one more language."""
    folder = copied(SHIPPED, tmp_path_factory.mktemp("packs") / "low_back_pain")
    english = yaml.load((folder / "wording" / "en.yaml").read_text(), Loader=yaml.BaseLoader)  # plain text only
    other = translated(english)
    assert isinstance(other, dict)
    text = json.dumps(other | {"language": "qps"}, ensure_ascii=False, indent=1)
    (folder / "wording" / "qps.yaml").write_text(text)
    ours = FOLDER / "en.json"
    (folder.parent / ours.name).write_text(ours.read_text())
    (folder.parent / "qps.json").write_text(json.dumps(translated(json.loads(ours.read_text()))))
    return folder


@pytest.fixture(scope="module")
def bilingual(folder: Path) -> Pack:
    """The pack in English and the pseudo-language."""
    return load_folder(folder)


def typed_for(interview: Interview, asked: Prompt, facts: Facts) -> tuple[list[str], Interview]:
    """What a person types, in figures, to answer the question at hand from facts; and where that leads."""
    question, last = asked.question, len(asked.choices) + 1

    def holds(fact: str, value: str) -> bool:
        said = facts.get(fact, [])
        return value in said if isinstance(said, list) else value == said

    if question.items:
        true = {item.id for item in interview.items() if any(holds(*pair) for pair in item.gives)}
        numbers = [str(at) for at, choice in enumerate(asked.choices, 1) if choice.id in true] or [str(last)]
        if question.kind == "lines" and interview.case.mode != "nurse":
            typed = ["1" if choice.id in true else "2" for choice in asked.choices]
        else:
            typed = [", ".join(numbers)]
            # The lines of a list that nobody spoke of stay open until they are denied.
            typed += [str(last)] if question.kind == "lines" and numbers != [str(last)] else []
        return typed, interview.tick({item.id: "yes" if item.id in true else "no" for item in interview.items()})
    assert asked.fact is not None
    if asked.fact.kind == "number":
        return typed_number(interview, asked.fact, facts)
    value = asked.fact.read(facts.get(question.id, [] if asked.fact.kind == "many" else "unknown"))
    values = dict(question.options)
    chosen = [str(at) for at, choice in enumerate(asked.choices, 1) if holds(question.id, values[choice.id])]
    return [", ".join(chosen) or str(last)], interview.say(value)


def typed_number(interview: Interview, fact: Fact, facts: Facts) -> tuple[list[str], Interview]:
    if fact.id not in facts:
        return ["not sure"], interview.say("unknown")
    typed = str(facts[fact.id])
    as_duration = [f"{typed} {fact.unit}", "1"]
    return as_duration if fact.unit in ("days", "weeks") else [typed], interview.say(fact.read(facts[fact.id]))


def script(pack: Pack, words: Wording, facts: Facts, mode: Mode) -> tuple[list[str], Interview]:
    """Everything that is typed from the first question to the summary."""
    typed: list[str] = []
    interview = pack.plan.begin(mode, "gb")
    while (asked := prompt(interview, words)) is not None:
        said, after = typed_for(interview, asked, facts)
        if after.state == "emergency" and asked.question.kind == "lines" and mode != "nurse":
            said = said[: said.index("1") + 1]
        typed += said
        interview = after
    return [*typed, "yes", "1"] if interview.state == "check_answers" else typed, interview


def talk(folder: Path, language: str, mode: Mode, typed: list[str]) -> str:
    # The program's own texts are a file a language, too: those of this one lie beside the pack.
    options = ["interview", folder.name, "--plain", "--lang", language, "--role", mode, "--country", "gb", "--no-save"]
    program = f"from pathlib import Path\nfrom chatbot.texts import read\nread.FOLDER = Path({str(folder.parent)!r})\n"
    program += f"from chatbot.cli import main\nraise SystemExit(main({options!r}))"
    done = subprocess.run(
        [sys.executable, "-c", program],
        input="\n".join(typed) + "\n",
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=folder.parent,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        timeout=120,
        check=False,
    )
    assert done.stderr == ""
    assert done.returncode == 0
    return " ".join(done.stdout.split())


def not_wording(pack: Pack) -> Iterator[str]:
    """Texts that are no wording of a language: the title, references, both sides of a conflict."""
    library = pack.rulebook.library
    yield pack.title
    yield from (library.reference(cite).text for cite in (*library.sources, *library.claims))
    for conflict in library.conflicts:
        yield from (
            f"{conflict.about}.",
            conflict.resolution,
            conflict.decided_by,
            *(side.says for side in conflict.sides),
        )
    for claim in library.claims.values():
        yield from (claim.strength, claim.certainty)


def leaks(shown: str, pack: Pack) -> list[str]:
    """Words with a plain vowel, which no text of the pseudo-language has."""
    for text in sorted(not_wording(pack), key=len, reverse=True):
        shown = shown.replace(" ".join(text.split()), "")
    shown = CODED.sub("", shown)
    book = pack.rulebook
    ids = {*book.library.sources, *book.library.claims, *(rule.id for rule in book.rules), *(a.id for a in book.advice)}
    ids |= {conflict.id for conflict in book.library.conflicts}
    words = re.findall(r"[^\s\[\],:;()]*[aeiouAEIOU][^\s\[\],:;()]*", shown)
    return [word.strip(".") for word in words if word.strip(".") not in ids]


def person(pack: Pack, name: str, changes: Facts) -> Facts:
    case = next(case for case in pack.cases if case.name == name)
    return {**case.given, **changes}


NUMB = {"saddle_sensation": "numb", "cauda_symptom_timing": "new_or_worsening"}
FEVER = {"fever_chills": "yes", "steroid_use": "prolonged", "skin_rash": "no"}
SEVERE = {"pain_severity_nprs": 9, "yf_low_mood": "yes", "self_harm_thoughts": "no"}
PEOPLE: list[tuple[str, Mode, Facts, str]] = [
    ("well", "patient", {}, "self_care"),
    ("numb between the legs", "patient", NUMB, "emergency_now"),
    ("chest pain", "carer", {"chest_pain_or_breathless": "yes"}, "emergency_now"),
    ("fever and steroids", "patient", FEVER, "same_day"),
    ("seen by a nurse", "nurse", SEVERE, "primary_care"),
]


def test_the_pack_loads_with_one_more_language(bilingual: Pack, pack: Pack) -> None:
    assert tuple(bilingual.languages) == ("en", "qps")
    assert bilingual.wording("qps").say("said", text="x") == "[Yóú sáíd: x]"
    assert bilingual.digest != pack.digest


def test_every_text_of_the_language_is_its_own(bilingual: Pack) -> None:
    words = bilingual.wording("qps")
    for name, both in words.questions.items():
        for text in both.values():
            shown = filter(None, (text.ask, text.why, *text.options.values()))
            assert all(said.startswith("[") for said in shown), name
    assert all(text.startswith("[") for table in words.countries.values() for text in table.values())


@pytest.mark.parametrize(("who", "mode", "changes", "level"), PEOPLE, ids=[who for who, *_ in PEOPLE])
def test_a_whole_interview_is_held_in_the_language_alone(
    bilingual: Pack, folder: Path, well: Facts, who: str, mode: Mode, changes: Facts, level: str
) -> None:
    facts: Facts = {**well, "interview_mode": mode, **changes}
    typed, interview = script(bilingual, bilingual.wording("en"), facts, mode)
    assert LEVELS[interview.recommendation.level] == level, who
    title = bilingual.wording("en").levels[level]["title"]["clinician" if mode == "nurse" else "patient"]
    english, other = (bilingual.wording(language) for language in ("en", "qps"))
    in_english, shown = (talk(folder, language, mode, typed) for language in ("en", "qps"))
    assert english.fill(title, "gb") in in_english
    assert other.fill(pseudo(title), "gb") in shown
    assert other.say("whole_summary") in shown
    typed_words = {word for line in typed for word in re.findall(r"\w+", line)}
    assert [word for word in leaks(shown, bilingual) if word not in typed_words] == []


def test_an_unknown_language_is_refused_in_one_line(folder: Path) -> None:
    command = [sys.executable, "-m", "chatbot", "interview", str(folder), "--plain", "--lang", "xx"]
    done = subprocess.run(command, input="", capture_output=True, text=True, cwd=ROOT, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (2, "triage: there is no language 'xx'; use one of en, qps\n")
