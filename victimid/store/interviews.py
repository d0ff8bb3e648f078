"""Interviews with the form they run on and the place they have come to."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from victimid.errors import VictimIDError
from victimid.model.answer import Answer, NonAnswer
from victimid.model.audit import Action
from victimid.model.case import Stage
from victimid.model.interview import FormVersion, Interview
from victimid.store import cases, drafts, form_versions, relocating
from victimid.store.answers import Answers, Whose
from victimid.store.case_log import CaseLog
from victimid.store.connection import Database, Row
from victimid.store.marks import Marks
from victimid.store.moments import from_text, optional_from_text, optional_to_text, to_text
from victimid.store.relocating import Where

_INSERT: Final = """INSERT INTO interview (id, case_ref, form_id, form_version, form_sha256, officer_language,
    person_language, started_at, started_by, position, instance, finished_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
_GET: Final = """SELECT id, case_ref, form_id, form_version, form_sha256, officer_language, person_language,
    started_at, started_by, position, instance, finished_at FROM interview WHERE id = ?"""
_OF_CASE: Final = """SELECT id, case_ref, form_id, form_version, form_sha256, officer_language, person_language,
    started_at, started_by, position, instance, finished_at FROM interview
    WHERE case_ref = ? ORDER BY started_at, rowid"""


class Interviews:
    """The interviews of one laptop."""

    def __init__(self, database: Database, log: CaseLog) -> None:
        self._database = database
        self._log = log
        self._answers = Answers(database, log)
        self._marks = Marks(database, log)

    def keep_form(self, form: FormVersion) -> None:
        """Keep a form version as it is now; keeping it again changes nothing."""
        form_versions.keep(self._database, form)

    def form(self, sha256: str) -> FormVersion:
        """Return a kept form version; ``interview.form_unknown``."""
        return form_versions.read(self._database, sha256)

    def begin(self, interview: Interview) -> None:
        """Begin an interview in a case on a kept form; ``case.unknown``, ``interview.form_unknown``."""
        with self._database.transaction():
            if self._database.row("SELECT 1 FROM cases WHERE ref = ?", (interview.case_ref,)) is None:
                raise VictimIDError("case.unknown", case=interview.case_ref)
            cases.learn_language(self._database, interview.case_ref, interview.person_language)
            self.form(interview.form_sha256)
            self._database.execute(_INSERT, _values(interview))
            by, ref = interview.started_by, interview.case_ref
            cases.note_open_interview(self._database, interview.case_ref)
            self._log.note(Action.INTERVIEW_BEGUN, by, ref, interview.id, stage=Stage.INTERVIEW)

    def get(self, interview_id: str) -> Interview:
        """Return one interview; ``interview.unknown``."""
        row = self._database.row(_GET, (interview_id,))
        if row is None:
            raise VictimIDError("interview.unknown")
        return _interview(row)

    def of_case(self, case_ref: str) -> tuple[Interview, ...]:
        """Return the interviews of a case, oldest first."""
        return tuple(_interview(row) for row in self._database.rows(_OF_CASE, (case_ref,)))

    def save_answer(
        self, interview_id: str, answer: Answer, position: str, instance: str, gone: Sequence[str] = ()
    ) -> Answer:
        """Keep an answer as the next revision, with where the interview now stands; durable on return.

        Drops the draft of this question unless it is put off, and withdraws the answers whose place in the form is
        ``gone`` with this one. Returns the answer with its revision; ``interview.unknown``.
        """
        with self._database.transaction():
            whose = self._whose(interview_id)
            self._stand(interview_id, position, instance)
            if answer.non_answer is not NonAnswer.DEFERRED:
                drafts.drop(self._database, whose.case_ref, drafts.of_question(interview_id, answer.ref))
            kept = self._answers.add(whose, answer)
            for standing in self.answers(interview_id) if gone else ():
                if standing.ref in gone:
                    self._answers.withdraw(whose, standing, answer.by, answer.at)
        return kept

    def add_instance(self, interview_id: str, ref: str, position: str, instance: str, by: str) -> None:
        """Keep an interview with one more repeat instance; ``interview.unknown``."""
        with self._database.transaction():
            whose = self._whose(interview_id)
            self._stand(interview_id, position, instance)
            self._log.note(Action.INSTANCE_ADDED, by, whose.case_ref, f"{interview_id} {ref}")

    def remove_instance(
        self, interview_id: str, ref: str, where: Where, position: str, instance: str, by: str, at: datetime
    ) -> None:
        """Keep an interview without a repeat instance; what is recorded in those after it moves with them.

        ``where`` tells for any reference which it now is, None if it is gone. ``interview.unknown``.
        """
        with self._database.transaction():
            whose = self._whose(interview_id)
            relocating.move_marks(self._database, self._marks, whose, where, by, at)
            relocating.move_answers(self._answers, whose, where, by, at)
            relocating.move_drafts(self._database, whose, where)
            self._stand(interview_id, position, instance)
            self._log.note(Action.INSTANCE_REMOVED, by, whose.case_ref, f"{interview_id} {ref}")

    def move(self, interview_id: str, position: str, by: str, at: datetime) -> None:
        """Remember the question on screen, who went there and when; ``interview.unknown``."""
        changed = self._database.execute(
            "UPDATE interview SET position = ?, moved_by = ?, moved_at = ? WHERE id = ?",
            (position, by, to_text(at), interview_id),
        )
        if not changed:
            raise VictimIDError("interview.unknown")

    def finish(self, interview_id: str, at: datetime, by: str) -> None:
        """Close an interview; ``interview.unknown``."""
        with self._database.transaction():
            whose = self._whose(interview_id)
            self._database.execute("UPDATE interview SET finished_at = ? WHERE id = ?", (to_text(at), interview_id))
            cases.note_open_interview(self._database, whose.case_ref)
            self._log.note(Action.INTERVIEW_FINISHED, by, whose.case_ref, interview_id, stage=Stage.INTERVIEWED)

    def answers(self, interview_id: str, *, withdrawn: bool = False) -> tuple[Answer, ...]:
        """Return the latest revision of every answer, in the order in which questions were first answered.

        Those that ceased to count are left out unless ``withdrawn`` asks for them.
        """
        return tuple(each for each in self._answers.latest(interview_id) if withdrawn or not each.withdrawn)

    def revisions(self, interview_id: str, ref: str) -> tuple[Answer, ...]:
        """Return every revision of one answer, oldest first."""
        return self._answers.revisions(interview_id, ref)

    def _stand(self, interview_id: str, position: str, instance: str) -> None:
        self._database.execute(
            "UPDATE interview SET position = ?, instance = ? WHERE id = ?", (position, instance, interview_id)
        )

    def _whose(self, interview_id: str) -> Whose:
        found = self._database.value("SELECT case_ref FROM interview WHERE id = ?", (interview_id,))
        if found is None:
            raise VictimIDError("interview.unknown")
        return Whose(interview_id, found)


def _values(interview: Interview) -> tuple[str | None, ...]:
    return (
        interview.id,
        interview.case_ref,
        interview.form_id,
        interview.form_version,
        interview.form_sha256,
        interview.officer_language,
        interview.person_language,
        to_text(interview.started_at),
        interview.started_by,
        interview.position,
        interview.instance,
        optional_to_text(interview.finished_at),
    )


def _interview(row: Row) -> Interview:
    return Interview(
        id=row[0],
        case_ref=row[1],
        form_id=row[2],
        form_version=row[3],
        form_sha256=row[4],
        officer_language=row[5],
        person_language=row[6],
        started_at=from_text(row[7]),
        started_by=row[8],
        position=row[9],
        instance=row[10],
        finished_at=optional_from_text(row[11]),
    )
