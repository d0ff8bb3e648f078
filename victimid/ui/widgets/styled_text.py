"""Labels in the styles their author gave them: emphasis, strength, headings; painted from runs, never from markup."""

from collections.abc import Sequence
from math import ceil
from typing import Final, Protocol

from PySide6.QtCore import QSize
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QLabel

from victimid.ui.widgets.text import Role, TextLabel, label, reads_right_to_left
from victimid.ui.widgets.text_lines import place, wrapped

_HEADINGS: Final = (1.0, 1.4, 1.3, 1.2, 1.1, 1.0, 1.0)


class Run(Protocol):
    """A piece of text in one style; ``heading`` is its level from 1 to 6, 0 for plain lines."""

    @property
    def text(self) -> str: ...  # noqa: D102 - said above
    @property
    def strong(self) -> bool: ...  # noqa: D102 - said above
    @property
    def emphasis(self) -> bool: ...  # noqa: D102 - said above
    @property
    def heading(self) -> int: ...  # noqa: D102 - said above


def styled(runs: Sequence[Run], role: Role = "body", text: str = "") -> QLabel:
    """Make a label of runs, or of a ``text`` where there are none; a plain one where no run has a style."""
    if not any(run.strong or run.emphasis or run.heading for run in runs):
        return label("".join(run.text for run in runs) or text, role)
    return StyledLabel(runs, role)


class StyledLabel(TextLabel):
    """A label with several styles; what is strong stands out from words of ordinary weight, whatever the role."""

    def __init__(self, runs: Sequence[Run], role: Role) -> None:
        super().__init__()
        self._runs = tuple(runs)
        self.dress("".join(run.text for run in runs), role)

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - overrides Qt
        """Return the height that the wrapped lines need."""
        self.ensurePolished()
        around = self.width() - self.contentsRect().width()
        return ceil(self._lines(width - around).boundingRect().height()) + self.height() - self.contentsRect().height()

    def sizeHint(self) -> QSize:  # noqa: N802 - overrides Qt
        """Ask for the width of the same words without styles, and the height they then need."""
        wanted = super().sizeHint()
        return QSize(wanted.width(), self.heightForWidth(max(wanted.width(), self.width())))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - overrides Qt
        """Paint the lines."""
        del event
        lines = self._lines(self.contentsRect().width())
        painter = QPainter(self)
        self.drawFrame(painter)
        painter.setPen(self.palette().color(self.foregroundRole()))
        lines.draw(painter, place(lines, self.contentsRect(), self.alignment()))
        painter.end()

    def _lines(self, width: int) -> QTextLayout:
        text, direction = self.text(), self.layoutDirection()
        return wrapped(text, self.font(), width, direction, self._formats(), runs_right=reads_right_to_left(text))

    def _formats(self) -> list[QTextLayout.FormatRange]:
        strong = any(run.strong for run in self._runs)
        made, at = [], 0
        for run in self._runs:
            part = QTextLayout.FormatRange()
            part.start, part.length = at, len(run.text.encode("utf-16-le")) // 2  # as Qt counts
            part.format = QTextCharFormat()
            part.format.setFont(_font(self.font(), run, weighed=strong))
            made.append(part)
            at += part.length
        return made


def _font(base: QFont, run: Run, *, weighed: bool) -> QFont:
    font = QFont(base)
    if run.strong or run.heading:
        font.setWeight(QFont.Weight.Bold)
    elif weighed:
        font.setWeight(QFont.Weight.Normal)
    font.setItalic(run.emphasis)
    if run.heading and base.pixelSize() > 0:
        font.setPixelSize(round(base.pixelSize() * _HEADINGS[run.heading]))
    return font
