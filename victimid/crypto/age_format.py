"""The age v1 file format (c2sp.org/age) without its kinds of keys: header, stanzas, and the payload in chunks."""

import base64
import hmac
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from victimid.crypto.secret import derived, wipe
from victimid.crypto.streams import Reader, Source, Target
from victimid.errors import VictimIDError

FILE_KEY_BYTES: Final = 16
_VERSION_LINE: Final = b"age-encryption.org/v1\n"
_COLUMNS, _MAX_LINE, _MAX_LINES, _MAC_BYTES = 64, 4096, 4096, 32
_CHUNK, _TAG_BYTES, _NONCE_BYTES = 64 * 1024, 16, 16


@dataclass(frozen=True, slots=True)
class Stanza:
    """The file key wrapped for one recipient."""

    arguments: tuple[str, ...]
    body: bytes


@dataclass(frozen=True, slots=True)
class AgeHeader:
    """The stanzas of a file, the bytes its MAC covers, and that MAC."""

    stanzas: tuple[Stanza, ...]
    covered: bytes
    mac: bytes

    def authenticate(self, file_key: bytes | bytearray) -> None:
        """Refuse a header that was changed; ``age.damaged``."""
        if not hmac.compare_digest(self.mac, _mac(file_key, self.covered)):
            raise VictimIDError("age.damaged")


def write_header(target: Target, stanzas: Sequence[Stanza], file_key: bytearray) -> None:
    """Write everything that stands before the payload."""
    covered = _VERSION_LINE + b"".join(map(_stanza_bytes, stanzas)) + b"---"
    target.write(covered + b" " + base64_text(_mac(file_key, covered)).encode() + b"\n")


def read_header(reader: Reader) -> AgeHeader:
    """Read up to the payload; ``age.damaged`` for whatever is not spelled as the format demands."""
    lines = _lines(reader)
    covered = [next(lines)]
    stanzas: list[Stanza] = []
    if covered[0] != _VERSION_LINE:
        raise VictimIDError("age.damaged")
    while not (line := next(lines)).startswith(b"---"):
        body = list(_body_lines(lines))
        stanzas.append(Stanza(_arguments(line), from_base64(b"".join(body).replace(b"\n", b""))))
        covered += [line, *body]
    if not stanzas or line[3:4] != b" ":
        raise VictimIDError("age.damaged")
    return AgeHeader(tuple(stanzas), b"".join((*covered, b"---")), from_base64(line[4:-1], _MAC_BYTES))


def write_payload(source: Source, target: Target, file_key: bytearray) -> None:
    """Encrypt everything the source gives, one chunk in memory at a time."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    target.write(nonce)
    cipher = _payload_cipher(file_key, nonce)
    for chunk, number in _chunks(Reader(source), _CHUNK):
        target.write(cipher.encrypt(number, chunk, None))


def write_secret(secret: bytes | bytearray, target: Target, file_key: bytearray) -> None:
    """Encrypt what is in memory already, leaving no copy of it behind."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    target.write(nonce)
    cipher = _payload_cipher(file_key, nonce)
    pieces = range(0, max(len(secret), 1), _CHUNK)
    for counter, start in enumerate(pieces):
        number = _number(counter, last=start == pieces[-1])
        target.write(cipher.encrypt(number, memoryview(secret)[start : start + _CHUNK], None))


def read_payload(reader: Reader, target: Target, file_key: bytearray) -> None:
    """Decrypt the rest of a file, one chunk in memory at a time; ``age.damaged``, after the chunks before it."""
    nonce = reader.exactly(_NONCE_BYTES)
    if len(nonce) != _NONCE_BYTES:
        raise VictimIDError("age.damaged")
    cipher = _payload_cipher(file_key, nonce)
    for sealed, number in _chunks(reader, _CHUNK + _TAG_BYTES):
        # Only a payload of nothing at all may end in an empty chunk.
        if len(sealed) <= _TAG_BYTES and any(number[:-1]):
            raise VictimIDError("age.damaged")
        try:
            chunk = cipher.decrypt(number, sealed, None)
        except InvalidTag:
            raise VictimIDError("age.damaged") from None
        target.write(chunk)


def base64_text(data: bytes) -> str:
    """Return base64 without padding."""
    return base64.b64encode(data).decode("ascii").rstrip("=")


def from_base64(text: bytes, size: int | None = None) -> bytes:
    """Return what base64 in its one spelling without padding stands for; ``age.damaged``, also for another size."""
    try:
        data = base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)
    except ValueError:
        raise VictimIDError("age.damaged") from None
    if base64_text(data).encode() != text or size not in (None, len(data)):
        raise VictimIDError("age.damaged")
    return data


def _stanza_bytes(stanza: Stanza) -> bytes:
    text = base64_text(stanza.body)
    # The last line is shorter than the others, if need be empty.
    body = [text[start : start + _COLUMNS] for start in range(0, len(text) + 1, _COLUMNS)]
    return "".join(f"{line}\n" for line in (" ".join(("->", *stanza.arguments)), *body)).encode("ascii")


def _lines(reader: Reader) -> Iterator[bytes]:
    """Yield lines for as long as they are asked for; their end is an error."""
    for _ in range(_MAX_LINES):
        line = reader.line(_MAX_LINE)
        if not line.endswith(b"\n"):
            break
        yield line
    raise VictimIDError("age.damaged")


def _arguments(line: bytes) -> tuple[str, ...]:
    mark, *arguments = line[:-1].split(b" ")
    if mark != b"->" or not arguments or not all(_visible(argument) for argument in arguments):
        raise VictimIDError("age.damaged")
    return tuple(argument.decode("ascii") for argument in arguments)


def _visible(argument: bytes) -> bool:
    return bool(argument) and all(0x21 <= sign <= 0x7E for sign in argument)


def _body_lines(lines: Iterator[bytes]) -> Iterator[bytes]:
    while len(line := next(lines)) == _COLUMNS + 1:
        yield line
    if len(line) > _COLUMNS:
        raise VictimIDError("age.damaged")
    yield line


def _mac(file_key: bytes | bytearray, covered: bytes) -> bytes:
    key = derived(file_key, b"header")
    try:
        return hmac.digest(key, covered, "sha256")
    finally:
        wipe(key)


def _payload_cipher(file_key: bytearray, nonce: bytes) -> ChaCha20Poly1305:
    key = derived(file_key, b"payload", nonce)
    try:
        return ChaCha20Poly1305(key)
    finally:
        wipe(key)


def _chunks(reader: Reader, size: int) -> Iterator[tuple[bytes, bytes]]:
    """Yield pieces with their nonces: a counter, and a last byte that marks the end."""
    counter, piece = 0, reader.exactly(size)
    while following := reader.exactly(size):
        yield piece, _number(counter, last=False)
        counter, piece = counter + 1, following
    yield piece, _number(counter, last=True)


def _number(counter: int, *, last: bool) -> bytes:
    return counter.to_bytes(11, "big") + bytes([last])
