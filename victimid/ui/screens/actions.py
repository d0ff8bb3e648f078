"""The record of actions: who did what and when, the newest first; read further while it is scrolled."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt

from victimid.app import actions_file, officers, vault_care
from victimid.app.action_filter import ActionFilter
from victimid.app.actions_file import WrittenActions
from victimid.app.session import Session
from victimid.errors import VictimIDError
from victimid.model.audit import AuditEntry
from victimid.ui.context import Context
from victimid.ui.destinations import ToActions
from victimid.ui.screens.action_rows import action_row
from victimid.ui.screens.actions_filters import ActionFilters
from victimid.ui.screens.actions_writing import WriteActions
from victimid.ui.screens.office import OfficeScreen
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.frames import Card
from victimid.ui.widgets.paged_table import PagedTable, TableRow
from victimid.ui.widgets.text import label

Page = tuple[AuditEntry, ...]


class ActionsScreen(OfficeScreen):
    """For supervisors; that it was read is itself recorded, once for each choice of what to read."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, ToActions(), context.words.gettext("Record of actions"), wide=True)
        words = self.words
        self._names: Mapping[str, str] = {}
        self._last: int | None = None
        self._shown: ActionFilter | None = None
        self.filters = ActionFilters(words)
        self.filters.changed.connect(self.refresh)
        self.table = PagedTable(self._headings(), words.gettext("Record of actions"), narrow=(0, 3))
        self.table.rows.wanted.connect(self._read_on)
        self.empty = label(words.gettext("Nothing of this kind is recorded."), "muted")
        # Translators: button that opens the way to write the record of actions to a file.
        self.to_file = Button(words.gettext("Write to a file"), "plain")
        self.to_file.clicked.connect(lambda: self._turn(writing=True))
        self.writing = WriteActions(words)
        self.writing.write.connect(self._write)
        self.writing.closed.connect(lambda: self._turn(writing=False))
        self.sheet = Card(margin=12, spacing=12)
        for part in (self.filters, self.empty):
            self.sheet.body.addWidget(part)
        self.sheet.body.addWidget(self.table, 1)
        self.sheet.body.addWidget(self.to_file, 0, Qt.AlignmentFlag.AlignLeading)
        self.column.addWidget(self.sheet, 1)
        self.column.addWidget(self.writing, 1)
        self.setFocusProxy(self.table)
        self.refresh()

    def refresh(self) -> None:
        """Read from the newest action on, unless just this is shown already; nothing where it is not understood."""
        session, wanted = self.context.session, self.filters.wanted()
        if wanted is None:
            self._shown = None
            for part in (self.table, self.empty, self.to_file):
                part.hide()
        elif wanted != self._shown:
            self._shown = wanted
            self.jobs.run(lambda: _first(session, wanted), lambda read: self._show(wanted, *read), self)

    def _headings(self) -> list[str]:
        words = self.words
        return [
            # Translators: headings of columns: when something was done, by whom, what, and about which case or officer.
            words.pgettext("column", "When"),
            words.pgettext("column", "Who"),
            words.pgettext("column", "What"),
            words.pgettext("column", "About"),
            "",
        ]

    def _read_on(self) -> None:
        session, wanted = self.context.session, self._shown
        if wanted is not None:
            query = replace(wanted.query(), before=self._last)
            self.jobs.run(lambda: vault_care.actions(session, query), lambda page: self._add(wanted, page), self)

    def _show(self, wanted: ActionFilter, page: Page, names: Mapping[str, str]) -> None:
        if wanted != self._shown:
            return
        self._names = names
        self.filters.offer(names)
        self.table.rows.set_rows(self._rows(page), more=len(page) == vault_care.PAGE)
        self.table.setVisible(bool(page))
        self.empty.setVisible(not page)
        self.to_file.setVisible(bool(page))

    def _add(self, wanted: ActionFilter, page: Page) -> None:
        if wanted == self._shown:
            self.table.rows.add_rows(self._rows(page), more=len(page) == vault_care.PAGE)

    def _rows(self, page: Page) -> list[Callable[[], TableRow]]:
        self._last = page[-1].sequence if page else self._last
        return [partial(action_row, self.words, entry, self._names) for entry in page]

    def _turn(self, *, writing: bool) -> None:
        self.filters.typing.stop()
        self.refresh()  # what was typed a moment before counts, for the file too
        writing = writing and self._shown is not None
        self.writing.open(show=writing)
        self.sheet.setVisible(not writing)
        (self.writing.back if writing else self.table).setFocus()

    def _write(self, folder: Path) -> None:
        session, wanted = self.context.session, self._shown
        self.banner.hide()
        if wanted is not None:
            self.writing.set_busy(busy=True)
            work = partial(actions_file.write, session, wanted.query(), folder)
            self.jobs.run(work, self._wrote, self, self._not_written)

    def _wrote(self, written: WrittenActions) -> None:
        self.writing.set_busy(busy=False)
        session = self.context.session
        self.writing.show_written(written, session.vault.device_id, session.vault.device_public_key)

    def _not_written(self, error: VictimIDError) -> None:
        self.writing.set_busy(busy=False)
        self.explain(error)


def _first(session: Session, wanted: ActionFilter) -> tuple[Page, dict[str, str]]:
    return vault_care.actions(session, wanted.query()), officers.names(session)
