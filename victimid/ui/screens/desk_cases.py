"""The list of cases on the desk: what it is narrowed to, the cases themselves, and the records that hold words."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from PySide6.QtCore import Signal

from victimid import i18n
from victimid.app.desk import CasePage, Desk, DeskView
from victimid.app.permissions import Right
from victimid.app.session import Session
from victimid.clock import now
from victimid.i18n import Words
from victimid.model.case import CaseOverview
from victimid.model.case_list import CaseFilter
from victimid.ui.jobs import Jobs
from victimid.ui.screens.desk_filters import Filters
from victimid.ui.screens.desk_found import FoundWords
from victimid.ui.screens.desk_table import CasesTable
from victimid.ui.screens.desk_words import opened_words, stage_words, tag_words
from victimid.ui.widgets.frames import Card
from victimid.ui.widgets.paged_table import TableRow
from victimid.ui.widgets.text import label


class CaseList(Card):
    """Empty until it is opened; ``chosen`` carries a case, ``listed`` tells whether there are any like those wanted."""

    chosen = Signal(str)
    listed = Signal(bool)

    def __init__(self, words: Words, jobs: Jobs) -> None:
        super().__init__(margin=12)
        self._words, self._jobs = words, jobs
        self._last: CaseOverview | None = None
        self._languages = {language.tag: language.own_name for language in i18n.languages()}
        self._owners: Mapping[str, str] = {}
        self.filters = Filters(words)
        self.empty = label("", "muted")
        self.table = CasesTable(words)
        self.found = FoundWords(words, jobs)
        self.filters.changed.connect(self.narrow)
        self.table.rows.wanted.connect(self._read_on)
        for part in (self.table, self.found):
            part.chosen.connect(self.chosen)
        self.body.addWidget(self.filters)
        self.body.addWidget(self.empty)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.found)
        self.body.addStretch(0)

    def open(self, session: Session) -> None:
        """Take the session of the vault that was opened."""
        self._session = session
        self.found.open(session)
        self.table.show_owners(shown=session.access.may(Right.SEE_ALL_CASES))

    def refresh(self) -> None:
        """Read again from the first cases on."""
        session = self._session
        self._jobs.run(lambda: Desk(session).view(), self._offer, self)
        self.narrow()

    def narrow(self) -> None:
        """Read the list as it is asked for now."""
        session, wanted = self._session, self.filters.wanted()
        self._jobs.run(lambda: (Desk(session).page(wanted), now()), lambda read: self._show(wanted, *read), self)
        self.found.search(self.filters.text())

    def _read_on(self) -> None:
        session, wanted, last = self._session, self.filters.wanted(), self._last
        self._jobs.run(lambda: (Desk(session).page(wanted, last), now()), lambda read: self._add(wanted, *read), self)

    def _add(self, wanted: CaseFilter, page: CasePage, at: datetime) -> None:
        if wanted == self.filters.wanted():
            self._last = page.cases[-1] if page.cases else self._last
            self.table.rows.add_rows([partial(self._row, case, at) for case in page.cases], more=page.more)

    def _show(self, wanted: CaseFilter, page: CasePage, at: datetime) -> None:
        if wanted != self.filters.wanted():
            return
        cases = page.cases
        self._last = cases[-1] if cases else None
        self.table.rows.set_rows([partial(self._row, case, at) for case in cases], more=page.more)
        self.table.setVisible(bool(cases))
        self.empty.setVisible(not cases)
        self.empty.setText(self._nothing())
        self.listed.emit(bool(cases))

    def _offer(self, view: DeskView) -> None:
        self._owners = view.owners
        self.filters.offer(view)

    def _nothing(self) -> str:
        if self.filters.text():
            return self._words.gettext("No case has this in its reference.")
        if self.filters.narrowed():
            return self._words.gettext("No case is like this.")
        return self._words.gettext("No cases yet. Begin with a new interview.")

    def _row(self, case: CaseOverview, at: datetime) -> TableRow:
        words = self._words
        cells = (
            case.ref,
            opened_words(words, case.opened_at, at),
            self._languages.get(case.person_language, case.person_language),
            stage_words(words, case.stage, case.outcome),
            self._owners.get(case.owner, ""),
            tag_words(words, case),
        )
        return TableRow(case.ref, cells)
