"""Marks: words of answers that an officer took for a name, a phone, a place; each change is a row, and none changes."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from victimid.model.answer import Answer
from victimid.model.audit import Action
from victimid.model.link import LinkKind, Mark
from victimid.store import identifiers
from victimid.store.case_log import CaseLog
from victimid.store.connection import Database, Row
from victimid.store.contents import digest
from victimid.store.moments import from_text, to_text
from victimid.store.search_words import normalise

_INSERT: Final = """INSERT INTO mark (case_ref, interview_id, ref, kind, text, by, at, removed)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)"""
_SELECT: Final = "SELECT interview_id, ref, kind, text, by, at, removed FROM mark"
_EVERY: Final = f"{_SELECT} WHERE case_ref = ? ORDER BY id"
_OF_ANSWER: Final = f"{_SELECT} WHERE interview_id = ? AND ref = ? ORDER BY id"
_OF_INTERVIEW: Final = f"{_SELECT} WHERE interview_id = ? ORDER BY id"


class Marks:
    """The marks of one laptop; whatever adds a row writes it down in the audit with its content."""

    def __init__(self, database: Database, log: CaseLog) -> None:
        self._database = database
        self._log = log

    def add(self, case_ref: str, mark: Mark, action: Action, by: str = "") -> None:
        """Add a row, within a change; ``by`` is who does it, where that is not who made the mark."""
        values = (mark.interview_id, mark.ref, mark.kind.value, mark.text, mark.by, to_text(mark.at), mark.removed)
        self._database.execute(_INSERT, (case_ref, *values))
        detail = f"{mark.interview_id} {mark.ref} {mark.kind.value}"
        self._log.note(action, by or mark.by, case_ref, detail, content=digest(mark))

    def remove(self, case_ref: str, mark: Mark, by: str, at: datetime) -> None:
        """Let a mark stand no longer, by a further row."""
        self.add(case_ref, replace(mark, by=by, at=at, removed=True), Action.UNMARKED)

    def remove_unsaid(self, case_ref: str, interview_id: str, answer: Answer) -> None:
        """Let marks stand no longer whose words an answer does not have any more."""
        said = f" {normalise(identifiers.words_of(answer))} "
        for mark in standing(self._database, interview_id, answer.ref):
            if f" {normalise(mark.text)} " not in said:
                self.remove(case_ref, mark, answer.by, answer.at)

    def of_case(self, case_ref: str) -> tuple[Mark, ...]:
        """Return every row of a case, oldest first."""
        return tuple(_mark(row) for row in self._database.rows(_EVERY, (case_ref,)))


def standing(database: Database, interview_id: str, ref: str | None = None) -> tuple[Mark, ...]:
    """Return the marks of one answer that stand, or of a whole interview."""
    one = ref is not None
    rows = database.rows(_OF_ANSWER if one else _OF_INTERVIEW, (interview_id, ref) if one else (interview_id,))
    last = {row[1:4]: row for row in rows}
    return tuple(_mark(row) for row in last.values() if not row[6])


def _mark(row: Row) -> Mark:
    interview_id, ref, kind, text, by, at, removed = row
    return Mark(interview_id, ref, LinkKind(kind), text, by, from_text(at), bool(removed))
