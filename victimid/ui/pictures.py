"""Pictures decoded in memory within limits, on any thread; nothing of them is written anywhere."""

from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

_FORMATS: Final = {
    "image/jpeg": b"jpeg",
    "image/png": b"png",
    "image/gif": b"gif",
    "image/webp": b"webp",
    "image/bmp": b"bmp",
}
_SIDE_AT_MOST: Final = 20_000
_MEGABYTES_AT_MOST: Final = 128


def decoded(content: bytes, media_type: str, bounds: QSize) -> QImage | None:
    """Decode a picture no larger than ``bounds`` in pixels; None where it is of no kind shown, too large, or damaged.

    The reader is held to the kind the bytes were known by, so that no other decoder ever sees them.
    """
    if media_type not in _FORMATS:
        return None
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    QImageReader.setAllocationLimit(_MEGABYTES_AT_MOST)
    reader = QImageReader(buffer, QByteArray(_FORMATS[media_type]))
    reader.setDecideFormatFromContent(False)
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid() or max(size.width(), size.height()) > _SIDE_AT_MOST:
        return None
    if size.width() > bounds.width() or size.height() > bounds.height():
        reader.setScaledSize(size.scaled(bounds, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1)))
    image = reader.read()
    return None if image.isNull() else image
