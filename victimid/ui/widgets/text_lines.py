"""Lines of text laid out for painting, in one style or several."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QFont, QTextLayout, QTextOption


def start_side(direction: Qt.LayoutDirection) -> Qt.AlignmentFlag:
    """Return the side at which lines of a direction begin."""
    mirrored = direction is Qt.LayoutDirection.RightToLeft
    side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignAbsolute


def wrapped(
    text: str,
    font: QFont,
    width: int,
    direction: Qt.LayoutDirection,
    formats: Sequence[QTextLayout.FormatRange] = (),
    *,
    runs_right: bool = True,
) -> QTextLayout:
    """Break a text into lines that begin at the side of ``direction``; ``runs_right``: it runs right to left."""
    option = QTextOption(start_side(direction))
    option.setTextDirection(Qt.LayoutDirection.RightToLeft if runs_right else Qt.LayoutDirection.LeftToRight)
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    made = QTextLayout(text.replace("\n", "\u2028"), font)
    made.setTextOption(option)
    made.setFormats(list(formats))
    made.beginLayout()
    height = 0.0
    while (line := made.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, height))
        height += line.height()
    made.endLayout()
    return made


def place(lines: QTextLayout, room: QRect, alignment: Qt.AlignmentFlag) -> QPointF:
    """Return where lines begin, at the top or in the middle of their room."""
    top = 0.0 if alignment & Qt.AlignmentFlag.AlignTop else (room.height() - lines.boundingRect().height()) / 2
    return QPointF(room.x(), room.y() + top)
