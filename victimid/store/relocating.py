"""What is recorded or typed in a repeat follows its instance when another one is removed.

Answers are named by the place of their question, as the form names it. So an answer that moves up is recorded
again where it now stands, with its words, officer and time; where nothing stands any more, it is withdrawn.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from victimid.model.audit import Action
from victimid.store import marks
from victimid.store.answers import Answers, Whose
from victimid.store.connection import Database
from victimid.store.drafts import of_question
from victimid.store.marks import Marks

Where = Callable[[str], str | None]


def move_answers(answers: Answers, interview: Whose, where: Where, by: str, at: datetime) -> None:
    """Record what moved as further revisions, within the change that moves it."""
    standing = {answer.ref: answer for answer in answers.latest(interview.id) if not answer.withdrawn}
    left = {ref for ref in standing if where(ref) != ref}
    moved = {new: standing[ref] for ref in sorted(left) if (new := where(ref)) is not None}
    for ref, answer in moved.items():
        answers.add(interview, replace(answer, ref=ref), Action.ANSWER_MOVED)
    for ref in sorted(left - set(moved)):
        answers.withdraw(interview, standing[ref], by, at)


def move_marks(database: Database, kept: Marks, interview: Whose, where: Where, by: str, at: datetime) -> None:
    """Let marks follow answers that are about to move; those of an answer that is gone stand no longer."""
    moving = [mark for mark in marks.standing(database, interview.id) if where(mark.ref) != mark.ref]
    for mark in moving:
        kept.remove(interview.case_ref, mark, by, at)
    for mark in moving:
        if (new := where(mark.ref)) is not None:
            kept.add(interview.case_ref, replace(mark, ref=new), Action.ANSWER_MOVED, by)


def move_drafts(database: Database, interview: Whose, where: Where) -> None:
    """Keep typed words with their instance, and forget those of one that is gone."""
    case_ref, interview_id = interview.case_ref, interview.id
    prefix = of_question(interview_id, "")
    kept = database.rows("SELECT place, text FROM draft WHERE case_ref = ?", (case_ref,))
    typed = {place.removeprefix(prefix): text for place, text in kept if place.startswith(prefix)}
    moving = {ref: text for ref, text in typed.items() if where(ref) != ref}
    for ref in moving:
        database.execute(
            "DELETE FROM draft WHERE case_ref = ? AND place = ?", (case_ref, of_question(interview_id, ref))
        )
    for ref, text in moving.items():
        new = where(ref)
        if new is not None:
            database.execute(
                "INSERT INTO draft (case_ref, place, text) VALUES (?, ?, ?)",
                (case_ref, of_question(interview_id, new), text),
            )
