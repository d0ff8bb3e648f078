"""On the desk: what colleagues left for this officer, until it is taken up."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from victimid.app import waiting
from victimid.app.session import Session
from victimid.app.waiting import Waiting
from victimid.formats import isolated
from victimid.i18n import Words
from victimid.ui.jobs import Jobs
from victimid.ui.screens.desk_words import opened_words
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.frames import Card, replace
from victimid.ui.widgets.text import keep_together, label

_MOST_BUTTONS, _MOST_SHOWN, _MOST_LETTERS = 3, 2, 300


@dataclass(frozen=True, slots=True)
class Left:
    """Something left for the officer: what, in words for a screen others may see, why, and about which cases."""

    what: str
    why: str
    refs: tuple[str, ...]


class WaitingCard(Card):
    """Hidden while nothing waits; ``chosen`` carries a case. The newest stand here, the list below has them all."""

    chosen = Signal(str)

    def __init__(self, words: Words, jobs: Jobs) -> None:
        super().__init__(tone="primary", margin=12, spacing=4)
        self._words, self._jobs = words, jobs
        self._list = QWidget()
        self.body.addWidget(self._list)
        self.hide()

    def open(self, session: Session) -> None:
        """Take the session of the vault that was opened."""
        self._session = session

    def refresh(self) -> None:
        """Read again what waits."""
        session = self._session
        self._jobs.run(lambda: waiting.for_me(session), self._show, self)

    def _show(self, found: Waiting) -> None:
        fresh = QWidget()
        rows = QVBoxLayout(fresh)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        for left in list(self._left(found))[:_MOST_SHOWN]:
            notice = Notice(self._words, left)
            notice.chosen.connect(self.chosen)
            rows.addWidget(notice)
        replace(self.body, self._list, fresh)
        self._list = fresh
        self.setVisible(bool(found.handed_over or found.look_again))

    def _left(self, found: Waiting) -> Iterator[Left]:
        """Put into words what waits: cases handed over together in one notice."""
        words = self._words
        for review in found.look_again:
            name = isolated(found.names.get(review.by, review.by))
            # Translators: {name} is a supervisor.
            yield Left(words.gettext("{name} asks you to look again", name=name), review.note, (review.case_ref,))
        together = attrgetter("from_officer", "reason", "at")
        for (officer, reason, at), group in groupby(found.handed_over, together):
            # Translators: {name} is an officer, {when} a time.
            text = words.gettext(
                "Handed over to you by {name}, {when}",
                name=isolated(found.names.get(officer, officer)),
                when=isolated(opened_words(words, at, found.at)),
            )
            yield Left(text, reason, tuple(each.case_ref for each in group))


class Notice(QWidget):
    """One thing that was left; what a colleague wrote about it shows only when asked for, as others may look on."""

    chosen = Signal(str)

    def __init__(self, words: Words, left: Left) -> None:
        super().__init__()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        self.reason = label(_short(left.why))
        self.reason.hide()
        # Translators: button that shows what a colleague wrote about a case.
        self.why = Button(words.pgettext("button", "Why"), "plain", compact=True)
        self.why.clicked.connect(lambda: self.reason.setVisible(self.reason.isHidden()))
        self.why.setVisible(bool(left.why))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label(left.what), 1)
        row.addWidget(self.why)
        for ref in left.refs[:_MOST_BUTTONS]:
            button = Button(keep_together(ref), "plain", compact=True)
            button.clicked.connect(lambda _=False, r=ref: self.chosen.emit(r))
            row.addWidget(button)
        count = len(left.refs) - _MOST_BUTTONS
        if count > 0:
            # Translators: so many further cases were handed over; they stand in the list.
            row.addWidget(label(words.ngettext("and {count} more", "and {count} more", count), "muted", wrap=False))
        rows.addLayout(row)
        rows.addWidget(self.reason)


def _short(text: str) -> str:
    """Keep a long reason from pushing the desk away."""
    return isolated(text if len(text) <= _MOST_LETTERS else f"{text[:_MOST_LETTERS]}…")
