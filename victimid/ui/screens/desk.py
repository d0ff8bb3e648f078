"""The desk: what needs doing, and every case of this laptop by reference."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from victimid.app.desk import Desk
from victimid.app.recovering import rehearsal_due
from victimid.i18n import Words
from victimid.model.case import CaseOverview, Stage
from victimid.ui.context import Context
from victimid.ui.destinations import (
    Destination,
    ToDesk,
    ToFirstLine,
    ToHandOver,
    ToInterview,
    ToNewInterview,
    ToRecovery,
    ToSummary,
)
from victimid.ui.jobs import Jobs
from victimid.ui.screen import Screen
from victimid.ui.screens.desk_cases import CaseList
from victimid.ui.screens.desk_counts import Counts
from victimid.ui.screens.desk_waiting import WaitingCard
from victimid.ui.screens.rehearsal_reminder import RehearsalReminder
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.frames import scrolling
from victimid.ui.widgets.side_nav import SideNav
from victimid.ui.widgets.text import label

_LOW = 680


class DeskScreen(Screen):
    """Finds, opens and begins cases; it can be made before the vault is open, and has nothing in it until then."""

    def __init__(self, words: Words, jobs: Jobs) -> None:
        super().__init__(words, jobs)
        self._make_parts()
        self._connect()
        main = QWidget()
        whole = QHBoxLayout()
        whole.setSpacing(0)
        # From the outside in: what is put into another widget with all it holds is styled anew with all it holds.
        self.body.addLayout(whole)
        whole.addWidget(self.side)
        whole.addWidget(scrolling(main), 1)
        self._fill(main)
        self.setFocusProxy(self.new)

    def open(self, context: Context) -> None:
        """Show the cases of the vault that was opened, and what its officer may do."""
        self.context = context
        self.side.offer(context.session.access.may)
        self.cases.open(context.session)
        self.waiting.open(context.session)
        self.refresh()
        self.jobs.run(lambda: rehearsal_due(context.session), self.reminder.setVisible, self)

    def refresh(self) -> None:
        """Read again the list, then what waits; the counts come last, as they take longest."""
        session = self.context.session
        self.cases.refresh()
        self.waiting.refresh()
        self.jobs.run(lambda: Desk(session).counts(), self.counts.show_counts, self)

    def open_case(self, ref: str) -> None:
        """Go on where the case stands: its open interview, its first interview, or its summary."""
        session = self.context.session
        self.jobs.run(lambda: Desk(session).case(ref), lambda case: self.go.emit(next_step(case)), self)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - overrides Qt
        """Leave the height of a low window to the cases."""
        super().resizeEvent(event)
        self.counts.set_flat(flat=event.size().height() < _LOW)

    def _make_parts(self) -> None:
        words = self.words
        self.side = SideNav(words, ToDesk())
        self.hand_over = Button(words.gettext("Hand over"), "plain")
        self.first_line = Button(words.gettext("First line"), "plain", "Ctrl+1")
        self.new = Button(words.gettext("New interview"), "primary", "Ctrl+N")
        self.waiting = WaitingCard(words, self.jobs)
        self.counts = Counts(words)
        self.cases = CaseList(words, self.jobs)
        self.reminder = RehearsalReminder(words)

    def _connect(self) -> None:
        self.side.go.connect(self.go)
        self.hand_over.clicked.connect(lambda: self.go.emit(ToHandOver()))
        self.first_line.clicked.connect(lambda: self.go.emit(ToFirstLine()))
        self.new.clicked.connect(lambda: self.go.emit(ToNewInterview()))
        for part in (self.waiting, self.cases):
            part.chosen.connect(self.open_case)
        self.cases.listed.connect(lambda any_case: self.setFocusProxy(self.cases.table if any_case else self.new))
        self.reminder.rehearse.connect(lambda: self.go.emit(ToRecovery()))

    def _fill(self, main: QWidget) -> None:
        rows = QVBoxLayout(main)
        rows.setContentsMargins(28, 24, 28, 24)
        rows.setSpacing(12)
        head = QHBoxLayout()
        rows.addLayout(head)
        head.setSpacing(12)
        head.addWidget(label(self.words.gettext("Desk"), "title"), 1)
        for button in (self.hand_over, self.first_line, self.new):
            head.addWidget(button)
        rows.addWidget(self.waiting)
        rows.addWidget(self.counts)
        rows.addWidget(self.cases, 1)
        rows.addWidget(self.reminder)


def next_step(row: CaseOverview) -> Destination:
    """Return where a case goes on."""
    if row.open_interview:
        return ToInterview(row.open_interview)
    if row.stage is Stage.OPENED:
        return ToNewInterview(row.ref)
    return ToSummary(row.ref)
