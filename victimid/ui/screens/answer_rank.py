"""Answers put in order: by keys, by buttons, or by dragging; blank until an order is given."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from victimid import formats
from victimid.formats import isolated
from victimid.i18n import Words
from victimid.ui.screens.answer_input import AnswerInput
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.choices import Choice, add_words
from victimid.ui.widgets.text import Role, label


class RankInput(AnswerInput):
    """All of them in one list; moving one, or agreeing with the order as it stands, makes it the answer."""

    def __init__(self, words: Words, choices: Sequence[Choice], role: Role = "strong") -> None:
        super().__init__()
        self._words, self._given = words, False
        self.rows = [RankRow(words, choice, role) for choice in choices]
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        help_text = words.gettext(
            "Put them in order, the first on top: drag, use the arrows, or Ctrl with up and down."
        )
        self._column.addWidget(label(help_text, "caption"))
        # Translators: button below a list to put in order; the order it shows is the answer.
        self.agree = Button(words.gettext("The order is right as it is"))
        self.agree.clicked.connect(self._give)
        for row in self.rows:
            row.moved.connect(self._move)
            row.dragged.connect(self._drag)
            row.left.connect(self._focus)
            self._column.addWidget(row)
        self._column.addWidget(self.agree, 0, Qt.AlignmentFlag.AlignLeading)
        if self.rows:
            self.setFocusProxy(self.rows[0])
        self._show()

    def value(self) -> str:
        """Return the values from the first to the last with a space between them, blank while none is given."""
        return " ".join(row.choice.value for row in self.rows) if self._given else ""

    def set_value(self, value: str) -> None:
        """Show a recorded order; what it does not name comes last."""
        order = value.split()
        self._given = bool(order)
        places = {name: place for place, name in enumerate(order)}
        self.rows.sort(key=lambda row: places.get(row.choice.value, len(places)))
        self._show()

    def _give(self) -> None:
        self._given = True
        self._show()
        self.edited.emit()

    def _move(self, value: str, by: int) -> None:
        at = self._place(value)
        to = at + by
        if not 0 <= to < len(self.rows):
            return
        row = self.rows.pop(at)
        self.rows.insert(to, row)
        self._give()
        row.setFocus()

    def _drag(self, value: str, y: int) -> None:
        """Move a row past its neighbour once it is dragged beyond that one's middle."""
        at = self._place(value)
        if at and y < self.rows[at - 1].geometry().center().y():
            self._move(value, -1)
        elif at + 1 < len(self.rows) and y > self.rows[at + 1].geometry().center().y():
            self._move(value, 1)

    def _focus(self, value: str, by: int) -> None:
        to = self._place(value) + by
        if 0 <= to < len(self.rows):
            self.rows[to].setFocus()

    def _place(self, value: str) -> int:
        return next(at for at, row in enumerate(self.rows) if row.choice.value == value)

    def _show(self) -> None:
        for row in self.rows:
            self._column.removeWidget(row)
        last = len(self.rows) - 1
        for at, row in enumerate(self.rows):
            self._column.insertWidget(at + 1, row)
            place = formats.number(at + 1, self._words.language) if self._given else ""
            row.show_place(place, first=at == 0, last=at == last)
        self.agree.setVisible(not self._given)


class RankRow(QFrame):
    """One of them: its place, its words, and the two ways it can go."""

    moved = Signal(str, int)
    dragged = Signal(str, int)
    left = Signal(str, int)

    def __init__(self, words: Words, choice: Choice, role: Role) -> None:
        super().__init__()
        self.choice = choice
        self.setProperty("role", "rank")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.SizeVerCursor)
        self._place = label("", role, wrap=False)
        self._place.setFixedWidth(28)
        name = isolated(choice.text)
        # Translators: read by screen readers; {name} moves one place up in a list.
        self.up = _arrow("↑", words.gettext("Move up: {name}", name=name))
        # Translators: read by screen readers; {name} moves one place down in a list.
        self.down = _arrow("↓", words.gettext("Move down: {name}", name=name))
        self.up.clicked.connect(lambda: self.moved.emit(choice.value, -1))
        self.down.clicked.connect(lambda: self.moved.emit(choice.value, 1))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(12)
        row.addWidget(self._place)
        add_words(row, choice, role)
        row.addWidget(self.up)
        row.addWidget(self.down)

    def show_place(self, place: str, *, first: bool, last: bool) -> None:
        """Show the place, blank while the order is not given."""
        self._place.setText(place)
        self.setAccessibleName(f"{place} {self.choice.text}".strip())
        self.up.setEnabled(not first)
        self.down.setEnabled(not last)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - overrides Qt
        """Go up and down in the list; with Ctrl the row itself goes."""
        by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if not by:
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.moved.emit(self.choice.value, by)
        else:
            self.left.emit(self.choice.value, by)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - overrides Qt
        """Take hold of the row."""
        event.accept()
        self.setFocus()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - overrides Qt
        """Carry the row along with finger or mouse."""
        self.dragged.emit(self.choice.value, self.mapToParent(event.position().toPoint()).y())


def _arrow(sign: str, name: str) -> Button:
    button = Button(sign, "quiet")
    button.setAccessibleName(name)
    return button
