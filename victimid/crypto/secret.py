"""The data key: kept where it can be overwritten, given out only in the forms that are needed."""

import hmac
import secrets
from typing import Final, Self

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from victimid.errors import VictimIDError

KEY_BYTES: Final = 32
_HEX_DIGITS: Final = b"0123456789abcdef"


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
        return cls(bytearray(secrets.token_bytes(KEY_BYTES)))

    def sqlcipher_key(self) -> bytearray:
        """Return the raw-key form ``x'<64 hex digits>'``; whoever asks for it overwrites it after use."""
        form = bytearray(b"x'") + bytearray(2 * KEY_BYTES) + bytearray(b"'")
        for index, byte in enumerate(self.material()):
            form[2 + 2 * index] = _HEX_DIGITS[byte >> 4]
            form[3 + 2 * index] = _HEX_DIGITS[byte & 15]
        return form

    def derive(self, purpose: str) -> bytes:
        """Derive a 32-byte key for one purpose (HKDF-SHA256), which tells nothing about any other."""
        return HKDF(SHA256(), KEY_BYTES, salt=None, info=purpose.encode()).derive(self.material())

    def authenticate(self, purpose: str, message: bytes) -> str:
        """Return the HMAC-SHA256 of a message in hex, under the key derived for the purpose."""
        return hmac.digest(self.derive(purpose), message, "sha256").hex()

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


def wipe(secret: bytearray) -> None:
    """Overwrite a secret where it lies in memory."""
    secret[:] = bytes(len(secret))
