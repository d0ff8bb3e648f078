"""Cases: opened, moved on; every change to a case raises its revision."""

from typing import Final

from victimid.errors import VictimIDError
from victimid.model.audit import Action
from victimid.model.case import Case, Stage
from victimid.store.audit import Audit
from victimid.store.connection import Database, Row
from victimid.store.moments import from_text, to_text

_INSERT: Final = """INSERT INTO cases (ref, opened_at, opened_by, stage, person_language, practice)
    VALUES (?, ?, ?, ?, ?, ?)"""
_GET: Final = """SELECT ref, opened_at, opened_by, stage, person_language, practice FROM cases WHERE ref = ?"""


class Cases:
    """The cases of one laptop."""

    def __init__(self, database: Database, audit: Audit) -> None:
        self._database = database
        self._audit = audit

    def add(self, case: Case) -> None:
        """Open a case; ``case.reference_taken`` if another has this reference."""
        values = (
            case.ref,
            to_text(case.opened_at),
            case.opened_by,
            case.stage.value,
            case.person_language,
            case.practice,
        )
        with self._database.transaction():
            if self._database.row(_GET, (case.ref,)):
                raise VictimIDError("case.reference_taken", case=case.ref)
            self._database.execute(_INSERT, values)
            self._audit.append(Action.CASE_OPENED, case.opened_by, case.ref)

    def get(self, ref: str) -> Case:
        """Return one case; ``case.unknown``."""
        row = self._database.row(_GET, (ref,))
        if row is None:
            raise VictimIDError("case.unknown", case=ref)
        return _case(row)


def changed(database: Database, ref: str, stage: Stage | None = None) -> None:
    """Note within a change what it does to its case: the next export takes it along, and it may move on a stage.

    Raises ``case.unknown``.
    """
    statement = "UPDATE cases SET revision = revision + 1, stage = coalesce(?, stage) WHERE ref = ?"
    if not database.execute(statement, (stage and stage.value, ref)):
        raise VictimIDError("case.unknown", case=ref)


def learn_language(database: Database, ref: str, language: str) -> None:
    """Note the person's language of a case that was opened before anybody knew it."""
    database.execute("UPDATE cases SET person_language = ? WHERE ref = ? AND person_language = ''", (language, ref))


def _case(row: Row) -> Case:
    ref, opened_at, opened_by, stage, person_language, practice = row
    return Case(ref, from_text(opened_at), opened_by, Stage(stage), person_language, bool(practice))
