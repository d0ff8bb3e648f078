"""Unlock: name and passphrase, with waits and remaining tries said plainly."""

from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from victimid import __version__, i18n
from victimid.errors import VictimIDError
from victimid.model.checkup import DAMAGE
from victimid.ui import entering
from victimid.ui.context import Entrance, Opened
from victimid.ui.screen import Page
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.field import Field, PassphraseField
from victimid.ui.widgets.frames import Card, centred
from victimid.ui.widgets.language_chooser import language_chooser
from victimid.ui.widgets.text import label
from victimid.ui.widgets.tries_note import TriesNote

_WIDTH = 440


class Unlock(Page):
    """The page before the lock; ``opened`` carries the open vault, ``language_chosen`` a tag.

    ``opening`` comes while a key is derived, which takes a moment. ``forgotten`` tells whether a request to
    headquarters waits for its answer. ``repair_asked`` is offered where the vault turned out to be damaged.
    """

    opening = Signal()
    opened = Signal(object)
    language_chosen = Signal(str)
    forgotten = Signal(bool)
    erase_asked = Signal()
    repair_asked = Signal()

    def __init__(self, entrance: Entrance) -> None:
        super().__init__(entrance.words, entrance.jobs)
        self._entrance = entrance
        self._busy = False
        self._make_fields()
        self.body.addWidget(self._sheet())
        self.setFocusProxy(self.name)
        self.jobs.run(lambda: entrance.door().seconds_to_wait(), self.note.set_wait, self)
        self.jobs.run(partial(_offers, entrance), self._show_offers, self)

    def submit(self) -> None:
        """Try to open the vault."""
        name, passphrase = self.name.text().strip(), self.passphrase.text()
        if not self.button.isEnabled():
            return
        if not name or not passphrase:
            self.note.say(self.words.gettext("Enter your name and your passphrase."))
            return
        entrance = self._entrance
        self._set_busy(busy=True)
        QTimer.singleShot(0, self, self.opening.emit)
        self.jobs.run(lambda: entering.unlock(entrance, name, passphrase), self._open, self, self._refused)

    def _make_fields(self) -> None:
        words = self.words
        # Translators: field for the officer's own name.
        self.name = Field(words.gettext("Officer"))
        # Translators: buttons that show and hide the letters of a passphrase.
        self.passphrase = PassphraseField(words.gettext("Passphrase"), words.gettext("Show"), words.gettext("Hide it"))
        # Translators: button that opens the encrypted store with a passphrase.
        self.button = Button(words.gettext("Unlock"), "primary")
        self.note = TriesNote(words)
        self.note.changed.connect(self._refresh)
        self._awaits_answer = False
        self.forgot = Button(words.gettext("I forgot my passphrase"), "quiet", wrap=True)
        self.forgot.clicked.connect(lambda: self.forgotten.emit(self._awaits_answer))
        # Translators: button that leads to destroying the keys of the vault in an emergency.
        self.erase = Button(words.gettext("Destroy the keys …"), "quiet", wrap=True)
        self.erase.clicked.connect(self.erase_asked)
        # Translators: button that leads to restoring or saving a damaged vault.
        self.repair = Button(words.gettext("Repair the vault"), "plain", wrap=True)
        self.repair.clicked.connect(self.repair_asked)
        for button in (self.repair, self.forgot, self.erase):
            button.hide()
        self.languages = language_chooser(words)
        self.name.entered.connect(self.passphrase.setFocus)
        self.passphrase.entered.connect(self.submit)
        self.button.clicked.connect(self.submit)
        self.languages.changed.connect(self.language_chosen)

    def _sheet(self) -> QScrollArea:
        column = QWidget()
        rows = QVBoxLayout(column)
        rows.setSpacing(12)
        rows.addWidget(label(self.words.gettext("Casework"), "section"))
        card = Card()
        card.body.setSpacing(12)
        for part in (self.name, self.passphrase, self.button, self.note):
            card.body.addWidget(part)
        for button in (self.repair, self.forgot, self.erase):
            card.body.addWidget(button)
        rows.addWidget(card)
        rows.addLayout(self._foot())
        return centred(column, _WIDTH)

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(self.languages)
        about = self.words.gettext("Version {version} · no network used", version=__version__)
        if not i18n.language(self.words.language).reviewed:
            draft = self.words.gettext("draft translation")
            about = f"{about} · {draft}"
        foot.addWidget(label(about, "caption"), 1)
        return foot

    def _show_offers(self, offers: tuple[bool, bool, bool]) -> None:
        recoverable, self._awaits_answer, erasable = offers
        if self._awaits_answer:
            self.forgot.set_text(self.words.gettext("I have the answer of headquarters"))
        self.forgot.setVisible(recoverable)
        self.erase.setVisible(erasable)

    def _open(self, opened: Opened) -> None:
        self.passphrase.clear()
        self.opened.emit(opened)

    def _refused(self, error: VictimIDError) -> None:
        self._set_busy(busy=False)
        self.passphrase.clear()
        self.passphrase.setFocus()
        if not self.note.tell(error):
            self.repair.setVisible(error.code in DAMAGE)
            self.explain(error)

    def _set_busy(self, *, busy: bool) -> None:
        self._busy = busy
        for part in (self.name, self.passphrase, self.languages, self.repair, self.forgot, self.erase):
            part.setEnabled(not busy)
        # Translators: shown while the encrypted store is being opened.
        self.note.say(self.words.gettext("Opening …") if busy else "")
        self.banner.hide()

    def _refresh(self) -> None:
        self.button.setEnabled(not self._busy and not self.note.waiting)
        self.button.setAccessibleDescription(self.note.text())


def _offers(entrance: Entrance) -> tuple[bool, bool, bool]:
    """Return whether headquarters can recover, whether a request waits, whether the keys may be destroyed."""
    door = entrance.door()
    return door.recoverable(), door.awaits_answer(), door.may_erase()
