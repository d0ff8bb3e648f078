"""Officers of the laptop, each with the key slot that lets them in; their names are only inside the vault."""

import unicodedata
from typing import Final

from victimid.crypto.kdf import name_key
from victimid.errors import VictimIDError
from victimid.model.audit import Action
from victimid.model.people import Officer, Role
from victimid.store.audit import Audit
from victimid.store.connection import Database, Row
from victimid.store.contents import digest_of
from victimid.store.moments import from_text, optional_from_text, to_text

NAME_LENGTH: Final = 100
# Control and format characters, halves of surrogate pairs, line and paragraph separators.
_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
# Names in Persian and in scripts of India are written with them.
_JOINERS: Final = "\u200c\u200d"
_INSERT: Final = """INSERT INTO officer
    (id, name, name_key, role, enrolled_at, passphrase_given, slot_id, slot_revision) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"""
_GIVEN: Final = "UPDATE officer SET slot_revision = ? WHERE id = ?"
_CHOSEN: Final = "UPDATE officer SET passphrase_given = 0, slot_revision = ? WHERE id = ?"
_CALL: Final = "UPDATE OR IGNORE officer SET name = ?, name_key = ? WHERE id = ?"
_SLOT: Final = "SELECT slot_id, slot_revision FROM officer WHERE id = ?"
_DISABLED: Final = "SELECT 1 FROM audit WHERE subject = ? AND +action = 'officer_disabled'"
_SELECT: Final = "SELECT id, name, role, enrolled_at, disabled_at, passphrase_given FROM officer"


