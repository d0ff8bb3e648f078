"""The desk: what needs doing, and every case of this laptop by reference."""

from datetime import datetime

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from victimid import formats, i18n
from victimid.app.desk import Desk, DeskView
from victimid.clock import now
from victimid.model.case import CaseOverview, Stage
from victimid.ui.context import Context
from victimid.ui.destinations import (
    Destination,
    ToDesk,
    ToFirstLine,
    ToHandOver,
    ToInterview,
    ToNewInterview,
    ToSummary,
)
from victimid.ui.screen import Screen
from victimid.ui.screens.desk_owners import Owners
from victimid.ui.screens.desk_table import CasesTable, TableRow
from victimid.ui.screens.desk_waiting import WaitingCard
from victimid.ui.screens.desk_words import opened_words, stage_words, tag_words
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.field import Field
from victimid.ui.widgets.frames import Card
from victimid.ui.widgets.side_nav import SideNav
from victimid.ui.widgets.text import label

_TYPING_MS = 200


class CountCard(Card):
    """A caption, a number and a line below it."""

    def __init__(self, caption: str) -> None:
        super().__init__(margin=16, spacing=2)
        self.number = label("–", "number")
        self.below = label("", "caption")
        for part in (label(caption, "caption"), self.number, self.below):
            self.body.addWidget(part)

    def show_count(self, number: str, below: str) -> None:
        """Fill in."""
        self.number.setText(number)
        self.below.setText(below)


class DeskScreen(Screen):
    """Finds, opens and begins cases."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._rows: dict[str, CaseOverview] = {}
        self._languages = {language.tag: language.own_name for language in i18n.languages()}
        self._make_parts()
        side = SideNav(self.words, ToDesk(), context.session.access.may)
        side.go.connect(self.go)
        whole = QHBoxLayout()
        whole.setSpacing(0)
        whole.addWidget(side)
        whole.addWidget(self._main(), 1)
        self.body.addLayout(whole)
        self.setFocusProxy(self.new)
        self.refresh()

    def refresh(self) -> None:
        """Read the desk again."""
        session, query = self.context.session, self.search.text()
        self.jobs.run(lambda: (Desk(session).view(query), now()), lambda read: self._show(*read), self)
        self.waiting.refresh()

    def open_case(self, ref: str) -> None:
        """Go on where the case stands: its open interview, its first interview, or its summary."""
        self.go.emit(next_step(self._rows[ref]) if ref in self._rows else ToSummary(ref))

    def _make_parts(self) -> None:
        words = self.words
        self.first_line = Button(words.gettext("First line"), "plain", "Ctrl+1")
        self.first_line.clicked.connect(lambda: self.go.emit(ToFirstLine()))
        self.new = Button(words.gettext("New interview"), "primary", "Ctrl+N")
        self.new.clicked.connect(lambda: self.go.emit(ToNewInterview()))
        self.unfinished = CountCard(words.gettext("Unfinished interviews"))
        self.referred = CountCard(words.gettext("Referred"))
        self.not_exported = CountCard(words.gettext("Not yet at headquarters"))
        # Translators: field in which part of a case reference is typed.
        self.search = Field(words.gettext("Find by reference"))
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(self.refresh)
        self.search.changed.connect(lambda _: self._typing.start())
        self.owners = Owners(words, self.context.session.access)
        self.table = CasesTable(self._headings(), words.gettext("Cases"))
        self.table.chosen.connect(self.open_case)
        self.empty = label("", "muted")
        self.waiting = WaitingCard(self.context)
        self.waiting.chosen.connect(self.open_case)
        self.hand_over = Button(words.gettext("Hand over"), "plain")
        self.hand_over.clicked.connect(lambda: self.go.emit(ToHandOver()))

    def _headings(self) -> list[str]:
        words = self.words
        return [
            words.gettext("Case"),
            # Translators: heading of a column: when the case was opened.
            words.pgettext("column", "Opened"),
            words.gettext("Language"),
            # Translators: heading of a column: how far the case has come.
            words.gettext("Stage"),
            *self.owners.heading(),
            "",
        ]

    def _main(self) -> QWidget:
        main = QWidget()
        rows = QVBoxLayout(main)
        rows.setContentsMargins(28, 24, 28, 24)
        rows.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(label(self.words.gettext("Desk"), "title"), 1)
        head.addWidget(self.hand_over)
        head.addWidget(self.first_line)
        head.addWidget(self.new)
        rows.addLayout(head)
        cards = QHBoxLayout()
        cards.setSpacing(12)
        for card in (self.unfinished, self.referred, self.not_exported):
            cards.addWidget(card, 1)
        rows.addWidget(self.waiting)
        rows.addLayout(cards)
        sheet = Card(margin=12)
        sheet.body.addWidget(self.search)
        sheet.body.addWidget(self.empty)
        sheet.body.addWidget(self.table, 1)
        sheet.body.addStretch(0)
        rows.addWidget(sheet, 1)
        return main

    def _show(self, view: DeskView, at: datetime) -> None:
        language = self.words.language
        self._rows = {row.ref: row for row in view.cases}
        self.owners.names = view.owners
        self.unfinished.show_count(formats.number(view.unfinished, language), self.words.gettext("can be gone on with"))
        self.referred.show_count(
            formats.number(view.referred, language), self.words.gettext("handed over to a service")
        )
        self.not_exported.show_count(formats.number(view.not_exported, language), self._last_export(view))
        self.table.cases.set_rows([self._table_row(row, at) for row in view.cases])
        self.table.setVisible(bool(view.cases))
        self.empty.setVisible(not view.cases)
        self.empty.setText(self._nothing())
        self.setFocusProxy(self.table if view.cases else self.new)

    def _last_export(self, view: DeskView) -> str:
        if not view.last_export:
            return self.words.gettext("nothing exported yet")
        # Translators: {number} is the number of an export.
        return self.words.gettext("last export: bundle {number}", number=view.last_export)

    def _nothing(self) -> str:
        if self.search.text().strip():
            return self.words.gettext("No case has this in its reference.")
        return self.words.gettext("No cases yet. Begin with a new interview.")

    def _table_row(self, row: CaseOverview, at: datetime) -> TableRow:
        words = self.words
        cells = (
            row.ref,
            opened_words(words, row.opened_at, at),
            self._languages.get(row.person_language, row.person_language),
            stage_words(words, row.stage, row.outcome),
            *self.owners.cell(row),
            tag_words(words, row),
        )
        return TableRow(row.ref, cells)


def next_step(row: CaseOverview) -> Destination:
    """Return where a case goes on."""
    if row.open_interview:
        return ToInterview(row.open_interview)
    if row.stage is Stage.OPENED:
        return ToNewInterview(row.ref)
    return ToSummary(row.ref)
