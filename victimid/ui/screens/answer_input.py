"""What every widget that takes an answer has in common."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget


class AnswerInput(QWidget):
    """Room for an answer; ``edited`` tells that the officer or the person changed it."""

    edited = Signal()

    def value(self) -> str:
        """Return the answer as XForms text."""
        return ""

    def set_value(self, value: str) -> None:
        """Show a recorded or drafted answer."""
