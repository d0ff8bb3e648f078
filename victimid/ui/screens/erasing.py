"""Destroying the keys in an emergency: said honestly, confirmed with a typed word, and nothing to take back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from victimid.errors import VictimIDError
from victimid.ui.context import Entrance
from victimid.ui.screen import Page
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.field import Field
from victimid.ui.widgets.frames import Card, centred
from victimid.ui.widgets.text import label

_WIDTH = 560


class Erasing(Page):
    """Reached from the locked screen only; ``left`` asks for the way back."""

    left = Signal()

    def __init__(self, entrance: Entrance) -> None:
        super().__init__(entrance.words, entrance.jobs)
        self._entrance = entrance
        words = self.words
        # Translators: the word an officer types to confirm that the keys are destroyed; one short word, capitals.
        self._word = words.pgettext("typed to confirm", "DESTROY")
        self.typed = Field(words.gettext("To confirm, type {word}", word=self._word), max_length=40)
        self.button = Button(words.gettext("Destroy the keys of this laptop"), "danger", wrap=True)
        self.button.setEnabled(False)
        self.back = Button(words.gettext("Back"), "plain")
        self.typed.changed.connect(lambda _: self.button.setEnabled(self._confirmed()))
        self.button.clicked.connect(self.erase)
        self.back.clicked.connect(self.left)
        self.body.addWidget(centred(self._column(), _WIDTH), 1)
        self.setFocusProxy(self.back)

    def erase(self) -> None:
        """Destroy the keys; only with the word typed."""
        if not self._confirmed():
            return
        entrance = self._entrance
        self._set_busy(busy=True)
        self.jobs.run(lambda: entrance.door().erase(), lambda _: self._erased(), self, self._refused)

    def _column(self) -> QWidget:
        column = QWidget()
        rows = QVBoxLayout(column)
        rows.setSpacing(12)
        rows.addWidget(label(self.words.gettext("Destroy the keys"), "title"))
        card = Card(tone="danger", margin=24, spacing=12)
        for text in self._plainly():
            card.body.addWidget(label(text))
        card.body.addWidget(self.typed)
        card.body.addWidget(self.button)
        rows.addWidget(card)
        rows.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeading)
        return column

    def _plainly(self) -> tuple[str, ...]:
        words = self.words
        return (
            words.gettext(
                "Afterwards no passphrase of this laptop opens the vault. Only headquarters can recover it, and what "
                "was already exported stays there. This cannot be taken back."
            ),
            words.gettext(
                "What it cannot do: a solid-state disk may keep old copies of the keys where no program reaches "
                "them, and copies of the vault made before still open with an old passphrase. Somebody with both and "
                "the right equipment could get in. Switch the laptop off afterwards; full-disk encryption helps."
            ),
        )

    def _confirmed(self) -> bool:
        return self.typed.text().strip() == self._word

    def _erased(self) -> None:
        self._set_busy(busy=False)
        self.typed.set_text("")
        self.typed.setEnabled(False)
        done = self.words.gettext("The keys are destroyed. Ask headquarters when the vault is to be opened again.")
        self.banner.show_text(done, "done")

    def _refused(self, error: VictimIDError) -> None:
        self._set_busy(busy=False)
        self.explain(error)

    def _set_busy(self, *, busy: bool) -> None:
        self.banner.hide()
        for part in (self.typed, self.button, self.back):
            part.setEnabled(not busy)
