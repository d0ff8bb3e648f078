"""A neutral cover over the whole window, for when somebody looks over."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from victimid.formats import isolated
from victimid.i18n import Words
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.text import label
from victimid.ui.window_keys import PANIC_SHOWN


class Curtain(QWidget):
    """Covers its parent entirely while shown; says nothing but a neutral name.

    It takes the keys itself, so that what somebody goes on typing does not press the button.
    """

    continued = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._covered = parent
        self.setProperty("paper", "true")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
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
        self.setAccessibleName(words.gettext("Casework"))
        # Translators: button that shows again what was hidden.
        self.button.set_text(words.gettext("Continue"))
        # Translators: {key} is a combination of keys that locks the program and covers the screen in one movement.
        self._panic.setText(words.gettext("{key} locks at once, from everywhere", key=isolated(PANIC_SHOWN)))

    def draw(self) -> None:
        """Cover the window."""
        self.setGeometry(self._covered.rect())
        self.show()
        self.raise_()
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - overrides Qt
        """Go on with Enter."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.isAutoRepeat():
            self.continued.emit()
