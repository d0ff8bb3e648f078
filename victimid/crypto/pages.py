"""The pages of an encrypted database as SQLCipher 4 writes them: each ends with its HMAC-SHA512.

The key of that comes from the data key and the salt, which are the first bytes of the file, by two rounds of PBKDF2.
It covers the rest of the page, its random vector and its number.
"""

import hashlib
import hmac
from typing import Final

from victimid.crypto.secret import KEY_BYTES, DataKey, taken, wipe

PAGE_BYTES: Final = 4096
SALT_BYTES: Final = 16
_SALT_MASK: Final = 0x3A
_ROUNDS: Final = 2
_HASH: Final = "sha512"
_HASH_BYTES: Final = 64
# SQLite keeps its locks in the bytes after the first gibibyte and writes nothing on their page.
_LOCKS_PAGE: Final = 2**30 // PAGE_BYTES + 1


class PageCheck:
    """Tells of the pages of one database whether they were written there under a key."""

    def __init__(self, key: DataKey, salt: bytes) -> None:
        masked = bytes(byte ^ _SALT_MASK for byte in salt)
        self._key = taken(hashlib.pbkdf2_hmac(_HASH, key.material(), masked, _ROUNDS, KEY_BYTES))

    def whole(self, number: int, page: bytes) -> bool:
        """Tell whether a page is whole and stands in its place; the first one has number one."""
        covered = page[SALT_BYTES if number == 1 else 0 : -_HASH_BYTES] + number.to_bytes(4, "little")
        return number == _LOCKS_PAGE or hmac.digest(self._key, covered, _HASH) == page[-_HASH_BYTES:]

    def close(self) -> None:
        """Overwrite the key."""
        wipe(self._key)
