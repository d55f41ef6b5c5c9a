"""A folder into a Pack, or every Problem it has."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

from chatbot.errors import PackError
from chatbot.interview.question import Dialog
from chatbot.packs import strict_yaml
from chatbot.packs.checks import check_content
from chatbot.packs.conditions import Conditions
from chatbot.packs.dialog import done_on_leaving, read_dialog
from chatbot.packs.facts import read_facts, read_findings, read_terms, with_gates
from chatbot.packs.find import DEFAULT, find_pack
from chatbot.packs.library import read_claims, read_conflicts, read_sources
from chatbot.packs.node import Node, Problems, did_you_mean
from chatbot.packs.pack import REVIEW, Pack, digest, pack_files
from chatbot.packs.pack_file import Head, read_frame, read_head
from chatbot.packs.read_cases import read_cases
from chatbot.packs.read_wording import read_wording
from chatbot.packs.review import read_reviews, status_of
from chatbot.packs.rules import read_advice, read_rules
from chatbot.recommendation.rulebook import Rulebook
from chatbot.recommendation.sources import Library
from chatbot.wording import Wording

FILES = (
    "pack.yaml", "facts.yaml", "terms.yaml", "dialog.yaml", "rules.yaml", "advice.yaml", "claims.yaml",
    "sources.yaml", "conflicts.yaml", "cases.yaml", "review.yaml",
)  # fmt: skip
_LANGUAGE = re.compile(r"wording/[a-zA-Z]{2,3}([-_][a-zA-Z0-9]+)*\.yaml")
_HEARING = re.compile(r"hearing/([a-zA-Z]{2,3}(?:[-_][a-zA-Z0-9]+)*)\.yaml")


def load_pack(name: str = DEFAULT) -> Pack:
    """Load a pack by id or path; PackError carries every problem, InputError says there is no such pack."""
    return load_folder(find_pack(name))


def load_folder(folder: Path, kept: bool = False) -> Pack:
    """Load the pack in a folder; PackError carries every problem found.

    A pack that is `kept` with a case was checked when the case was asked; it is read, and not judged by rules for
    authors that came later. What it has no need to bring is ignored, and what it lacks is said in the program's words.
    """
    problems = Problems()
    nodes = _documents(folder, problems, kept)
    missing = [file for file in FILES if file not in nodes]
    if not any(file.startswith("wording/") for file in nodes):
        missing.append("wording/en.yaml")
    for file in missing:
        if not any(problem.file == _shown(folder, file) for problem in problems.found):
            problems.add(_shown(folder, file), 1, "P000", "this file of the pack is missing; add it")
    if missing:
        _give_up(problems)
    return _Loader(folder, nodes, problems, kept).pack()


def _shown(folder: Path, file: str) -> str:
    return f"{folder.as_posix()}/{file}"


def _meant(file: str) -> str:
    if _LANGUAGE.fullmatch(f"wording/{file}"):
        return f"; did you mean 'wording/{file}'?"
    return did_you_mean(file, (*FILES, "wording/en.yaml")) or "; remove or rename it"


def _documents(folder: Path, problems: Problems, kept: bool) -> dict[str, Node]:
    nodes: dict[str, Node] = {}
    for path in pack_files(folder):
        name = path.relative_to(folder).as_posix()
        if _HEARING.fullmatch(name):  # read when somebody is heard
            continue
        if name not in FILES and not _LANGUAGE.fullmatch(name):
            problems.add(_shown(folder, name), 1, "P010", f"a pack has no such file{_meant(name)}")
            continue
        document, faults = strict_yaml.read(path, _shown(folder, name), for_authors=not kept)
        problems.found.extend(faults)
        if document is not None:
            nodes[name] = Node(document, problems)
    return nodes


def _hearing(folder: Path) -> dict[str, bytes]:
    """The files of the words that are heard, by language."""
    files = {_HEARING.fullmatch(path.relative_to(folder).as_posix()): path for path in pack_files(folder)}
    return {name[1]: path.read_bytes() for name, path in files.items() if name}


def _give_up(problems: Problems) -> NoReturn:
    raise PackError(problems.found)


class _Loader:
    def __init__(self, folder: Path, nodes: Mapping[str, Node], problems: Problems, kept: bool) -> None:
        self._folder = folder
        self._nodes = nodes
        self._problems = problems
        self._kept = kept

    def _under(self, file: str, key: str, *more: str) -> Node:
        node = self._nodes[file]
        node.mapping(required=(key,), optional=more)
        if isinstance(node.value, dict) and key in node.value:
            return node.child(key)
        _give_up(self._problems)

    def pack(self) -> Pack:
        head = read_head(self._nodes["pack.yaml"])
        rulebook, conditions = self._rulebook(head)
        rules = tuple(rule.id for rule in rulebook.rules)
        dialog = read_dialog(self._nodes["dialog.yaml"], rulebook.facts, conditions, rules)
        rulebook = done_on_leaving(self._nodes["dialog.yaml"], dialog, rulebook, conditions)
        languages = self._languages(dialog, rulebook)
        if not self._kept:
            check_content(self._nodes, dialog, rulebook, head.exemptions)
        cases = read_cases(self._nodes["cases.yaml"], rulebook)
        signed = "" if self._problems.found else digest(self._folder)
        reviews = read_reviews(self._nodes[REVIEW])
        if self._problems.found:
            _give_up(self._problems)
        return Pack(
            **head.texts,
            status=status_of(reviews, signed),
            digest=signed,
            dialog=dialog,
            rulebook=rulebook,
            languages=languages,
            numbers=head.numbers,
            exemptions=tuple((what.text(), reason) for what, reason in head.exemptions),
            cases=cases,
            reviews=reviews,
            folder=self._folder,
            hearing=_hearing(self._folder),
        )

    def _rulebook(self, head: Head) -> tuple[Rulebook, Conditions]:
        facts_node = self._under("facts.yaml", "facts")
        facts = read_facts(facts_node)
        conditions = read_terms(self._under("terms.yaml", "terms", "findings"), facts, head.kinds)
        findings = read_findings(self._nodes["terms.yaml"], conditions)
        facts = with_gates(facts_node, facts, conditions)
        sources = read_sources(self._under("sources.yaml", "sources"))
        claims = read_claims(self._under("claims.yaml", "claims"), sources)
        cites = {**sources, **claims}
        rules = read_rules(self._under("rules.yaml", "rules"), conditions, cites, head.kinds)
        conflicts = read_conflicts(self._under("conflicts.yaml", "conflicts"), cites, tuple(rule.id for rule in rules))
        advice = read_advice(self._under("advice.yaml", "advice"), conditions, cites, head.countries)
        shown = read_frame(head.cites, cites)
        library = Library(sources, claims, conflicts)
        return Rulebook(facts, rules, advice, library, head.countries, shown, head.kinds, findings), conditions

    def _languages(self, dialog: Dialog, rulebook: Rulebook) -> dict[str, Wording]:
        return {
            file.removeprefix("wording/").removesuffix(".yaml"): read_wording(
                self._nodes[file], dialog, rulebook, self._kept
            )
            for file in sorted(self._nodes)
            if file.startswith("wording/")
        }
