"""Checking the vault: how far it is, what was compared, what does not fit, and what a check cannot prove."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from victimid import formats
from victimid.app import vault_care
from victimid.app.messages import sentence
from victimid.errors import VictimIDError
from victimid.model.checkup import Checkup, Flaw
from victimid.ui.context import Context
from victimid.ui.screens.care_words import check_words
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.frames import Card, replace
from victimid.ui.widgets.text import label
from victimid.ui.widgets.under_way import UnderWay

_MOST_FLAWS = 50


class CheckCard(Card):
    """One check at a time; ``failed`` carries what went wrong with checking itself."""

    failed = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__(spacing=12)
        self._context, self._words = context, context.words
        words = self._words
        self.button = Button(words.gettext("Check now"), "primary")
        self.button.clicked.connect(self.begin)
        self.work = UnderWay(words, words.gettext("How far the check is"))
        self.result = QWidget()
        explanation = words.gettext(
            "Compares every record with the record of actions, and that with this laptop's signatures. "
            "You can stop it at any time."
        )
        self.body.addWidget(label(words.gettext("Check of all records"), "section"))
        self.body.addWidget(label(explanation))
        self.body.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeading)
        for part in (self.work, self.result):
            self.body.addWidget(part)

    def begin(self) -> None:
        """Begin a check."""
        session, progress = self._context.session, self.work.begin()
        self._set_busy(busy=True)
        self._show_result(QWidget())
        self._context.jobs.run(
            lambda: vault_care.check(session, progress=progress.report), self._show, self, self._not_checked
        )

    def _set_busy(self, *, busy: bool) -> None:
        words = self._words
        self.button.set_text(words.gettext("Checking …") if busy else words.gettext("Check now"))
        self.button.setEnabled(not busy)
        if not busy:
            self.work.end()

    def _not_checked(self, error: VictimIDError) -> None:
        self._set_busy(busy=False)
        self.failed.emit(error)

    def _show(self, found: Checkup) -> None:
        self._set_busy(busy=False)
        words, shown = self._words, QWidget()
        rows = QVBoxLayout(shown)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(12)
        rows.addWidget(self._verdict(found))
        rows.addWidget(self._compared(found))
        if found.uncovered:
            rows.addWidget(label(self._uncovered(found.uncovered)))
        limits = words.gettext(
            "A check finds records that do not fit together: altered, deleted, reordered or put back. But whoever has "
            "any officer's passphrase and a program of their own can make the whole record of actions anew and sign "
            "it; only an export written before shows that. Headquarters can compare. That the whole folder was put "
            "back as it once was shows only by a newer export or receipt; that the last minutes before the program "
            "stopped without locking were taken away shows by nothing."
        )
        rows.addWidget(label(limits, "muted"))
        self._show_result(shown)

    def _verdict(self, found: Checkup) -> Card:
        words, count = self._words, len(found.flaws)
        card = Card("done" if found.sound else "danger", margin=16)
        if found.sound:
            card.body.addWidget(label(words.gettext("Nothing was found that does not fit."), "strong"))
            return card
        found_words = words.ngettext("{count} thing does not fit.", "{count} things do not fit.", count)
        card.body.addWidget(label(found_words, "strong"))
        for flaw in found.flaws[:_MOST_FLAWS]:
            card.body.addWidget(label(self._said(flaw)))
        if count > _MOST_FLAWS:
            more = count - _MOST_FLAWS
            card.body.addWidget(label(words.ngettext("and {count} more", "and {count} more", more), "muted"))
        card.body.addWidget(label(words.gettext("Keep the laptop as it is and tell headquarters."), "strong"))
        return card

    def _said(self, flaw: Flaw) -> str:
        return sentence(self._words, VictimIDError(flaw.code, **flaw.fields))

    def _compared(self, found: Checkup) -> QWidget:
        shown = QWidget()
        grid = QGridLayout(shown)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(4)
        grid.setHorizontalSpacing(24)
        grid.setColumnStretch(1, 1)
        grid.addWidget(label(self._words.gettext("What was compared"), "strong"), 0, 0, 1, 2)
        for row, (check, count) in enumerate(found.compared.items(), start=1):
            grid.addWidget(label(check_words(self._words, check), wrap=False), row, 0)
            grid.addWidget(label(formats.number(count, self._words.language), "strong"), row, 1)
        return shown

    def _uncovered(self, count: int) -> str:
        return self._words.ngettext(
            "{count} older record was written before the record of actions covered contents; it was not compared.",
            "{count} older records were written before the record of actions covered contents; they were not compared.",
            count,
        )

    def _show_result(self, fresh: QWidget) -> None:
        replace(self.body, self.result, fresh)
        self.result = fresh
