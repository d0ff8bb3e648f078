"""Pictures and recordings that a form shows, known by what their bytes say, whatever their names end in."""

from typing import Final

from victimid.model.attachment import media_type

PICTURES: Final = frozenset({"image/png", "image/jpeg", "image/gif", "image/bmp", "image/webp"})
"""Kinds of pictures that are shown; SVG is not among them, as it can refer to other files."""
RECORDINGS: Final = frozenset({"audio/wav", "audio/mpeg", "audio/ogg", "audio/flac"})
_ONLY_IN_FORMS: Final = ((b"BM", "image/bmp"), (b"fLaC", "audio/flac"))
_CODEC: Final = slice(28, 36)
"""Where the first page of an Ogg file names what is in it: RFC 3533 section 6, RFC 7845 section 5.1."""


def form_media_type(head: bytes) -> str:
    """Tell by its first bytes what a file is; blank where it is neither shown nor played."""
    kind = media_type(head) or next((kind for start, kind in _ONLY_IN_FORMS if head.startswith(start)), "")
    return kind if kind in PICTURES | RECORDINGS and not is_opus(head) else ""


def is_opus(head: bytes) -> bool:
    """Tell by its first bytes whether a file is Ogg Opus, which looks like Ogg Vorbis and is not played."""
    return head.startswith(b"OggS") and head[_CODEC] == b"OpusHead"
