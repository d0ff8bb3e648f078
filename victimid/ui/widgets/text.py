"""Labels that show text as text, styled by role."""

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

Role = Literal[
    "title",
    "section",
    "body",
    "strong",
    "muted",
    "caption",
    "key",
    "number",
    "question",
    "person_question",
    "person_answer",
]


def label(text: str, role: Role = "body", *, wrap: bool = True) -> QLabel:
    """Make a label; what it holds is never taken for markup, whoever wrote it."""
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text)
    made.setWordWrap(wrap)
    made.setProperty("role", role)
    mirrored = QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
    made.setAlignment(_start(right_to_left=mirrored) | Qt.AlignmentFlag.AlignVCenter)
    if wrap:
        policy = made.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        made.setSizePolicy(policy)
    return made


def set_direction(widget: QWidget, *, right_to_left: bool) -> None:
    """Give one text its own direction and alignment, whatever the window's."""
    direction = Qt.LayoutDirection.RightToLeft if right_to_left else Qt.LayoutDirection.LeftToRight
    widget.setLayoutDirection(direction)
    if isinstance(widget, QLabel):
        widget.setAlignment(_start(right_to_left=right_to_left) | Qt.AlignmentFlag.AlignTop)


def set_window_direction(*, right_to_left: bool) -> None:
    """Mirror the whole program for a language."""
    direction = Qt.LayoutDirection.RightToLeft if right_to_left else Qt.LayoutDirection.LeftToRight
    QGuiApplication.setLayoutDirection(direction)


def restyle(widget: QWidget, name: str, value: str | bool) -> None:
    """Change a property the style sheet selects by, and have the change seen."""
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def _start(*, right_to_left: bool) -> Qt.AlignmentFlag:
    """Return the side where lines begin; absolute, because labels otherwise look at their text for it."""
    side = Qt.AlignmentFlag.AlignRight if right_to_left else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignAbsolute
