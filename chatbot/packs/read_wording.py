"""wording/<language>.yaml, and whether every text that may be shown is there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import partial

from chatbot.case import AUDIENCES, INTERVIEW_MODE, NOT_SURE, WHOM, Span
from chatbot.interview.question import Dialog, Question
from chatbot.interview.reading.durations import say_duration
from chatbot.interview.reading.language import Language
from chatbot.interview.reading.languages import language_of
from chatbot.packs.node import Node, did_you_mean, short
from chatbot.packs.review import STATES
from chatbot.recommendation.rulebook import IMAGING, LEVELS, Advice, Rulebook
from chatbot.texts.read import texts
from chatbot.wording import FORM, PLACEHOLDER, AdviceText, Carer, Phrase, QuestionText, Topic, ValueText, Wording

SECTIONS = ("why", "what_to_do", "imaging", "medicines", "follow_up", "safety_net", "not_known", "disagreements")
SHOWN = (*SECTIONS, "level", "changes")
# What a pack says of a result, of an answer, and of itself; everything else that is said is the program's own.
UI = (
    "not_sure", "prefer_not", "none_of_these", "unsure_some", "yes", "no", "not_known_fact", "least", "reported",
    "number", "number_between", "amount", "amount_between", "said", "because_answers", "because_not_asked",
    "references", "level_primary", "level_secondary_summary", "level_project", "not_graded", "strength", "certainty",
    "verified_V", "verified_VS", "verified_GK", *(f"status_{state}" for state in STATES), "status_expired", "notice",
    "unsettled", "contradiction", "one_side", "other_side", "resolution", "ask_of", "emergency_title", "cannot_say",
    "would_raise", "would_lower", "welcome", "advice", "no_answer", "none_true", "not_sure_of", "not_known",
    "out_of_scope", "whole_summary", "time_limit",
    *(f"section_{section}" for section in SECTIONS),
)  # fmt: skip
# What the program puts into its own sentences: each of these stands in the text, and nothing else but country words.
PARTS: Mapping[str, tuple[str, ...]] = {
    "number": ("name", "low", "unit"),
    "number_between": ("name", "low", "high", "unit"),
    "amount": ("low", "unit"),
    "amount_between": ("low", "high", "unit"),
    "resolution": ("text", "who"),
    **dict.fromkeys(("not_known_fact", "least", "reported", "ask_of", "contradiction"), ("name",)),
    **dict.fromkeys(("said", "one_side", "other_side", "strength", "certainty"), ("text",)),
    **dict.fromkeys(("advice", "not_sure_of", "time_limit"), ("text",)),
    **dict.fromkeys(("would_raise", "would_lower"), ("name", "answer", "level")),
}
# Words of a country that the program's own sentences have.
COUNTRY_WORDS = ("call_emergency", "doctor")
# Whose texts may stand beside the audiences' own: what a carer reads where it is not what the patient does.
READERS = (*AUDIENCES, "carer")
# Texts that a pack had to bring before the program had them itself.
_ONCE = ("because_said", "not_asked_fact")


def read_wording(node: Node, dialog: Dialog, rulebook: Rulebook, is_kept: bool = False) -> Wording:
    """One language, checked against everything the pack can show; where it `is_kept`, as a version of its time would.

    A kept pack may hold texts that are not needed any more, and may lack some that were not needed then.
    """
    required = (
        "language", "name", "ui", "countries", "parts", "questions", "facts", "rules", "referrals", "levels",
        "imaging", "advice",
    )  # fmt: skip
    keys = node.mapping(required=required, optional=("phrases", "topics", "carer"))
    critical = {name for name, fact in rulebook.facts.items() if fact.time_critical}
    reader = _Reader(keys, node, critical, is_kept)
    reader.is_named_after_its_file()
    questions = reader.questions(dialog)
    return Wording(
        language=reader.text("language"),
        name=reader.text("name"),
        questions=questions,
        typed=reader.typed(dialog),
        values=_values(dialog, questions),
        facts=reader.texts(
            "facts", [name for name in rulebook.facts if name != INTERVIEW_MODE], more=(INTERVIEW_MODE,)
        ),
        parts=reader.texts("parts", [part.id for part in dialog.parts]),
        rules=reader.texts("rules", [rule.id for rule in rulebook.rules]),
        referrals=reader.texts("referrals", dict.fromkeys(rule.referral for rule in rulebook.rules)),
        levels=reader.levels(),
        imaging=reader.texts("imaging", [*IMAGING, "none_urgent"]),
        advice=reader.advice(rulebook.advice),
        ui=reader.ui(dict.fromkeys(f"unit_{fact.unit}" for fact in rulebook.facts.values() if fact.unit)),
        countries=reader.countries(rulebook.countries),
        phrases=reader.phrases(dialog),
        topics=reader.topics(tuple(dict.fromkeys(item.about for item in rulebook.advice))),
        carer=reader.carer(),
        length=partial(_length, language_of(reader.text("language"))),
    )


def _length(language: Language, low: float, high: float) -> str:
    """A time from so many to so many days, as it is said back where it is asked."""
    return say_duration(Span(low, high), language)


def _values(
    dialog: Dialog, questions: Mapping[str, Mapping[str, QuestionText]]
) -> dict[tuple[str, str], tuple[ValueText, ...]]:
    """The names of each value of a fact, by every option or line that gives it."""
    names: dict[tuple[str, str], tuple[ValueText, ...]] = {}
    for question in dialog.questions.values():
        texts = questions.get(question.id, {})
        pairs = [(item.id, pair) for item in question.items for pair in item.gives]
        pairs += [(option, (question.fact or "", value)) for option, value in question.options]
        for option, pair in pairs:
            said = {who: text.options[option] for who, text in texts.items() if option in text.options}
            if set(AUDIENCES) <= said.keys():
                names[pair] = (*names.get(pair, ()), ValueText(question.id, option, said))
    return names


class _Reader:
    def __init__(self, keys: Mapping[str, Node], node: Node, critical: set[str], is_kept: bool) -> None:
        self._keys = keys
        self._node = node
        self._critical = critical
        self._is_kept = is_kept
        self._words = self._country_words()
        self._carer = keys["carer"].mapping(optional=("forms", "ui")) if "carer" in keys else {}
        self._forms = self._read_forms()

    def _country_words(self) -> list[str]:
        node = self._keys.get("countries")
        value = node.value if node else {}
        tables = value.values() if isinstance(value, dict) else ()
        return list(dict.fromkeys(word for table in tables if isinstance(table, dict) for word in table))

    def text(self, key: str) -> str:
        return self._keys[key].text() if key in self._keys else ""

    def is_named_after_its_file(self) -> None:
        """A language is chosen by its file's name, so both must agree."""
        file = self._node.document.file.rsplit("/", 1)[-1].removesuffix(".yaml")
        if self.text("language") not in ("", file):
            self._keys["language"].problem("W003", f"the file is named '{file}'; rename it, or write language: {file}")

    def _read_forms(self) -> dict[str, dict[str, str]]:
        """The forms of a carer's texts, each as it is said of her, of him and of them."""
        nodes = self._carer["forms"].mapping() if "forms" in self._carer else {}
        forms: dict[str, dict[str, str]] = {}
        for name, node in nodes.items():
            if not PLACEHOLDER.fullmatch(f"{{{name}}}") or name in self._words:
                node.problem("W009", f"'{short(name)}' cannot name a form; use small letters, and no word of a country")
            forms[name] = {whom: text.text() for whom, text in node.mapping(required=WHOM).items()}
        return forms

    def carer(self) -> Carer:
        """The forms, and the texts of results that a carer reads in other words."""
        texts = self._carer["ui"].mapping(optional=UI) if "ui" in self._carer else {}
        return Carer(self._forms, {key: self.shown(node, PARTS.get(key, ()), "carer") for key, node in texts.items()})

    def shown(self, node: Node, parts: Collection[str] = (), reader: str = "") -> str:
        """A text whose placeholders the program or every country fills, and in a carer's text the forms."""
        text = node.text()
        if node.path in node.document.cut:
            node.problem("Y017", f"what follows '{short(text)}' is a comment and would be left out; quote the text")
        known, pattern = [*self._words, *parts], FORM if reader == "carer" else PLACEHOLDER
        for word in dict.fromkeys(pattern.findall(text)):
            if word in known or (reader == "carer" and word.lower() in self._forms):
                continue
            if reader == "carer":
                near = did_you_mean(word.lower(), [*self._forms, *known]) or "; add it to the forms, or remove it"
                node.problem("W008", f"a carer's text has no form '{{{short(word)}}}'{near}")
            else:
                near = did_you_mean(word, known) or "; add it to countries, or remove it"
                node.problem("W001", f"no country has the word '{{{short(word)}}}'{near}")
        for part in parts:
            if text and f"{{{part}}}" not in text:
                node.problem("W002", f"{node.called} needs the placeholder '{{{part}}}'; put it where the part belongs")
        if set("{}") & set(pattern.sub("", text)):
            node.problem("W004", f"{node.called} has a brace that fills nothing; write a word as in {{doctor}}")
        return text

    def both(self, node: Node, audiences: Iterable[str] = AUDIENCES) -> dict[str, str]:
        keys = node.mapping(required=tuple(audiences), optional=READERS)
        return {who: self.shown(child, reader=who) for who, child in keys.items()}

    def texts(self, key: str, ids: Iterable[str], more: tuple[str, ...] = ()) -> dict[str, dict[str, str]]:
        if key not in self._keys:
            return {}
        keys = self._keys[key].mapping(required=tuple(ids), optional=more)
        return {name: self.both(child) for name, child in keys.items()}

    def levels(self) -> dict[str, dict[str, dict[str, str]]]:
        found: dict[str, dict[str, dict[str, str]]] = {}
        for name, child in self._keys["levels"].mapping(required=LEVELS).items() if "levels" in self._keys else ():
            keys = child.mapping(required=("title", "within", "meaning"), optional=("also", "orders"))
            # Two orders of a level that are not given side by side: the usual one, and the surest.
            orders = keys.pop("orders").mapping(required=("usual", "surest")) if "orders" in keys else {}
            found[name] = {key: self.both(text) for key, text in {**keys, **orders}.items()}
        return found

    def ui(self, units: Iterable[str]) -> dict[str, str]:
        if "ui" not in self._keys:
            return {}
        node = self._keys["ui"]
        held = list(node.value) if isinstance(node.value, dict) else []
        more = [key for key in held if key.startswith("unit_")]
        if self._is_kept:
            keys = node.mapping(required=tuple(units), optional=held)
            own = {key: keys[key].text() for key in (*UI, *more) if key in keys}
            return {key: texts(self.text("language"), "result").say(key) for key in UI} | own
        ours = [key for key in held if key in texts().texts or key in _ONCE]
        for key in ours:
            node.child(key).problem("W007", f"the program has the text '{key}' itself; remove it")
        keys = node.mapping(required=(*UI, *units), optional=(*more, *ours))
        return {key: self.shown(child, PARTS.get(key, ())) for key, child in keys.items() if key not in ours}

    def countries(self, countries: tuple[str, ...]) -> dict[str, dict[str, str]]:
        if "countries" not in self._keys:
            return {}
        tables = self._keys["countries"].mapping(required=countries)
        needed = () if self._is_kept else COUNTRY_WORDS
        country_nodes = {name: child.mapping(required=(*self._words, *needed)) for name, child in tables.items()}
        for word in (word for table in country_nodes.values() for word in table.values()):
            if isinstance(word.value, str) and set("{}") & set(word.value):
                word.problem("W004", f"{word.called} has a brace; a country's words are plain text")
        ours = texts(self.text("language"), "words").texts if self._is_kept else {}
        return {
            name: {**ours, **{word: child.text() for word, child in table.items()}}
            for name, table in country_nodes.items()
        }

    def advice(self, items: tuple[Advice, ...]) -> dict[str, AdviceText]:
        if "advice" not in self._keys:
            return {}
        nodes = self._keys["advice"].mapping(required=tuple(item.id for item in items))
        texts: dict[str, AdviceText] = {}
        for item in items:
            if item.id not in nodes:
                continue
            node = nodes[item.id]
            needed = (["blocked", "not_known"] if item.blocked_if else []) + (["caution"] if item.caution_if else [])
            may_be_told = ["worse"] if item.means is not None else []
            states = ("blocked", "not_known", "caution", *may_be_told)
            keys = node.mapping(required=(*item.audience, *needed), optional=(*READERS, *states))
            texts[item.id] = AdviceText(
                {who: self.shown(keys[who], reader=who) for who in READERS if who in keys},
                **{state: self.both(keys[state], item.audience) for state in states if state in keys},
            )
        return texts

    def questions(self, dialog: Dialog) -> dict[str, dict[str, QuestionText]]:
        if "questions" not in self._keys:
            return {}
        nodes = self._keys["questions"].mapping(required=tuple(dialog.questions))
        texts: dict[str, dict[str, QuestionText]] = {}
        for name, node in nodes.items():
            keys = node.mapping(required=AUDIENCES, optional=("carer", "typed"))
            question = dialog.questions[name]
            texts[name] = {who: self._question(keys[who], question) for who in READERS if who in keys}
        return texts

    def _question(self, node: Node, question: Question) -> QuestionText:
        is_carer = node.key == "carer"
        required = [] if is_carer else ["ask", "why"]
        if node.key == "patient" and (question.block or self._critical & set(question.facts)):
            required.append("again")
        keys = node.mapping(required=required, optional=("ask", "why", "again", "example", "options"))
        wanted, extra = option_ids(question)
        if wanted and "options" not in keys and not is_carer:
            node.problem("P003", f"'{question.id}' needs the key 'options'")
        needed = () if is_carer else wanted
        options = keys["options"].mapping(required=needed, optional=(*wanted, *extra)) if "options" in keys else {}
        texts = {key: self.shown(child, reader=node.key) for key, child in keys.items() if key != "options"}
        shown = {key: self.shown(child, reader=node.key) for key, child in options.items()}
        for key, text in shown.items():
            if text and list(shown.values()).index(text) < list(shown).index(key):
                options[key].problem("W005", f"two options of '{question.id}' read the same; tell them apart")
        return QuestionText(options=shown, **{"ask": "", **texts})

    def typed(self, dialog: Dialog) -> dict[str, dict[str, tuple[str, ...]]]:
        forms: dict[str, dict[str, tuple[str, ...]]] = {}
        for name, question in dialog.questions.items():
            node = self._keys["questions"].value if "questions" in self._keys else {}
            entry = node.get(name) if isinstance(node, dict) else None
            if isinstance(entry, dict) and "typed" in entry:
                child = self._keys["questions"].child(name).child("typed")
                wanted, extra = option_ids(question)
                known = {*wanted, *extra, *NOT_SURE}
                forms[name] = {key: words.texts() for key, words in child.mapping(optional=known).items()}
        return forms

    def phrases(self, dialog: Dialog) -> tuple[Phrase, ...]:
        phrases = []
        for node in self._keys["phrases"].items() if "phrases" in self._keys else ():
            keys = node.mapping(required=("words", "asks"))
            if len(keys) == 2:
                phrases.append(Phrase(keys["words"].texts(), keys["asks"].one_of(dialog.questions, "question")))
        return tuple(phrases)

    def topics(self, abouts: tuple[str, ...]) -> tuple[Topic, ...]:
        topics = []
        for node in self._keys["topics"].items() if "topics" in self._keys else ():
            keys = node.mapping(required=("id", "ask", "typed"), optional=("carer", "shows", "about"))
            if {"id", "ask", "typed"} <= keys.keys():
                shows = (
                    [child.one_of(SHOWN, "part of a result") for child in keys["shows"].items()]
                    if "shows" in keys
                    else []
                )
                about = (
                    [child.one_of(abouts, "subject of an advice") for child in keys["about"].items()]
                    if "about" in keys
                    else []
                )
                if not shows and not about:
                    node.problem("W006", "this topic shows nothing; name parts of a result, or what advice is about")
                ask, typed = self.shown(keys["ask"]), keys["typed"].texts()
                carer = self.shown(keys["carer"], reader="carer") if "carer" in keys else ""
                topics.append(Topic(keys["id"].text(), ask, typed, tuple(shows), tuple(about), carer))
        return tuple(topics)


def option_ids(question: Question) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The ids of the options that need a text, and of those that may have one."""
    if question.items:
        return tuple(item.id for item in question.items), ()
    if question.kind == "number":
        return tuple(str(place + 1) for place in range(len(question.bands))), tuple(map(str, range(11)))
    wanted = tuple(option for option, value in question.options if value not in NOT_SURE)
    return wanted, NOT_SURE
