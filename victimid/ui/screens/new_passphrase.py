"""A new passphrase, typed twice, with its strength as it is typed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from victimid.i18n import Words
from victimid.ui.jobs import Jobs
from victimid.ui.widgets.banner import Tone
from victimid.ui.widgets.field import PassphraseField
from victimid.ui.widgets.frames import Tag
from victimid.ui.widgets.text import restyle

_STEPS = {"weak": 1, "fair": 2, "good": 3, "strong": 4}
_TONES: dict[str, Tone] = {"weak": "attention", "fair": "primary", "good": "done", "strong": "done"}


class NewPassphrase(QWidget):
    """``changed`` comes with every letter; the officer's own name in a passphrase is worth little."""

    changed = Signal()

    def __init__(self, words: Words, jobs: Jobs) -> None:
        super().__init__()
        self._words, self._jobs = words, jobs
        self._name, self._enough = "", False
        show, hide = words.gettext("Show"), words.gettext("Hide it")
        self.passphrase = PassphraseField(words.gettext("Passphrase"), show, hide)
        self.again = PassphraseField(words.gettext("Passphrase again"), show, hide)
        self.meter = QProgressBar()
        self.meter.setRange(0, len(_STEPS))
        self.meter.setTextVisible(False)
        self.meter.setAccessibleName(words.gettext("Strength of the passphrase"))
        self.strength = Tag("")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(12)
        for part in (self.passphrase, self.meter, self.strength, self.again):
            rows.addWidget(part)
        self.passphrase.changed.connect(lambda _: self._estimate())
        self.again.changed.connect(lambda _: self.changed.emit())
        self.setFocusProxy(self.passphrase)
        self._show("", enough=False)

    def set_name(self, name: str) -> None:
        """Take the officer's name, which the passphrase is compared with."""
        self._name = name
        self._estimate()

    def text(self) -> str:
        """Return the passphrase."""
        return self.passphrase.text()

    def problem(self) -> str:
        """Ask for a passphrase that is hard enough to guess, and the same one again."""
        if not self._enough:
            return self._words.gettext("This passphrase is too easy to guess. Add another word.")
        if self.passphrase.text() != self.again.text():
            return self._words.gettext("The two passphrases differ.")
        return ""

    def clear(self) -> None:
        """Empty both fields."""
        self.passphrase.clear()
        self.again.clear()

    def _estimate(self) -> None:
        text, name = self.passphrase.text(), self._name
        self._enough = False

        def work() -> tuple[str, bool]:
            from victimid.app.session import passphrase_strength

            found = passphrase_strength(text, name)
            return (str(found.level) if text else "", found.enough)

        self._jobs.run(work, lambda found: self._show(found[0], enough=found[1]), self)

    def _show(self, level: str, *, enough: bool) -> None:
        self._enough = enough
        self.meter.setValue(_STEPS.get(level, 0))
        self.strength.setText(strength_words(self._words, level))
        self.strength.setVisible(bool(level))
        restyle(self.strength, "tone", _TONES.get(level, "neutral"))
        self.changed.emit()


def strength_words(words: Words, level: str) -> str:
    """Say a strength in words."""
    return {
        "weak": words.gettext("Too easy to guess"),
        "fair": words.gettext("Enough"),
        # Translators: strength of a passphrase.
        "good": words.pgettext("passphrase", "Good"),
        # Translators: strength of a passphrase.
        "strong": words.pgettext("passphrase", "Very good"),
    }.get(level, "")
