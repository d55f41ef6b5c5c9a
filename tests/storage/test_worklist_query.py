"""The lists of a team: which cases are in them and in which order, the same in every store."""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

import pytest

from chatbot.recommendation.rulebook import EMERGENCY
from chatbot.storage.chain import Stored, grown, head_of, start
from chatbot.storage.events import CARRIED
from chatbot.storage.postgres import open_postgres
from chatbot.storage.row import STORE, Row
from chatbot.storage.store import CaseStore
from chatbot.storage.worklist_query import (
    ORDERS,
    SECTIONS,
    Section,
    WorklistQuery,
    in_order,
    urgency_of,
)
from tests.support.listing import belongs, section_of
from tests.support.postgres_server import PostgresServer

EARLIER, NOW, LATER = "2026-03-02T09:00:00.000Z", "2026-03-02T09:30:00.000Z", "2026-03-02T09:45:00.000Z"
MIDNIGHT = "2026-03-02T00:00:00.000Z"
LIST = WorklistQuery("waiting", "ann", NOW, since=MIDNIGHT)


def case(name: str, level: int | None = 3, **changes: object) -> Row:
    """A case that waits, but for what is said."""
    row = Row(name, pack="p", digest="d", mode="patient", started=EARLIER, shown=EARLIER, level=level)
    row = replace(row, **changes)  # type: ignore[arg-type] # each is a field
    return replace(row, urgency=urgency_of(row.stands))


def filled(store: CaseStore, *rows: Row) -> None:
    """Put cases into a store, each with one event."""
    chains: list[tuple[Row, list[Stored]]] = [(row, list(grown(start(row.case), [b"{}"]))) for row in rows]
    store.fill((), [(row.grown(head_of(row.case, chain)), chain) for row, chain in chains])


def names(store: CaseStore, section: Section = "waiting", **narrowed: object) -> list[str]:
    """The names of the cases in a list, in its order."""
    wanted = replace(LIST, section=section, **narrowed)  # type: ignore[arg-type] # each is a field
    return [row.case for row in store.listed(wanted)]


OF_EACH = {
    "told its level": case("waits"),
    "called by a nurse, no level yet": case("call", None, mode="nurse", called=EARLIER),
    "had by the login": case("mine", owner="ann", until=LATER),
    "had by another": case("with bob", owner="bob", until=LATER),
    "whose owner's time is over": case("was bob's", owner="bob", until=NOW),
    "to be called back": case("due", due=LATER),
    "to be called back, had by the login": case("due and mine", due=LATER, owner="ann", until=LATER),
    "to be called back, no level yet": case("due, unknown", None, due=LATER),
    "closed today": case("done", closed=EARLIER, outcome="advised"),
    "closed as the day began": case("done at midnight", closed=MIDNIGHT, outcome="advised"),
    "closed yesterday": case("done before", closed="2026-03-01T23:59:59.999Z", outcome="advised"),
    "closed with somebody's name on it": case("done by bob", closed=EARLIER, owner="bob", until=LATER, due=LATER),
    "gone on in another": case("carried", closed=EARLIER, outcome=CARRIED),
    "still answering": case("answering", None),
    "of what is done to the store": case(STORE),
}  # fmt: skip


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        ("waiting", {"waits", "call", "was bob's"}),
        ("mine", {"mine", "due and mine"}),
        ("due", {"due", "due, unknown"}),
        ("others", {"with bob"}),
        ("closed", {"done", "done at midnight", "done by bob"}),
    ],
)
def test_each_section_has_the_cases_that_belong_to_it(store: CaseStore, section: Section, expected: set[str]) -> None:
    filled(store, *OF_EACH.values())
    assert set(names(store, section)) == expected
    assert store.counted(replace(LIST, section=section)) == len(expected)


def test_who_looks_decides_what_is_theirs(store: CaseStore) -> None:
    filled(store, *OF_EACH.values())
    assert set(names(store, "mine", login="bob")) == {"with bob"}
    assert set(names(store, "others", login="bob")) == {"mine", "due and mine"}
    assert names(store, "mine", login="") == names(store, "mine", login="Ann") == []
    assert set(names(store, "others", login="Ann")) == {"mine", "due and mine", "with bob"}


