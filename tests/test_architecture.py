"""The shape of the code: a pure core, budgets of size, no circles, a lazy public door."""

import ast
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import permutations
from pathlib import Path
from statistics import median, quantiles

import pytest

import chatbot

PACKAGE = Path(chatbot.__file__).parent
CORE = (
    "chatbot.condition",
    "chatbot.condition_facts",
    "chatbot.case",
    "chatbot.wording",
    "chatbot.recommendation.topics",
    "chatbot.interview.reading.parse_answer",
    "chatbot.interview.view.question_view",
)
NOT_IN_CORE = ("yaml", "textual", "rich", "sqlite3", "asyncio")
# The pure packages and modules import the standard library, pydantic, and each other; what else they import, with why.
PURE = ("condition", "condition_facts", "case", "wording", "texts.say", "recommendation", "interview", "document")
BESIDE: Mapping[tuple[str, str], str] = {
    ("chatbot.interview.machine", "transitions"): "the state machine of the interview is this library's",
    (
        "chatbot.interview.hearing.typed_words",
        "rapidfuzz",
    ): "how near a typed word is to one that is listened for",
    (
        "chatbot.interview.reading.choices",
        "rapidfuzz",
    ): "how near a typed word is to a choice",
    (
        "chatbot.interview.view.result_questions",
        "rapidfuzz",
    ): "how near a typed question is to one known",
}
# No class has more methods than this, those that it has from classes of this project counted.
MOST_METHODS = 40
# The classes that have more all the same, each with its reason. The list is exact: what no longer needs it leaves it.
LARGE: Mapping[str, str] = {}
# The file names that stand twice outside cli/ all the same, each with its reason. Exact, as the next two are.
SAME_FILES: Mapping[str, str] = {}
# The class names that stand twice among modules of which one imports the other.
SAME_CLASSES: Mapping[str, str] = {}
# The classes that reach one of the same name through other modules, or one that differs by an underscore.
_READ = "another reading of the condition tree, as that is in its own room"
SAME_FARTHER: Mapping[tuple[str, str], str] = {
    ("proof.rule_terms.Kleene", "condition._Kleene"): _READ,
    (
        "interview.view.nurse_checklist.Item",
        "interview.question.Item",
    ): "a question as a nurse sees it in a part; a line of a checklist",
    ("proof.prove.Part", "interview.question.Part"): "the outcome of a piece of the proof; a part of the questions",
    ("service.reporting.case_histories.Said", "interview.answered_questions._Said"): "private to its module there",
    ("service.reporting.case_histories.Said", "interview.reading.choices._Said"): "private to its module there",
    ("service.reporting.level_choices.Choice", "interview.reading.choices.Choice"): "of a level; of an answer",
    ("tui.desk.dialogs.Words", "tui.words.Words"): "a screen that asks for words; the words of the app",
    (
        "tui.desk.worklist_screen._View",
        "recommendation.summary.View",
    ): "the part of the list that is seen; a summary for a reader",
    ("tui.face.Shown", "service.cases.Shown"): "a screen that shows a conversation; a recommendation that was shown",
    ("tui.result.Result", "recommendation.output.Result"): "a summary and what can be asked of it; a result as JSON",
    (
        "tui.save_status.Kept",
        "storage.events.Kept",
    ): "who keeps each step of a conversation; what was done to the store",
}
# Words that every function could call a parameter by, and the parameters that are called so all the same.
WORN_WORDS = ("found", "at")
WORN: Mapping[str, str] = {}


def sources() -> list[Path]:
    """Every module of the package."""
    return sorted(path for path in PACKAGE.rglob("*.py") if "dialogs" not in path.parts)


def functions() -> Iterator[tuple[str, int]]:
    """Every function with its length in lines."""
    for module, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                yield f"{module}:{node.name}", (node.end_lineno or node.lineno) - node.lineno + 1


@cache
def trees() -> Mapping[str, ast.Module]:
    """Every module by its dotted name."""
    return {
        ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__"): ast.parse(
            path.read_text(encoding="utf-8")
        )
        for path in sources()
    }


