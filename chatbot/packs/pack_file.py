"""pack.yaml: what the pack is, where it is used, and who stands behind the sentences of the frame."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from chatbot.packs.node import Node
from chatbot.recommendation.rulebook import IMAGING, LEVELS

DEFAULT_COUNTRY = "any"
FRAME: Mapping[str, tuple[str, ...]] = {
    "level": LEVELS,
    "imaging": (*IMAGING, "none_urgent"),
    "summary": ("not_known", "notice"),
}
_FRAME_TOO = {"summary": ("medicines",)}
ID = re.compile("[a-z][a-z0-9_]{0,59}")


@dataclass(frozen=True, slots=True)
class Head:
    """The content of pack.yaml, its citations still to be read."""

    texts: Mapping[str, str]
    countries: tuple[str, ...]
    numbers: Mapping[str, str]
    exemptions: tuple[tuple[Node, str], ...]
    cites: Node | None
    kinds: Mapping[str, tuple[str, ...]]


def read_head(node: Node) -> Head:
    """The head of a pack, every fault of it reported."""
    names = ("id", "title", "version", "effective", "next_review")
    keys = node.mapping(required=(*names, "countries", "cites"), optional=("exemptions", "imaging_kinds"))
    texts = {name: keys[name].text() for name in names if name in keys}
    if texts.get("id") and not ID.fullmatch(texts["id"]):
        keys["id"].problem("H001", "an id is made of small letters, figures and _, and starts with a letter")
    days = [_day(keys[name]) for name in ("effective", "next_review") if name in keys]
    if len(days) == 2 and None not in days and days[0] >= days[1]:  # type: ignore[operator] # neither is None
        keys["next_review"].problem("H002", "the next review is not after the effective date; change one")
    countries = keys["countries"].mapping() if "countries" in keys else {}
    if "countries" in keys and DEFAULT_COUNTRY not in countries:
        keys["countries"].problem("H003", f"the country '{DEFAULT_COUNTRY}' is missing; it is used when none is chosen")
    return Head(
        texts=texts,
        countries=tuple(countries) or (DEFAULT_COUNTRY,),
        numbers={name: _number(child) for name, child in countries.items()},
        exemptions=tuple(_exemptions(keys.get("exemptions"))),
        cites=keys.get("cites"),
        kinds=_kinds(keys.get("imaging_kinds")),
    )


def _day(node: Node) -> date | None:
    try:
        return date.fromisoformat(node.text())
    except ValueError:
        node.problem("H004", f"{node.called} should be a day such as 2026-03-31")
        return None


def _number(node: Node) -> str:
    keys = node.mapping(required=("emergency_number",))
    given = keys.get("emergency_number")
    return "" if given is None or given.value is None else given.text()


def _kinds(node: Node | None) -> dict[str, tuple[str, ...]]:
    """The kinds of imaging, each with the names of imaging that are of it; a name may be of several."""
    found: dict[str, tuple[str, ...]] = {}
    for kind, child in node.mapping().items() if node else ():
        if not ID.fullmatch(kind) or kind in ("level", "imaging"):
            child.problem("H005", f"'{kind}' cannot be the name of a kind of imaging; name it as scan or xray")
            continue
        found[kind] = tuple(name for item in child.items() if (name := item.one_of(IMAGING, "imaging")))
        if not found[kind]:
            child.problem("H006", f"no imaging is of the kind '{kind}'; name one, or remove the kind")
    return found


def _exemptions(node: Node | None) -> list[tuple[Node, str]]:
    exemptions = []
    for item in node.items() if node else ():
        keys = item.mapping(required=("what", "reason"))
        reason = keys["reason"].text() if "reason" in keys else ""
        if "what" in keys and keys["what"].text() and reason:
            exemptions.append((keys["what"], reason))
    return exemptions


def read_frame(node: Node | None, cites: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Reads the citations of each level, each imaging text and the rest of the frame, by "group.name"."""
    groups = node.mapping(required=tuple(FRAME)) if node else {}
    return {
        f"{group}.{name}": child.cites(cites)
        for group, under in groups.items()
        for name, child in under.mapping(required=FRAME[group], optional=_FRAME_TOO.get(group, ())).items()
    }
