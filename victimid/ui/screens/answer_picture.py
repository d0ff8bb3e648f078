"""Pictures shown small, decoded in memory within limits; nothing of them is written anywhere."""

from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImageReader, QPixmap

_FORMATS: Final = {"image/jpeg": b"jpeg", "image/png": b"png", "image/gif": b"gif", "image/webp": b"webp"}
_LARGEST: Final = QSize(330, 220)
_SIDE_AT_MOST: Final = 20_000
_MEGABYTES_AT_MOST: Final = 256


def scaled_picture(content: bytes, media_type: str, ratio: float = 1.0) -> QPixmap | None:
    """Decode a picture to fit the question; None where it is of no kind that is shown, too large, or damaged."""
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
    if size.width() > _LARGEST.width() * ratio or size.height() > _LARGEST.height() * ratio:
        reader.setScaledSize(size.scaled(_LARGEST * ratio, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        return None
    pixels = QPixmap.fromImage(image)
    pixels.setDevicePixelRatio(ratio)
    return pixels
