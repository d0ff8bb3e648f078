"""A neutral cover over the whole window, for when somebody looks over."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from victimid.formats import isolated
from victimid.i18n import Words
from victimid.ui.panic import KEY_SHOWN
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.text import label


class Curtain(QWidget):
    """Covers its parent entirely while shown; says nothing but a neutral name."""

    continued = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._covered = parent
        self.setProperty("paper", "true")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._name = label("", "section", wrap=False)
        self._panic = label("", "caption", wrap=False)
        self.button = Button("", "plain")
        self.button.clicked.connect(self.continued)
        rows = QVBoxLayout(self)
        rows.setSpacing(16)
        rows.addStretch(1)
        rows.addWidget(self._name, 0, Qt.AlignmentFlag.AlignHCenter)
        rows.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        rows.addWidget(self._panic, 0, Qt.AlignmentFlag.AlignHCenter)
        rows.addStretch(1)
        self.hide()

    def speak(self, words: Words) -> None:
        """Take over a language."""
        # Translators: neutral name of the program on the screen; it must not hint at trafficking or police.
        self._name.setText(words.gettext("Casework"))
        # Translators: button that shows again what was hidden.
        self.button.set_text(words.gettext("Continue"))
        # Translators: {key} is a combination of keys that locks the program and covers the screen in one movement.
        self._panic.setText(words.gettext("{key} locks at once, from everywhere", key=isolated(KEY_SHOWN)))

    def draw(self) -> None:
        """Cover the window."""
        self.setGeometry(self._covered.rect())
        self.show()
        self.raise_()
        self.button.setFocus()
