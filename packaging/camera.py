"""Takes pictures of the window as it is, in several sizes."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QEventLoop, QPoint, QSize, QTimer
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QScrollArea, QWidget

from victimid.ui.window import Window

_SETTLE_MS = 50

P = TypeVar("P", bound=QWidget)


@dataclass(frozen=True, slots=True)
class Size:
    """A window size in device-independent pixels, and how many real ones make one of them."""

    name: str
    pixels: QSize
    ratio: int


SIZES = (Size("1280x800", QSize(1280, 800), 1), Size("1024x640@2x", QSize(1024, 640), 2))


class Camera:
    """Takes every picture in both sizes, with its end where it scrolls."""

    def __init__(self, folder: Path, language: str) -> None:
        self._folder = folder
        self._language = language
        self._taken = 0

    def take(self, window: Window, name: str) -> None:
        """Save pictures of the window as it is."""
        self._taken += 1
        for size in SIZES:
            window.resize(size.pixels)
            settle()
            self._save(window, f"{self._taken:02}-{name}", size)
            scrolled = [bar for bar in _scroll_bars(window) if bar.maximum() > 0]
            for bar in scrolled:
                bar.setValue(bar.maximum())
            if scrolled:
                settle()
                self._save(window, f"{self._taken:02}-{name}-end", size)
            for bar in scrolled:
                bar.setValue(0)

    def _save(self, window: Window, name: str, size: Size) -> None:
        picture = QPixmap(size.pixels * size.ratio)
        picture.setDevicePixelRatio(size.ratio)
        window.render(picture, QPoint())
        picture.save(str(self._folder / f"{self._language}-{size.name}-{name}.png"))


def settle(milliseconds: int = _SETTLE_MS) -> None:
    """Let layouts, timers and previews come to rest."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _scroll_bars(window: Window) -> Iterator[Any]:
    for area in window.findChildren(QScrollArea):
        if area.isVisible():
            yield area.verticalScrollBar()


def shown(window: Window, kind: type[P]) -> P:
    """Return the page on screen, which must be of this kind."""
    if not isinstance(window.page, kind):
        raise TypeError(type(window.page).__name__)
    return window.page
