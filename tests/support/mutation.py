"""Seeded faults planted in a copy of a pack, and what catches each: the proof of the proof."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from chatbot.case import Case, Fact
from chatbot.condition import Condition, Leaf, facts_of, parts_of
from chatbot.errors import PackError
from chatbot.packs import strict_yaml
from chatbot.packs.check_cases import check_cases
from chatbot.packs.load import load_pack
from chatbot.packs.pack import Pack
from chatbot.proof.properties import Claims
from chatbot.proof.solve import Facts, decide
from chatbot.recommendation.recommend import recommend
from chatbot.replay.exercise import exercise
from chatbot.replay.files import read_transcript, transcript_files
from chatbot.replay.play import play
from tests.support.equivalence import graded_otherwise

TABLE = Path(__file__).parents[1] / "recommendation" / "single_fact_table.yaml"
CONDITIONS = ("all", "any")
LEVELS = ("self_care", "primary_care", "routine_3_months", "urgent_2_weeks", "same_day", "emergency_now")
_CONDITIONS = ("level", "any_all", "threshold", "order", "value", "dropped_part", "rule")
KINDS = (*_CONDITIONS, "question", "unsure", "steps", "gate")


@dataclass(frozen=True)
class Mutant:
    """One fault: its kind, what was changed, and the file as it is then."""

    kind: str
    what: str
    file: str
    data: Any


@dataclass(frozen=True)
class Judged:
    """What caught a mutant, or that it changes no result; a survivor has the smallest case graded otherwise."""

    mutant: Mutant
    by: str
    note: str = ""


def plain_data(folder: Path, file: str) -> Any:
    """A file of a pack as plain data."""
    document, problems = strict_yaml.read(folder / file, file)
    assert document is not None
    assert not problems
    return document.data


def mutants(folder: Path, count: int, seed: int = 1) -> list[Mutant]:
    """So many different faults, of all kinds by turns."""
    random, found = Random(seed), dict[str, Mutant]()
    files = {file: plain_data(folder, file) for file in ("rules.yaml", "terms.yaml", "facts.yaml", "dialog.yaml")}
    tries = 0
    while len(found) < count:
        kind = KINDS[tries % len(KINDS)]
        tries += 1
        assert tries < 100 * count, "there are not so many different faults"
        mutant = _mutant(kind, files, random)
        if mutant is not None:
            found.setdefault(f"{mutant.file} {mutant.what}", mutant)
    return list(found.values())


def _mutant(kind: str, files: dict[str, Any], random: Random) -> Mutant | None:
    homes = {"question": "dialog.yaml", "unsure": "facts.yaml", "steps": "facts.yaml", "gate": "facts.yaml"}
    homes |= {"level": "rules.yaml", "rule": "rules.yaml"}
    file = homes.get(kind) or random.choice(("rules.yaml", "rules.yaml", "terms.yaml"))
    data = deepcopy(files[file])
    what = {"question": _drop_question, "unsure": _unsure, "steps": _steps, "gate": _gate}.get(kind, _in_rules)(
        kind, data, files["facts.yaml"]["facts"], random
    )
    return None if what is None else Mutant(kind, what, file, data)


def _in_rules(kind: str, data: Any, facts: Any, random: Random) -> str | None:
    named = data.get("rules") or data["terms"]
    name = random.choice(sorted(named))
    if kind == "rule":
        del named[name]
        return f"{name} dropped"
    if kind == "level":
        rule = named[name]
        before = rule["level"]
        rule["level"] = random.choice([level for level in LEVELS if level != before])
        return f"{name} gives {rule['level']} instead of {before}"
    nodes = [node for node in _nodes(named[name].get("when", named[name])) if _fits(kind, node, facts)]
    if not nodes:
        return None
    return f"{name}: {_change(kind, random.choice(nodes), facts, random)}"


def _nodes(condition: Any) -> Iterator[dict[str, Any]]:
    if isinstance(condition, dict):
        yield condition
        for part in condition.values():
            yield from _nodes(part)
    elif isinstance(condition, list):
        for part in condition:
            yield from _nodes(part)


def _leaf(node: dict[str, Any]) -> tuple[str, str, Any] | None:
    for test in ("at_least", "at_most", "is", "includes"):
        inner = node.get(test)
        if isinstance(inner, dict) and len(inner) == 1:
            fact, value = next(iter(inner.items()))
            return test, fact, value
    return None


def _values(fact: Any) -> list[str]:
    steps = fact.get("steps", fact.get("items", []))
    return [value for step in steps for value in (step if isinstance(step, list) else [step])]


def _fits(kind: str, node: dict[str, Any], facts: Any) -> bool:
    if kind in ("any_all", "dropped_part"):
        return any(isinstance(node.get(name), list) and len(node[name]) > 1 for name in CONDITIONS)
    leaf = _leaf(node)
    if leaf is None or leaf[1] not in facts:
        return False
    test, fact, value = leaf
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if kind == "threshold":
        return is_number
    if kind == "order":
        return test == "at_least" and not is_number and len(_values(facts[fact])) > 2
    return test in ("is", "includes") and len(_values(facts[fact])) > 1


def _change(kind: str, node: dict[str, Any], facts: Any, random: Random) -> str:
    if kind in ("any_all", "dropped_part"):
        name = next(name for name in CONDITIONS if isinstance(node.get(name), list) and len(node[name]) > 1)
        if kind == "any_all":
            other = CONDITIONS[1 - CONDITIONS.index(name)]
            node[other] = node.pop(name)
            return f"{name} of {len(node[other])} became {other}"
        dropped = node[name].pop(random.randrange(len(node[name])))
        return f"of {name}, left out {json.dumps(dropped)[:60]}"
    test, fact, value = _leaf(node) or ("", "", None)
    if kind == "threshold":
        node[test][fact] = value + random.choice((-1, 1)) * random.choice((1, max(1, round(value / 4))))
    else:
        old = value[0] if isinstance(value, list) else value
        known = _values(facts[fact])
        at = known.index(old) if old in known else 0
        near = [known[place] for place in (at - 1, at + 1) if 0 <= place < len(known)]
        new = random.choice(near if kind == "order" else [other for other in known if other != old])
        node[test][fact] = [new, *value[1:]] if isinstance(value, list) else new
    return f"{test} {fact}: {json.dumps(value)[:40]} became {json.dumps(node[test][fact])[:40]}"


def _drop_question(_: str, data: Any, __: Any, random: Random) -> str | None:
    part = random.choice(sorted(data["parts"]))
    entries = data["parts"][part]["entries"]
    entry = random.choice(entries)
    if "items" in entry and random.random() < 0.7 and len(entry["items"]) > 1:
        item = random.choice(sorted(entry["items"]))
        del entry["items"][item]
        return f"line {item} of {entry['checklist']} dropped"
    entries.remove(entry)
    return f"question {entry.get('fact', entry.get('checklist'))} dropped from {part}"


def _unsure(_: str, data: Any, __: Any, random: Random) -> str | None:
    """ "Not sure" moved to the least worrying end, or its policy left out."""
    name = random.choice(sorted(data["facts"]))
    fact = data["facts"][name]
    if "not_sure_counts_as" in fact:
        del fact["not_sure_counts_as"]
        return f"{name}: what not sure counts as left out"
    steps = fact.get("steps", [])
    unsure = next((step for step in steps if isinstance(step, list) and "unknown" in step), None)
    if unsure is None:
        return None
    steps.remove(unsure)
    steps.insert(random.choice((0, 1)), unsure)
    return f"{name}: not sure moved to place {steps.index(unsure)}"


def _steps(_: str, data: Any, __: Any, random: Random) -> str | None:
    name = random.choice(sorted(data["facts"]))
    steps = data["facts"][name].get("steps", [])
    if len(steps) < 3:
        return None
    at = random.randrange(len(steps) - 1)
    steps[at], steps[at + 1] = steps[at + 1], steps[at]
    return f"{name}: steps {at} and {at + 1} swapped"


def _gate(_: str, data: Any, __: Any, random: Random) -> str | None:
    gated = sorted(name for name, fact in data["facts"].items() if "asked_if" in fact)
    name = random.choice(gated)
    if random.random() < 0.4:
        del data["facts"][name]["asked_if"]
        return f"{name}: asked of everyone"
    nodes = list(_nodes(data["facts"][name]["asked_if"]))
    ways = [(kind, node) for kind in ("any_all", "threshold") for node in nodes if _fits(kind, node, data["facts"])]
    if not ways:
        return None
    kind, node = random.choice(ways)
    return f"gate of {name}: {_change(kind, node, data['facts'], random)}"


def _told(condition: Condition | None) -> object:
    """A condition in a form that compares: what it holds, not which object it is."""
    if condition is None:
        return None
    if isinstance(condition, Leaf):
        return repr(condition)
    return type(condition).__name__, getattr(condition, "at_least", None), [_told(part) for part in parts_of(condition)]


class Judge:
    """Looks for what catches a mutant of the pack in a folder, the quick ways first."""

    def __init__(self, folder: Path, transcripts: Path) -> None:
        self.folder = folder
        self.pack = load_pack(str(folder))
        self.home = transcripts
        self.transcripts = [read_transcript(path) for path in transcript_files([str(transcripts / self.pack.id)])]
        self.table = list(self._table())

    def judge(self, mutant: Mutant) -> Judged:
        """What catches it."""
        with TemporaryDirectory() as place:
            copy = Path(place) / self.folder.name
            shutil.copytree(self.folder, copy)
            (copy / mutant.file).write_text(json.dumps(mutant.data), encoding="utf-8")
            try:
                pack = load_pack(str(copy))
            except PackError as error:
                return Judged(mutant, "check", str(error.problems[0]).split(": ", 1)[-1])
        by, note = self._tried(pack)
        return Judged(mutant, by, note)

    def _tried(self, pack: Pack) -> tuple[str, str]:
        if problems := check_cases(pack.cases, pack.rulebook):
            return "cases", str(problems[0]).split(": ", 1)[-1]
        for name, facts, expected in self.table:
            found = recommend(pack.rulebook, Case.of_facts(facts))
            if [found.level, found.imaging] != expected:
                return "table", f"{name} gives {[found.level, found.imaging]} instead of {expected}"
        for transcript in self.transcripts:
            try:
                play(transcript, pack)
            except Exception as error:  # a difference, or a question that is gone
                return "replay", f"{transcript.about}: {error}"
        return self._proved(pack)

    def _proved(self, pack: Pack) -> tuple[str, str]:
        case = graded_otherwise(self.pack.rulebook, pack.rulebook)
        if case is None:
            asked = "; other people are asked a question" if self._gates_differ(pack) else ""
            return "no result changes", f"proved: no case gets another level or imaging{asked}"
        for make in Claims(pack.rulebook, pack.dialog, frozenset(what for what, _ in pack.exemptions)).makers():
            claim = make() if self._concerns(make, pack) else None
            if claim is not None and (finding := decide(claim)).verdict != "proved":
                return "proof", f"{finding.property}: {finding.about}"
        missing = exercise(pack, [str(self.home / pack.id)], [str(self.home / "vignettes" / pack.id)]).missing
        return ("coverage", f"{missing} missing") if missing else ("survivor", self._otherwise(pack, case))

    def _concerns(self, make: Claims.Make, pack: Pack) -> bool:
        """Whether a claim is about a fact that the fault touches, or about no single fact."""
        name, about = make.args[0], make.args[1] if len(make.args) > 1 else None
        if isinstance(about, Fact):
            return about.id in self._touched(pack)
        return name not in ("range", "advice")

    def _touched(self, pack: Pack) -> set[str]:
        old, new = self.pack.rulebook, pack.rulebook
        pairs = zip(old.rules, new.rules, strict=True)
        touched = {
            name for one, other in pairs if _told(one.when) != _told(other.when) for name in facts_of(other.when)
        }
        for name, fact in new.facts.items():
            before = old.facts[name]
            same = (fact.steps, fact.not_sure) == (before.steps, before.not_sure)
            touched |= set() if same and _told(fact.asked_if) == _told(before.asked_if) else {name}
        return touched

    def _gates_differ(self, pack: Pack) -> bool:
        old, new = self.pack.rulebook.facts, pack.rulebook.facts
        return any(_told(old[name].asked_if) != _told(new[name].asked_if) for name in new)

    def _otherwise(self, pack: Pack, facts: Facts) -> str:
        levels = [recommend(each.rulebook, Case.of_facts(facts)) for each in (self.pack, pack)]
        change = " became ".join(f"level {found.level}, imaging {found.imaging}" for found in levels)
        return f"{change} for {facts}"

    def _table(self) -> Iterator[tuple[str, Facts, list[int]]]:
        document, _ = strict_yaml.read(TABLE, TABLE.name)
        assert document is not None
        data: Any = document.data
        well = self._well()
        for fact, row in data["rows"].items():
            for value, expected in row["values"].items():
                facts = {**well, **data["bases"].get(row.get("base"), {})}
                is_item = self.pack.rulebook.facts[fact].kind == "many" and value != "unknown"
                facts[fact] = [value] if is_item else value
                yield f"{fact}={value}", facts, expected

    def _well(self) -> Facts:
        plain = next(case for case in self.pack.cases if case.name == "CASE-S1e")
        return {**plain.given, "onset_days": 5, "trend": "improving"}


def table_of(judged: list[Judged]) -> str:
    """How many of each kind were caught by what, as lines of Markdown."""
    ways = ["check", "cases", "table", "replay", "proof", "coverage", "no result changes", "survivor"]
    counts = Counter((found.mutant.kind, found.by) for found in judged)
    lines = ["| fault | " + " | ".join(ways) + " | all |", "|---" * (len(ways) + 2) + "|"]
    for kind in KINDS:
        row = [counts[kind, way] for way in ways]
        lines.append(f"| {kind.replace('_', ' ')} | " + " | ".join(map(str, row)) + f" | {sum(row)} |")
    total = [sum(counts[kind, way] for kind in KINDS) for way in ways]
    return "\n".join([*lines, "| all | " + " | ".join(map(str, total)) + f" | {sum(total)} |"])
