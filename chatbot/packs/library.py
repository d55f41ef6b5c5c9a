"""sources.yaml, claims.yaml and conflicts.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from chatbot.packs.node import Node
from chatbot.recommendation.sources import NOT_GRADED, Claim, Conflict, Side, Source, SourceLevel

LEVELS = ("primary", "secondary summary", "project")
VERIFIED = ("V", "VS", "GK")
_CSL = (
    "author", "issued", "container-title", "publisher", "publisher-place", "volume", "issue", "page", "DOI", "PMID",
    "PMCID", "ISBN", "number", "edition", "genre", "note", "collection-title", "URL", "accessed", "jurisdiction",
    "authority", "event-title", "title-short", "version", "status", "editor", "number-of-pages", "abstract", "language",
    "medium", "archive", "license", "original-date", "event", "section", "chapter-number", "collection-number",
)  # fmt: skip


def read_sources(node: Node) -> dict[str, Source]:
    """The sources, each with the line a reference list shows."""
    return {name: _source(child) for name, child in node.mapping().items()}


def _source(node: Node) -> Source:
    keys = node.mapping(required=("type", "title", "custom"), optional=_CSL)
    custom = keys["custom"].mapping(required=("level", "verified"), optional=("points",)) if "custom" in keys else {}
    return Source(
        id=node.key,
        text=_citation(keys),
        level=cast(
            "SourceLevel", custom["level"].one_of(LEVELS, "level of source") if "level" in custom else "project"
        ),
        verified=custom["verified"].one_of(VERIFIED, "verification") or "GK" if "verified" in custom else "GK",  # type: ignore[arg-type] # checked by one_of
        points=custom["points"].texts() if "points" in custom else (),
    )


def _citation(keys: Mapping[str, Node]) -> str:
    """One line: authors. Title. Where. Year. DOI."""
    parts = [_authors(keys["author"]) if "author" in keys else "", keys["title"].text() if "title" in keys else ""]
    where = [_scalar(keys[key]) for key in ("container-title", "publisher") if key in keys][:1]
    volume = _scalar(keys["volume"]) if "volume" in keys else ""
    parts.append(" ".join([*where, volume]).strip())
    parts.append(_year(keys["issued"]) if "issued" in keys else "")
    parts.append(f"doi:{_scalar(keys['DOI'])}" if "DOI" in keys else "")
    return ". ".join(part.rstrip(".") for part in parts if part) + "."


def _scalar(node: Node) -> str:
    """A text, or a number as it is written."""
    is_number = isinstance(node.value, (int, float)) and not isinstance(node.value, bool)
    return str(node.value) if is_number else node.text()


def _authors(node: Node) -> str:
    names: list[str] = []
    for item in node.items():
        keys = item.mapping(required=(), optional=("family", "given", "literal", "suffix"))
        name = " ".join(_scalar(keys[key]) for key in ("literal", "family", "given") if key in keys)
        if name not in ("Author not stated", "et al."):
            names.append(name)
    return ", ".join(names[:3]) + (", et al" if len(names) > 3 else "")


def _year(node: Node) -> str:
    value = node.value
    while isinstance(value, (dict, list)) and value:
        value = next(iter(value.values())) if isinstance(value, dict) else value[0]
    return "" if value is None or isinstance(value, (dict, list)) else str(value).replace("no date given", "")


def read_claims(node: Node, sources: Mapping[str, Source]) -> dict[str, Claim]:
    """Reads the claims, whose sources have to exist."""
    return {name: _claim(child, sources) for name, child in node.mapping().items()}


def _claim(node: Node, sources: Mapping[str, Source]) -> Claim:
    keys = node.mapping(
        required=("says", "source"),
        optional=(
            "topic", "strength", "certainty", "refs", "resolves_to", "supported_by", "note", "not_encoded",
        ),
    )  # fmt: skip

    def text(key: str, default: str = "") -> str:
        return keys[key].text() if key in keys else default

    return Claim(
        id=node.key,
        says=text("says"),
        source=keys["source"].one_of(sources, "source") if "source" in keys else "",
        strength=text("strength", NOT_GRADED),
        certainty=text("certainty", NOT_GRADED),
        resolves_to=text("resolves_to"),
        supported_by=keys["supported_by"].cites(sources) if "supported_by" in keys else (),
        note=text("note"),
        not_encoded=text("not_encoded"),
    )


def read_conflicts(node: Node, cites: Mapping[str, object], rules: tuple[str, ...]) -> tuple[Conflict, ...]:
    """The conflicts, each with both sides."""
    return tuple(_conflict(child, cites, rules) for child in node.mapping().values())


def _conflict(node: Node, cites: Mapping[str, object], rules: tuple[str, ...]) -> Conflict:
    required = ("about", "one_side", "other_side", "resolution", "weight", "decided_by")
    keys = node.mapping(required=required, optional=("supported_by", "rules"))

    def text(key: str) -> str:
        return keys[key].text() if key in keys else ""

    def side(key: str) -> Side:
        said = keys[key].mapping(required=("says",), optional=("claims", "sources")) if key in keys else {}
        cited = [cite for name in ("claims", "sources") if name in said for cite in said[name].items()]
        ids = tuple(cite for item in cited if (cite := item.one_of(cites, "claim or source")))
        if not ids and key in keys:
            keys[key].problem("L001", f"'{key}' of '{node.key}' names no claim or source; name one")
        return Side(said["says"].text() if "says" in said else "", ids)

    named = keys["rules"].items() if "rules" in keys else []
    return Conflict(
        id=node.key,
        about=text("about"),
        sides=(side("one_side"), side("other_side")),
        resolution=text("resolution"),
        supported_by=keys["supported_by"].cites(cites) if "supported_by" in keys else (),
        weight=text("weight"),
        decided_by=text("decided_by"),
        rules=tuple(rule for item in named if (rule := item.one_of(rules, "rule"))),
    )
