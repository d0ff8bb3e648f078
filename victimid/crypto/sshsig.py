"""Ed25519 signatures in OpenSSH's format, so that ``ssh-keygen -Y verify`` checks them without this program.

The format is OpenSSH's PROTOCOL.sshsig, with SHA-512; one signature has exactly one accepted spelling.
"""

import base64
import binascii
import hashlib
import struct
from dataclasses import dataclass, field
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from victimid.errors import VictimIDError

MANIFEST_NAMESPACE: Final = "bundle@victimid.example"
RECEIPT_NAMESPACE: Final = "receipt@victimid.example"
AUDIT_NAMESPACE: Final = "audit@victimid.example"
CONTENT_NAMESPACE: Final = "content@victimid.example"

_KEY_TYPE: Final = b"ssh-ed25519"
_MAGIC: Final = b"SSHSIG"
_VERSION: Final = 1
_HASH: Final = b"sha512"
_BEGIN, _END = "-----BEGIN SSH SIGNATURE-----", "-----END SSH SIGNATURE-----"
_LINE: Final = 70
_MAX_ARMOR: Final = 4096
_KEY_BYTES, _SIGNATURE_BYTES, _DEVICE_DIGITS = 32, 64, 16


@dataclass(frozen=True, slots=True)
class SigningKey:
    """An Ed25519 key pair: the 32-byte seed, and the public key as the line OpenSSH writes."""

    private: bytes = field(repr=False)
    public: str


def new_key(comment: str = "") -> SigningKey:
    """Make a key pair; the comment ends the public line."""
    key = Ed25519PrivateKey.generate()
    return SigningKey(key.private_bytes_raw(), f"{_public_line(key)} {comment}".rstrip())


def sign(private: bytes, namespace: str, message: bytes) -> bytes:
    """Sign a message with a 32-byte seed and return the armoured signature."""
    key = Ed25519PrivateKey.from_private_bytes(private)
    signature = key.sign(_signed_data(namespace, message))
    blob = b"".join(
        (
            _MAGIC,
            struct.pack(">I", _VERSION),
            _string(_blob(_public_line(key))),
            _string(namespace.encode("utf-8")),
            _string(b""),
            _string(_HASH),
            _string(_string(_KEY_TYPE) + _string(signature)),
        )
    )
    return _armor(blob)


def verify(public: str, namespace: str, message: bytes, signature: bytes) -> None:
    """Check a signature by one key for one purpose.

    Raises signature.malformed, signature.wrong_key, signature.wrong_namespace, signature.bad_public_key and
    signature.invalid.
    """
    expected = _blob(public)
    parsed = _parse(signature)
    if parsed.key_blob != expected:
        raise VictimIDError("signature.wrong_key")
    if parsed.namespace != namespace.encode("utf-8"):
        raise VictimIDError("signature.wrong_namespace")
    key = Ed25519PublicKey.from_public_bytes(_raw_key(expected))
    try:
        key.verify(parsed.signature, _signed_data(namespace, message))
    except InvalidSignature:
        raise VictimIDError("signature.invalid") from None


def signer(signature: bytes) -> str:
    """Return the public key a signature claims, unverified: good only for looking up who is known."""
    return _line(_parse(signature).key_blob)


def check_public(text: str) -> str:
    """Return a typed public key without its comment; raises signature.bad_public_key."""
    return _line(_blob(text))


def fingerprint(public: str) -> str:
    """Return the fingerprint as ``ssh-keygen -l`` shows it: ``SHA256:…``."""
    digest = base64.b64encode(hashlib.sha256(_blob(public)).digest())
    return "SHA256:" + digest.decode("ascii").rstrip("=")


def device_id(public: str) -> str:
    """Return the device a key belongs to: the first 16 hexadecimal digits of the SHA-256 of its key blob."""
    return hashlib.sha256(_blob(public)).hexdigest()[:_DEVICE_DIGITS]


@dataclass(frozen=True, slots=True)
class _Signature:
    key_blob: bytes
    namespace: bytes
    signature: bytes


class _Fields:
    """Reader of the length-prefixed strings of SSH's wire format."""

    def __init__(self, data: bytes, code: str) -> None:
        self._data = data
        self._at = 0
        self._code = code

    def take(self, size: int) -> bytes:
        """Return the next bytes; all of them must be there."""
        end = self._at + size
        if end > len(self._data):
            raise VictimIDError(self._code)
        taken = self._data[self._at : end]
        self._at = end
        return taken

    def string(self) -> bytes:
        """Return the next length-prefixed string."""
        return self.take(int.from_bytes(self.take(4), "big"))

    def expect(self, *strings: bytes) -> None:
        """Demand these strings next."""
        if any(self.string() != wanted for wanted in strings):
            raise VictimIDError(self._code)

    def end(self) -> None:
        """Demand that nothing is left."""
        if self._at != len(self._data):
            raise VictimIDError(self._code)


def _parse(armored: bytes) -> _Signature:
    code = "signature.malformed"
    fields = _Fields(_dearmor(armored), code)
    if fields.take(len(_MAGIC)) != _MAGIC or fields.take(4) != struct.pack(">I", _VERSION):
        raise VictimIDError(code)
    key_blob, namespace = fields.string(), fields.string()
    _raw_key(key_blob, code)
    fields.expect(b"", _HASH)
    inner = _Fields(fields.string(), code)
    fields.end()
    inner.expect(_KEY_TYPE)
    signature = inner.string()
    inner.end()
    if len(signature) != _SIGNATURE_BYTES:
        raise VictimIDError(code)
    return _Signature(key_blob, namespace, signature)


def _signed_data(namespace: str, message: bytes) -> bytes:
    digest = hashlib.sha512(message).digest()
    parts = (namespace.encode("utf-8"), b"", _HASH, digest)
    return _MAGIC + b"".join(_string(part) for part in parts)


def _armor(blob: bytes) -> bytes:
    text = base64.b64encode(blob).decode("ascii")
    lines = [text[start : start + _LINE] for start in range(0, len(text), _LINE)]
    return ("\n".join([_BEGIN, *lines, _END]) + "\n").encode("ascii")


def _dearmor(armored: bytes) -> bytes:
    if len(armored) > _MAX_ARMOR:
        raise VictimIDError("signature.malformed")
    try:
        blob = base64.b64decode(b"".join(armored.splitlines()[1:-1]), validate=True)
    except binascii.Error:
        raise VictimIDError("signature.malformed") from None
    if _armor(blob) != armored:
        raise VictimIDError("signature.malformed")
    return blob


def _string(data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + data


def _public_line(key: Ed25519PrivateKey) -> str:
    return key.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH).decode("ascii")


def _line(blob: bytes) -> str:
    return f"{_KEY_TYPE.decode()} {base64.b64encode(blob).decode('ascii')}"


def _blob(public: str) -> bytes:
    """Return the key blob of an OpenSSH public line; the comment after it is ignored."""
    code = "signature.bad_public_key"
    words = public.split()
    if words[:1] != [_KEY_TYPE.decode()] or len(words) < 2:
        raise VictimIDError(code)
    try:
        blob = base64.b64decode(words[1], validate=True)
    except (binascii.Error, ValueError):
        raise VictimIDError(code) from None
    _raw_key(blob, code)
    return blob


def _raw_key(blob: bytes, code: str = "signature.bad_public_key") -> bytes:
    fields = _Fields(blob, code)
    fields.expect(_KEY_TYPE)
    raw = fields.string()
    fields.end()
    if len(raw) != _KEY_BYTES:
        raise VictimIDError(code)
    return raw
