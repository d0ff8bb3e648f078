"""What a vault cannot do without, put back where a salvage could not read it."""

import secrets
from typing import Final

from victimid.errors import VictimIDError
from victimid.model.audit import Action
from victimid.model.people import Officer, Post, Role
from victimid.store.audit import Audit
from victimid.store.connection import Database
from victimid.store.laptop import Laptop
from victimid.store.officers import Officers

_ID_BYTES: Final = 8
_LOST_CASES: Final = """INSERT INTO cases
    (ref, opened_at, opened_by, stage, person_language, practice, owner, changed_at)
    SELECT subject, at, officer, 'opened', '', 0, officer, at FROM audit WHERE action = ?1
    AND subject NOT IN (SELECT ref FROM cases) AND subject NOT IN (SELECT subject FROM audit WHERE action = ?2)"""


def mend(database: Database, audit: Audit, slot_id: str, name: str) -> Officer:
    """Put back the post, the officer who signs in, and cases that only the audit still knows; return the officer.

    A case put back is as it was when it was opened, with the records that could be read.
    """
    with database.transaction():
        if not database.rows("SELECT 1 FROM laptop"):
            prefix = str(database.value("SELECT substr(ref, 1, 2) FROM cases") or "XX")
            Laptop(database).set_up(Post("", "", "", "", prefix, ""), ())
        database.execute("UPDATE laptop SET search_version = 0")
        database.execute(_LOST_CASES, (Action.CASE_OPENED.value, Action.CASE_DELETED.value))
        return _officer(Officers(database, audit), slot_id, name, audit)


def _officer(officers: Officers, slot_id: str, name: str, audit: Audit) -> Officer:
    try:
        return officers.of_slot(slot_id)
    except VictimIDError:
        led = any(known.role is Role.SUPERVISOR and known.disabled_at is None for known in officers.all())
        role = Role.OFFICER if led else Role.SUPERVISOR
        officer = Officer(secrets.token_hex(_ID_BYTES), name, role, audit.now())
        officers.add(officer, slot_id, officer.id)
        return officer
