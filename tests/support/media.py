"""Small files of real kinds, made on the spot."""

import struct
import zlib
from pathlib import Path

MARKER = b"Zanfan-Marker-Ayiti"
JPEG_HEAD = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00"
BMP = (
    b"BM"
    + struct.pack("<IHHI", 58, 0, 0, 54)
    + struct.pack("<IiiHHIIiiII", 40, 1, 1, 1, 24, 0, 4, 0, 0, 0, 0)
    + bytes(4)
)
FLAC = b"fLaC"
OGG_PAGE = b"OggS\x00\x02" + bytes(20) + b"\x01\x13"
OPUS = OGG_PAGE + b"OpusHead" + b"\x01\x01\x38\x01\x80\xbb\x00\x00\x00\x00\x00"
VORBIS_HEAD = OGG_PAGE + b"\x01vorbis" + bytes(4)


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


def wav(seconds: float = 0.2, rate: int = 8000) -> bytes:
    """Return a recording of silence."""
    data = bytes(2 * int(seconds * rate))
    head = struct.pack("<4sI4s4sIHHIIHH", b"RIFF", 36 + len(data), b"WAVE", b"fmt ", 16, 1, 1, rate, 2 * rate, 2, 16)
    return head + struct.pack("<4sI", b"data", len(data)) + data


def stick(folder: Path, **files: bytes) -> Path:
    """Write files into a folder as if it were a stick; two underscores in a name stand for the point."""
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / name.replace("__", ".")).write_bytes(content)
    return folder


def _crc(data: bytes) -> bytes:
    return struct.pack(">I", zlib.crc32(data))
