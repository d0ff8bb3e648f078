"""The key that signs headquarters' receipts and content packs: a supervisor compares its fingerprint and sets it."""

from PySide6.QtCore import Qt, Signal

from victimid import formats
from victimid.app import receipts
from victimid.app.messages import sentence
from victimid.errors import VictimIDError
from victimid.i18n import Words
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.field import TextArea
from victimid.ui.widgets.frames import Card
from victimid.ui.widgets.text import label


class ReceiptKeyCard(Card):
    """Shown to whoever may set the key; ``chosen`` carries what was typed once it is a whole key."""

    chosen = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__(spacing=12)
        self._words = words
        self._shown: str | None = None
        self.known = label("", "strong")
        self.key = TextArea(
            words.gettext("Public signing key of headquarters"),
            lines=2,
            help_text=words.gettext("It begins with {start}. Type or paste it.", start="ssh-ed25519"),
        )
        self.result = label("", "strong")
        # Translators: button that sets headquarters' signing key.
        self.button = Button(words.gettext("Set this key"), "primary")
        # Translators: button that shows a field for another signing key of headquarters.
        self.replace = Button(words.gettext("Set another key"), "plain")
        self.key.changed.connect(self._check)
        self.button.clicked.connect(lambda: self.chosen.emit(self.key.text().strip()))
        self.replace.clicked.connect(lambda: self._ask(asked=True))
        explanation = words.gettext(
            "Receipts and content packs are taken only if this key signed them: cases are deleted on the word of a "
            "receipt, and officers use what a content pack brings. Compare its fingerprint with headquarters by "
            "telephone before you set it."
        )
        for text in (
            label(words.gettext("Key that signs receipts and content packs"), "section"),
            label(explanation),
            self.known,
        ):
            self.body.addWidget(text)
        self.body.addWidget(self.key)
        self.body.addWidget(self.result)
        for button in (self.button, self.replace):
            self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)
        self.hide()

    def show_fingerprint(self, fingerprint: str) -> None:
        """Appear with the key that is set; where none is, ask for it. What is typed stays unless the key is another."""
        if fingerprint == self._shown:
            return
        another, self._shown = self._shown is not None, fingerprint
        self.known.setText(self._said(fingerprint))
        self.known.setVisible(bool(fingerprint))
        self.replace.setVisible(bool(fingerprint))
        if another:
            self.key.set_text("")
        self._ask(asked=not fingerprint or bool(self.key.text()))
        self.show()

    def _ask(self, *, asked: bool) -> None:
        self.key.setVisible(asked)
        self.button.setVisible(asked)
        self._check()

    def _check(self) -> None:
        """Show the fingerprint of what is typed, or what is wrong with it."""
        typed = self.key.text().strip()
        told, whole = "", False
        if typed:
            try:
                told, whole = self._said(receipts.fingerprint(typed)), True
            except VictimIDError as error:
                told = sentence(self._words, error)
        self.result.setText(told)
        self.result.setVisible(bool(told))
        self.button.setEnabled(whole)

    def _said(self, fingerprint: str) -> str:
        # Translators: {fingerprint} is that of headquarters' key, such as SHA256:…
        return self._words.gettext("Fingerprint: {fingerprint}", fingerprint=formats.isolated(fingerprint))
