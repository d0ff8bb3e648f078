"""Key pairs that a quantum computer does not open: HPKE (RFC 9180) with MLKEM768-X25519, the suite age uses.

A private key is a seed of 32 bytes; the KEM and the way seeds become keys are those of draft-ietf-hpke-pq.
"""

import hashlib
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, MLKEM768X25519PrivateKey, MLKEM768X25519PublicKey, Suite

from victimid.crypto.secret import taken, wipe

SEED_BYTES: Final = 32
SHARE_BYTES: Final = 1120  # what a sealed text begins with, before the ciphertext and its tag
_MLKEM_PUBLIC_BYTES, _MLKEM_SEED_BYTES, _X25519_BYTES = 1184, 64, 32
PUBLIC_BYTES: Final = _MLKEM_PUBLIC_BYTES + _X25519_BYTES


def public_of(seed: bytes | bytearray) -> bytes:
    """Return the public key of a seed."""
    mlkem, x25519 = _private_parts(seed)
    return mlkem.public_key().public_bytes_raw() + x25519.public_key().public_bytes_raw()


def check_public(public: bytes) -> None:
    """Refuse what nothing can be encrypted to; `ValueError`."""
    seal(public, b"", b"")


def seal(public: bytes, info: bytes | bytearray, secret: bytes | bytearray) -> bytes:
    """Encrypt something small to a public key: share, ciphertext, tag; `ValueError` for a bad key."""
    return _suite().encrypt(secret, _public(public), info=info)


def unseal(seed: bytes | bytearray, info: bytes | bytearray, sealed: bytes) -> bytearray:
    """Decrypt what was sealed to the seed's public key; `ValueError` if it was not, or is damaged."""
    mlkem, x25519 = _private_parts(seed)
    try:
        return taken(_suite().decrypt(sealed, MLKEM768X25519PrivateKey(mlkem, x25519), info=info))
    except InvalidTag as error:
        raise ValueError from error


def _suite() -> Suite:
    return Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


def _private_parts(seed: bytes | bytearray) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
    expanded = taken(hashlib.shake_256(seed).digest(_MLKEM_SEED_BYTES + _X25519_BYTES))
    mlkem_seed, x25519_key = expanded[:_MLKEM_SEED_BYTES], expanded[_MLKEM_SEED_BYTES:]
    try:
        return MLKEM768PrivateKey.from_seed_bytes(mlkem_seed), X25519PrivateKey.from_private_bytes(x25519_key)
    finally:
        for secret in (expanded, mlkem_seed, x25519_key):
            wipe(secret)


def _public(public: bytes) -> MLKEM768X25519PublicKey:
    return MLKEM768X25519PublicKey(
        MLKEM768PublicKey.from_public_bytes(public[:_MLKEM_PUBLIC_BYTES]),
        X25519PublicKey.from_public_bytes(public[_MLKEM_PUBLIC_BYTES:]),
    )
