"""The side of the office screens: desk and headquarters."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout

from victimid.i18n import Words
from victimid.ui.destinations import Destination, ToDesk, ToExport
from victimid.ui.widgets.button import ContentButton
from victimid.ui.widgets.frames import Side
from victimid.ui.widgets.text import label

_WIDTH = 208


class NavButton(ContentButton):
    """A place to go to, with a number of things waiting there."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setProperty("kind", "nav")
        self.setCheckable(True)
        self._name = text
        self._count = label("", "strong", wrap=False)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.addWidget(label(text, "strong"), 1)
        row.addWidget(self._count)
        for part in self.findChildren(type(self._count)):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_count("")

    def set_count(self, count: str) -> None:
        """Show a number, or none."""
        self._count.setText(count)
        self.setAccessibleName(f"{self._name} {count}".strip())


class SideNav(Side):
    """Lists the office screens; ``go`` carries a destination."""

    go = Signal(object)

    def __init__(self, words: Words, here: Destination) -> None:
        super().__init__()
        self.setFixedWidth(_WIDTH)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(12, 16, 12, 16)
        rows.setSpacing(4)
        # Translators: the screen with all cases of this laptop.
        self.desk = self._entry(rows, words.gettext("Desk"), ToDesk(), here)
        # Translators: the screen for sending cases to headquarters.
        self.headquarters = self._entry(rows, words.gettext("Headquarters"), ToExport(), here)
        rows.addStretch(1)

    def _entry(self, rows: QVBoxLayout, text: str, place: Destination, here: Destination) -> NavButton:
        button = NavButton(text)
        button.setChecked(place == here)
        button.clicked.connect(lambda: self._go(button, place, here))
        rows.addWidget(button)
        return button

    def _go(self, button: NavButton, place: Destination, here: Destination) -> None:
        button.setChecked(place == here)
        if place != here:
            self.go.emit(place)
