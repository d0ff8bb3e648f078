"""On the desk: what colleagues left for this officer, until it is taken up."""

from itertools import groupby
from operator import attrgetter

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from victimid.app import waiting
from victimid.app.waiting import Waiting
from victimid.formats import isolated
from victimid.ui.context import Context
from victimid.ui.screens.desk_words import opened_words
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.frames import Card, replace
from victimid.ui.widgets.text import keep_together, label

_MOST_BUTTONS, _MOST_SHOWN, _MOST_LETTERS = 3, 2, 300


class WaitingCard(Card):
    """Hidden while nothing waits; ``chosen`` carries a case. The newest stand here, the list below has them all."""

    chosen = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__(tone="primary", margin=12, spacing=4)
        self._context, self._words = context, context.words
        self._list = QWidget()
        self.body.addWidget(self._list)
        self.hide()

    def refresh(self) -> None:
        """Read again what waits."""
        session = self._context.session
        self._context.jobs.run(lambda: waiting.for_me(session), self._show, self)

    def _show(self, found: Waiting) -> None:
        fresh = QWidget()
        rows = QVBoxLayout(fresh)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        for text, refs in self._notices(found)[:_MOST_SHOWN]:
            rows.addWidget(self._notice(text, refs))
        replace(self.body, self._list, fresh)
        self._list = fresh
        self.setVisible(bool(found.handed_over or found.look_again))

    def _notices(self, found: Waiting) -> list[tuple[str, list[str]]]:
        """Put into words what waits: cases handed over together in one notice."""
        words = self._words
        notices = []
        for review in found.look_again:
            name = isolated(found.names.get(review.by, review.by))
            # Translators: {name} is a supervisor, {note} what the supervisor wrote.
            text = words.gettext("{name} asks you to look again: {note}", name=name, note=_short(review.note))
            notices.append((text, [review.case_ref]))
        together = attrgetter("from_officer", "reason", "at")
        for (officer, reason, at), group in groupby(found.handed_over, together):
            text = words.gettext(
                # Translators: {name} is an officer, {when} a time, {reason} what the officer wrote.
                "Handed over to you by {name}, {when}: {reason}",
                name=isolated(found.names.get(officer, officer)),
                when=isolated(opened_words(words, at, found.at)),
                reason=_short(reason),
            )
            notices.append((text, [each.case_ref for each in group]))
        return notices

    def _notice(self, text: str, refs: list[str]) -> QWidget:
        notice = QWidget()
        row = QHBoxLayout(notice)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(label(text), 1)
        for ref in refs[:_MOST_BUTTONS]:
            button = Button(keep_together(ref), "plain", compact=True)
            button.clicked.connect(lambda _=False, r=ref: self.chosen.emit(r))
            row.addWidget(button)
        if len(refs) > _MOST_BUTTONS:
            count = len(refs) - _MOST_BUTTONS
            # Translators: so many further cases were handed over; they stand in the list.
            row.addWidget(
                label(self._words.ngettext("and {count} more", "and {count} more", count), "muted", wrap=False)
            )
        return notice


def _short(text: str) -> str:
    """Keep a long reason from pushing the desk away."""
    return isolated(text if len(text) <= _MOST_LETTERS else f"{text[:_MOST_LETTERS]}…")
