"""The data key: kept where it can be overwritten, given out only in the forms that are needed."""

import ctypes
import hmac
import secrets
import sys
from typing import Final, Self

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from victimid.errors import VictimIDError

KEY_BYTES: Final = 32
_HEX_DIGITS: Final = b"0123456789abcdef"
_OWN_BYTES: Final = 16


class DataKey:
    """The 32 random bytes that everything in a vault hangs on; printing it shows nothing."""

    __slots__ = ("_material",)

    def __init__(self, material: bytearray) -> None:
        if len(material) != KEY_BYTES:
            raise VictimIDError("keyfile.damaged")
        self._material = material

    @classmethod
    def random(cls) -> Self:
        """Draw a new key."""
        return cls(drawn(KEY_BYTES))

    def sqlcipher_key(self) -> bytearray:
        """Return the raw-key form ``x'<64 hex digits>'``; whoever asks for it overwrites it after use."""
        return bytearray(b"x'") + self.hex() + bytearray(b"'")

    def hex(self) -> bytearray:
        """Return the 64 hex digits; whoever asks for them overwrites them after use."""
        digits = bytearray(2 * KEY_BYTES)
        for index, byte in enumerate(self.material()):
            digits[2 * index] = _HEX_DIGITS[byte >> 4]
            digits[2 * index + 1] = _HEX_DIGITS[byte & 15]
        return digits

    def derive(self, purpose: str) -> bytearray:
        """Derive a 32-byte key for one purpose (HKDF-SHA256), which tells nothing about any other."""
        return derived(self.material(), purpose.encode())

    def authenticate(self, purpose: str, message: bytes) -> str:
        """Return the HMAC-SHA256 of a message in hex, under the key derived for the purpose."""
        key = self.derive(purpose)
        try:
            return hmac.digest(key, message, "sha256").hex()
        finally:
            wipe(key)

    def material(self) -> bytearray:
        """Return the key itself, for wrapping and unwrapping only; ``keyfile.locked`` once wiped."""
        if not self._material:
            raise VictimIDError("keyfile.locked")
        return self._material

    def wipe(self) -> None:
        """Overwrite the key; nothing can be derived from it afterwards."""
        wipe(self._material)
        self._material = bytearray()

    def __repr__(self) -> str:
        return "DataKey(…)"


def derived(material: bytes | bytearray, info: bytes, salt: bytes | None = None) -> bytearray:
    """Return the 32 bytes HKDF-SHA256 derives, where they can be overwritten."""
    key = bytearray(KEY_BYTES)
    HKDF(SHA256(), KEY_BYTES, salt=salt, info=info).derive_into(material, key)
    return key


def drawn(size: int) -> bytearray:
    """Draw a secret of 16 or more random bytes."""
    return taken(secrets.token_bytes(size))


def taken(secret: bytes) -> bytearray:
    """Move a secret that a library returned as ``bytes`` to where it can be overwritten, and overwrite the original.

    Only for an object just made that nobody else holds; CPython shares the short ones, which are left alone.
    """
    copy = bytearray(secret)
    if sys.implementation.name == "cpython" and len(secret) >= _OWN_BYTES:
        ctypes.memset(id(secret) + bytes.__basicsize__ - 1, 0, len(secret))
    return copy


def wipe(secret: bytearray) -> None:
    """Overwrite a secret where it lies in memory."""
    secret[:] = bytes(len(secret))
