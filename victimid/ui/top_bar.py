"""The bar above every screen behind the lock: a neutral name, what is saved, who is at work, hide and lock."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from victimid import formats, i18n
from victimid.i18n import Words
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.frames import NamePill, pill
from victimid.ui.widgets.text import label
from victimid.ui.window_keys import HIDE_SHOWN, LOCK_SHOWN

_NOTICEABLE_MS = 400


class TopBar(QFrame):
    """Says nothing about any case, and names nobody before ``show_names``."""

    hide_asked = Signal()
    lock_asked = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setProperty("role", "bar")
        self._words = words
        # Translators: everything entered is stored, and stored encrypted.
        self._saved = words.gettext("Saved · encrypted")
        # Translators: something entered is being stored at this moment.
        self._saving = words.gettext("Saving …")
        self.state = pill(self._saved)
        self.place, self.officer = NamePill(), NamePill()
        self.indexing = label("", "caption", wrap=False)
        self.indexing.hide()
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(_NOTICEABLE_MS)
        self._slow.timeout.connect(lambda: self.state.setText(self._saving))
        self._lay_out(words)

    def show_names(self, place: str, officer: str) -> None:
        """Name the post and who is at work."""
        self.place.set_name(place)
        self.officer.set_name(officer)

    def set_pending(self, count: int) -> None:
        """Tell how many jobs are under way; short ones are not worth a flicker."""
        if count and not self._slow.isActive():
            self._slow.start()
        elif not count:
            self._slow.stop()
            self.state.setText(self._saved)

    def show_indexing(self, done: int, of: int) -> None:
        """Tell quietly how far the search is prepared; nothing once it is."""
        if done < of:
            percent = formats.percent(done / of, self._words.language)
            # Translators: the index for searching is made again in the background; {percent} like "40 %".
            self.indexing.setText(self._words.gettext("Preparing the search: {percent}", percent=percent))
        self.indexing.setVisible(done < of)

    def _lay_out(self, words: Words) -> None:
        # Translators: button that covers the screen with a neutral page.
        hide = Button(words.gettext("Hide"), "plain", shown_key=HIDE_SHOWN)
        hide.clicked.connect(self.hide_asked)
        # Translators: button that closes and encrypts everything until a passphrase is given.
        lock = Button(words.gettext("Lock"), "plain", shown_key=LOCK_SHOWN)
        lock.clicked.connect(self.lock_asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 5, 20, 6)
        row.setSpacing(12)
        row.addWidget(label(words.gettext("Casework"), "strong", wrap=False))
        row.addWidget(self.place)
        row.addStretch(1)
        for part in (self.indexing, *_draft_pill(words), self.state, self.officer, hide, lock):
            row.addWidget(part)


def _draft_pill(words: Words) -> list[QLabel]:
    """Say on every screen that a translation is not reviewed, where that is so."""
    if i18n.language(words.language).reviewed:
        return []
    # Translators: this language of the program has not been reviewed by people who know the field.
    return [pill(words.gettext("draft translation"))]
