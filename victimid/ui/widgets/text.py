"""Labels that show text as text, styled by role."""

from typing import Literal

from PySide6.QtCore import QEvent, Qt
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
    made = _Text()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text)
    made.setWordWrap(wrap)
    made.setProperty("role", role)
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
        widget.setAlignment(Qt.AlignmentFlag.AlignTop | _start(widget))


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


class _Text(QLabel):
    """A label whose lines begin at the side its layout begins; Qt's own looks at the text instead."""

    def __init__(self) -> None:
        super().__init__()
        self.setAlignment(Qt.AlignmentFlag.AlignVCenter | _start(self))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - overrides Qt
        """Change sides with the layout."""
        super().changeEvent(event)
        centred = self.alignment() & Qt.AlignmentFlag.AlignHCenter
        if event.type() is QEvent.Type.LayoutDirectionChange and not centred:
            vertical = self.alignment() & Qt.AlignmentFlag.AlignVertical_Mask
            self.setAlignment(vertical | _start(self))


def _start(widget: QWidget) -> Qt.AlignmentFlag:
    mirrored = widget.layoutDirection() is Qt.LayoutDirection.RightToLeft
    side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignAbsolute
