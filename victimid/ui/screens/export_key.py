"""Headquarters' key where the first start left it out: without one nothing can be exported."""

from PySide6.QtCore import Qt, Signal

from victimid.app.exporting import ExportView
from victimid.i18n import Words
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.field import TextArea
from victimid.ui.widgets.frames import Card
from victimid.ui.widgets.text import label


class KeyCard(Card):
    """Shown only while the laptop has no key of headquarters; ``add`` carries what was typed."""

    add = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__(spacing=12)
        self.key = TextArea(
            words.gettext("Public key of headquarters"),
            lines=2,
            help_text=words.gettext("It begins with {start}. Type or paste it.", start="age1"),
        )
        self.button = Button(words.gettext("Add this key"), "primary")
        self.button.setEnabled(False)
        self.key.changed.connect(lambda: self.button.setEnabled(bool(self.key.text().strip())))
        self.button.clicked.connect(lambda: self.add.emit(self.key.text().strip()))
        explanation = words.gettext(
            "Compare it with headquarters by another way before you add it: whoever holds its secret half can read "
            "every export and recover this vault."
        )
        for part in (label(words.gettext("Key of headquarters"), "section"), label(explanation), self.key):
            self.body.addWidget(part)
        self.body.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeading)
        self.hide()

    def show_view(self, view: ExportView) -> None:
        """Appear while there is no key."""
        self.setVisible(not view.headquarters_keys)
