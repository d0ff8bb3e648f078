"""What a vault cannot do without, put back where a salvage could not read it."""

import json
import secrets
from typing import Final

from victimid.crypto.keyfile import Unlocked
from victimid.errors import VictimIDError
from victimid.model.audit import Action
from victimid.model.people import Officer, Post, Role
from victimid.store.audit import Audit
from victimid.store.connection import Database
from victimid.store.laptop import Laptop
from victimid.store.lost_officers import LostOfficers
from victimid.store.officers import Officers
from victimid.store.remains import Remains

_ID_BYTES: Final = 8
_LOST_CASES: Final = """INSERT INTO cases
    (ref, opened_at, opened_by, stage, person_language, practice, owner, changed_at)
    SELECT subject, at, officer, 'opened', '', 0, officer, at FROM audit WHERE action = ?1
    AND subject NOT IN (SELECT ref FROM cases) AND subject NOT IN (SELECT subject FROM audit WHERE action = ?2)
    AND subject NOT IN (SELECT value FROM json_each(?3))"""


class Mending:
    """Mends a salvaged database for the officer whose key slot and name these are."""

    def __init__(self, database: Database, audit: Audit, unlocked: Unlocked, name: str) -> None:
        self._database = database
        self._audit = audit
        self._officers = Officers(database, audit)
        self._unlocked = unlocked
        self._name = name

    def run(self, remains: Remains, *, audit_whole: bool) -> Officer:
        """Put back the post, officers, and cases that only the audit still knows; return the officer at work.

        A case put back is as it was when it was opened, with
        the records that could be read. Raises ``officer.disabled``, ``officer.slot_outdated``.
        """
        database = self._database
        with database.transaction():
            if not database.rows("SELECT 1 FROM laptop"):
                prefix = str(database.value("SELECT substr(ref, 1, 2) FROM cases") or "XX")
                Laptop(database).set_up(Post("", "", "", "", prefix, ""), ())
            database.execute("UPDATE laptop SET search_version = 0")
            database.execute(
                _LOST_CASES, (Action.CASE_OPENED.value, Action.CASE_DELETED.value, json.dumps(remains.deleted))
            )
            lost = LostOfficers(database, self._audit, remains)
            put_back = lost.put_back()
            if audit_whole:
                lost.find_slot_of_the_only_one(self._unlocked.slot_id)
            officer = self._at_work()
            for each in put_back:
                self._officers.note_put_back(each, officer.id)
            return self._officers.call(officer, self._name)

    def _at_work(self) -> Officer:
        """Return whose key slot it is. Of whom nothing is known any more is a plain officer, whoever they were."""
        try:
            officer = self._officers.of_slot(self._unlocked.slot_id)
        except VictimIDError:
            officer = Officer(secrets.token_hex(_ID_BYTES), self._name, Role.OFFICER, self._audit.now())
            self._officers.add(officer, self._unlocked.slot_id, officer.id, self._unlocked.written)
        self._officers.require_current(officer, self._unlocked.written)
        return officer
