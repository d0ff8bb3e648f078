"""The desk: cases by reference, what waits, opening and finding a case."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from victimid.app import officers
from victimid.app.permissions import Right
from victimid.app.session import Session
from victimid.errors import VictimIDError
from victimid.model.case import Case, CaseOverview, Stage, new_reference
from victimid.model.case_list import CaseFilter, CaseMark
from victimid.store.overview import PAGE

_REFERENCE_TRIES = 20


@dataclass(frozen=True, slots=True)
class CasePage:
    """Some cases of a list, newest first; ``more`` tells whether others may follow."""

    cases: tuple[CaseOverview, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class DeskView:
    """What the list of cases needs: whose it is, the languages it can be narrowed to, and names.

    ``owners`` names the officers, where their cases are listed too; ``may_delete`` tells who may see what is due.
    """

    officer_id: str
    may_delete: bool
    languages: tuple[str, ...]
    owners: Mapping[str, str]

    @property
    def sees_all(self) -> bool:
        """Whether this officer may see the cases of others."""
        return bool(self.owners)


@dataclass(frozen=True, slots=True)
class DeskCounts:
    """How many cases there are at one moment."""

    unfinished: int
    referred: int
    not_exported: int
    last_export: int


class Desk:
    """Use cases of the desk."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def view(self) -> DeskView:
        """Return what the list needs beside its cases."""
        self._session.access.require(Right.WORK_ON_OWN_CASES)
        owner = self._session.access.only_of
        return DeskView(
            officer_id=self._session.officer_id,
            may_delete=self._session.access.may(Right.DELETE_DUE),
            languages=self._session.vault.overview.languages(owner),
            owners=officers.names(self._session) if owner is None else {},
        )

    def counts(self) -> DeskCounts:
        """Count what waits and what went out; of very many cases this takes longest."""
        self._session.access.require(Right.WORK_ON_OWN_CASES)
        vault, owner = self._session.vault, self._session.access.only_of
        return DeskCounts(
            unfinished=vault.overview.unfinished(owner),
            referred=vault.overview.at_stage(Stage.REFERRED, owner),
            not_exported=vault.overview.not_exported(owner),
            last_export=vault.exports.next_sequence() - 1,
        )

    def page(self, wanted: CaseFilter, after: CaseOverview | None = None) -> CasePage:
        """Return the cases of a list that come after one, or the first; never a case this officer may not see.

        Which cases are due is for those who may delete them; ``officer.not_allowed``.
        """
        self._session.access.require(Right.WORK_ON_OWN_CASES)
        if wanted.due:
            self._session.access.require(Right.DELETE_DUE)
        whose = self._session.access.only_of
        seen = wanted if whose is None else replace(wanted, owner=whose)
        mark = CaseMark(after.opened_at, after.ref) if after else None
        vault = self._session.vault
        due = vault.policies.read().due(self._session.clock()) if wanted.due else ()
        cases = vault.overview.rows(seen, mark, due=due)
        return CasePage(cases, len(cases) == PAGE)

    def case(self, ref: str) -> CaseOverview:
        """Return one case as the desk lists it; raises ``case.unknown``, ``case.not_yours``."""
        self._session.access.require(Right.WORK_ON_OWN_CASES)
        found = self._session.vault.overview.row(ref)
        if found is None:
            raise VictimIDError("case.unknown", case=ref)
        self._session.access.require_listed(self._session.vault.cases.get(ref))
        return found

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