class Officers:
    """Everyone who can unlock this laptop."""

    def __init__(self, database: Database, audit: Audit) -> None:
        self._database = database
        self._audit = audit

    def add(self, officer: Officer, slot_id: str, by: str, revision: int = 0) -> None:
        """Enrol an officer; ``officer.name_taken`` if the name is not told apart from another at sign-in.

        ``revision`` is that of the header with which the key slot was written: an older one is refused.
        """
        key = name_key(officer.name)
        at, given = to_text(officer.enrolled_at), officer.passphrase_given
        values = (officer.id, officer.name, key, officer.role.value, at, given, slot_id, revision)
        with self._database.transaction():
            self.require_free(officer.name)
            self._database.execute(_INSERT, values)
            self._note(Action.OFFICER_ENROLLED, by, officer)

    def require_free(self, name: str) -> None:
        """Raise ``officer.name_taken`` if another officer has this name, also one who was disabled."""
        if self._database.row("SELECT id FROM officer WHERE name_key = ?", (name_key(name),)):
            raise VictimIDError("officer.name_taken")

    def disable(self, officer_id: str, by: str, detail: str = "") -> str:
        """Let an officer in no more and return the key slot that has to go; ``detail`` is why.

        Raises ``officer.unknown``, and ``officer.last_manager`` where nobody would be left to enrol another.
        """
        with self._database.transaction():
            officer = self.get(officer_id)
            if officer_id in self._managers() and len(self._managers()) == 1:
                raise VictimIDError("officer.last_manager")
            at = to_text(self._audit.now())
            self._database.execute("UPDATE officer SET disabled_at = ? WHERE id = ?", (at, officer.id))
            content = self.content(self.get(officer.id))
            self._audit.append(Action.OFFICER_DISABLED, by, officer.id, detail, content=content)
        return self.slot_of(officer.id)

    def note_own_passphrase(self, officer_id: str, action: Action, detail: str, revision: int) -> Officer:
        """Note that an officer chose the passphrase, and how it came to that; return them as they now are.

        The detail ends in the ``revision`` of the header with which the new key slot was written.
        """
        detail = f"{detail} {revision}".lstrip()
        with self._database.transaction():
            self._database.execute(_CHOSEN, (revision, officer_id))
            officer = self.get(officer_id)
            self._audit.append(action, officer_id, officer_id, detail, content=self.content(officer))
        return officer

    def note_given(self, officer: Officer, by: str, revision: int) -> None:
        """Note that an officer was given another passphrase, and with which revision of the header its slot came."""
        with self._database.transaction():
            self._database.execute(_GIVEN, (revision, officer.id))
            self._note(Action.SLOT_GIVEN, by, officer)

    def note_put_back(self, officer: Officer, by: str) -> None:
        """Note that an officer, or the name alone, was put back after damage."""
        self._note(Action.OFFICER_PUT_BACK, by, officer)

    def call(self, officer: Officer, name: str) -> Officer:
        """Let an officer whose name was lost have the one they signed in with; return them as they now are."""
        if officer.name != officer.id:
            return officer
        with self._database.transaction():
            self._database.execute(_CALL, (name.strip(), name_key(name), officer.id))
            called = self.get(officer.id)
            if called != officer:
                self.note_put_back(called, called.id)
        return called

    def all(self) -> tuple[Officer, ...]:
        """Return every officer in the order of enrolment, those disabled too."""
        return tuple(_officer(row) for row in self._database.rows(_SELECT + " ORDER BY enrolled_at, rowid"))

    def get(self, officer_id: str) -> Officer:
        """Return one officer; ``officer.unknown``."""
        return self._one("id", officer_id)

    def of_slot(self, slot_id: str) -> Officer:
        """Return whose key slot this is; ``officer.unknown``."""
        return self._one("slot_id", slot_id)

    def named(self, name: str) -> Officer:
        """Return the officer of this name, as it is told apart at sign-in; ``officer.unknown``."""
        return self._one("name_key", name_key(name))

    def slot_of(self, officer_id: str) -> str:
        """Return an officer's key slot; ``officer.unknown``."""
        found = self._database.value("SELECT slot_id FROM officer WHERE id = ?", (officer_id,))
        if found is None:
            raise VictimIDError("officer.unknown")
        return str(found)

    def slot_revision(self, officer: Officer) -> int:
        """Return the revision of the header with which an officer's present key slot was written; 0 if not known."""
        return int(self._database.value("SELECT slot_revision FROM officer WHERE id = ?", (officer.id,)))

    def content(self, officer: Officer) -> str:
        """Return the hash of what is kept of an officer, their key slot too: an old page would bring that back."""
        return digest_of([officer, self._database.row(_SLOT, (officer.id,))])

    def require_enabled(self, officer: Officer) -> None:
        """Raise ``officer.disabled`` for one who may come in no more, also where only the audit still says so."""
        if officer.disabled_at or self._database.row(_DISABLED, (officer.id,)):
            raise VictimIDError("officer.disabled")

    def require_current(self, officer: Officer, written: int) -> None:
        """Raise ``officer.disabled``, or ``officer.slot_outdated`` where an old header was put back.

        ``written`` is the revision with which the slot that opened was written.
        """
        self.require_enabled(officer)
        if written < self.slot_revision(officer):
            raise VictimIDError("officer.slot_outdated")

    def _note(self, action: Action, by: str, officer: Officer) -> None:
        """Note role, key slot and its revision: what a salvage needs where the row of an officer is lost."""
        slot_id, revision = self._database.rows(_SLOT, (officer.id,))[0]
        detail = f"{officer.role.value} {slot_id} {revision}"
        self._audit.append(action, by, officer.id, detail, content=self.content(officer))

    def _managers(self) -> set[str]:
        """Return who can still enrol officers."""
        return {each.id for each in self.all() if each.role is not Role.OFFICER and not each.disabled_at}

    def _one(self, column: str, value: str) -> Officer:
        row = self._database.row(f"{_SELECT} WHERE {column} = ?", (value,))
        if row is None:
            raise VictimIDError("officer.unknown")
        return _officer(row)


def checked_name(name: str) -> str:
    """Return a name without blanks around it; ``officer.name_unfit`` for one that no screen can show as it is."""
    stripped = name.strip()
    hidden = (c for c in stripped if c not in _JOINERS and unicodedata.category(c) in _HIDDEN)
    if len(stripped) > NAME_LENGTH or any(hidden):
        raise VictimIDError("officer.name_unfit", most=NAME_LENGTH)
    return stripped


def _officer(row: Row) -> Officer:
    officer_id, name, role, enrolled_at, disabled_at, given = row
    return Officer(
        officer_id,
        name,
        Role(role),
        from_text(enrolled_at),
        optional_from_text(disabled_at),
        passphrase_given=bool(given),
    )
