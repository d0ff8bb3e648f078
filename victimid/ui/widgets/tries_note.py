"""Wrong passphrases said plainly: how many tries are left, and how long to wait."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from victimid.errors import VictimIDError
from victimid.i18n import Words
from victimid.ui.widgets.text import label

_SECOND_MS = 1000


class TriesNote(QWidget):
    """Hidden while there is nothing to say; ``changed`` whenever it says something else."""

    changed = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._wait = 0
        self._second = QTimer(self)
        self._second.setInterval(_SECOND_MS)
        self._second.timeout.connect(lambda: self.set_wait(self._wait - 1))
        self._label = label("", "strong")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self._label)
        self.hide()

    @property
    def waiting(self) -> bool:
        """Whether nothing may be tried yet."""
        return self._wait > 0

    def text(self) -> str:
        """Return what it says."""
        return self._label.text()

    def say(self, text: str) -> None:
        """Say this, or nothing."""
        self._label.setText(text)
        self.setVisible(bool(text))
        self.changed.emit()

    def tell(self, error: VictimIDError) -> bool:
        """Say what an error tells of wrong tries; False where it tells of something else."""
        if error.code == "vault.wrong_passphrase":
            self.say(self._wrong(int(error.fields["tries_left"])))
            self.set_wait(int(error.fields["wait"]))
        elif error.code == "vault.wait":
            self.set_wait(int(error.fields["seconds"]))
        else:
            return False
        return True

    def set_wait(self, seconds: int) -> None:
        """Count the seconds down; at their end say that one can try again."""
        words, waited = self._words, self.waiting
        self._wait = seconds
        if self.waiting:
            self._second.start()
            self.say(
                words.ngettext(
                    "Too many wrong tries. Wait {count} second, then try again.",
                    "Too many wrong tries. Wait {count} seconds, then try again.",
                    seconds,
                )
            )
        elif waited:
            self._second.stop()
            self.say(words.gettext("You can try again now."))

    def _wrong(self, left: int) -> str:
        words = self._words
        wrong = words.gettext("Name and passphrase do not belong together.")
        if not left:
            return wrong
        tries = words.ngettext("{count} try left before a wait.", "{count} tries left before a wait.", left)
        return f"{wrong} {tries}"
