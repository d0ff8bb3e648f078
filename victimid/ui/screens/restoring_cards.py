"""Who restores or salvages, and how far it is."""

from PySide6.QtCore import Qt, Signal

from victimid.i18n import Words
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.field import Field, PassphraseField
from victimid.ui.widgets.frames import Card
from victimid.ui.widgets.text import label
from victimid.ui.widgets.tries_note import TriesNote
from victimid.ui.widgets.under_way import UnderWay


class SecretCard(Card):
    """``restore`` and ``salvage`` carry name and passphrase; only a damaged vault is salvaged."""

    restore = Signal(str, str)
    salvage = Signal(str, str)

    def __init__(self, words: Words, *, damaged: bool) -> None:
        super().__init__(spacing=12)
        self._words, self._damaged = words, damaged
        self._chosen = self._busy = False
        self.name = Field(words.gettext("Officer"))
        self.passphrase = PassphraseField(words.gettext("Passphrase"), words.gettext("Show"), words.gettext("Hide it"))
        self.restoring = Button(words.gettext("Restore from a backup"), "primary")
        # Translators: button that brings everything readable of a damaged vault over into a new one.
        self.salvaging = Button(words.gettext("Save what can still be read"), "plain")
        self.note = TriesNote(words)
        self.note.changed.connect(self._refresh)
        self.work = UnderWay(words, words.gettext("How far it is"))
        self.restoring.clicked.connect(lambda: self.restore.emit(*self._secrets()))
        self.salvaging.clicked.connect(lambda: self.salvage.emit(*self._secrets()))
        self.name.entered.connect(self.passphrase.setFocus)
        if not damaged:  # there Enter would choose between two ways
            self.passphrase.entered.connect(self.restoring.click)
        for field in (self.name, self.passphrase):
            field.changed.connect(lambda _: self._refresh())
        self._lay_out()
        self._refresh()

    def set_chosen(self, *, chosen: bool) -> None:
        """Tell whether there is a backup to restore."""
        self._chosen = chosen
        self._refresh()

    def set_busy(self, *, busy: bool) -> None:
        """Take nothing else while something is under way."""
        self._busy = busy
        for field in (self.name, self.passphrase):
            field.setEnabled(not busy)
        if busy:
            self.note.say("")
        self._refresh()

    def _lay_out(self) -> None:
        words = self._words
        then = words.gettext(
            "An officer's name and passphrase at the time of the backup. What was recorded later is lost."
        )
        self.body.addWidget(label(then, "muted"))
        for field in (self.name, self.passphrase):
            self.body.addWidget(field)
        self.body.addWidget(self.note)
        self.body.addWidget(self.restoring, 0, Qt.AlignmentFlag.AlignLeading)
        self.body.addWidget(self.salvaging, 0, Qt.AlignmentFlag.AlignLeading)
        explanation = words.gettext(
            "To save, name and passphrase of today are needed. What is lost is taken from the backup chosen, if there "
            "is one, and a report says what is missing."
        )
        self.about_saving = label(explanation, "muted")
        self.body.addWidget(self.about_saving)
        self.body.addWidget(self.work)
        for part in (self.salvaging, self.about_saving):
            part.setVisible(self._damaged)

    def _refresh(self) -> None:
        ready = not self._busy and not self.note.waiting and all(self._secrets())
        self.restoring.setEnabled(ready and self._chosen)
        self.salvaging.setEnabled(ready)
        for button in (self.restoring, self.salvaging):
            button.setAccessibleDescription(self.note.text())

    def _secrets(self) -> tuple[str, str]:
        return self.name.text().strip(), self.passphrase.text()
