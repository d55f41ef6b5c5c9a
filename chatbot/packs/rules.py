"""rules.yaml and advice.yaml."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import cast

from chatbot.case import AUDIENCES, Audience
from chatbot.condition import Any
from chatbot.packs.conditions import Conditions
from chatbot.packs.node import Node
from chatbot.recommendation.rulebook import IMAGING, LEVELS, Advice, AdviceKind, Rule

SECTIONS = (
    "within_instead", "why", "what_to_do", "imaging", "imaging_instead", "medicines", "follow_up", "safety_net",
)  # fmt: skip
_SHOWN_IN = {
    "activity": "what_to_do",
    "medicine": "medicines",
    "avoid": "medicines",
    "follow_up": "follow_up",
    "safety_net": "safety_net",
}
KINDS = ("activity", "medicine", "avoid", "follow_up", "safety_net", "explanation")


def read_rules(
    node: Node, conditions: Conditions, cites: Collection[str], kinds: Mapping[str, tuple[str, ...]]
) -> tuple[Rule, ...]:
    """The rules in pack order."""
    return tuple(_rule(child, conditions, cites, kinds) for child in node.mapping().values())


def _rule(node: Node, conditions: Conditions, cites: Collection[str], kinds: Mapping[str, tuple[str, ...]]) -> Rule:
    keys = node.mapping(required=("when", "level", "imaging", "referral", "cites"), optional=("named_if",))
    imaging = _index(keys.get("imaging"), IMAGING, "imaging")
    return Rule(
        id=node.key,
        kinds=tuple(kind for kind, names in kinds.items() if IMAGING[imaging] in names),
        when=conditions.read(keys["when"]) if "when" in keys else Any(()),
        level=_index(keys.get("level"), LEVELS, "level"),
        imaging=imaging,
        referral=keys["referral"].text() if "referral" in keys else "",
        cites=keys["cites"].cites(cites) if "cites" in keys else (),
        named_if=conditions.read(keys["named_if"]) if "named_if" in keys else None,
    )


def _index(node: Node | None, names: tuple[str, ...], what: str) -> int:
    name = node.one_of(names, what) if node else ""
    return names.index(name) if name else 0


def read_advice(
    node: Node, conditions: Conditions, cites: Collection[str], countries: tuple[str, ...]
) -> tuple[Advice, ...]:
    """The advice in pack order."""
    return tuple(_advice(child, conditions, cites, countries) for child in node.mapping().values())


def _advice(node: Node, conditions: Conditions, cites: Collection[str], countries: tuple[str, ...]) -> Advice:
    keys = node.mapping(
        required=("kind", "about", "offer_if", "cites"),
        optional=(
            "blocked_if", "caution_if", "audience", "countries", "within_days", "shown_in", "means", "sends_to",
        ),
    )  # fmt: skip
    if ("means" in keys) != ("sends_to" in keys):
        node.problem("A002", f"'{node.key}' needs both 'means' and 'sends_to', or neither")

    kind = keys["kind"].one_of(KINDS, "kind of advice") if "kind" in keys else ""

    def conditions_at(key: str) -> tuple[object, ...]:
        return tuple(conditions.read(part) for part in keys[key].items()) if key in keys else ()

    def words_at(key: str, known: tuple[str, ...], what: str) -> tuple[str, ...]:
        if key not in keys:
            return known
        items = keys[key].items()
        if not items:
            keys[key].problem("A001", f"'{node.key}' is for nobody; name one {what}, or remove '{key}'")
        return tuple(word for item in items if (word := item.one_of(known, what)))

    return Advice(
        id=node.key,
        kind=cast("AdviceKind", kind),
        about=keys["about"].text() if "about" in keys else "",
        offer_if=conditions.read(keys["offer_if"]) if "offer_if" in keys else Any(()),
        blocked_if=conditions_at("blocked_if"),  # type: ignore[arg-type] # conditions, each
        caution_if=conditions_at("caution_if"),  # type: ignore[arg-type] # conditions, each
        audience=cast("tuple[Audience, ...]", words_at("audience", AUDIENCES, "audience")),
        countries=words_at("countries", countries, "country"),
        within_days=keys["within_days"].whole(0, 3660) if "within_days" in keys else None,
        cites=keys["cites"].cites(cites) if "cites" in keys else (),
        means=conditions.read(keys["means"]) if "means" in keys else None,
        sends_to=_index(keys.get("sends_to"), LEVELS, "level"),
        shown_in=keys["shown_in"].one_of(SECTIONS, "section") if "shown_in" in keys else _SHOWN_IN.get(kind, ""),
    )
