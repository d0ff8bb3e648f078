"""Answers that are typed: text and numbers."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from victimid.ui.screens import answer_values
from victimid.ui.screens.answer_input import AnswerInput
from victimid.ui.widgets.field import Field, TextArea
from victimid.ui.widgets.text import label

_LONGEST_LINE = 2000


class NoInput(AnswerInput):
    """Nothing to answer: a note, or something this program does not take."""

    def __init__(self, text: str) -> None:
        super().__init__()
        if text:
            _rows(self).addWidget(label(text, "muted"))


class LineInput(AnswerInput):
    """One line of text."""

    def __init__(self, caption: str, direction: Qt.LayoutDirection) -> None:
        super().__init__()
        self.field = Field(caption, max_length=_LONGEST_LINE)
        self.field.edit.setLayoutDirection(direction)
        self.field.changed.connect(lambda _: self.edited.emit())
        _rows(self).addWidget(self.field)
        self.setFocusProxy(self.field)

    def value(self) -> str:
        """Return what is typed."""
        return self.field.text().strip()

    def set_value(self, value: str) -> None:
        """Show a text."""
        self.field.set_text(value)

    def typed(self) -> str:
        """Return the line as it stands there."""
        return self.field.text()


class NumberInput(LineInput):
    """A number, typed with the digits and the decimal mark of any language."""

    def __init__(self, caption: str) -> None:
        super().__init__(caption, Qt.LayoutDirection.LeftToRight)
        self.field.edit.setMaximumWidth(240)

    def value(self) -> str:
        """Return the number with the digits of XForms."""
        return answer_values.number(self.field.text())


class AreaInput(AnswerInput):
    """Several lines of text."""

    def __init__(self, caption: str, direction: Qt.LayoutDirection) -> None:
        super().__init__()
        self.area = TextArea(caption, lines=5)
        self.area.edit.setLayoutDirection(direction)
        self.area.changed.connect(self.edited)
        _rows(self).addWidget(self.area)
        self.setFocusProxy(self.area)

    def value(self) -> str:
        """Return what is typed."""
        return self.area.text().strip()

    def set_value(self, value: str) -> None:
        """Show a text."""
        self.area.set_text(value)

    def typed(self) -> str:
        """Return the lines as they stand there."""
        return self.area.text()


def _rows(widget: QWidget) -> QVBoxLayout:
    rows = QVBoxLayout(widget)
    rows.setContentsMargins(0, 0, 0, 0)
    return rows
