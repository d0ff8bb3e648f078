"""The age v1 format against the age tool, with an X25519 stanza made here, and every departure from it."""

import hmac
import io
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from hypothesis import given
from hypothesis import strategies as st

from victimid.crypto import age, age_format, bech32
from victimid.crypto.age_format import AgeHeader, Stanza, base64_text, from_base64
from victimid.crypto.secret import derived
from victimid.crypto.streams import Reader
from victimid.errors import VictimIDError

IDENTITY = age.new_identity()
PRIVATE = X25519PrivateKey.from_private_bytes(bech32.decode("age-secret-key-", IDENTITY.secret))
PUBLIC = bech32.decode("age", IDENTITY.recipient)
FILE_KEY = bytearray(b"an example key 1")
SIZES = [0, 1, 65535, 65536, 65537, 131072, 200_000]


def wrap_key(share: bytes, shared: bytes) -> bytes:
    return bytes(derived(shared, b"age-encryption.org/v1/X25519", share + PUBLIC))


def stanza() -> Stanza:
    ephemeral = X25519PrivateKey.generate()
    share = ephemeral.public_key().public_bytes_raw()
    key = wrap_key(share, ephemeral.exchange(X25519PublicKey.from_public_bytes(PUBLIC)))
    return Stanza(("X25519", base64_text(share)), ChaCha20Poly1305(key).encrypt(bytes(12), FILE_KEY, None))


def file_key(header: AgeHeader) -> bytearray:
    [found] = [stanza for stanza in header.stanzas if stanza.arguments[0] == "X25519"]
    share = from_base64(found.arguments[1].encode())
    key = wrap_key(share, PRIVATE.exchange(X25519PublicKey.from_public_bytes(share)))
    return bytearray(ChaCha20Poly1305(key).decrypt(bytes(12), found.body, None))


def written(clear: bytes, *stanzas: Stanza) -> bytes:
    target = io.BytesIO()
    age_format.write_header(target, stanzas or [stanza()], FILE_KEY)
    age_format.write_payload(io.BytesIO(clear), target, FILE_KEY)
    return target.getvalue()


def read(sealed: bytes, key: bytearray | None = None) -> bytes:
    reader, target = Reader(Trickle(sealed)), io.BytesIO()
    header = age_format.read_header(reader)
    key = key or file_key(header)
    header.authenticate(key)
    age_format.read_payload(reader, target, key)
    return target.getvalue()


class Trickle(io.BytesIO):
    """A source that returns less than it is asked for."""

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(min(size or 0, 1000))


@pytest.mark.parametrize("size", SIZES)
def test_age_opens_what_we_write(tmp_path: Path, size: int) -> None:
    key, clear = tmp_path / "key.txt", b"x" * size
    key.write_text(IDENTITY.secret + "\n", "ascii")
    odd = Stanza(("an-unknown-kind", "!~"), b"b" * 48)
    opened = subprocess.run(
        ["age", "-d", "-i", key], input=written(clear, odd, stanza()), capture_output=True, check=True
    )
    assert opened.stdout == clear


@pytest.mark.parametrize("size", SIZES)
def test_we_open_what_age_writes(size: int) -> None:
    clear = b"y" * size
    sealed = subprocess.run(["age", "-r", IDENTITY.recipient], input=clear, capture_output=True, check=True).stdout
    assert read(sealed) == clear


@given(st.lists(st.tuples(st.from_regex(r"\A[!-~]{1,90}\Z"), st.binary(max_size=200)), min_size=1, max_size=4))
def test_stanzas_are_read_as_they_were_written(parts: list[tuple[str, bytes]]) -> None:
    stanzas = tuple(Stanza((argument, "b"), body) for argument, body in parts)
    assert age_format.read_header(Reader(io.BytesIO(written(b"", *stanzas)))).stanzas == stanzas


def test_every_shortened_file_is_damaged() -> None:
    whole = written(b"an invented account")
    for length in range(len(whole)):
        with pytest.raises(VictimIDError, match=r"age\.damaged"):
            read(whole[:length], FILE_KEY)


def test_no_changed_bit_passes() -> None:
    whole = written(b"an invented account")
    for bit in range(len(whole) * 8):
        changed = bytearray(whole)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(VictimIDError, match=r"age\.damaged"):
            read(bytes(changed), FILE_KEY)


@given(st.binary(max_size=300))
def test_anything_else_is_damaged(noise: bytes) -> None:
    for content in (noise, b"age-encryption.org/v1\n" + noise, b"age-encryption.org/v1\n-> X25519 " + noise):
        with pytest.raises(VictimIDError, match=r"age\.damaged"):
            read(content, FILE_KEY)


def with_header(text: bytes) -> bytes:
    """Return a file whose header says this, authenticated."""
    covered = b"age-encryption.org/v1\n" + text + b"---"
    mac = hmac.digest(derived(FILE_KEY, b"header"), covered, "sha256")
    payload = written(b"").split(b"\n--- ", 1)[1].split(b"\n", 1)[1]
    return covered + b" " + base64_text(mac).encode() + b"\n" + payload


def test_a_header_as_it_should_be_is_read() -> None:
    assert read(with_header(b"-> a b\n" + b"A" * 64 + b"\n\n"), FILE_KEY) == b""


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"-> \n\n",
        b"->\n\n",
        b"-> a  b\n\n",
        b"-> a b \n\n",
        b"-> a\r\n\r\n",
        b"-> \xc3\xa9\n\n",
        b"=> a\n\n",
        b"-> a\nAA==\n",
        b"-> a\nAB\n",
        b"-> a\n*AAA\n",
        b"-> a\n" + b"A" * 65 + b"\n",
        b"-> a\n" + b"A" * 64 + b"\n",
        b"-> " + b"a" * 5000 + b"\n\n",
        b"-> a\n" + (b"A" * 64 + b"\n") * 5000 + b"\n",
        b"-> a\n\nb\n",
    ],
    ids=range(16),
)
def test_a_header_spelled_otherwise_is_damaged(text: bytes) -> None:
    with pytest.raises(VictimIDError, match=r"age\.damaged"):
        read(with_header(text), FILE_KEY)


def test_a_mac_line_spelled_otherwise_is_damaged() -> None:
    whole = written(b"")
    for changed in (
        whole.replace(b"--- ", b"---x"),
        whole.replace(b"--- ", b"---  "),
        whole.replace(b"--- ", b"--- A"),
    ):
        with pytest.raises(VictimIDError, match=r"age\.damaged"):
            read(changed, FILE_KEY)


def test_an_empty_chunk_at_the_end_of_a_payload_is_damaged() -> None:
    nonce = bytes(16)
    cipher = ChaCha20Poly1305(derived(FILE_KEY, b"payload", nonce))
    chunks = cipher.encrypt(bytes(12), b"x" * 65536, None) + cipher.encrypt(bytes(10) + b"\1\1", b"", None)
    target = io.BytesIO()
    with pytest.raises(VictimIDError, match=r"age\.damaged"):
        age_format.read_payload(Reader(io.BytesIO(nonce + chunks)), target, FILE_KEY)
    assert target.getvalue() == b"x" * 65536
