"""Care of the vault: records put back, checking everything, deleting what is due, the way to repair."""

from victimid.app import vault_care
from victimid.app.permissions import Right
from victimid.model.why import WhyAccepted
from victimid.ui.context import Context
from victimid.ui.destinations import ToCare
from victimid.ui.screens.care_check import CheckCard
from victimid.ui.screens.care_due import DueCard
from victimid.ui.screens.care_repair import RepairCard
from victimid.ui.screens.care_rollback import RollbackCard
from victimid.ui.screens.office import OfficeScreen


class CareScreen(OfficeScreen):
    """What a role may not do is not there."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, ToCare(), context.words.gettext("Vault"))
        may = context.session.access.may
        self.rollback = RollbackCard(self.words, may_accept=may(Right.APPOINT_SUPERVISORS))
        self.rollback.accepted.connect(self._accept)
        self.check = CheckCard(context)
        self.check.failed.connect(self.explain)
        self.due = DueCard(context) if may(Right.DELETE_DUE) else None
        self.column.addWidget(self.rollback)
        self.rollback.setVisible(context.session.vault.rolled_back)
        self.column.addWidget(self.check)
        if self.due is not None:
            self.due.failed.connect(self.explain)
            self.column.addWidget(self.due)
        self.repair = RepairCard(self.words)
        self.repair.asked.connect(self.repair_asked)
        self.column.addWidget(self.repair)
        self.column.addStretch(1)
        self.setFocusProxy(self.check.button)

    def leave(self) -> None:
        """Stop a check that is under way: it must not hold up a lock."""
        self.check.work.stop()

    def _accept(self, why: WhyAccepted) -> None:
        session = self.context.session
        self.jobs.run(lambda: vault_care.accept_rollback(session, why), lambda _: self.go.emit(ToCare()), self)
