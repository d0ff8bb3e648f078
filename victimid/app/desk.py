"""The desk: cases by reference, what waits, opening and finding a case."""

from dataclasses import dataclass
from datetime import datetime

from victimid.app.session import Session
from victimid.errors import VictimIDError
from victimid.model.case import Case, Stage, new_reference
from victimid.model.finding import Outcome

_REFERENCE_TRIES = 20


@dataclass(frozen=True, slots=True)
class CaseRow:
    """What the desk shows of a case; never a name."""

    ref: str
    opened_at: datetime
    person_language: str
    stage: Stage
    outcome: Outcome | None
    open_interview: str


@dataclass(frozen=True, slots=True)
class DeskView:
    """The desk at one moment."""

    cases: tuple[CaseRow, ...]
    unfinished: int
    referred: int
    not_exported: int
    last_export: int


class Desk:
    """Use cases of the desk."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def view(self, query: str = "") -> DeskView:
        """List cases, newest first; the query matches parts of references, dash and case ignored."""
        vault = self._session.vault
        every = tuple(self._row(case) for case in vault.cases.find())
        shown = every
        if query.strip():
            found = {case.ref for case in vault.cases.find(query)}
            shown = tuple(row for row in every if row.ref in found)
        return DeskView(
            cases=shown,
            unfinished=sum(bool(row.open_interview) for row in every),
            referred=sum(row.stage is Stage.REFERRED for row in every),
            not_exported=len(vault.exports.changed_cases()),
            last_export=vault.exports.next_sequence() - 1,
        )

    def open_case(self, person_language: str) -> Case:
        """Open a case under a fresh random reference."""
        session = self._session
        for _ in range(_REFERENCE_TRIES):
            case = Case(
                ref=new_reference(session.vault.post.prefix),
                opened_at=session.clock(),
                opened_by=session.officer_id,
                stage=Stage.OPENED,
                person_language=person_language,
            )
            try:
                session.vault.cases.add(case)
            except VictimIDError as error:
                if error.code != "case.reference_taken":
                    raise
            else:
                return case
        raise VictimIDError("case.no_free_reference")

    def _row(self, case: Case) -> CaseRow:
        vault = self._session.vault
        decision = vault.decisions.latest(case.ref)
        unfinished = [i.id for i in vault.interviews.of_case(case.ref) if i.finished_at is None]
        return CaseRow(
            ref=case.ref,
            opened_at=case.opened_at,
            person_language=case.person_language,
            stage=case.stage,
            outcome=decision.outcome if decision else None,
            open_interview=unfinished[-1] if unfinished else "",
        )
