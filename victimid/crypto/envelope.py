"""Small secrets under a key that is at hand: AES-256-GCM, bound to what it belongs to."""

import secrets
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE_BYTES, _TAG_BYTES = 12, 16
ADDED_BYTES: Final = _NONCE_BYTES + _TAG_BYTES


def enclose(key: bytearray, secret: bytes | bytearray, bound_to: bytes) -> bytes:
    """Return nonce, ciphertext and tag of a secret."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, secret, bound_to)


def disclose(key: bytearray, enclosed: bytes, bound_to: bytes) -> bytearray:
    """Return the secret; `ValueError` if the key or what it is bound to is another, or it is damaged or too short."""
    secret = bytearray(len(enclosed) - ADDED_BYTES)
    try:
        AESGCM(key).decrypt_into(enclosed[:_NONCE_BYTES], enclosed[_NONCE_BYTES:], bound_to, secret)
    except InvalidTag:
        raise ValueError from None
    return secret
