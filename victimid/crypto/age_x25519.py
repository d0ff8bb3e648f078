"""age with X25519 keys, ``age1…``, through pyrage."""

from collections.abc import Sequence
from typing import Any, Final

import pyrage
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from victimid.crypto import bech32
from victimid.crypto.age_format import Stanza, base64_text
from victimid.crypto.secret import derived, taken, wipe
from victimid.crypto.streams import Source, Target
from victimid.errors import VictimIDError

_NO_MATCH: Final = "No matching keys found"
_PREFIX, _KIND = "age", "X25519"
_INFO: Final = b"age-encryption.org/v1/X25519"
_NONCE: Final = bytes(12)  # the key is used once


def new_secret() -> str:
    """Draw a secret key."""
    return str(pyrage.x25519.Identity.generate())


def check_recipient(text: str) -> str:
    """Return a public key in its one spelling; ``age.bad_recipient``."""
    return str(_recipient(text))


def recipient_of(secret: str) -> str:
    """Return the public key of a secret key; ``age.bad_identity``."""
    return str(_identity(secret).to_public())


def stanza(file_key: bytearray, recipient: str) -> Stanza:
    """Wrap the key of a file for a public key; ``age.bad_recipient``.

    pyrage encrypts too, but what passes through it stays behind in memory.
    """
    public = bech32.decode(_PREFIX, check_recipient(recipient))
    ephemeral = X25519PrivateKey.generate()
    share = ephemeral.public_key().public_bytes_raw()
    shared = taken(_exchanged(ephemeral, public))
    key = derived(shared, _INFO, share + public)
    try:
        return Stanza((_KIND, base64_text(share)), ChaCha20Poly1305(key).encrypt(_NONCE, file_key, None))
    finally:
        wipe(shared)
        wipe(key)


def encrypt_stream(source: Source, target: Target, recipients: Sequence[str]) -> None:
    """Encrypt to public keys; ``age.bad_recipient``."""
    keys = [_recipient(text) for text in recipients]
    watched = _Watched(source, target)
    try:
        pyrage.encrypt_io(watched, watched, keys)
    except (pyrage.EncryptError, OSError):
        raise watched.error or VictimIDError("age.not_encrypted") from None


def decrypt_stream(source: Source, target: Target, secret: str) -> None:
    """Decrypt with a secret key; ``age.bad_identity``, ``age.wrong_key``, ``age.damaged``."""
    identity = _identity(secret)
    watched = _Watched(source, target)
    try:
        pyrage.decrypt_io(watched, watched, [identity])
    except (pyrage.DecryptError, OSError) as error:
        if watched.error is not None:
            raise watched.error from None
        code = "age.wrong_key" if str(error) == _NO_MATCH else "age.damaged"
        raise VictimIDError(code) from None


class _Watched:
    """Both streams of a run; keeps their first exception, which pyrage would flatten into a text."""

    def __init__(self, source: Source, target: Target) -> None:
        self._source = source
        self._target = target
        self.error: BaseException | None = None

    def read(self, size: int = -1, /) -> bytes:
        """Read from the source."""
        try:
            return self._source.read(size)
        except BaseException as error:
            self.error = self.error or error
            raise

    def write(self, data: bytes, /) -> int:
        """Write all of the data to the target."""
        try:
            self._target.write(data)
        except BaseException as error:
            self.error = self.error or error
            raise
        return len(data)

    def flush(self) -> None:
        """Do nothing: whoever owns the target flushes it."""


def _exchanged(ephemeral: X25519PrivateKey, public: bytes) -> bytes:
    try:
        return ephemeral.exchange(X25519PublicKey.from_public_bytes(public))
    except ValueError:
        raise VictimIDError("age.bad_recipient") from None


def _identity(secret: str) -> Any:
    try:
        return pyrage.x25519.Identity.from_str(secret.strip())
    except pyrage.IdentityError:
        raise VictimIDError("age.bad_identity") from None


def _recipient(text: str) -> Any:
    try:
        return pyrage.x25519.Recipient.from_str(text.strip())
    except pyrage.RecipientError:
        raise VictimIDError("age.bad_recipient") from None
