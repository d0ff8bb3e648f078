"""The desk: cases by reference, what waits, opening and finding a case."""

from collections.abc import Mapping
from dataclasses import dataclass

from victimid.app import officers
from victimid.app.permissions import Right
from victimid.app.session import Session
from victimid.errors import VictimIDError
from victimid.model.case import Case, CaseOverview, Stage, new_reference

_REFERENCE_TRIES = 20


@dataclass(frozen=True, slots=True)
class DeskView:
    """The desk at one moment; ``owners`` names the officers, where their cases are listed too."""

    cases: tuple[CaseOverview, ...]
    unfinished: int
    referred: int
    not_exported: int
    last_export: int
    owners: Mapping[str, str]


class Desk:
    """Use cases of the desk."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def view(self, query: str = "") -> DeskView:
        """List the cases this officer may see, newest first; the query matches parts of references.

        Raises ``officer.not_allowed`` for a role that works on no cases.
        """
        self._session.access.require(Right.WORK_ON_OWN_CASES)
        vault, owner = self._session.vault, self._session.access.only_of
        return DeskView(
            cases=vault.overview.rows(query, owner),
            unfinished=vault.overview.unfinished(owner),
            referred=vault.overview.at_stage(Stage.REFERRED, owner),
            not_exported=vault.overview.not_exported(owner),
            last_export=vault.exports.next_sequence() - 1,
            owners=officers.names(self._session) if owner is None else {},
        )

    def open_case(self, person_language: str) -> Case:
        """Open a case under a fresh random reference."""
        session = self._session
        session.access.require(Right.WORK_ON_OWN_CASES)
        for _ in range(_REFERENCE_TRIES):
            case = Case(
                ref=new_reference(session.vault.post.prefix),
                opened_at=session.clock(),
                opened_by=session.officer_id,
                stage=Stage.OPENED,
                person_language=person_language,
                owner=session.officer_id,
            )
            try:
                session.vault.cases.add(case)
            except VictimIDError as error:
                if error.code != "case.reference_taken":
                    raise
            else:
                return case
        raise VictimIDError("case.no_free_reference")
