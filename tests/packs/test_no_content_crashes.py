"""Whatever a pack's files hold, loading ends in a Pack that works or in problems."""

import random
import re
from pathlib import Path

from chatbot.case import Case
from chatbot.errors import PackError
from chatbot.interview.simulate import simulate
from chatbot.packs.check_cases import check_cases
from chatbot.packs.load import load_folder
from chatbot.packs.pack import Pack, digest
from chatbot.recommendation.recommend import recommend
from chatbot.service.results import summary_of

MUTATIONS, SEED = 300, 20260302
LONG = "abcdefghij" * 500
SPOILT = ("5", "null", "[]", "{}", "true", LONG, "-1", "unknown", "0.5", "'{doctor'", "[[x], {y: z}]")
TOKEN = re.compile(r"[^\s\[\]{}:,]+")


def mutated(text: str, rng: random.Random) -> str:
    """The text without one line, or with one word or value swapped for something else."""
    lines = text.split("\n")
    place = rng.choice([place for place, line in enumerate(lines) if line.strip() and not line.startswith("#")])
    if rng.random() < 0.2:
        del lines[place]
    elif rng.random() < 0.3 and ": " in lines[place]:
        key, _ = lines[place].split(": ", 1)
        lines[place] = f"{key}: {rng.choice(SPOILT)}"
    else:
        token = rng.choice(list(TOKEN.finditer(lines[place])))
        lines[place] = lines[place][: token.start()] + rng.choice(SPOILT) + lines[place][token.end() :]
    return "\n".join(lines)


def use(pack: Pack) -> None:
    """Every case through the rules and the interview, in words, for everybody and every country."""
    check_cases(pack.cases, pack.rulebook)
    for given in [{}, *(case.given for case in pack.cases)]:
        for country in pack.rulebook.countries:
            for mode in ("patient", "nurse"):
                case = Case.of_facts(given, country).model_copy(update={"mode": mode})
                for language in pack.languages:
                    summary_of(pack, recommend(pack.rulebook, case), language)
                    summary_of(pack, simulate(pack.plan, case).interview.recommendation, language)


def test_no_single_change_to_a_pack_raises_anything_but_a_pack_error(ankle: Path) -> None:
    rng = random.Random(SEED)
    files = [path for path in sorted(ankle.rglob("*.yaml")) if path.name != "review.yaml"]
    refused = []
    for _ in range(MUTATIONS):
        path = rng.choice(files)
        before = path.read_text()
        path.write_text(mutated(before, rng))
        try:
            use(load_folder(ankle))
        except PackError as error:
            refused.append(error.problems)
        finally:
            path.write_text(before)
    assert MUTATIONS / 2 < len(refused) < MUTATIONS
    assert all(refused)
    assert all(one.line >= 1 and one.text and len(str(one)) < 1000 for problems in refused for one in problems)


def test_the_problems_of_a_pack_are_the_same_every_time(ankle: Path) -> None:
    for path in ankle.rglob("*.yaml"):
        path.write_text(path.read_text().replace("_", "-"))
    told = []
    for _ in range(2):
        try:
            load_folder(ankle)
        except PackError as error:
            told.append(error.problems)
    assert len(told) == 2
    assert told[0] == told[1]


def test_line_ends_change_neither_the_pack_nor_its_digest(ankle: Path) -> None:
    before = load_folder(ankle)
    for path in ankle.rglob("*.yaml"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    after = load_folder(ankle)
    assert after.digest == before.digest == digest(ankle)
    assert after.title == before.title
    assert after.wording().ui == before.wording().ui
    assert [case.given for case in after.cases] == [case.given for case in before.cases]
