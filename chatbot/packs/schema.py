"""JSON Schemas of what goes in and comes out, and of the files of a pack."""

from __future__ import annotations

from typing import Any

from chatbot.case import AUDIENCES, NOT_SURE, Fact
from chatbot.interview.body_areas import AREAS
from chatbot.packs.conditions import KEYS
from chatbot.packs.pack import Pack
from chatbot.packs.rules import KINDS, SECTIONS
from chatbot.recommendation.output import Result
from chatbot.recommendation.rulebook import IMAGING, LEVELS

DIALECT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]


def input_schema(pack: Pack) -> Schema:
    """The schema of one input object of a pack."""
    return {
        "$schema": DIALECT,
        "title": f"Facts about one person, pack {pack.id} {pack.version}",
        "type": "object",
        "required": ["facts"],
        "additionalProperties": False,
        "properties": {
            "id": {"type": ["string", "integer", "null"]},
            "country": {"enum": list(pack.rulebook.countries)},
            "about": {"type": "object"},
            "facts": {
                "type": "object",
                "additionalProperties": False,
                "properties": {name: _fact(fact) for name, fact in pack.rulebook.facts.items()},
            },
        },
    }


def _fact(fact: Fact) -> Schema:
    not_sure: Schema = {"enum": list(NOT_SURE)}
    if fact.kind == "one":
        return {"enum": [*fact.values, *(word for word in NOT_SURE if word not in fact.values)]}
    if fact.kind == "many":
        return {"anyOf": [{"type": "array", "items": {"enum": [*fact.items, "none"]}}, not_sure]}
    number: Schema = {"type": "number" if fact.decimals else "integer", "minimum": fact.low, "maximum": fact.high}
    interval: Schema = {
        "type": "object",
        "required": ["from", "to"],
        "additionalProperties": False,
        "properties": {"from": number, "to": number},
    }
    return {"anyOf": [number, interval, not_sure]}


def output_schema() -> Schema:
    """The schema of one output object, or of the error that stands in its place."""
    result = Result.model_json_schema(by_alias=True)
    definitions = result.pop("$defs", {})
    error: Schema = {
        "type": "object",
        "required": ["schema", "line", "error"],
        "properties": {"schema": {"const": 1}, "line": {"type": "integer"}, "id": {}, "error": {"type": "string"}},
        "additionalProperties": False,
    }
    return {"$schema": DIALECT, "title": "A recommendation", "$defs": definitions, "anyOf": [result, error]}


def pack_schema() -> Schema:
    """The shape of a pack's files, for editors; `triage check` says everything it cannot."""
    condition: Schema = {"$ref": "#/$defs/condition"}
    cites: Schema = {"type": "array", "items": {"type": "string"}, "minItems": 1}
    rule: Schema = _object(
        {
            "when": condition,
            "named_if": condition,
            "level": {"enum": list(LEVELS)},
            "imaging": {"enum": list(IMAGING)},
            "referral": {"type": "string"},
            "cites": cites,
        },
        ("when", "level", "imaging", "referral", "cites"),
    )
    conditions: Schema = {"type": "array", "items": condition}
    advice: Schema = _object(
        {
            "kind": {"enum": list(KINDS)}, "about": {"type": "string"}, "offer_if": condition, "blocked_if": conditions,
            "caution_if": conditions, "audience": {"type": "array", "items": {"enum": list(AUDIENCES)}},
            "countries": {"type": "array", "items": {"type": "string"}}, "within_days": {"type": "integer"},
            "shown_in": {"enum": list(SECTIONS)}, "cites": cites, "means": condition,
            "sends_to": {"enum": list(LEVELS)},
        },
        ("kind", "about", "offer_if", "cites"),
    )  # fmt: skip
    fact: Schema = {"type": "object", "required": ["worse"], "properties": {"asked_if": condition}}
    return {
        "$schema": DIALECT,
        "title": "The files of a pack, each under its name",
        "type": "object",
        "properties": {
            "facts.yaml": _object({"facts": _map(fact)}, ("facts",)),
            "terms.yaml": _object(
                {"terms": _map(condition), "findings": {"type": "array", "items": {"type": "string"}}}, ("terms",)
            ),
            "dialog.yaml": _dialog(condition),
            "rules.yaml": _object({"rules": _map(rule)}, ("rules",)),
            "advice.yaml": _object({"advice": _map(advice)}, ("advice",)),
        },
        "$defs": {
            "condition": {
                "type": "object",
                "minProperties": 1,
                "maxProperties": 1,
                "propertyNames": {"enum": list(KEYS)},
            }
        },
    }


def _dialog(condition: Schema) -> Schema:
    text: Schema = {"type": "string"}
    areas: Schema = {"type": "array", "items": {"enum": list(AREAS)}, "minItems": 1}
    single: Schema = _object(
        {
            "fact": text, "early_if": condition, "again_if": condition, "options": _map(text),
            "bands": {"type": "array"}, "picture": _map(areas),
        },
        ("fact",),
    )  # fmt: skip
    lines: Schema = {"type": "object", "additionalProperties": {"type": "object"}, "minProperties": 1}
    checklist: Schema = _object(
        {"checklist": text, "answer": {"enum": ["lines", "ticks"]}, "items": lines}, ("checklist", "answer", "items")
    )
    entries: Schema = {"type": "array", "items": {"anyOf": [single, checklist]}}
    part: Schema = _object({"block": {"type": "boolean"}, "entries": entries}, ("entries",))
    keys: Schema = {"leaves": text, "whole_when_left": condition, "parts": _map(part)}
    return _object(keys, ("parts",))


def _object(properties: Schema, required: tuple[str, ...]) -> Schema:
    return {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False}


def _map(values: Schema) -> Schema:
    return {"type": "object", "additionalProperties": values}
