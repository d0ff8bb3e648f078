"""Dates and times typed in boxes, in the order of the language, and as exact as the person can say."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from victimid import formats
from victimid.i18n import Words
from victimid.model.answer import Precision
from victimid.ui.screens import answer_values
from victimid.ui.screens.answer_input import AnswerInput
from victimid.ui.screens.answer_precision import SEASON, YEAR, DateChoices
from victimid.ui.screens.answer_values import DateParts
from victimid.ui.widgets.field import Field
from victimid.ui.widgets.flow import FlowLayout

_LETTERS = {"d": "day", "m": "month", "y": "year"}
_WIDTH = 104


@dataclass(frozen=True, slots=True)
class DateAsked:
    """What a form asks for: date, dateTime or time, maybe only a month or a year; ``recorded`` goes with its value."""

    type: str
    appearance: str = ""
    recorded: Precision = Precision.EXACT

    def boxes(self, language: str) -> list[str]:
        """Return the parts to type, in the order of the language."""
        wanted = set(self.appearance.split())
        parts = [_LETTERS[letter] for letter in formats.date_order(language)]
        if "month-year" in wanted:
            parts.remove("day")
        elif "year" in wanted:
            parts = ["year"]
        return {"date": parts, "dateTime": [*parts, "hour", "minute"]}.get(self.type, ["hour", "minute"])

    def modes(self) -> tuple[str, ...]:
        """Return how exact an answer may be."""
        return (YEAR, SEASON) if self.type == "date" and self.appearance.split() != ["year"] else ()


class DateInput(AnswerInput):
    """Boxes for numbers in the digits of any script; a date that is not exact says so in its value."""

    def __init__(self, words: Words, asked: DateAsked) -> None:
        super().__init__()
        self._asked = asked
        captions = _captions(words)
        self.boxes = {name: self._box(captions[name]) for name in asked.boxes(words.language)}
        self.choices = DateChoices(words, asked.modes())
        self.choices.changed.connect(self._chosen)
        typed = QWidget()
        row = FlowLayout(typed, spacing=12)
        for box in self.boxes.values():
            row.addWidget(box)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(10)
        rows.addWidget(typed)
        rows.addWidget(self.choices)
        self.choices.setVisible(asked.type == "date")
        self.setFocusProxy(next(iter(self.boxes.values())))

    def value(self) -> str:
        """Return date, time or both as ISO 8601 writes them, followed by how exact a date is."""
        parts = DateParts(**{name: box.text() for name, box in self.boxes.items()})
        if self._asked.type == "time":
            return answer_values.time_value(parts)
        if self._asked.type == "dateTime":
            return answer_values.date_time_value(parts)
        appearance = " ".join(set(self._asked.appearance.split()) & {"month-year", "year"})
        value, precision = self.choices.dated(parts, appearance)
        known = self._asked.recorded is not Precision.EXACT
        return answer_values.with_precision(value, precision, always=known)

    def set_value(self, value: str) -> None:
        """Show a date or time in its boxes, as exact as it was recorded."""
        value, said = answer_values.split_precision(value)
        precision = self._asked.recorded if said is None else said
        parts = answer_values.shown(answer_values.date_parts(value), precision)
        for name, box in self.boxes.items():
            box.set_text(getattr(parts, name))
        self.choices.choose(precision)
        self._show()

    def typed(self) -> str:
        """Return every box, and how exact the date is meant to be."""
        boxes = {name: box.text() for name, box in self.boxes.items()}
        return answer_values.write_boxes(boxes | self.choices.chosen())

    def set_typed(self, typed: str) -> None:
        """Show every box as it was left."""
        boxes = answer_values.read_boxes(typed)
        if boxes is None:
            self.set_value(typed)
            return
        for name, box in self.boxes.items():
            box.set_text(boxes.get(name, ""))
        self.choices.choose_again(boxes)
        self._show()

    def _chosen(self) -> None:
        self._show()
        self.edited.emit()

    def _show(self) -> None:
        """Show the boxes that the precision leaves something to type in."""
        year_alone = self.choices.mode() in {YEAR, SEASON}
        for name, box in self.boxes.items():
            box.setVisible(name == "year" or not year_alone)

    def _box(self, caption: str) -> Field:
        box = Field(caption, max_length=4)
        box.setFixedWidth(_WIDTH)
        box.edit.setAlignment(Qt.AlignmentFlag.AlignCenter)
        box.changed.connect(lambda _: self.edited.emit())
        return box


def _captions(words: Words) -> dict[str, str]:
    return {
        "day": words.gettext("Day"),
        "month": words.gettext("Month"),
        "year": words.gettext("Year"),
        "hour": words.gettext("Hour"),
        "minute": words.gettext("Minute"),
    }
