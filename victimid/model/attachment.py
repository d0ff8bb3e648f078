"""Attachments: pictures, recordings and documents that belong to an answer, known by what their bytes say."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

LIMIT: Final = 100 * 1024 * 1024
"""Bytes an attachment may have at most."""
PART: Final = 1024 * 1024
"""Bytes that are read, kept and sent at a time."""
HEAD: Final = 36
"""Bytes that tell what an attachment is."""

SUFFIXES: Final = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "image/heic": ".heic",
    "audio/mpeg": ".mp3",
    "audio/mp4": ".m4a",
    "audio/ogg": ".ogg",
    "audio/wav": ".wav",
    "audio/amr": ".amr",
    "video/mp4": ".mp4",
    "video/3gpp": ".3gp",
    "video/webm": ".webm",
    "application/pdf": ".pdf",
}
_STARTS: Final = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"\xff\xf3", "audio/mpeg"),
    (b"\xff\xf2", "audio/mpeg"),
    (b"OggS", "audio/ogg"),
    (b"#!AMR", "audio/amr"),
    (b"\x1a\x45\xdf\xa3", "video/webm"),
    (b"%PDF-", "application/pdf"),
)
_RIFF: Final = {b"WEBP": "image/webp", b"WAVE": "audio/wav"}
_BRANDS: Final = ((b"M4A", "audio/mp4"), (b"hei", "image/heic"), (b"mif1", "image/heic"), (b"3g", "video/3gpp"))


@dataclass(frozen=True, slots=True)
class Attachment:
    """What is kept about an attachment; ``name`` is drawn by the program and says nothing about anybody.

    What follows ``at`` is known once its bytes have come.
    """

    id: str
    interview_id: str
    ref: str
    by: str
    at: datetime
    name: str = ""
    media_type: str = ""
    size: int = 0
    sha256: str = ""


def media_type(head: bytes) -> str:
    """Tell by its first bytes what a file is; blank where it is none of the kinds that are kept."""
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12], "")
    if head[4:8] == b"ftyp":
        brand = head[8:12]
        return next((kind for start, kind in _BRANDS if brand.startswith(start)), "video/mp4")
    return next((kind for start, kind in _STARTS if head.startswith(start)), "")


def fits(kind: str, wanted: str) -> bool:
    """Tell whether a media type is what a question takes, such as ``image/*``; no wish takes all."""
    if wanted.startswith(("image/", "audio/", "video/")):
        return kind.partition("/")[0] == wanted.partition("/")[0]
    return True
