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
        """Show a recorded answer."""

    def typed(self) -> str:
        """Return what stands in the fields, however far it is from an answer; nothing typed is the empty text."""
        return self.value()

    def set_typed(self, typed: str) -> None:
        """Show again what `typed` gave; of an earlier make, it is the value."""
        self.set_value(typed)
