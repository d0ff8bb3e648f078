"""Records that hold the words looked for, below the cases whose reference does."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from victimid.app import searching
from victimid.app.session import Session
from victimid.formats import isolated
from victimid.i18n import Words
from victimid.model.search import Found, Place
from victimid.ui.jobs import Jobs
from victimid.ui.widgets.paged_table import PagedTable, TableRow
from victimid.ui.widgets.text import label


class FoundWords(QWidget):
    """Searches in jobs; what comes for words that were typed over is dropped.

    Nothing is in it before the first search, as the desk should be there at once.
    """

    chosen = Signal(str)

    def __init__(self, words: Words, jobs: Jobs) -> None:
        super().__init__()
        self._words, self._jobs = words, jobs
        self._sought, self._last = "", 0
        self.hide()

    def open(self, session: Session) -> None:
        """Take the session of the vault that was opened."""
        self._session = session

    def search(self, text: str) -> None:
        """Look for words; too few characters empty the list."""
        if text == self._sought:
            return
        self._sought = text
        if not searching.worth_a_search(text):
            self.hide()
            return
        if self.layout() is None:
            self._make_parts()
        session = self._session
        self._jobs.run(lambda: searching.find(session, text), lambda found: self._show(text, found), self)

    def _make_parts(self) -> None:
        self.heading = label(self._words.gettext("Found in what was recorded"), "section")
        self.empty = label(self._words.gettext("No record has these words."), "muted")
        self.table = PagedTable(self._headings(), self._words.gettext("Found in what was recorded"), narrow=(0,))
        self.table.chosen.connect(self.chosen)
        self.table.rows.wanted.connect(self._read_on)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 8, 0, 0)
        rows.setSpacing(8)
        for part in (self.heading, self.empty, self.table):
            rows.addWidget(part)

    def _read_on(self) -> None:
        session, text, last = self._session, self._sought, self._last
        self._jobs.run(lambda: searching.find(session, text, last), lambda found: self._add(text, found), self)

    def _show(self, text: str, found: Sequence[Found]) -> None:
        if text != self._sought:
            return
        self._note_last(found)
        self.table.rows.set_rows([partial(self._row, each) for each in found], more=_more(found))
        for part, needed in ((self.heading, found), (self.table, found), (self.empty, not found)):
            part.setVisible(bool(needed))
        room = QSizePolicy.Policy.Expanding if found else QSizePolicy.Policy.Maximum
        self.setSizePolicy(QSizePolicy.Policy.Preferred, room)
        self.show()

    def _add(self, text: str, found: Sequence[Found]) -> None:
        if text == self._sought:
            self._note_last(found)
            self.table.rows.add_rows([partial(self._row, each) for each in found], more=_more(found))

    def _note_last(self, found: Sequence[Found]) -> None:
        if found:
            self._last = found[-1].number

    def _headings(self) -> list[str]:
        words = self._words
        # Translators: headings of the list of what was found: the question it answers, and the words themselves.
        return [words.gettext("Case"), words.gettext("Where"), words.gettext("Words")]

    def _row(self, found: Found) -> TableRow:
        where = isolated(found.question) if found.question else _place(self._words, found.place)
        # Translators: instead of the words found, in a case that another officer answers for.
        said = isolated(found.snippet) if found.shown else self._words.gettext("Shown once you say why you open it")
        return TableRow(found.case_ref, (found.case_ref, where, said))


def _more(found: Sequence[Found]) -> bool:
    return len(found) == searching.PAGE


def _place(words: Words, place: Place) -> str:
    return {
        # Translators: where words were found: in one of the answers.
        Place.ANSWER: words.gettext("An answer"),
        # Translators: where words were found: in the reason an officer gave for a decision.
        Place.DECISION: words.gettext("Reason of the decision"),
        # Translators: where words were found: in the reason for handing a case to another officer.
        Place.HANDOVER: words.gettext("Reason of the hand-over"),
        # Translators: where words were found: in what a person allowed with a limit.
        Place.CONSENT: words.gettext("Limit of a permission"),
    }[place]
