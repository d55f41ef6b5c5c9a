"""Which cases a list has, said in Python: what the statements of the stores are compared with."""

from chatbot.storage.events import CARRIED
from chatbot.storage.row import STORE, Row
from chatbot.storage.worklist_query import Section, WorklistQuery, is_held, small


def section_of(row: Row, wanted: WorklistQuery) -> Section | None:
    """The section a case belongs to; None where nobody has to do anything with it."""
    if row.case == STORE:
        return None
    if row.closed:
        return "closed" if row.outcome != CARRIED and row.closed >= wanted.since else None
    if is_held(row, wanted.now):
        return "mine" if row.owner == wanted.login else "others"
    if row.due:
        return "due"
    return "waiting" if row.level is not None or row.called else None


def belongs(row: Row, wanted: WorklistQuery) -> bool:
    """True when a case is in the list."""
    if section_of(row, wanted) != wanted.section:
        return False
    if wanted.levels and row.stands not in wanted.levels:
        return False
    if wanted.calls is not None and (row.mode == "nurse") != wanted.calls:
        return False
    return any(wanted.sought in small(part) for part in (row.reference, row.case, row.owner))
