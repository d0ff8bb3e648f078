"""age with post-quantum keys, ``age1pq1…``, which pyrage does not know: the native MLKEM768-X25519 recipients."""

from collections.abc import Sequence
from typing import Final

from victimid.crypto import bech32, hybrid
from victimid.crypto.age_format import (
    FILE_KEY_BYTES,
    Stanza,
    base64_text,
    from_base64,
    read_header,
    read_payload,
    write_header,
    write_payload,
)
from victimid.crypto.secret import drawn, taken, wipe
from victimid.crypto.streams import Reader, Source, Target
from victimid.errors import VictimIDError

RECIPIENT_PREFIX, SECRET_PREFIX = "age1pq", "age-secret-key-pq-"
_KIND: Final = "mlkem768x25519"
_INFO: Final = b"age-encryption.org/mlkem768x25519"
_BODY_BYTES: Final = FILE_KEY_BYTES + 16


def new_secret() -> str:
    """Draw a secret key."""
    seed = drawn(hybrid.SEED_BYTES)
    try:
        return bech32.encode(SECRET_PREFIX, seed).upper()
    finally:
        wipe(seed)


def check_recipient(text: str) -> str:
    """Return a public key in its one spelling; ``age.bad_recipient``."""
    return bech32.encode(RECIPIENT_PREFIX, _public(text))


def recipient_of(secret: str) -> str:
    """Return the public key of a secret key; ``age.bad_identity``."""
    return bech32.encode(RECIPIENT_PREFIX, hybrid.public_of(_seed(secret)))


def stanza(file_key: bytearray, recipient: str) -> Stanza:
    """Wrap the key of a file for a public key; ``age.bad_recipient``."""
    sealed = hybrid.seal(_public(recipient), _INFO, file_key)
    return Stanza((_KIND, base64_text(sealed[: hybrid.SHARE_BYTES])), sealed[hybrid.SHARE_BYTES :])


def encrypt_stream(source: Source, target: Target, recipients: Sequence[str]) -> None:
    """Encrypt to public keys; ``age.bad_recipient``."""
    file_key = drawn(FILE_KEY_BYTES)
    try:
        write_header(target, [stanza(file_key, text) for text in recipients], file_key)
        write_payload(source, target, file_key)
    finally:
        wipe(file_key)


def decrypt_stream(source: Source, target: Target, secret: str) -> None:
    """Decrypt with a secret key; ``age.bad_identity``, ``age.wrong_key``, ``age.damaged``."""
    seed, reader = _seed(secret), Reader(source)
    header = read_header(reader)
    file_key = _file_key(header.stanzas, seed)
    try:
        header.authenticate(file_key)
        read_payload(reader, target, file_key)
    finally:
        wipe(file_key)


def _file_key(stanzas: Sequence[Stanza], seed: bytearray) -> bytearray:
    # All are checked before one is tried: a file with one stanza that is not in order is not in order.
    for sealed in [_sealed(stanza) for stanza in stanzas if stanza.arguments[0] == _KIND]:
        try:
            return hybrid.unseal(seed, _INFO, sealed)
        except ValueError:
            continue
    raise VictimIDError("age.wrong_key")


def _sealed(stanza: Stanza) -> bytes:
    if len(stanza.arguments) != 2 or len(stanza.body) != _BODY_BYTES:
        raise VictimIDError("age.damaged")
    return from_base64(stanza.arguments[1].encode(), hybrid.SHARE_BYTES) + stanza.body


def _public(text: str) -> bytes:
    try:
        public = bech32.decode(RECIPIENT_PREFIX, text.strip())
        hybrid.check_public(public)
    except ValueError:
        raise VictimIDError("age.bad_recipient") from None
    return public


def _seed(secret: str) -> bytearray:
    try:
        seed = bech32.decode(SECRET_PREFIX, secret.strip())
    except ValueError:
        raise VictimIDError("age.bad_identity") from None
    if len(seed) != hybrid.SEED_BYTES:
        raise VictimIDError("age.bad_identity")
    return taken(seed)
