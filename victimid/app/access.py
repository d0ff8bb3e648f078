"""The gate every use case asks: may this officer do this, and see this case; what is seen is written down."""

from enum import StrEnum

from victimid.app.action_filter import typed_reference
from victimid.app.permissions import Right, may
from victimid.errors import VictimIDError
from victimid.model.audit import Action
from victimid.model.case import Case
from victimid.store.vault import Vault


class Why(StrEnum):
    """Why a supervisor opens a case that another officer answers for."""

    REVIEW = "review"
    ASKED_BY_OFFICER = "asked_by_officer"
    OFFICER_ABSENT = "officer_absent"
    DANGER = "danger"


class Access:
    """What the officer of one session may do; lives as long as the session."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._viewed: set[str] = set()

    @property
    def only_of(self) -> str | None:
        """The officer whose cases alone may be listed; None where all may be."""
        return None if self.may(Right.SEE_ALL_CASES) else self._vault.officer.id

    def may(self, right: Right) -> bool:
        """Tell whether the officer has a right, for a screen to offer only what will be allowed."""
        return may(self._vault.officer.role, right)

    def require(self, right: Right, ref: str = "") -> None:
        """Let the use case go on, or write the refusal down, with the case, and raise ``officer.not_allowed``.

        Raises ``officer.passphrase_given`` until a passphrase that somebody else gave is changed.
        """
        self.require_own_passphrase()
        if not self.may(right):
            self._refuse(ref, right)
            raise VictimIDError("officer.not_allowed")

    def require_own_passphrase(self) -> None:
        """Raise ``officer.passphrase_given`` for one who still has the passphrase that somebody else gave."""
        if self._vault.officer.passphrase_given:
            raise VictimIDError("officer.passphrase_given")

    def case(self, ref: str) -> Case:
        """Return a case the officer may work on; what is seen for the first time in a session is written down.

        Raises ``case.unknown``, ``officer.not_allowed``, ``case.not_yours``, and ``case.reason_needed`` where a
        supervisor has to say why first, with `open_other`.
        """
        self.require(Right.WORK_ON_OWN_CASES, ref)
        case = self._vault.cases.get(ref)
        if ref in self._viewed:
            return case
        if case.owner != self._vault.officer.id:
            if self.may(Right.SEE_ALL_CASES):
                raise VictimIDError("case.reason_needed", case=ref)
            self._refuse(ref, Right.SEE_ALL_CASES)
            raise VictimIDError("case.not_yours", case=ref)
        with self._vault.together():
            self._note_view(ref, "")
            self._vault.handovers.opened(ref)
        return case

    def open_other(self, ref: str, why: Why) -> Case:
        """Open a case of another officer for a reason; ``case.unknown``, ``officer.not_allowed``."""
        self.require(Right.SEE_ALL_CASES, ref)
        case = self._vault.cases.get(ref)
        self._note_view(ref, why)
        return case

    def require_listed(self, case: Case) -> None:
        """Raise ``case.not_yours`` for a case whose very existence this officer is not shown."""
        if self.only_of not in {None, case.owner}:
            self._refuse(case.ref, Right.SEE_ALL_CASES)
            raise VictimIDError("case.not_yours", case=case.ref)

    def to_hand_over(self, ref: str) -> None:
        """Let an own case be handed over, or another's by who may, or write the refusal down.

        Raises ``case.unknown``, ``officer.not_allowed``, ``case.not_yours``.
        """
        self.require(Right.WORK_ON_OWN_CASES, ref)
        if self._vault.cases.get(ref).owner != self._vault.officer.id and not self.may(Right.HAND_OVER_OTHERS):
            self._refuse(ref, Right.HAND_OVER_OTHERS)
            raise VictimIDError("case.not_yours", case=ref)

    def lets_see(self, case: Case) -> bool:
        """Tell whether the contents of a case may be shown: an own one, or one opened for a reason before."""
        return case.owner == self._vault.officer.id or case.ref in self._viewed

    def forget(self, ref: str) -> None:
        """Ask again the next time: the case has changed hands."""
        self._viewed.discard(ref)

    def _note_view(self, ref: str, why: str) -> None:
        self._vault.audit.append(Action.CASE_VIEWED, self._vault.officer.id, ref, why)
        self._viewed.add(ref)

    def _refuse(self, ref: str, right: Right) -> None:
        self._vault.audit.append(Action.REFUSED, self._vault.officer.id, typed_reference(ref), right)
