"""A person at the keyboard: reads the questions off the page and types what a script says."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from chatbot.case import WHOM
from chatbot.interview.interview import Interview
from chatbot.packs.pack import Pack

TODAY = date(2026, 3, 2)

# What a well person of 40 with a week of plain back pain types; "no" to the lines of a list.
WELL = {
    "saddle_sensation": "1", "bladder_function": "no change", "bowel_function": "1",
    "leg_symptom_side": "neither leg", "sexual_function_change": "1", "age_years": "forty",
    "sex_at_birth": "male", "fever_chills": "no", "how_started": "4", "trauma": "2", "onset_mode": "1",
    "onset_days": "5 days", "pain_location": "low back", "trend": "getting better", "pain_severity_nprs": "3",
    "functional_limitation": "1", "illnesses": "none of these", "infection_risk": "none",
    "medicines": "none of these", "stomach_kidney_heart": "none of these", "treatments_tried": "none",
    "sedation_risk": "none of these", "morning_stiffness": "1", "spa_features": "none",
    "walking_pattern": "1", "self_harm_thoughts": "1", "conservative_weeks": "2 weeks",
    "treatment_response": "1", "age_at_first_back_pain": "30",
}  # fmt: skip


@dataclass
class Person:
    """Types the words a script has for the question on the page; when the script is at its end, the input closes.

    `says` maps a question to what is typed each time it is put, one after another, the last for good.
    """

    pack: Pack
    says: Mapping[str, str | list[str]] = field(default_factory=dict)
    then: Iterable[str] = ()
    country: str = "gb"
    page: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        # Of two questions that read the same, the first in asking order is meant.
        readers = (self.pack.wording(), *(self.pack.wording().read_by("carer", whom) for whom in WHOM))
        self._asks = {
            self.pack.wording().fill(text, self.country): name
            for name in reversed(self.pack.dialog.questions)
            for words in readers
            for question in (words.questions[name]["patient"], words.questions[name]["clinician"])
            for text in (question.ask, question.again)
            if text
        }
        self._left: dict[str, list[str]] = {}
        self._typed_there = Counter[str]()
        self._then = iter(self.then)
        self._seen = 0
        self._name = ""

    def write(self, text: str) -> None:
        """Take what the program writes."""
        self.page.append(text)

    def read(self, prompt: str) -> str:
        """Type the next thing."""
        new = " ".join("".join(self.page[self._seen :]).split())
        self._seen = len(self.page)
        self.page.append(prompt + "\n")
        if "Is that right?" in new:
            return "yes"
        question = new.rpartition("Question: ")[2]
        name = next((self._asks[text] for text in self._asks if question.startswith(text)), "")
        if name and "Question: " in new:
            self._name = name
            self.asked.append(name)
        if "Have a question about this?" in new or "Check your answers" in new or "What now?" in new:
            self._name = ""
        if not self._name:
            return self._next()
        return self._typed(self._name)

    def _typed(self, name: str) -> str:
        self._typed_there[name] += 1
        assert self._typed_there[name] < 2_000, f"nothing typed at {name} is understood"
        of_list = self.pack.dialog.questions[name].kind in ("lines", "ticks", "many")
        given = self.says.get(name, WELL.get(name, "no" if of_list else "not sure"))
        given = [given] if isinstance(given, str) else given
        left = self._left.setdefault(name, list(given))
        word = left.pop(0) if len(left) > 1 else left[0]
        if word == "<end>":
            raise EOFError
        return word

    def _next(self) -> str:
        word = next(self._then, None)
        if word is None:
            raise EOFError
        return word

    @property
    def text(self) -> str:
        """Everything on the page, with line breaks made spaces."""
        return " ".join("".join(self.page).split())

    def lines(self) -> Iterator[str]:
        """The page line by line."""
        return iter("".join(self.page).split("\n"))


Converse = Callable[..., tuple[Interview, Person]]
