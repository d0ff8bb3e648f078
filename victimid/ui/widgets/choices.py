"""Big option buttons, in one or two languages, with number keys."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from victimid.ui.widgets.button import ContentButton, key_hint
from victimid.ui.widgets.text import Role, label, set_direction

_KEYS, _KEY_WIDTH = 9, 28


@dataclass(frozen=True, slots=True)
class Choice:
    """One option: its value, its words, and its words in the other language where there is one."""

    value: str
    text: str
    second: str = ""
    second_right_to_left: bool = False


class ChoiceButton(ContentButton):
    """One option, as wide as the list; the second language stands in a column of its own."""

    def __init__(self, choice: Choice, key: str = "", role: Role = "strong") -> None:
        super().__init__()
        self.choice = choice
        self.setProperty("kind", "choice")
        self.setCheckable(True)
        self.let_words_wrap()
        self.setAccessibleName(f"{choice.text} · {choice.second}" if choice.second else choice.text)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 12, 18, 12)
        row.setSpacing(16)
        parts = [label(choice.text, role)]
        if choice.second:
            parts.append(label(choice.second, "muted"))
            set_direction(parts[1], right_to_left=choice.second_right_to_left)
        for part in parts:
            row.addWidget(part, 1)
        hint = key_hint(key)
        hint.setMinimumWidth(_KEY_WIDTH)
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        kept = hint.sizePolicy()
        kept.setRetainSizeWhenHidden(bool(choice.second))  # columns stay aligned from row to row
        hint.setSizePolicy(kept)
        row.addWidget(hint, 0, Qt.AlignmentFlag.AlignVCenter)
        for part in (*parts, hint):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


class ChoiceList(QWidget):
    """Options one below the other; keys 1 to 9 pick the first nine where ``keys`` is set.

    ``picked`` carries the value just picked by the officer; ``values`` tells all that are chosen.
    """

    picked = Signal(str)

    def __init__(
        self,
        choices: Sequence[Choice],
        *,
        multiple: bool = False,
        keys: bool = True,
        role: Role = "strong",
    ) -> None:
        super().__init__()
        self._multiple = multiple
        self.buttons: list[ChoiceButton] = []
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        for number, choice in enumerate(choices, start=1):
            key = str(number) if keys and number <= _KEYS else ""
            button = ChoiceButton(choice, key, role)
            button.clicked.connect(lambda _=False, b=button: self._pick(b))
            if key:
                QShortcut(QKeySequence(key), button).activated.connect(button.click)
            self.buttons.append(button)
            rows.addWidget(button)

    def values(self) -> tuple[str, ...]:
        """Return the chosen values in the order of the list."""
        return tuple(button.choice.value for button in self.buttons if button.isChecked())

    def value(self) -> str:
        """Return the chosen value, or an empty text."""
        return next(iter(self.values()), "")

    def set_values(self, values: Sequence[str]) -> None:
        """Choose exactly these values; ``picked`` stays silent."""
        for button in self.buttons:
            button.setChecked(button.choice.value in values)

    def _pick(self, button: ChoiceButton) -> None:
        if not self._multiple:
            self.set_values([button.choice.value])
        self.picked.emit(button.choice.value)
