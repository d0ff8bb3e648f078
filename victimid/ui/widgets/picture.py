"""A picture that appears once it is decoded, which the interface thread does not wait for."""

from functools import partial

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from victimid.ui.jobs import Jobs
from victimid.ui.pictures import decoded
from victimid.ui.widgets.text import label

_NARROWEST = 48


class Picture(QWidget):
    """Room for a picture within ``bounds``; ``otherwise`` is said where it cannot be shown."""

    def __init__(self, jobs: Jobs, bounds: QSize, otherwise: str) -> None:
        super().__init__()
        self._jobs, self._bounds = jobs, bounds
        self._name = ""
        self.shown = _Canvas(bounds)
        self.instead = label(otherwise, "muted")
        self.instead.hide()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.shown)
        rows.addWidget(self.instead)

    def show_bytes(self, content: bytes, media_type: str, name: str = "") -> None:
        """Decode a picture off this thread and show it; ``name`` is read out."""
        self._name = name
        room = self._bounds * self.devicePixelRatio()
        self._jobs.run(partial(decoded, content, media_type, room), self._show, self)

    def pixmap(self) -> QPixmap:
        """Return what is shown, a null pixmap while there is nothing."""
        return self.shown.pixels

    def _show(self, image: QImage | None) -> None:
        self.shown.setVisible(image is not None)
        self.instead.setVisible(image is None)
        if image is not None:
            self.shown.show_pixels(QPixmap.fromImage(image), self.devicePixelRatio())
        self.setAccessibleName(self.instead.text() if image is None else self._name)


class _Canvas(QWidget):
    """Paints a picture at its size, or smaller where there is less room; begins where text begins."""

    def __init__(self, expected: QSize) -> None:
        super().__init__()
        self.pixels = QPixmap()
        self._size = expected
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_pixels(self, pixels: QPixmap, ratio: float) -> None:
        """Show a picture made for this ratio of real pixels."""
        pixels.setDevicePixelRatio(ratio)
        self.pixels = pixels
        self._size = pixels.deviceIndependentSize().toSize().expandedTo(QSize(1, 1))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - overrides Qt
        """Ask for the whole size."""
        return self._size

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - overrides Qt
        """Be content with less."""
        width = min(_NARROWEST, self._size.width())
        return QSize(width, self.heightForWidth(width))

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - overrides Qt
        """Keep the proportions."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - overrides Qt
        """Return the height for a width, never more than the whole."""
        return max(1, round(self._size.height() * min(1.0, width / self._size.width())))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - overrides Qt
        """Paint the picture."""
        del event
        if self.pixels.isNull():
            return
        size = self._size.scaled(self.size().boundedTo(self._size), Qt.AspectRatioMode.KeepAspectRatio)
        x = self.width() - size.width() if self.isRightToLeft() else 0
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(QRect(x, (self.height() - size.height()) // 2, size.width(), size.height()), self.pixels)
        painter.end()
