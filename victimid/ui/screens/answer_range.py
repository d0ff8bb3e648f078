"""A number within bounds: slid, stepped or typed; blank until it is touched."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QHBoxLayout, QSlider, QVBoxLayout

from victimid import formats
from victimid.app.interview_view import QuestionView
from victimid.i18n import Words
from victimid.ui.screens import answer_values
from victimid.ui.screens.answer_input import AnswerInput
from victimid.ui.widgets.button import MINIMUM_TARGET, Button
from victimid.ui.widgets.field import Field
from victimid.ui.widgets.text import label, restyle

MOST_STEPS = 10_000
_RATED_AT_MOST = 12


@dataclass(frozen=True, slots=True)
class Scale:
    """The values a range takes, as the form's parameters say."""

    start: Decimal
    step: Decimal
    count: int
    whole: bool

    def at(self, index: int) -> Decimal:
        """Return the value a number of steps from the start."""
        return self.start + index * self.step

    def index(self, value: Decimal) -> int:
        """Return the steps from the start to the nearest value."""
        return max(0, min(self.count, round((value - self.start) / self.step)))

    def text(self, value: Decimal) -> str:
        """Write a value as the form stores it."""
        return str(int(value)) if self.whole else f"{value:f}"


def scale_of(question: QuestionView) -> Scale | None:
    """Read the parameters of a range; None where they make no scale one can slide along."""
    try:
        start, end, step = (
            Decimal(question.parameters.get(name, default))
            for name, default in (("start", "1"), ("end", "10"), ("step", "1"))
        )
        step = abs(step) if end >= start else -abs(step)
        count = int((end - start) / step)
    except (InvalidOperation, ArithmeticError, ValueError, OverflowError):
        return None
    whole = question.type == "int"
    return Scale(start, step, count, whole) if 0 < count <= MOST_STEPS else None


class RangeInput(AnswerInput):
    """A slider between two buttons, and a field that takes any value within the bounds."""

    def __init__(self, words: Words, scale: Scale) -> None:
        super().__init__()
        self._scale, self._language = scale, words.language
        self.field = Field(words.gettext("Number"))
        self.field.edit.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.field.setFixedWidth(160)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, scale.count)
        self.slider.setMinimumHeight(MINIMUM_TARGET)
        self.slider.setAccessibleName(words.gettext("Number"))
        self.less, self.more = Button("−"), Button("+")
        # Translators: read by screen readers on the buttons beside a slider.
        self.less.setAccessibleName(words.pgettext("slider", "Less"))
        self.more.setAccessibleName(words.pgettext("slider", "More"))
        self.less.clicked.connect(lambda: self._by(-1))
        self.more.clicked.connect(lambda: self._by(1))
        self.slider.valueChanged.connect(self._slid)
        self.slider.sliderPressed.connect(self._slid)
        self.field.changed.connect(lambda _: self._typed())
        self._lay_out()
        restyle(self.slider, "untouched", "true")
        self.setFocusProxy(self.slider)

    def value(self) -> str:
        """Return the number with the digits of XForms, blank while none was given."""
        return answer_values.number(self.field.text())

    def set_value(self, value: str) -> None:
        """Show a number."""
        self.field.set_text(value)

    def typed(self) -> str:
        """Return what stands in the field."""
        return self.field.text()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.less)
        row.addWidget(self.slider, 1)
        row.addWidget(self.more)
        ends = QHBoxLayout()
        for value in (self._scale.at(0), self._scale.at(self._scale.count)):
            ends.addWidget(label(formats.number(float(value), self._language), "caption", wrap=False))
        ends.insertStretch(1, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        rows.addLayout(row)
        rows.addLayout(ends)
        rows.addWidget(self.field)

    def _by(self, steps: int) -> None:
        if self.value():
            self.slider.setValue(self.slider.value() + steps)
        self._slid()

    def _slid(self) -> None:
        self.field.set_text(self._scale.text(self._scale.at(self.slider.value())))

    def _typed(self) -> None:
        """Let the slider follow what is typed, without its changing that in turn."""
        try:
            value = Decimal(self.value() or self._scale.start)
        except InvalidOperation:
            value = self._scale.start
        with QSignalBlocker(self.slider):
            self.slider.setValue(self._scale.index(value) if value.is_finite() else 0)
        restyle(self.slider, "untouched", "" if self.value() else "true")
        self.edited.emit()


class RatingInput(AnswerInput):
    """A few numbers side by side, one of which is chosen."""

    def __init__(self, words: Words, scale: Scale) -> None:
        super().__init__()
        self.buttons: list[Button] = []
        self._scale = scale
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for index in range(scale.count + 1):
            button = Button(formats.number(float(scale.at(index)), words.language))
            button.setCheckable(True)
            button.setProperty("kind", "choice")
            button.clicked.connect(lambda _=False, at=index: self._pick(at))
            self.buttons.append(button)
            row.addWidget(button)
        row.addStretch(1)

    def value(self) -> str:
        """Return the number chosen, or nothing."""
        chosen = (index for index, button in enumerate(self.buttons) if button.isChecked())
        return next((self._scale.text(self._scale.at(index)) for index in chosen), "")

    def set_value(self, value: str) -> None:
        """Show what is chosen."""
        for index, button in enumerate(self.buttons):
            button.setChecked(value == self._scale.text(self._scale.at(index)))

    def _pick(self, at: int) -> None:
        for index, button in enumerate(self.buttons):
            button.setChecked(index == at)
        self.edited.emit()


def range_input(words: Words, question: QuestionView) -> AnswerInput | None:
    """Make the input of a range; None where its parameters make no scale, so that a number is typed."""
    scale = scale_of(question)
    if scale is None:
        return None
    if "rating" in question.appearance and scale.count < _RATED_AT_MOST:
        return RatingInput(words, scale)
    return RangeInput(words, scale)
