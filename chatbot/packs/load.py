"""A folder into a Pack, or every Problem it has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NoReturn

from chatbot.errors import PackError, Problem
from chatbot.packs import strict_yaml
from chatbot.packs.cases import read_cases
from chatbot.packs.checks import check_content
from chatbot.packs.conditions import Conditions
from chatbot.packs.dialog import read_dialog
from chatbot.packs.facts import read_facts, read_terms, with_gates
from chatbot.packs.find import DEFAULT, find_pack
from chatbot.packs.library import read_claims, read_conflicts, read_sources
from chatbot.packs.node import Node, Problems
from chatbot.packs.pack import Pack, digest, pack_files
from chatbot.packs.review import read_status
from chatbot.packs.rules import read_advice, read_rules
from chatbot.packs.wording import read_wording
from chatbot.recommendation.rulebook import Rulebook
from chatbot.recommendation.sources import Library
from chatbot.wording import Wording

FILES = (
    "pack.yaml", "facts.yaml", "terms.yaml", "dialog.yaml", "rules.yaml", "advice.yaml", "claims.yaml",
    "sources.yaml", "conflicts.yaml", "cases.yaml", "review.yaml",
)  # fmt: skip


def load_pack(name: str = DEFAULT) -> Pack:
    """Load a pack by id or path; PackError carries every problem, InputError says there is no such pack."""
    return load_folder(find_pack(name))


def load_folder(folder: Path) -> Pack:
    """Load the pack in a folder; PackError carries every problem found."""
    problems = Problems()
    nodes = _documents(folder, problems)
    missing = [file for file in FILES if file not in nodes]
    if missing or not any(file.startswith("wording/") for file in nodes):
        shown = missing or ["wording/en.yaml"]
        for file in shown:
            if not any(problem.file.endswith(file) for problem in problems.found):
                problems.add(_shown(folder, file), 1, "P000", "this file of the pack is missing; add it")
        _give_up(problems)
    return _Loader(folder, nodes, problems).pack()


def _shown(folder: Path, file: str) -> str:
    return f"{folder.as_posix()}/{file}"


def _documents(folder: Path, problems: Problems) -> dict[str, Node]:
    nodes: dict[str, Node] = {}
    for path in pack_files(folder):
        name = path.relative_to(folder).as_posix()
        if name not in FILES and not name.startswith("wording/"):
            problems.add(_shown(folder, name), 1, "P010", "a pack has no such file; remove or rename it")
            continue
        document, found = strict_yaml.read(path, _shown(folder, name))
        problems.found.extend(found)
        if document is not None:
            nodes[name] = Node(document, problems)
    return nodes


def _give_up(problems: Problems) -> NoReturn:
    raise PackError(problems.found)


class _Loader:
    def __init__(self, folder: Path, nodes: Mapping[str, Node], problems: Problems) -> None:
        self._folder = folder
        self._nodes = nodes
        self._problems = problems

    def _under(self, file: str, key: str) -> Node:
        node = self._nodes[file]
        node.mapping(required=(key,))
        if isinstance(node.value, dict) and key in node.value:
            return node.child(key)
        _give_up(self._problems)

    def pack(self) -> Pack:
        head = self._nodes["pack.yaml"].mapping(
            required=("id", "title", "version", "effective", "next_review", "countries", "cites"),
            optional=("exemptions",),
        )
        countries = head["countries"].mapping() if "countries" in head else {}
        rulebook, conditions = self._rulebook(tuple(countries) or ("any",), head)
        dialog = read_dialog(
            self._nodes["dialog.yaml"], rulebook.facts, conditions, tuple(r.id for r in rulebook.rules)
        )
        exemptions = self._exemptions(head.get("exemptions"))
        languages = self._languages(dialog, rulebook)
        check_content(self._nodes, dialog, rulebook, dict(exemptions))
        status = read_status(self._nodes["review.yaml"], digest(self._folder))
        cases = read_cases(self._nodes["cases.yaml"])
        if self._problems.found:
            _give_up(self._problems)
        texts = {key: head[key].text() for key in ("id", "title", "version", "effective", "next_review")}
        return Pack(
            **texts,
            status=status,
            digest=digest(self._folder),
            dialog=dialog,
            rulebook=rulebook,
            languages=languages,
            numbers={
                name: str(child.mapping(required=("emergency_number",))["emergency_number"].value or "")
                for name, child in countries.items()
            },
            exemptions=exemptions,
            cases=cases,
        )

    def _rulebook(self, countries: tuple[str, ...], head: Mapping[str, Node]) -> tuple[Rulebook, Conditions]:
        facts_node = self._under("facts.yaml", "facts")
        facts = read_facts(facts_node)
        conditions = read_terms(self._under("terms.yaml", "terms"), facts)
        facts = with_gates(facts_node, facts, conditions)
        sources = read_sources(self._under("sources.yaml", "sources"))
        claims = read_claims(self._under("claims.yaml", "claims"), sources)
        cites = {**sources, **claims}
        rules = read_rules(self._under("rules.yaml", "rules"), conditions, cites)
        conflicts = read_conflicts(self._under("conflicts.yaml", "conflicts"), cites, tuple(rule.id for rule in rules))
        advice = read_advice(self._under("advice.yaml", "advice"), conditions, cites, countries)
        shown = {
            f"{group}.{name}": child.cites(cites)
            for group, node in (head["cites"].mapping() if "cites" in head else {}).items()
            for name, child in node.mapping().items()
        }
        return Rulebook(facts, rules, advice, Library(sources, claims, conflicts), countries, shown), conditions

    def _exemptions(self, node: Node | None) -> tuple[tuple[str, str], ...]:
        found = []
        for item in node.items() if node else ():
            keys = item.mapping(required=("what", "reason"))
            if len(keys) == 2:
                found.append((keys["what"].text(), keys["reason"].text()))
        return tuple(found)

    def _languages(self, dialog: object, rulebook: Rulebook) -> dict[str, Wording]:
        files = sorted(file for file in self._nodes if file.startswith("wording/"))
        read: Iterable[Wording] = (read_wording(self._nodes[file], dialog, rulebook) for file in files)  # type: ignore[arg-type] # a Dialog
        return {
            file.removeprefix("wording/").removesuffix(".yaml"): wording
            for file, wording in zip(files, read, strict=True)
        }


def problems_of(folder: Path) -> tuple[Problem, ...]:
    """The problems of a pack's content; none when it loads."""
    try:
        load_folder(folder)
    except PackError as error:
        return error.problems
    return ()
