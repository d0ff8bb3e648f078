"""Buttons with a drawn sign: play, stop, show larger; with or without words beside it."""

from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from victimid.ui.widgets.button import ContentButton, key_hint
from victimid.ui.widgets.text import label

Sign = Literal["play", "stop", "larger"]
_SIDE, _EDGE = 18, 3


class SignButton(ContentButton):
    """A button known by its sign; ``name`` is what it does, read out, and shown only where there are ``words``."""

    def __init__(self, sign: Sign, name: str, words: str = "", key: str = "") -> None:
        super().__init__()
        self.setProperty("kind", "plain")
        self._drawn = _Drawn(sign)
        self._words = label(words, "strong", wrap=False)
        self._words.setVisible(bool(words))
        hint = key_hint(key)
        row = QHBoxLayout(self)
        margin = 14
        row.setContentsMargins(margin, 8, margin, 8)
        row.setSpacing(10)
        for part in (self._drawn, self._words, hint):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            row.addWidget(part)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def change(self, sign: Sign, name: str, words: str = "") -> None:
        """Take another sign and what it then does."""
        self._drawn.sign = sign
        self._drawn.update()
        self._words.setText(words)
        self.setAccessibleName(name)
        self.updateGeometry()

    def sign(self) -> Sign:
        """Return the sign it shows."""
        return self._drawn.sign


class _Drawn(QWidget):
    """The sign itself, in the colour of text; it does not mirror, as players never do."""

    def __init__(self, sign: Sign) -> None:
        super().__init__()
        self.sign: Sign = sign
        self.setFixedSize(QSize(_SIDE, _SIDE))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - overrides Qt
        """Draw it."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = self.palette().color(self.foregroundRole())
        low, high, middle = float(_EDGE), float(_SIDE - _EDGE), _SIDE / 2
        if self.sign == "larger":
            painter.setPen(QPen(colour, 2))
            painter.drawLine(QPointF(low, high), QPointF(high, low))
            painter.drawPolyline([QPointF(middle, low), QPointF(high, low), QPointF(high, middle)])
            painter.drawPolyline([QPointF(low, middle), QPointF(low, high), QPointF(middle, high)])
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            if self.sign == "play":
                painter.drawPolygon(
                    QPolygonF([QPointF(low, low - 1), QPointF(high + 1, middle), QPointF(low, high + 1)])
                )
            else:
                painter.drawRect(QRectF(low, low, high - low, high - low))
        painter.end()
