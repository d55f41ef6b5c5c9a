"""Which cases a list has, said in Python: what the statements of the stores are compared with."""

from chatbot.storage.row import Row
from chatbot.storage.worklist_query import WorklistQuery, section_of, small


def belongs(row: Row, wanted: WorklistQuery) -> bool:
    """True when a case is in the list."""
    if section_of(row, wanted) != wanted.section:
        return False
    if wanted.levels and row.stands not in wanted.levels:
        return False
    if wanted.calls is not None and (row.mode == "nurse") != wanted.calls:
        return False
    return any(wanted.sought in small(part) for part in (row.reference, row.case, row.owner))