@cache
def imports() -> Mapping[str, Mapping[str, str]]:
    """The dotted names that each module imports at any scope, by what they are called there."""
    found: dict[str, dict[str, str]] = {}
    for module, tree in trees().items():
        names = found[module] = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                names |= {alias.asname or alias.name: alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                names |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    return found


def reached() -> Mapping[str, frozenset[str]]:
    """Every module with all that come in with it, directly or through others."""
    edges = {
        module: {known for name in names.values() for known in (name, name.rpartition(".")[0]) if known in trees()}
        for module, names in imports().items()
    }
    found: dict[str, frozenset[str]] = {}
    for module in edges:
        seen: set[str] = set()
        left = edges[module] - {module}
        while left:
            one = left.pop()
            seen.add(one)
            left |= edges[one] - seen - {one}
        found[module] = frozenset(seen)
    return found


@cache
def classes() -> Mapping[str, ast.ClassDef]:
    """Every class by its dotted name."""
    return {
        f"{module}.{node.name}": node
        for module, tree in trees().items()
        for node in tree.body
        if isinstance(node, ast.ClassDef)
    }


def methods(name: str) -> frozenset[str]:
    """The methods of a class and of those of this project that it is made from; what is overridden counts once."""
    node, module = classes()[name], name.rpartition(".")[0]
    found = {each.name for each in node.body if isinstance(each, (ast.FunctionDef, ast.AsyncFunctionDef))}
    for base in node.bases:
        said = ast.unparse(base.value if isinstance(base, ast.Subscript) else base)
        known = imports()[module].get(said, f"{module}.{said}")
        found |= methods(known) if known in classes() else set()
    return frozenset(found)


@pytest.mark.parametrize("module", CORE)
def test_the_core_brings_in_no_screen_file_format_or_loop(module: str) -> None:
    """Imported in a fresh process, it leaves these libraries unloaded."""
    code = f"import sys, {module}; print([name for name in {NOT_IN_CORE!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_what_is_pure_imports_the_standard_library_and_pydantic_but_for_those_listed() -> None:
    """Nothing that has a screen, a file or a clock comes in under a new name; imports inside functions count."""
    pure = tuple(f"chatbot.{name}" for name in PURE)
    found = {
        (module, top)
        for module, names in imports().items()
        if module in pure or module.startswith(tuple(f"{name}." for name in pure))
        for top in (name.partition(".")[0] for name in names.values())
        if top not in sys.stdlib_module_names and top not in ("chatbot", "pydantic", "pydantic_core")
    }
    assert found == BESIDE.keys()


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


def test_files_of_tests_and_benchmarks_stay_within_it_too() -> None:
    """None has more than 400 lines."""
    home = Path(__file__).parents[1]
    found = [path for folder in ("tests", "benchmarks", "docs") for path in (home / folder).rglob("*.py")]
    assert len(found) > 100
    lengths = {str(path.relative_to(home)): len(path.read_text(encoding="utf-8").splitlines()) for path in found}
    assert {name: length for name, length in lengths.items() if length > 400} == {}


def test_functions_stay_within_their_budget() -> None:
    """Nine of ten functions have at most 25 lines and none has more than 50."""
    lengths = dict(functions())
    assert quantiles(lengths.values(), n=10)[-1] <= 25
    assert {name: length for name, length in lengths.items() if length > 50} == {}


def test_every_public_function_and_class_has_a_docstring() -> None:
    """What others may call says what it does."""
    missing = []
    for module, tree in trees().items():
        assert ast.get_docstring(tree) or not tree.body, module
        for node in tree.body:
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith("_"):
                missing += [] if ast.get_docstring(node) else [f"{module}:{node.name}"]
    assert missing == []


def test_no_class_has_more_methods_than_one_can_know_but_for_those_listed() -> None:
    """Those of its own bases count: one object in instalments is as large as it is whole."""
    large = {name: len(methods(name)) for name in classes()}
    assert {name: count for name, count in large.items() if count > MOST_METHODS}.keys() == LARGE.keys()


def test_no_modules_import_each_other() -> None:
    """Types and imports inside functions count: either needs to be read to understand the other."""
    ways = reached()
    found = {
        frozenset(other for other in ways[module] if module in ways[other]) for module in ways if module in ways[module]
    }
    assert found == set(), [sorted(circle) for circle in found]


def test_every_benchmark_with_a_verdict_is_run_in_small_by_a_test() -> None:
    """Its name stands where a process is started; who ends with a code has something to say that must not be missed."""
    home = Path(__file__).parents[1]
    texts = [path.read_text(encoding="utf-8") for path in (home / "tests").rglob("test_*.py") if path != Path(__file__)]
    judging = {
        path.name
        for path in (home / "benchmarks").glob("*.py")
        if "sys.exit(main())" in path.read_text(encoding="utf-8")
    }
    assert judging >= {"day.py", "records.py"}
    run = {name for name in judging for text in texts if f'/ "{name}"' in text and "subprocess.run(" in text}
    assert run == judging


def of_package() -> Iterator[tuple[str, str]]:
    """The file names outside cli/ with the modules that have them."""
    for path in sources():
        if path.name != "__init__.py" and "cli" not in path.relative_to(PACKAGE).parts:
            yield path.name, ".".join(path.relative_to(PACKAGE).with_suffix("").parts)


def parameters() -> Iterator[tuple[str, str]]:
    """Every parameter of a function or lambda, by the module and function in which it stands."""
    for module, tree in trees().items():
        waiting: list[tuple[ast.AST, str]] = [(tree, module)]
        while waiting:
            node, name = waiting.pop()
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                name = f"{name}.{node.name}"
            if isinstance(node, ast.arguments):
                every = (*node.posonlyargs, *node.args, *node.kwonlyargs, node.vararg, node.kwarg)
                yield from ((name, arg.arg) for arg in every if arg is not None)
            waiting += ((child, name) for child in ast.iter_child_nodes(node))


def test_no_file_name_stands_twice_but_for_those_listed() -> None:
    """A name that is said or typed means one file; the commands are named as people type them."""
    counted = Counter(name for name, _ in of_package())
    assert {name for name, count in counted.items() if count > 1} == SAME_FILES.keys()


def test_no_class_name_stands_twice_among_modules_that_import_each_other_but_for_those_listed() -> None:
    """Where both are at hand, a name means one class."""
    homes: dict[str, list[str]] = {}
    for name in classes():
        homes.setdefault(name.rpartition(".")[2], []).append(name.rpartition(".")[0])
    twice = {
        name
        for name, modules in homes.items()
        for one in modules
        for other in modules
        if one != other and other in brought_in(one)
    }
    assert twice == SAME_CLASSES.keys()


def test_no_class_reaches_one_of_its_own_name_but_for_those_listed() -> None:
    """Also where modules stand between, and where the names differ by an underscore."""
    ways, homes = reached(), dict[str, set[str]]()
    for name in classes():
        homes.setdefault(name.rpartition(".")[2].strip("_"), set()).add(name)
    found = {
        (one.removeprefix("chatbot."), other.removeprefix("chatbot."))
        for names in homes.values()
        for one, other in permutations(names, 2)
        if other.rpartition(".")[0] in ways[one.rpartition(".")[0]]
    }
    assert found == SAME_FARTHER.keys()


def test_no_class_is_brought_in_under_another_name() -> None:
    """One class, one name, wherever it is used."""
    found = {
        f"{module}.{said}"
        for module, names in imports().items()
        for said, name in names.items()
        if name in classes() and said != name.rpartition(".")[2]
    }
    assert found == set()


def brought_in(module: str) -> frozenset[str]:
    """The modules of this project that one module imports itself, at any scope."""
    names = imports()[module].values()
    return frozenset(known for name in names for known in (name, name.rpartition(".")[0]) if known in trees())


def test_no_parameter_is_called_by_a_worn_word_but_for_those_listed() -> None:
    """A parameter says what its value is: a conversation, a place, a moment, a parsed answer."""
    worn = {f"{function}({name})" for function, name in parameters() if name in WORN_WORDS}
    assert worn == WORN.keys()
