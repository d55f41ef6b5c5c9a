"""The shape of the code: a pure core, budgets of size, a lazy public door."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles

import pytest

import chatbot

PACKAGE = Path(chatbot.__file__).parent
CORE = (
    "chatbot.condition",
    "chatbot.case",
    "chatbot.wording",
    "chatbot.recommendation.topics",
    "chatbot.interview.hear",
)
NOT_IN_CORE = ("yaml", "textual", "rich", "sqlite3", "asyncio")


def sources() -> list[Path]:
    """Every module of the package."""
    return sorted(path for path in PACKAGE.rglob("*.py") if "dialogs" not in path.parts)


def functions() -> Iterator[tuple[str, int]]:
    """Every function with its length in lines."""
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                yield f"{path.name}:{node.name}", (node.end_lineno or node.lineno) - node.lineno + 1


@pytest.mark.parametrize("module", CORE)
def test_the_core_brings_in_no_screen_file_format_or_loop(module: str) -> None:
    """Imported in a fresh process, it leaves these libraries unloaded."""
    code = f"import sys, {module}; print([name for name in {NOT_IN_CORE!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_importing_the_package_loads_nothing_else() -> None:
    """The public door is lazy."""
    code = "import sys, chatbot; print([name for name in sys.modules if name.startswith('chatbot.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_public_door_opens() -> None:
    """Every name it lists is there, and no other."""
    for name in chatbot.__all__:
        assert getattr(chatbot, name).__module__.startswith("chatbot.")
    with pytest.raises(AttributeError):
        _ = chatbot.nothing  # type: ignore[attr-defined] # that is the point


def test_files_stay_within_their_budget() -> None:
    """The median file has at most 120 lines and none has more than 400."""
    lengths = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in sources()}
    assert median(lengths.values()) <= 120
    assert {name: length for name, length in lengths.items() if length > 400} == {}


def test_functions_stay_within_their_budget() -> None:
    """Nine of ten functions have at most 25 lines and none has more than 50."""
    lengths = dict(functions())
    assert quantiles(lengths.values(), n=10)[-1] <= 25
    assert {name: length for name, length in lengths.items() if length > 50} == {}


def test_every_public_function_and_class_has_a_docstring() -> None:
    """What others may call says what it does."""
    missing = []
    for path in sources():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assert ast.get_docstring(tree) or path.name == "__init__.py", path
        for node in tree.body:
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith("_"):
                missing += [] if ast.get_docstring(node) else [f"{path.name}:{node.name}"]
    assert missing == []