def test_a_case_comes_back_at_the_very_moment_its_time_is_over(store: CaseStore) -> None:
    filled(store, OF_EACH["had by another"])
    assert names(store, "others", now="2026-03-02T09:44:59.999Z") == ["with bob"]
    assert names(store, "waiting", now="2026-03-02T09:44:59.999Z") == []
    assert names(store, "others", now=LATER) == []
    assert names(store, "waiting", now=LATER) == ["with bob"]


def test_the_most_urgent_stands_first_and_an_unknown_level_right_after_an_emergency(store: CaseStore) -> None:
    rows = [case(f"level {level}", level) for level in range(6)]
    filled(store, *rows, OF_EACH["called by a nurse, no level yet"])
    expected = ["level 5", "call", "level 4", "level 3", "level 2", "level 1", "level 0"]
    assert names(store) == expected


def test_a_level_that_a_clinician_chose_counts_and_one_that_waits_for_a_signature_does_not(store: CaseStore) -> None:
    filled(store, case("raised", 1, chosen=4), case("asked", 5, asked=2), case("lowered", 5, chosen=2), case("two", 2))
    assert names(store) == ["asked", "raised", "lowered", "two"]
    assert names(store, levels=frozenset({2})) == ["lowered", "two"]
    assert names(store, levels=frozenset({EMERGENCY, 4})) == ["asked", "raised"]


def test_of_equal_levels_who_was_told_first_stands_first(store: CaseStore) -> None:
    filled(store, case("b", shown=LATER), case("c", shown=EARLIER), case("a", shown=LATER), case("d", 4, shown=LATER))
    assert names(store) == ["d", "c", "a", "b"]
    assert names(store, order="waiting") == ["c", "a", "b", "d"]
    assert names(store, order="newest") == ["a", "b", "d", "c"]


def test_call_backs_stand_in_the_order_of_their_times_whatever_else_is_asked_for(store: CaseStore) -> None:
    filled(store, case("b", 1, due=NOW), case("c", 5, due=LATER), case("a", 5, due=NOW), case("d", 1, due=EARLIER))
    for order in ORDERS:
        assert names(store, "due", order=order) == ["d", "a", "b", "c"]


def test_what_was_closed_last_stands_first(store: CaseStore) -> None:
    done = [case(name, level, closed=at) for name, level, at in (("a", 5, EARLIER), ("b", 1, NOW), ("c", 4, NOW))]
    filled(store, *done)
    assert names(store, "closed") == ["c", "b", "a"]
    assert names(store, "closed", order="waiting") == ["b", "c", "a"]


def test_levels_narrow_a_list_and_a_level_that_is_not_known_is_none_of_them(store: CaseStore) -> None:
    filled(store, *OF_EACH.values())
    assert set(names(store, levels=frozenset({3}))) == {"waits", "was bob's"}
    assert set(names(store, levels=frozenset(range(6)))) == {"waits", "was bob's"}
    assert store.counted(replace(LIST, levels=frozenset({1, 3}))) == 2
    assert names(store, levels=frozenset({0, 5})) == []


def test_all_sections_are_counted_at_once(store: CaseStore) -> None:
    filled(store, *OF_EACH.values())
    assert store.counts(LIST) == {"waiting": 3, "mine": 2, "due": 2, "others": 1, "closed": 3}
    assert store.counts(replace(LIST, login="bob", now=LATER, since=NOW)) == {
        "waiting": 5, "mine": 0, "due": 3, "others": 0, "closed": 0,
    }  # fmt: skip
    narrow = replace(LIST, section="closed", text="x", levels=frozenset({0}), calls=True, offset=9, limit=1)
    assert store.counts(narrow) == store.counts(LIST)


def test_calls_and_what_people_answered_alone_can_be_told_apart(store: CaseStore) -> None:
    filled(store, *OF_EACH.values(), case("carer", mode="carer"), case("called back", called=EARLIER))
    assert names(store, calls=True) == ["call"]
    assert set(names(store, calls=False)) == {"waits", "was bob's", "carer", "called back"}
    assert store.counted(replace(LIST, calls=True)) == 1


