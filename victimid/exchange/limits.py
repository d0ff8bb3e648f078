"""How large bundles and content packs may be; the writer of bundles keeps well below what the reader refuses."""

from typing import Final

MEBIBYTE: Final = 1024 * 1024

PART_TARGET: Final = 16 * MEBIBYTE
"""Compressed bytes after which the writer begins a new part."""
PART_LIMIT: Final = 64 * MEBIBYTE
"""Ciphertext bytes of a part that the reader accepts."""
MAX_PARTS: Final = 4096
MAX_DOCUMENT: Final = MEBIBYTE
"""Bytes of a manifest, a receipt or a list of hashes."""
MAX_SIGNATURE: Final = 4096
MAX_LINE: Final = 16 * MEBIBYTE
"""Bytes of one record with its line end."""
MAX_DEPTH: Final = 32
"""Objects and lists within one another in a record."""
MAX_SEQUENCE: Final = 999_999
MAX_RECORDS: Final = 100_000_000

PACK_LIMIT: Final = 64 * MEBIBYTE
"""Bytes of all files of a content pack together."""
PACK_SERVICES: Final = MEBIBYTE
PACK_FORM: Final = 16 * MEBIBYTE
"""Bytes of an XForm, and of a picture or recording, as a form may have."""
MAX_PACK_FORMS: Final = 100
MAX_PACK_FILES: Final = 4096

_CLEAR_FLOOR: Final = 2 * MAX_LINE
_CLEAR_RATIO: Final = 100


def clear_limit(compressed: int) -> int:
    """Return how many bytes so many compressed bytes may unfold to (the defence against gzip bombs)."""
    return max(_CLEAR_FLOOR, _CLEAR_RATIO * compressed)
