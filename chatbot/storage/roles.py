"""Who may do what in PostgreSQL: roles of the database, of which an administrator makes each login a member.

A patient's station reaches the cases alone whose name or code it knows, which nobody can guess; a nurse and a lead all
cases; an auditor reads, and writes into the store's own chain that they did. Nobody writes under another's login: the
database compares it. The account that made the tables stands above all this, and is nobody's own login.
"""

from __future__ import annotations

from typing import Literal

from sqlalchemy import Connection, text
from sqlalchemy.exc import ProgrammingError

from chatbot.errors import StorageError
from chatbot.storage.row import STORE

Role = Literal["patient", "nurse", "lead", "auditor"]
ROLES: tuple[Role, ...] = ("patient", "nurse", "lead", "auditor")
_MAKE = """
DO $$ BEGIN
    IF to_regrole('{name}') IS NULL THEN CREATE ROLE {name} NOLOGIN; END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$
"""
_GRANTS = (
    "GRANT SELECT ON events, cases, packs, about, alembic_version TO {all}",
    "GRANT INSERT ON events, cases TO {all}",
    "GRANT UPDATE ON cases TO {all}",
    "GRANT INSERT ON packs TO triage_patient, triage_nurse, triage_lead",
    "ALTER TABLE events ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE cases ENABLE ROW LEVEL SECURITY",
)
_NAMED = "case_id = ANY (string_to_array(current_setting('triage.cases', true), ','))"
_OWN = f"(case_id = '{STORE}' OR {_NAMED})"
_OF_CODE = "(code <> '' AND code = current_setting('triage.code', true))"
# No text in PostgreSQL takes a zero byte or half of a character, not even the escape of one, and people can say both.
# Written otherwise first: what looks like such an escape and is a backslash that somebody typed.
_TOLD = r"""regexp_replace(replace(convert_from(body, 'UTF8'), '\\', '\u005c'),
    '\\u(0000|[dD][89a-fA-F][0-9a-fA-F]{2})', '?', 'g')::json"""
_LOGIN = f"coalesce({_TOLD} #>> '{{by,login}}', session_user) = session_user"
# The store's own chain names cases. A patient's login has to count the wrong codes in it, and sees and adds no more.
_TRIED = f"CASE WHEN case_id = '{STORE}' THEN {_TOLD} #>> '{{did,kind}}' = 'code_refused' ELSE {_NAMED} END"
_CLINICIANS = "triage_nurse, triage_lead"
_POLICIES = (
    f"ON cases FOR SELECT TO triage_patient USING ({_OWN} OR {_OF_CODE})",
    f"ON cases FOR INSERT TO triage_patient WITH CHECK ({_OWN})",
    f"ON cases FOR UPDATE TO triage_patient USING ({_OWN} OR {_OF_CODE})",
    f"ON events FOR SELECT TO triage_patient USING ({_TRIED})",
    f"ON events FOR INSERT TO triage_patient WITH CHECK ({_TRIED} AND {_LOGIN})",
    f"ON cases FOR ALL TO {_CLINICIANS} USING (true)",
    f"ON events FOR SELECT TO {_CLINICIANS} USING (true)",
    f"ON events FOR INSERT TO {_CLINICIANS} WITH CHECK ({_LOGIN})",
    "ON cases FOR SELECT TO triage_auditor USING (true)",
    f"ON cases FOR INSERT TO triage_auditor WITH CHECK (case_id = '{STORE}')",
    f"ON cases FOR UPDATE TO triage_auditor USING (case_id = '{STORE}')",
    "ON events FOR SELECT TO triage_auditor USING (true)",
    f"ON events FOR INSERT TO triage_auditor WITH CHECK (case_id = '{STORE}' AND {_LOGIN})",
)
_MAY_NOT = "42501"
_ARE_THERE = "SELECT count(*) FROM pg_policies WHERE schemaname = current_schema() AND policyname LIKE 'triage_%'"
_MAY_READ = "SELECT has_table_privilege(to_regclass('alembic_version'), 'SELECT')"
_IS_OWNER = "SELECT pg_has_role(session_user, tableowner::name, 'USAGE') FROM pg_tables WHERE tablename = 'cases'"
_IS_MEMBER = (
    "SELECT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{name}' AND pg_has_role(session_user, oid, 'USAGE'))"
)


def set_up(connection: Connection) -> bool:
    """Make the roles and say what each may do; False where this account may not, and nobody else may do anything."""
    try:
        with connection.begin_nested():
            for role in ROLES:
                connection.execute(text(_MAKE.format(name=f"triage_{role}")))
            everybody = ", ".join(f"triage_{role}" for role in ROLES)
            for grant in _GRANTS:
                connection.execute(text(grant.format(all=everybody)))
            for number, policy in enumerate(_POLICIES, start=1):
                connection.exec_driver_sql(f"CREATE POLICY triage_{number} {policy}")
    except ProgrammingError as error:
        if getattr(error.orig, "sqlstate", "") != _MAY_NOT:
            raise
        return False  # whoever made this database may make no roles
    return True


def catch_up(connection: Connection) -> None:
    """Make what could not be made when the tables were: by then this account may."""
    if not connection.execute(text(_ARE_THERE)).scalar() and connection.execute(text(_IS_OWNER)).scalar():
        set_up(connection)


def made_roles(connection: Connection) -> list[str]:
    """The roles that were made at that server."""
    names = [f"triage_{role}" for role in ROLES]
    return [name for name in names if connection.execute(text("SELECT to_regrole(:name)"), {"name": name}).scalar()]


def refuse_strangers(connection: Connection) -> None:
    """StorageError where there are records, and this login is allowed nothing with them."""
    if connection.execute(text(_MAY_READ)).scalar() is False:
        names = ", ".join(f"triage_{role}" for role in ROLES)
        raise StorageError(f"this account may not use the records there; it is a member of none of the roles {names}")


def role_of(connection: Connection) -> Role | None:
    """The role of this login: a lead if it owns the tables; None where it is a member of nothing."""
    if connection.execute(text(_IS_OWNER)).scalar():
        return "lead"
    found = [role for role in ROLES if connection.execute(text(_IS_MEMBER.format(name=f"triage_{role}"))).scalar()]
    # Who is several things is the one that may do most of the work.
    return next((role for role in ("lead", "nurse", "auditor", "patient") if role in found), None)
