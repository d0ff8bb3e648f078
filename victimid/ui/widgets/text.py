"""Labels that show text as text, styled by role."""

import unicodedata
from typing import Literal

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from victimid.ui.widgets.text_lines import place, start_side, wrapped

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
    made = TextLabel()
    made.dress(text, role, wrap=wrap)
    return made


def first_direction(text: str) -> str:
    """Return the Unicode direction of the first letter outside isolates (rule P2), or an empty text without letters."""
    depth = 0
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in {"LRI", "RLI", "FSI"}:
            depth += 1
        elif kind == "PDI":
            depth = max(depth - 1, 0)
        elif not depth and kind in {"L", "R", "AL"}:
            return kind
    return ""


def reads_right_to_left(text: str) -> bool:
    """Tell by its first letter whether a text runs right to left."""
    return first_direction(text) in {"R", "AL"}


def set_direction(widget: QWidget, *, right_to_left: bool) -> None:
    """Give one text its own direction and side, whatever the window's."""
    direction = Qt.LayoutDirection.RightToLeft if right_to_left else Qt.LayoutDirection.LeftToRight
    widget.setLayoutDirection(direction)
    if isinstance(widget, QLabel):
        vertical = widget.alignment() & Qt.AlignmentFlag.AlignVertical_Mask
        widget.setAlignment(vertical | _start(widget))


def keep_together(text: str) -> str:
    """Keep a reference such as RU-7K2M on one line: a word joiner follows every hyphen."""
    return text.replace("-", "-\u2060")


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


class TextLabel(QLabel):
    """A label whose lines begin at the side its layout begins; Qt's own looks at the text instead.

    Qt also leaves the space at which a line breaks beside wrapped text that runs right to left; here it hangs outside.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setAlignment(Qt.AlignmentFlag.AlignVCenter | _start(self))

    def dress(self, text: str, role: Role, *, wrap: bool = True) -> None:
        """Take a text, the look of a role, and whether its lines may wrap."""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        self.setWordWrap(wrap)
        self.setProperty("role", role)
        if wrap:
            policy = self.sizePolicy()
            policy.setHorizontalPolicy(QSizePolicy.Policy.Preferred)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - overrides Qt
        """Change sides with the layout."""
        super().changeEvent(event)
        if event.type() is not QEvent.Type.LayoutDirectionChange:
            return
        if not self.alignment() & Qt.AlignmentFlag.AlignHCenter:
            vertical = self.alignment() & Qt.AlignmentFlag.AlignVertical_Mask
            self.setAlignment(vertical | _start(self))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - overrides Qt
        """Paint wrapped lines that run right to left one exactly below the other."""
        centred = self.alignment() & Qt.AlignmentFlag.AlignHCenter
        if centred or not self.wordWrap() or not reads_right_to_left(self.text()):
            super().paintEvent(event)
            return
        lines = wrapped(self.text(), self.font(), self.contentsRect().width(), self.layoutDirection())
        painter = QPainter(self)
        self.drawFrame(painter)
        painter.setPen(self.palette().color(self.foregroundRole()))
        lines.draw(painter, place(lines, self.contentsRect(), self.alignment()))
        painter.end()


def _start(widget: QWidget) -> Qt.AlignmentFlag:
    return start_side(widget.layoutDirection())
