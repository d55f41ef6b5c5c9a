"""What the strict reader says of a text, with either parser below it."""

import pytest
import yaml

from chatbot.errors import Problem
from chatbot.packs import strict_yaml
from chatbot.packs.strict_yaml import (
    parse,
)

LOADERS = [yaml.SafeLoader, *([yaml.CSafeLoader] if yaml.__with_libyaml__ else [])]


@pytest.fixture(autouse=True, params=LOADERS, ids=lambda one: str(one.__name__))
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run every test with libyaml and with the parser in Python that stands in where libyaml is missing."""
    monkeypatch.setattr(strict_yaml, "_LOADER", request.param)


def data(text: bytes | str) -> object:
    document, problems = parse(text, "f.yaml")
    assert document is not None, problems
    assert problems == ()
    return document.data


def problems(text: bytes | str) -> list[tuple[int, str]]:
    document, found = parse(text, "f.yaml")
    assert document is None
    assert found
    assert all(str(one).startswith(f"f.yaml:{one.line}: ") for one in found)
    return [(one.line, one.code) for one in found]


def only(text: bytes | str) -> Problem:
    document, found = parse(text, "f.yaml")
    assert document is None
    assert len(found) == 1, found
    return found[0]
