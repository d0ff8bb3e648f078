"""Officers whose rows a salvage could not read, put back from what the audit and the indexes still tell of them.

Only the name is nowhere else: an officer put back has the id in its place until the next sign-in, where it is typed.
"""

from collections.abc import Callable
from typing import Final

from victimid.crypto.kdf import name_key
from victimid.model.audit import Action
from victimid.model.people import Officer
from victimid.store.audit import Audit
from victimid.store.connection import Database
from victimid.store.moments import to_text
from victimid.store.officers import Officers
from victimid.store.remains import Remains

_ENTRIES: Final = """SELECT action, at, officer, subject, detail FROM audit WHERE action IN
    ('officer_enrolled', 'officer_put_back', 'officer_disabled', 'slot_given', 'slot_changed', 'slot_recovered')
    ORDER BY sequence"""
_INSERT: Final = """INSERT OR IGNORE INTO officer (id, name, name_key, role, enrolled_at, passphrase_given, slot_id)
    VALUES (?1, ?1, ?2, ?3, ?4, ?5, ?6)"""
_DISABLE: Final = "UPDATE officer SET disabled_at = coalesce(disabled_at, ?) WHERE id = ?"
_CHOSEN: Final = "UPDATE officer SET passphrase_given = 0 WHERE id = ?"
_WRITTEN: Final = "UPDATE officer SET slot_revision = max(slot_revision, ?) WHERE id = ?"
_FOUND_SLOT: Final = "UPDATE officer SET slot_id = ? WHERE id = slot_id AND (SELECT count(*) FROM officer) = 1"


class LostOfficers:
    """The officers of a salvaged vault."""

    def __init__(self, database: Database, audit: Audit, remains: Remains) -> None:
        self._database = database
        self._audit = audit
        self._officers = Officers(database, audit)
        self._remains = remains

    def put_back(self) -> tuple[Officer, ...]:
        """Put back who is missing, bring up to date who came from a backup, and return all these."""
        before = self._officers.all()
        for action, at, by, subject, detail in self._database.rows(_ENTRIES):
            self._apply(Action(action), at, by, subject, detail.split())
        for officer_id in self._remains.disabled:
            self._database.execute(_DISABLE, (to_text(self._audit.now()), officer_id))
        return tuple(officer for officer in self._officers.all() if officer not in before)

    def find_slot_of_the_only_one(self, slot_id: str) -> None:
        """Take a key slot for that of the one officer there is, where neither audit nor index tells whose it is."""
        self._database.execute(_FOUND_SLOT, (slot_id,))

    def _apply(self, action: Action, at: str, by: str, officer_id: str, words: list[str]) -> None:
        execute: Callable[..., int] = self._database.execute
        match action:
            case Action.OFFICER_DISABLED:
                execute(_DISABLE, (at, officer_id))
            case Action.SLOT_CHANGED | Action.SLOT_RECOVERED:
                execute(_CHOSEN, (officer_id,))
            case _:
                role, slot_id, *_ = (*words, "")
                name, indexed_slot = self._remains.officers.get(officer_id, (name_key(officer_id), officer_id))
                values = (officer_id, name, role, at, by != officer_id, slot_id or indexed_slot)
                execute(_INSERT, values)
        if words and words[-1].isdecimal():
            execute(_WRITTEN, (int(words[-1]), officer_id))
