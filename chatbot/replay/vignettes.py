"""Vignettes: a person's story as facts, the levels of care that would be acceptable, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from chatbot.case import Case, PlainValue
from chatbot.errors import InputError
from chatbot.packs import strict_yaml

Level = Literal["self_care", "primary_care", "routine_3_months", "urgent_2_weeks", "same_day", "emergency_now"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Vignette(_Frozen):
    """One person: the story, what differs from the well person, acceptable levels, the reason and who says so."""

    id: str = Field(min_length=1)
    story: str = Field(min_length=1)
    facts: dict[str, PlainValue | None]
    acceptable: tuple[Level, ...] = Field(min_length=1)
    reason: str = Field(min_length=1)
    cites: tuple[str, ...] = Field(min_length=1)


class VignetteFile(_Frozen):
    """Vignettes of one kind; `well` names the facts that each of them starts from."""

    pack: str
    category: str
    well: dict[str, PlainValue] = {}
    vignettes: tuple[Vignette, ...] = Field(min_length=1)

    def case_of(self, vignette: Vignette) -> Case:
        """The case a vignette states: the well person's facts but for its own; null takes one away."""
        facts = {**self.well, **vignette.facts}
        return Case.of_facts({name: value for name, value in facts.items() if value is not None})


def vignette_paths(names: Iterable[str]) -> Iterator[Path]:
    """The files named, and every YAML file below the folders named, in order."""
    for name in names:
        path = Path(name)
        if path.is_dir():
            yield from sorted(path.rglob("*.yaml"))
        elif path.is_file():
            yield path
        else:
            raise InputError(f"there is no vignette file '{name}'")


def read_vignettes(path: Path) -> VignetteFile:
    """A file of vignettes; InputError names the file, the line and what is wrong."""
    document, problems = strict_yaml.read(path, path.as_posix())
    if problems:
        raise InputError("; ".join(map(str, problems)))
    if document is None or not isinstance(document.data, dict):
        raise InputError(f"{path.as_posix()}:1: a vignette file is a mapping with pack, category and vignettes")
    try:
        return VignetteFile.model_validate(document.data)
    except ValidationError as error:
        first = error.errors()[0]
        place = tuple(first["loc"])
        raise InputError(
            f"{path.as_posix()}:{document.line(*place)}: {'.'.join(map(str, place))}: {first['msg']}"
        ) from error
