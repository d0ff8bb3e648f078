"""The desk: what needs doing, and every case of this laptop by reference."""

from datetime import datetime
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from victimid import formats, i18n
from victimid.app.desk import CasePage, Desk, DeskCounts, DeskView
from victimid.app.permissions import Right
from victimid.app.recovering import rehearsal_due
from victimid.clock import now
from victimid.model.case import CaseOverview, Stage
from victimid.model.case_list import CaseFilter
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
from victimid.ui.screen import Screen
from victimid.ui.screens.desk_filters import Filters
from victimid.ui.screens.desk_found import FoundWords
from victimid.ui.screens.desk_owners import Owners
from victimid.ui.screens.desk_table import CasesTable
from victimid.ui.screens.desk_waiting import WaitingCard
from victimid.ui.screens.desk_words import opened_words, stage_words, tag_words
from victimid.ui.screens.rehearsal_reminder import RehearsalReminder
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.frames import Card
from victimid.ui.widgets.paged_table import TableRow
from victimid.ui.widgets.side_nav import SideNav
from victimid.ui.widgets.text import label


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
        self._last: CaseOverview | None = None
        self._languages = {language.tag: language.own_name for language in i18n.languages()}
        self._make_parts()
        side = SideNav(self.words, ToDesk(), context.session.access.may)
        side.go.connect(self.go)
        main = QWidget()
        whole = QHBoxLayout()
        whole.setSpacing(0)
        # From the outside in: what is put into another widget with all it holds is styled anew with all it holds.
        self.body.addLayout(whole)
        whole.addWidget(side)
        whole.addWidget(main, 1)
        self._fill(main)
        self.setFocusProxy(self.new)
        self.refresh()
        self.jobs.run(lambda: rehearsal_due(context.session), self.reminder.setVisible, self)

    def refresh(self) -> None:
        """Read again the list from its first cases on, then what waits; the counts come last, as they take longest."""
        session = self.context.session
        self.jobs.run(lambda: Desk(session).view(), self._offer, self)
        self.narrow()
        self.waiting.refresh()
        self.jobs.run(lambda: Desk(session).counts(), self._show_counts, self)

    def narrow(self) -> None:
        """Read the list as it is asked for now."""
        session, wanted = self.context.session, self.filters.wanted()
        self.jobs.run(lambda: (Desk(session).page(wanted), now()), lambda read: self._show(wanted, *read), self)
        self.found.search(self.filters.text())

    def open_case(self, ref: str) -> None:
        """Go on where the case stands: its open interview, its first interview, or its summary."""
        session = self.context.session
        self.jobs.run(lambda: Desk(session).case(ref), lambda case: self.go.emit(next_step(case)), self)

    def _make_parts(self) -> None:
        words = self.words
        self.first_line = Button(words.gettext("First line"), "plain", "Ctrl+1")
        self.first_line.clicked.connect(lambda: self.go.emit(ToFirstLine()))
        self.new = Button(words.gettext("New interview"), "primary", "Ctrl+N")
        self.new.clicked.connect(lambda: self.go.emit(ToNewInterview()))
        self.unfinished = CountCard(words.gettext("Unfinished interviews"))
        self.referred = CountCard(words.gettext("Referred"))
        self.not_exported = CountCard(words.gettext("Not yet at headquarters"))
        session = self.context.session
        self.filters = Filters(words, session.officer_id, may_delete=session.access.may(Right.DELETE_DUE))
        self.filters.changed.connect(self.narrow)
        self.owners = Owners(words, session.access)
        self.table = CasesTable(self._headings(), words.gettext("Cases"))
        self.table.chosen.connect(self.open_case)
        self.table.rows.wanted.connect(self._read_on)
        self.found = FoundWords(self.context)
        self.found.chosen.connect(self.open_case)
        self.empty = label("", "muted")
        self.reminder = RehearsalReminder(words)
        self.reminder.rehearse.connect(lambda: self.go.emit(ToRecovery()))
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

    def _fill(self, main: QWidget) -> None:
        rows = QVBoxLayout(main)
        rows.setContentsMargins(28, 24, 28, 24)
        rows.setSpacing(12)
        head = QHBoxLayout()
        rows.addLayout(head)
        head.setSpacing(12)
        head.addWidget(label(self.words.gettext("Desk"), "title"), 1)
        head.addWidget(self.hand_over)
        head.addWidget(self.first_line)
        head.addWidget(self.new)
        rows.addWidget(self.waiting)
        cards = QHBoxLayout()
        rows.addLayout(cards)
        cards.setSpacing(12)
        for card in (self.unfinished, self.referred, self.not_exported):
            cards.addWidget(card, 1)
        sheet = Card(margin=12)
        rows.addWidget(sheet, 1)
        sheet.body.addWidget(self.filters)
        sheet.body.addWidget(self.empty)
        sheet.body.addWidget(self.table, 1)
        sheet.body.addWidget(self.found)
        sheet.body.addStretch(0)
        rows.addWidget(self.reminder)

    def _read_on(self) -> None:
        session, wanted, last = self.context.session, self.filters.wanted(), self._last
        self.jobs.run(lambda: (Desk(session).page(wanted, last), now()), lambda read: self._add(wanted, *read), self)

    def _add(self, wanted: CaseFilter, page: CasePage, at: datetime) -> None:
        if wanted == self.filters.wanted():
            self._last = page.cases[-1] if page.cases else self._last
            self.table.rows.add_rows([partial(self._table_row, row, at) for row in page.cases], more=page.more)

    def _show(self, wanted: CaseFilter, page: CasePage, at: datetime) -> None:
        if wanted != self.filters.wanted():
            return
        cases = page.cases
        self._last = cases[-1] if cases else None
        self.table.rows.set_rows([partial(self._table_row, row, at) for row in cases], more=page.more)
        self.table.setVisible(bool(cases))
        self.empty.setVisible(not cases)
        self.empty.setText(self._nothing())
        self.setFocusProxy(self.table if cases else self.new)

    def _offer(self, view: DeskView) -> None:
        self.owners.names = view.owners
        self.filters.offer(view.languages, sees_all=view.sees_all)

    def _show_counts(self, counts: DeskCounts) -> None:
        language = self.words.language
        self.unfinished.show_count(
            formats.number(counts.unfinished, language), self.words.gettext("can be gone on with")
        )
        self.referred.show_count(
            formats.number(counts.referred, language), self.words.gettext("handed over to a service")
        )
        self.not_exported.show_count(formats.number(counts.not_exported, language), self._last_export(counts))

    def _last_export(self, counts: DeskCounts) -> str:
        if not counts.last_export:
            return self.words.gettext("nothing exported yet")
        # Translators: {number} is the number of an export.
        return self.words.gettext("last export: bundle {number}", number=counts.last_export)

    def _nothing(self) -> str:
        if self.filters.text():
            return self.words.gettext("No case has this in its reference.")
        if self.filters.narrowed():
            return self.words.gettext("No case is like this.")
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