REFERENCES = (
    "50%", "50 of", "a_b", "aXb", "a\\b", "a\\%b", "O'Neil", 'say "hi"', "Äpfel", "äpfel", "BED 4", "bed 5", "Straße",
    "STRASSE", "\u212aelvin", "kelvin", "İstanbul", "漢🤷", "[a-z]*", "; DROP TABLE cases; --", "per\u00a0mille", "%%",
)  # fmt: skip
FOUND: dict[str, set[str]] = {
    "%": {"50%", "a\\%b", "%%"},
    "%%": {"%%"},
    "_": {"a_b"},
    "\\": {"a\\b", "a\\%b"},
    "\\%": {"a\\%b"},
    "a_b": {"a_b"},
    "'": {"O'Neil"},
    "o'neil": {"O'Neil"},
    '"HI"': {'say "hi"'},
    "bed": {"BED 4", "bed 5"},
    "  Bed\t4 ": {"BED 4"},
    # A to Z are a to z, and no other letter has two forms: all stores can say that alike.
    "äpfel": {"äpfel"},
    "ÄPFEL": {"Äpfel"},
    "pFEL": {"Äpfel", "äpfel"},
    "a\u0308pfel": {"äpfel"},
    "strasse": {"STRASSE"},
    "STRAß": {"Straße"},
    "kelvin": {"kelvin"},
    "ELVIN": {"\u212aelvin", "kelvin"},
    "istanbul": set(),
    "STANBUL": {"İstanbul"},
    "漢": {"漢🤷"},
    "🤷": {"漢🤷"},
    "[A-Z]": {"[a-z]*"},
    "*": {"[a-z]*"},
    "drop table": {"; DROP TABLE cases; --"},
    "x" * 60_000: set(),
    "%" * 60_000: set(),
}  # fmt: skip


def test_text_finds_the_cases_that_have_it_and_no_others(store: CaseStore) -> None:
    filled(store, *(case(f"c{number}", reference=text) for number, text in enumerate(REFERENCES)))
    for text, expected in FOUND.items():
        wanted = replace(LIST, text=text)
        assert {row.reference for row in store.listed(wanted)} == expected, text[:20]
        assert store.counted(wanted) == len(expected), text[:20]


def test_text_is_looked_for_in_the_name_of_a_case_and_who_has_it_too(store: CaseStore) -> None:
    filled(store, case("3FBF05", owner="O'Hara", until=NOW), case("3fc", reference="bed"), case("x", owner="bob"))
    assert set(names(store, text="3f")) == {"3FBF05", "3fc"}
    assert names(store, text="3fBf") == ["3FBF05"]
    assert names(store, text="o'h") == ["3FBF05"]
    assert names(store, text="patient") == []


@pytest.mark.parametrize("text", ["", " ", "\0", "\ud800", "\x1b[2J", "\u202e", "\u200b\u00ad"])
def test_text_of_which_nothing_is_seen_narrows_nothing(store: CaseStore, text: str) -> None:
    filled(store, *OF_EACH.values())
    assert set(names(store, text=text)) == {"waits", "call", "was bob's"}
    assert store.counted(replace(LIST, text=text)) == 3


@pytest.mark.parametrize("text", ["wa\0its", "wa\ud800its", "\x1b[31mwaits", "WA\u200bITS"])
def test_what_cannot_stand_in_a_case_is_left_out_of_the_text(store: CaseStore, text: str) -> None:
    filled(store, *OF_EACH.values())
    assert names(store, text=text) == ["waits"]


def test_pages_are_the_list_cut_in_pieces(store: CaseStore) -> None:
    filled(store, *(case(f"c{number:02}", number % 6, shown=(EARLIER, NOW)[number % 2]) for number in range(23)))
    whole = names(store, limit=23)
    assert len(set(whole)) == 23
    for limit in (1, 5, 22, 23, 200):
        pages = [names(store, limit=limit, offset=offset) for offset in range(0, 30, limit)]
        assert [name for page in pages for name in page] == whole
    assert names(store, limit=0) == names(store, offset=23) == []
    assert store.counted(replace(LIST, offset=20, limit=2)) == 23


def test_a_list_of_an_empty_store_is_empty(store: CaseStore) -> None:
    for section in SECTIONS:
        assert names(store, section) == []
        assert store.counted(replace(LIST, section=section)) == 0


# By chance, and compared with the list as it is said in Python.

TIMES = ("", EARLIER, NOW, LATER, MIDNIGHT, "2026-03-01T23:59:59.999Z", "2026-03-02T09:30:00.001Z")
LOGINS = ("", "ann", "Ann", "bob", "Jürgen")
CASES = ("a", "B", "ä", "Ä", "_", "-", "10", "9", "Z", "z", "\u0131", "漢")
TEXTS = ("", "", "", *FOUND, *REFERENCES, *LOGINS, *CASES)


