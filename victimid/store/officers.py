"""Officers of the laptop, each with the key slot that lets them in; their names are only inside the vault."""

from typing import Final

from victimid.crypto.kdf import name_key
from victimid.errors import VictimIDError
from victimid.model.audit import Action
from victimid.model.people import Officer, Role
from victimid.store.audit import Audit
from victimid.store.connection import Database, Row
from victimid.store.moments import from_text, to_text

_INSERT: Final = """INSERT INTO officer (id, name, name_key, role, enrolled_at, slot_id)
    VALUES (?, ?, ?, ?, ?, ?)"""


class Officers:
    """Everyone who can unlock this laptop."""

    def __init__(self, database: Database, audit: Audit) -> None:
        self._database = database
        self._audit = audit

    def add(self, officer: Officer, slot_id: str, by: str) -> None:
        """Enrol an officer; ``officer.name_taken`` if the name is not told apart from another at sign-in."""
        key = name_key(officer.name)
        values = (officer.id, officer.name, key, officer.role.value, to_text(officer.enrolled_at), slot_id)
        with self._database.transaction():
            if self._database.row("SELECT id FROM officer WHERE name_key = ?", (key,)):
                raise VictimIDError("officer.name_taken")
            self._database.execute(_INSERT, values)
            self._audit.append(Action.OFFICER_ENROLLED, by, officer.id, officer.role.value)

    def all(self) -> tuple[Officer, ...]:
        """Return every officer in the order of enrolment."""
        found = self._database.rows("SELECT id, name, role, enrolled_at FROM officer ORDER BY enrolled_at, rowid")
        return tuple(_officer(row) for row in found)

    def get(self, officer_id: str) -> Officer:
        """Return one officer; ``officer.unknown``."""
        return self._one("SELECT id, name, role, enrolled_at FROM officer WHERE id = ?", officer_id)

    def of_slot(self, slot_id: str) -> Officer:
        """Return whose key slot this is; ``officer.unknown``."""
        return self._one("SELECT id, name, role, enrolled_at FROM officer WHERE slot_id = ?", slot_id)

    def _one(self, sql: str, value: str) -> Officer:
        row = self._database.row(sql, (value,))
        if row is None:
            raise VictimIDError("officer.unknown")
        return _officer(row)


def _officer(row: Row) -> Officer:
    officer_id, name, role, enrolled_at = row
    return Officer(officer_id, name, Role(role), from_text(enrolled_at))
