"""Many people and what they read, for what must be true of every summary."""

import random
from collections.abc import Iterator
from pathlib import Path

from chatbot.case import Case
from chatbot.packs.pack import Pack
from chatbot.packs.random_cases import random_case
from chatbot.recommendation.recommend import Recommendation, recommend
from chatbot.recommendation.summary import Summary, summarise
from chatbot.replay.vignettes import read_vignettes

STORIES = Path(__file__).parents[2] / "transcripts" / "vignettes" / "low_back_pain"
AUDIENCES = ("patient", "clinician")


def people(pack: Pack) -> Iterator[Case]:
    """Examples, vignettes and random people, of all countries."""
    countries = ("any", "gb", "us")
    files = [read_vignettes(path) for path in sorted(STORIES.glob("*.yaml"))]
    told = [Case.of_facts(case.given) for case in pack.cases]
    told += [file.case_of(story) for file in files for story in file.vignettes]
    for number, case in enumerate(told):
        yield case.model_copy(update={"country": countries[number % 3]})
    rng = random.Random(20261130)
    for number in range(400):
        case = random_case(pack.rulebook, rng, worrying=rng.choice((0.02, 0.1)), known=rng.choice((1.0, 1.0, 0.8)))
        yield case.model_copy(update={"country": countries[number % 3]})


def read_by_many(pack: Pack) -> list[tuple[Recommendation, Summary]]:
    """What each of them reads, as patient and as clinician."""
    wording = pack.wording()
    found = [recommend(pack.rulebook, case) for case in people(pack)]
    return [(each, summarise(each, pack.rulebook, wording, who)) for each in found for who in AUDIENCES]  # type: ignore[arg-type] # audiences
