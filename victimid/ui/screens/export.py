"""Export to headquarters, and the receipts that come back."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from victimid import formats
from victimid.app import exporting, receipts
from victimid.app.exporting import ExportView, WrittenExport
from victimid.app.permissions import Right
from victimid.errors import VictimIDError
from victimid.model.bundle import Receipt
from victimid.ui.context import Context
from victimid.ui.destinations import ToExport, ToRecovery
from victimid.ui.screen import SessionScreen
from victimid.ui.screens.export_key import KeyCard
from victimid.ui.screens.export_receipt_key import ReceiptKeyCard
from victimid.ui.screens.export_receipts import LaptopCard, ReceiptCard, SentCard
from victimid.ui.screens.export_sending import SendCard, WrittenCard
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.frames import scrolling
from victimid.ui.widgets.side_nav import SideNav
from victimid.ui.widgets.text import label

_WIDEST = 900


class ExportScreen(SessionScreen):
    """Writes bundles and takes receipts."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        words = self.words
        self.key = KeyCard(words)
        self.sending = SendCard(words)
        self.written = WrittenCard(words)
        self.sent = SentCard(words)
        self.receipt_key = ReceiptKeyCard(words)
        self.receipt = ReceiptCard(words, self.jobs)
        self.laptop = LaptopCard(words)
        # Translators: button: leads to how headquarters recovers the vault of an officer who forgot the passphrase.
        self.recovery = Button(words.gettext("If a passphrase is forgotten"), "plain")
        self.recovery.clicked.connect(lambda: self.go.emit(ToRecovery()))
        self.key.add.connect(self.add_key)
        self.sending.write.connect(self.write)
        self.receipt_key.chosen.connect(self.set_receipt_key)
        self.receipt.take.connect(self.take)
        self.side = SideNav(words, ToExport())
        self.side.offer(context.session.access.may)
        self.side.go.connect(self.go)
        whole = QHBoxLayout()
        whole.setSpacing(0)
        whole.addWidget(self.side)
        whole.addWidget(scrolling(self._column()), 1)
        self.body.addLayout(whole)
        self.refresh()

    def refresh(self) -> None:
        """Read again what waits and what was sent."""
        session = self.context.session
        self.jobs.run(lambda: exporting.view(session), self._show, self)

    def write(self, folder: Path) -> None:
        """Write the next bundle into a folder."""
        session = self.context.session
        self.banner.hide()
        self.sending.set_busy(busy=True)

        def work() -> tuple[WrittenExport, ExportView]:
            return exporting.write(session, folder), exporting.view(session)

        self.jobs.run(work, lambda made: self._wrote(*made), self, self._not_written)

    def add_key(self, key: str) -> None:
        """Take on headquarters' key after the first start."""
        session = self.context.session
        self.banner.hide()
        self.jobs.run(lambda: exporting.add_headquarters_key(session, key), self._show, self)

    def set_receipt_key(self, key: str) -> None:
        """Take receipts by this key from now on."""
        session = self.context.session
        self.banner.hide()

        def work() -> ExportView:
            receipts.set_key(session, key)
            return exporting.view(session)

        self.jobs.run(work, self._show, self)

    def take(self, path: Path) -> None:
        """Take a receipt of headquarters."""
        session = self.context.session
        self.banner.hide()
        self.jobs.run(lambda: receipts.take(session, path), self._took, self)

    def _column(self) -> QWidget:
        column = QWidget()
        column.setMaximumWidth(_WIDEST)
        rows = QVBoxLayout(column)
        rows.setContentsMargins(28, 24, 28, 24)
        rows.setSpacing(12)
        rows.addWidget(label(self.words.gettext("Headquarters"), "title"))
        for part in (
            self.sending,
            self.key,
            self.written,
            self.sent,
            self.receipt,
            self.receipt_key,
            self.laptop,
        ):
            rows.addWidget(part)
        rows.addWidget(self.recovery, 0, Qt.AlignmentFlag.AlignLeading)
        may_send = self.context.session.access.may(Right.EXPORT)
        for part in (self.sending, self.sent, self.receipt):
            part.setVisible(may_send)
        rows.addStretch(1)
        holder = QWidget()
        beside = QHBoxLayout(holder)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(column, _WIDEST)
        beside.addStretch(1)
        return holder

    def _show(self, view: ExportView) -> None:
        self.sending.show_view(view)
        if self.context.session.access.may(Right.MANAGE_KEYS):
            self.key.show_view(view)
            self.receipt_key.show_fingerprint(view.receipt_fingerprint)
        self.receipt.show_key(known=bool(view.receipt_fingerprint))
        self.sent.show_exports(view.exports)
        self.laptop.show_device(view.device_id, view.device_public_key)
        waiting = formats.number(view.waiting_cases, self.words.language) if view.waiting_cases else ""
        self.side.set_count(ToExport(), waiting)

    def _wrote(self, written: WrittenExport, view: ExportView) -> None:
        self.sending.set_busy(busy=False)
        self._show(view)
        self.written.show_written(written, view.device_id, view.device_public_key)

    def _not_written(self, error: VictimIDError) -> None:
        self.sending.set_busy(busy=False)
        self.explain(error)

    def _took(self, receipt: Receipt) -> None:
        # Translators: {number} is the number of an export.
        text = self.words.gettext("Headquarters has received bundle {number}.", number=receipt.sequence)
        self.banner.show_text(text, "done")
        self.refresh()
