"""Cases: opened, moved on, handed over; every change to a case raises its revision."""

from typing import Final

from victimid.errors import VictimIDError
from victimid.model.audit import Action
from victimid.model.case import Case, Stage
from victimid.store.audit import Audit
from victimid.store.case_log import state_of
from victimid.store.connection import Database, Row
from victimid.store.moments import from_text, to_text

_INSERT: Final = """INSERT INTO cases (ref, opened_at, opened_by, stage, person_language, practice, owner, changed_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)"""
_GET: Final = """SELECT ref, opened_at, opened_by, stage, person_language, practice, owner FROM cases WHERE ref = ?"""
_NOTE_OPEN: Final = """UPDATE cases SET open_interview = coalesce((SELECT id FROM interview
    WHERE case_ref = ?1 AND finished_at IS NULL ORDER BY started_at DESC, rowid DESC LIMIT 1), '') WHERE ref = ?1"""


class Cases:
    """The cases of one laptop."""

    def __init__(self, database: Database, audit: Audit) -> None:
        self._database = database
        self._audit = audit

    def add(self, case: Case) -> None:
        """Open a case; ``case.reference_taken`` if another has this reference."""
        owner = case.owner or case.opened_by
        opened_at = to_text(case.opened_at)
        values = (case.ref, opened_at, case.opened_by, case.stage.value, case.person_language, case.practice, owner)
        with self._database.transaction():
            if self._known(case.ref):
                raise VictimIDError("case.reference_taken", case=case.ref)
            self._database.execute(_INSERT, (*values, opened_at))
            state = state_of(self._database, case.ref)
            self._audit.append(Action.CASE_OPENED, case.opened_by, case.ref, case_state=state)

    def _known(self, ref: str) -> bool:
        """Tell whether a reference was ever used: the audit remembers those of deleted cases."""
        known = "SELECT 1 FROM cases WHERE ref = ?1 UNION ALL SELECT 1 FROM audit WHERE subject = ?1"
        return self._database.row(known, (ref,)) is not None

    def get(self, ref: str) -> Case:
        """Return one case; ``case.unknown``."""
        row = self._database.row(_GET, (ref,))
        if row is None:
            raise VictimIDError("case.unknown", case=ref)
        return _case(row)


def learn_language(database: Database, ref: str, language: str) -> None:
    """Note the person's language of a case that was opened before anybody knew it."""
    database.execute("UPDATE cases SET person_language = ? WHERE ref = ? AND person_language = ''", (language, ref))


def note_open_interview(database: Database, ref: str) -> None:
    """Keep in a case which of its interviews can be gone on with: the last one that is not finished."""
    database.execute(_NOTE_OPEN, (ref,))


def _case(row: Row) -> Case:
    ref, opened_at, opened_by, stage, person_language, practice, owner = row
    return Case(ref, from_text(opened_at), opened_by, Stage(stage), person_language, bool(practice), owner)
