"""Answers: every revision is a row of its own, and no row is ever changed."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from victimid.model.answer import Answer, Delivery, Kind, NonAnswer, Precision, Wording
from victimid.model.audit import Action
from victimid.model.link import LinkKind
from victimid.store import link_index
from victimid.store.case_log import CaseLog
from victimid.store.connection import Database, Row, Value
from victimid.store.contents import digest
from victimid.store.marks import Marks
from victimid.store.moments import from_text, to_text

_INSERT: Final = """INSERT INTO answer (interview_id, ref, revision, value, non_answer, kind, own_words,
    officer_language, officer_question, officer_answer, person_language, person_question, person_answer,
    delivery, by, at, precision, withdrawn, link)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
_REVISIONS: Final = """SELECT ref, revision, value, non_answer, kind, own_words, officer_language,
    officer_question, officer_answer, person_language, person_question, person_answer, delivery, by, at,
    precision, withdrawn, link FROM answer WHERE interview_id = ? AND ref = ? ORDER BY revision"""
_EVERY: Final = """SELECT ref, revision, value, non_answer, kind, own_words, officer_language,
    officer_question, officer_answer, person_language, person_question, person_answer, delivery, by, at,
    precision, withdrawn, link FROM answer WHERE interview_id = ? ORDER BY id"""
_LATEST: Final = """SELECT ref, revision, value, non_answer, kind, own_words, officer_language,
    officer_question, officer_answer, person_language, person_question, person_answer, delivery, by, at,
    precision, withdrawn, link FROM answer JOIN (
        SELECT ref AS asked, min(id) AS first, max(revision) AS newest FROM answer
        WHERE interview_id = ?1 GROUP BY ref
    ) ON ref = asked AND revision = newest
    WHERE interview_id = ?1 ORDER BY first"""
_NEWEST: Final = "SELECT coalesce(max(revision), 0) FROM answer WHERE interview_id = ? AND ref = ?"


@dataclass(frozen=True, slots=True)
class Whose:
    """The interview that an answer belongs to, with its case."""

    id: str
    case_ref: str


class Answers:
    """The answers of one laptop; whatever adds a revision writes it down in the audit with its content."""

    def __init__(self, database: Database, log: CaseLog) -> None:
        self._database = database
        self._log = log
        self._marks = Marks(database, log)

    def add(self, interview: Whose, answer: Answer, action: Action = Action.ANSWERED) -> Answer:
        """Add an answer as the next revision, within a change, and return it with its number."""
        newest = int(self._database.value(_NEWEST, (interview.id, answer.ref)))
        kept = replace(answer, revision=newest + 1)
        self._database.execute(_INSERT, _values(interview.id, kept))
        detail = f"{interview.id} {kept.ref} {kept.revision}"
        self._log.note(action, kept.by, interview.case_ref, detail, content=digest(kept))
        self._marks.remove_unsaid(interview.case_ref, interview.id, kept)
        link_index.learn(self._database, interview.case_ref, interview.id, kept.ref, kept)
        return kept

    def withdraw(self, interview: Whose, answer: Answer, by: str, at: datetime) -> None:
        """Let an answer cease to count, by a last revision that says nothing; those before it stay."""
        blank = replace(
            answer,
            value="",
            non_answer=None,
            own_words="",
            officer_wording=replace(answer.officer_wording, answer=""),
            person_wording=replace(answer.person_wording, answer=""),
            precision=Precision.EXACT,
            by=by,
            at=at,
            withdrawn=True,
        )
        self.add(interview, blank, Action.ANSWER_WITHDRAWN)

    def latest(self, interview_id: str) -> tuple[Answer, ...]:
        """Return the latest revision of every answer, withdrawn ones too, in the order of first answering."""
        return tuple(_answer(row) for row in self._database.rows(_LATEST, (interview_id,)))

    def every(self, interview_id: str) -> tuple[Answer, ...]:
        """Return every revision of every answer, in the order in which they were added."""
        return tuple(_answer(row) for row in self._database.rows(_EVERY, (interview_id,)))

    def revisions(self, interview_id: str, ref: str) -> tuple[Answer, ...]:
        """Return every revision of one answer, oldest first."""
        return tuple(_answer(row) for row in self._database.rows(_REVISIONS, (interview_id, ref)))


def _values(interview_id: str, answer: Answer) -> tuple[Value, ...]:
    return (
        interview_id,
        answer.ref,
        answer.revision,
        answer.value,
        answer.non_answer.value if answer.non_answer else None,
        answer.kind.value,
        answer.own_words,
        answer.officer_wording.language,
        answer.officer_wording.question,
        answer.officer_wording.answer,
        answer.person_wording.language,
        answer.person_wording.question,
        answer.person_wording.answer,
        answer.delivery.value,
        answer.by,
        to_text(answer.at),
        answer.precision.value,
        answer.withdrawn,
        answer.link.value if answer.link else None,
    )


def _answer(row: Row) -> Answer:
    return Answer(
        ref=row[0],
        revision=row[1],
        value=row[2],
        non_answer=NonAnswer(row[3]) if row[3] else None,
        kind=Kind(row[4]),
        own_words=row[5],
        officer_wording=Wording(*row[6:9]),
        person_wording=Wording(*row[9:12]),
        delivery=Delivery(row[12]),
        by=row[13],
        at=from_text(row[14]),
        precision=Precision(row[15]),
        withdrawn=bool(row[16]),
        link=LinkKind(row[17]) if row[17] else None,
    )
