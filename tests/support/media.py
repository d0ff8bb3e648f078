"""Small files of real kinds, made on the spot."""

import struct
import zlib
from pathlib import Path

MARKER = b"Zanfan-Marker-Ayiti"
JPEG_HEAD = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00"


def png(width: int = 60, height: int = 40, note: bytes = MARKER) -> bytes:
    """Return a picture of one colour with a note in the clear."""
    rows = (b"\x00" + b"\x0e\x5a\x61" * width) * height
    chunks = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"tEXt", b"Comment\x00" + note),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    ]
    body = b"".join(struct.pack(">I", len(data)) + name + data + _crc(name + data) for name, data in chunks)
    return b"\x89PNG\r\n\x1a\n" + body


def stick(folder: Path, **files: bytes) -> Path:
    """Write files into a folder as if it were a stick; two underscores in a name stand for the point."""
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / name.replace("__", ".")).write_bytes(content)
    return folder


def _crc(data: bytes) -> bytes:
    return struct.pack(">I", zlib.crc32(data))
