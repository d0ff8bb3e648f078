"""The two widgets one types in; they know what an input method is still composing."""

from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget


class LineEdit(QLineEdit):
    """A line; ``composed`` is what is shown in it and not yet part of its text."""

    composed = ""

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # noqa: N802 - overrides Qt
        """Note what is being composed."""
        self.composed = event.preeditString()
        super().inputMethodEvent(event)


class TextEdit(QPlainTextEdit):
    """Several lines; ``composed`` is what is shown in them and not yet part of their text."""

    composed = ""

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # noqa: N802 - overrides Qt
        """Note what is being composed."""
        self.composed = event.preeditString()
        super().inputMethodEvent(event)


def take_composed(focused: QWidget | None) -> None:
    """Take what is being composed as typed: by the input method, or where it does not answer, as it stands there."""
    QGuiApplication.inputMethod().commit()
    if isinstance(focused, LineEdit | TextEdit) and focused.composed:
        event = QInputMethodEvent()
        event.setCommitString(focused.composed)
        QApplication.sendEvent(focused, event)
