"""Big option buttons, in one or two languages, with number keys."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from victimid.ui.widgets.button import ContentButton, key_hint
from victimid.ui.widgets.styled_text import Run, styled
from victimid.ui.widgets.text import Role, set_direction

_KEYS, _KEY_WIDTH = 9, 28


Maker = Callable[[], QWidget | None]


@dataclass(frozen=True, slots=True)
class Adorned:
    """What stands with the words of a choice in one language: their styles, and makers of picture and buttons."""

    runs: Sequence[Run] = ()
    picture: Maker | None = None
    buttons: Sequence[Maker] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """One option: its value, its words, and its words in the other language where there is one."""

    value: str
    text: str
    second: str = ""
    second_right_to_left: bool = False
    adorned: Adorned = Adorned()
    second_adorned: Adorned = Adorned()


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
        add_words(row, choice, role)
        hint = key_hint(key)
        hint.setMinimumWidth(_KEY_WIDTH)
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        kept = hint.sizePolicy()
        kept.setRetainSizeWhenHidden(bool(choice.second))  # columns stay aligned from row to row
        hint.setSizePolicy(kept)
        row.addWidget(hint, 0, Qt.AlignmentFlag.AlignVCenter)
        hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


def add_words(row: QHBoxLayout, choice: Choice, role: Role) -> None:
    """Add the words of a choice to a row, with their picture and buttons; only the buttons take the mouse."""
    _add_side(row, choice.adorned, styled(choice.adorned.runs, role, choice.text))
    if choice.second or choice.second_adorned.buttons:
        second = styled(choice.second_adorned.runs, "muted", choice.second)
        set_direction(second, right_to_left=choice.second_right_to_left)
        _add_side(row, choice.second_adorned, second)


def _add_side(row: QHBoxLayout, adorned: Adorned, said: QLabel) -> None:
    picture = adorned.picture() if adorned.picture is not None else None
    if picture is not None:
        picture.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row.addWidget(picture)
    said.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    row.addWidget(said, 1)
    for button in (make() for make in adorned.buttons):
        if button is not None:
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)


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

    def follow(self, before: QWidget) -> None:
        """Let the Tab key come here right after something else; a list made later would come last."""
        for button in self.buttons:
            QWidget.setTabOrder(before, button)
            before = button

    def _pick(self, button: ChoiceButton) -> None:
        if not self._multiple:
            self.set_values([button.choice.value])
        self.picked.emit(button.choice.value)
