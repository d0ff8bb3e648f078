"""Answers that are typed: text, numbers, dates."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from victimid.i18n import Words
from victimid.ui.screens import answer_values
from victimid.ui.screens.answer_input import AnswerInput
from victimid.ui.screens.answer_values import DateParts
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


class DateInput(AnswerInput):
    """Day, month and year in boxes of their own, as far as the form asks for them, and the time where it does."""

    def __init__(self, words: Words, appearance: str, *, with_time: bool) -> None:
        super().__init__()
        self._appearance, self._with_time = appearance, with_time
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        asked = [(name, caption) for name, caption in self._captions(words).items() if self._asks(name)]
        self.boxes = {name: self._box(row, caption) for name, caption in asked}
        row.addStretch(1)
        self.setFocusProxy(next(iter(self.boxes.values())))

    def value(self) -> str:
        """Return the date, or date and time, as ISO 8601 writes it."""
        parts = DateParts(**{name: box.text() for name, box in self.boxes.items()})
        if self._with_time:
            return answer_values.date_time_value(parts)
        return answer_values.date_value(parts, self._appearance)

    def set_value(self, value: str) -> None:
        """Show a date in its boxes."""
        parts = answer_values.date_parts(value)
        for name, box in self.boxes.items():
            box.set_text(getattr(parts, name))

    def _captions(self, words: Words) -> dict[str, str]:
        names = {"day": words.gettext("Day"), "month": words.gettext("Month"), "year": words.gettext("Year")}
        times = {"hour": words.gettext("Hour"), "minute": words.gettext("Minute")}
        return names | times if self._with_time else names

    def _asks(self, name: str) -> bool:
        if "month-year" in self._appearance:
            return name != "day"
        return name == "year" or "year" not in self._appearance

    def _box(self, row: QHBoxLayout, caption: str) -> Field:
        box = Field(caption, max_length=4)
        box.setFixedWidth(104)
        box.edit.setAlignment(Qt.AlignmentFlag.AlignCenter)
        box.changed.connect(lambda _: self.edited.emit())
        row.addWidget(box)
        return box


def _rows(widget: QWidget) -> QVBoxLayout:
    rows = QVBoxLayout(widget)
    rows.setContentsMargins(0, 0, 0, 0)
    return rows