def by_chance(chance: random.Random, many: int) -> list[Row]:
    """Cases in any state that columns can be in, with many that are alike."""
    levels = (None, *range(6))
    rows = [
        case(
            f"{chance.choice(CASES)}{chance.choice(CASES)}{number if chance.random() < 0.7 else -number}",
            chance.choice(levels),
            mode=chance.choice(("patient", "carer", "nurse")),
            reference=chance.choice(("", *REFERENCES)),
            started=chance.choice(TIMES[1:]),
            outcome=chance.choice(("advised", CARRIED)),
            chosen=chance.choice((None, None, *range(6))),
            asked=chance.choice((None, None, 1)),
            owner=chance.choice(LOGINS),
            closed=chance.choice(TIMES) if chance.random() < 0.4 else "",
            **{name: chance.choice(TIMES) for name in ("shown", "until", "called", "taken")},
            due=chance.choice(TIMES) if chance.random() < 0.4 else "",
        )
        for number in range(many)
    ]
    return [*rows, case(STORE)]


def asked_for(chance: random.Random, many: int) -> Iterator[WorklistQuery]:
    """Lists of every kind: each section in each order, and what narrows them by chance."""
    for section, order in product(SECTIONS, ORDERS):
        for _ in range(many):
            yield WorklistQuery(
                section,
                chance.choice(LOGINS),
                chance.choice(TIMES[1:]),
                since=chance.choice(TIMES),
                levels=frozenset(chance.sample(range(6), chance.choice((0, 0, 1, 3)))),
                calls=chance.choice((None, None, True, False)),
                text=chance.choice(TEXTS),
                order=order,
                offset=chance.choice((0, 0, 1, 7)),
                limit=chance.choice((200, 1_000, 5, 1)),
            )


def differ(store: CaseStore, rows: Sequence[Row], lists: Iterator[WorklistQuery]) -> list[WorklistQuery]:
    """The lists in which a store has other cases, or another order, than they are said to have in Python."""
    found = []
    for wanted in lists:
        expected = in_order((row for row in rows if belongs(row, wanted)), wanted)
        page = [row.case for row in expected[wanted.offset : wanted.offset + wanted.limit]]
        sections = Counter(section_of(row, wanted) for row in rows)
        if (
            [row.case for row in store.listed(wanted)] != page
            or store.counted(wanted) != len(expected)
            or store.counts(wanted) != {section: sections[section] for section in SECTIONS}
        ):
            found.append(wanted)
    return found


@pytest.mark.parametrize("seed", range(3))
def test_every_store_has_the_same_lists_of_the_same_cases(store: CaseStore, seed: int) -> None:
    chance = random.Random(seed)  # nothing secret
    rows = by_chance(chance, 400)
    filled(store, *rows)
    assert differ(store, rows, asked_for(chance, 20)) == []


def test_the_locale_of_a_database_changes_no_list(server: PostgresServer) -> None:
    """In which a stands before B, and Ä has a small letter: both is so where people make databases."""
    with server.connect() as connection:
        has_icu = connection.execute("SELECT EXISTS (SELECT 1 FROM pg_collation WHERE collprovider = 'i')").fetchone()
        # Where the server knows none but those of the system, it is one more database like the others.
        locale = "LOCALE_PROVIDER icu ICU_LOCALE 'en-US'" if has_icu == (True,) else ""
        connection.execute(f"CREATE DATABASE of_a_locale TEMPLATE template0 {locale}")
    store = open_postgres(server.url("of_a_locale"))
    chance = random.Random(7)  # nothing secret
    rows = by_chance(chance, 300)
    filled(store, *rows)
    assert differ(store, rows, asked_for(chance, 10)) == []
    store.close()


def test_no_case_is_in_two_lists() -> None:
    rows = by_chance(random.Random(11), 400)  # nothing secret
    for wanted in (LIST, replace(LIST, login="bob", now=LATER, since="")):
        lists = [{row.case for row in rows if belongs(row, replace(wanted, section=section))} for section in SECTIONS]
        of_some = {row.case for row in rows if section_of(row, wanted) is not None}
        assert sum(map(len, lists)) == len(set().union(*lists)) == len(of_some)
