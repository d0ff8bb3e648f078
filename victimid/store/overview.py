"""The desk in two statements, however many cases there are: rows by reference, and what waits."""

from typing import Final

from victimid.model.case import CaseOverview, Stage
from victimid.model.finding import Outcome
from victimid.store.connection import Database, Row
from victimid.store.moments import from_text

_ROWS: Final = """SELECT ref, opened_at, person_language, stage,
    (SELECT outcome FROM decision WHERE case_ref = ref ORDER BY id DESC LIMIT 1),
    (SELECT id FROM interview WHERE case_ref = ref AND finished_at IS NULL
        ORDER BY started_at DESC, rowid DESC LIMIT 1),
    owner FROM cases WHERE instr(replace(ref, '-', ''), ?) > 0 AND owner = coalesce(?, owner)
    ORDER BY opened_at DESC, ref"""
_UNFINISHED: Final = """SELECT count(DISTINCT case_ref) FROM interview JOIN cases ON ref = case_ref
    WHERE finished_at IS NULL AND owner = coalesce(?, owner)"""
_AT_STAGE: Final = "SELECT count(*) FROM cases WHERE stage = ? AND owner = coalesce(?, owner)"
_NOT_EXPORTED: Final = """SELECT count(*) FROM cases
    WHERE revision > exported_revision AND practice = 0 AND owner = coalesce(?, owner)"""


class Overview:
    """Reads across the records of every case, or of those one officer answers for; never a name."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def rows(self, query: str = "", owner: str | None = None) -> tuple[CaseOverview, ...]:
        """Return the cases with this piece of a reference, newest first; dashes, spaces and case do not count."""
        return tuple(_overview(row) for row in self._database.rows(_ROWS, (_piece(query), owner)))

    def unfinished(self, owner: str | None = None) -> int:
        """Count the cases with an interview to go on with."""
        return int(self._database.value(_UNFINISHED, (owner,)))

    def at_stage(self, stage: Stage, owner: str | None = None) -> int:
        """Count the cases that have come as far as this."""
        return int(self._database.value(_AT_STAGE, (stage.value, owner)))

    def not_exported(self, owner: str | None = None) -> int:
        """Count the real cases that changed since headquarters was told."""
        return int(self._database.value(_NOT_EXPORTED, (owner,)))


def _piece(query: str) -> str:
    return "".join(c for c in query.upper() if c.isalnum())


def _overview(row: Row) -> CaseOverview:
    ref, opened_at, person_language, stage, outcome, unfinished, owner = row
    return CaseOverview(
        ref=ref,
        opened_at=from_text(opened_at),
        person_language=person_language,
        stage=Stage(stage),
        outcome=Outcome(outcome) if outcome else None,
        open_interview=unfinished or "",
        owner=owner,
    )
