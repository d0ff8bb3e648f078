"""Encryption against the age tool in both directions, and every kind of key and damage that is refused."""

import errno
import io
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from victimid.crypto import age, bech32
from victimid.errors import VictimIDError

DUTY, COLD = age.new_identity(), age.new_identity()
CLEAR = b"an invented account " * 10_000
CIPHER = age.encrypt(CLEAR, [DUTY.recipient])


class FailingTarget:
    """A target on a full disk."""

    def write(self, data: bytes, /) -> int:
        raise OSError(errno.ENOSPC, "No space left on device", str(len(data)))


class FailingSource:
    """A source that breaks in the middle."""

    def read(self, size: int = -1, /) -> bytes:
        raise VictimIDError("exchange.bad_record", line=size)


def key_file(folder: Path, identity: age.AgeIdentity) -> Path:
    path = folder / "key.txt"
    path.write_text(identity.secret + "\n", "ascii")
    return path


@pytest.mark.parametrize("identity", [DUTY, COLD])
def test_age_opens_what_we_encrypt_for_several_keys(tmp_path: Path, identity: age.AgeIdentity) -> None:
    sealed = age.encrypt(CLEAR, [DUTY.recipient, COLD.recipient])
    opened = subprocess.run(
        ["age", "-d", "-i", key_file(tmp_path, identity)], input=sealed, capture_output=True, check=True
    )
    assert opened.stdout == CLEAR
    assert age.decrypt(sealed, identity.secret) == CLEAR


def test_we_open_what_age_encrypts_with_a_key_of_age_keygen() -> None:
    made = subprocess.run(["age-keygen"], capture_output=True, check=True, text=True).stdout
    identity = age.identity_of(made.splitlines()[2])
    assert f"public key: {identity.recipient}" in made
    sealed = subprocess.run(["age", "-r", identity.recipient], input=CLEAR, capture_output=True, check=True)
    assert age.decrypt(sealed.stdout, identity.secret) == CLEAR


def test_fingerprint_is_what_sha256sum_prints() -> None:
    printed = subprocess.run(["sha256sum"], input=DUTY.recipient.encode(), capture_output=True, check=True)
    assert age.fingerprint(DUTY.recipient) == printed.stdout.decode().split()[0]


def test_recipient_is_trimmed_and_has_one_spelling() -> None:
    assert age.check_recipient(f" {DUTY.recipient.upper()}\n") == DUTY.recipient


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "age.bad_recipient"),
        ("age1", "age.bad_recipient"),
        ("someone@example.org", "age.bad_recipient"),
        (DUTY.recipient[:-1], "age.bad_recipient"),
        (DUTY.recipient[:-1] + ("q" if DUTY.recipient[-1] != "q" else "p"), "age.bad_recipient"),
        ("age1é", "age.bad_recipient"),
        ("age1tagpq1qqqqqq", "age.recipient_kind"),
        ("age1yubikey1qwerty", "age.recipient_kind"),
        ("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5", "age.recipient_kind"),
        (DUTY.secret, "age.secret_for_recipient"),
        (DUTY.secret.lower(), "age.secret_for_recipient"),
    ],
)
def test_bad_recipient_is_refused_by_code(text: str, code: str) -> None:
    with pytest.raises(VictimIDError) as refusal:
        age.check_recipient(text)
    assert refusal.value.code == code
    assert DUTY.secret not in str(refusal.value)


@given(st.text(max_size=80) | st.from_regex(r"(?i)\A(age1|AGE-SECRET-KEY-)(pq)?-?1?[a-z0-9]{0,70}\n?\Z"))
def test_whatever_is_typed_as_a_key_is_refused_by_code(text: str) -> None:
    with pytest.raises(VictimIDError, match=r"age\.(bad_recipient|recipient_kind|secret_for_recipient)"):
        age.check_recipient(text)
    with pytest.raises(VictimIDError, match=r"age\.bad_identity"):
        age.identity_of(text)


def test_nobody_to_encrypt_to_is_refused() -> None:
    with pytest.raises(VictimIDError, match=r"age\.no_recipient"):
        age.encrypt(CLEAR, [])


def test_another_key_is_told_from_damage() -> None:
    with pytest.raises(VictimIDError, match=r"age\.wrong_key"):
        age.decrypt(CIPHER, COLD.secret)


def test_text_that_is_no_secret_key_is_refused() -> None:
    with pytest.raises(VictimIDError, match=r"age\.bad_identity"):
        age.decrypt(CIPHER, "AGE-SECRET-KEY-1" + "Q" * 58)


@pytest.mark.parametrize("damaged", [b"", b"PK\x03\x04", CIPHER[:-1], CIPHER[:100_000], CIPHER + b"x"])
def test_damage_is_refused(damaged: bytes) -> None:
    with pytest.raises(VictimIDError, match=r"age\.damaged"):
        age.decrypt(damaged, DUTY.secret)


@given(st.integers(0, len(CIPHER) * 8 - 1))
def test_every_flipped_bit_is_refused(bit: int) -> None:
    damaged = bytearray(CIPHER)
    damaged[bit // 8] ^= 1 << bit % 8
    with pytest.raises(VictimIDError, match=r"age\.(damaged|wrong_key)"):
        age.decrypt(bytes(damaged), DUTY.secret)


def test_failures_of_the_streams_come_out_unchanged() -> None:
    with pytest.raises(OSError, match="No space left") as full:
        age.encrypt_stream(io.BytesIO(CLEAR), FailingTarget(), [DUTY.recipient])
    assert full.value.errno == errno.ENOSPC
    with pytest.raises(VictimIDError, match=r"exchange\.bad_record"):
        age.encrypt_stream(FailingSource(), io.BytesIO(), [DUTY.recipient])
    with pytest.raises(OSError, match="No space left"):
        age.decrypt_stream(io.BytesIO(CIPHER), FailingTarget(), DUTY.secret)
    with pytest.raises(VictimIDError, match=r"exchange\.bad_record"):
        age.decrypt_stream(FailingSource(), io.BytesIO(), DUTY.secret)


def test_secret_is_not_shown() -> None:
    assert DUTY.secret not in repr(DUTY)


def test_a_key_that_would_encrypt_to_nobody_is_refused() -> None:
    with pytest.raises(VictimIDError, match=r"age\.bad_recipient"):
        age.encrypt(CLEAR, [bech32.encode("age", bytes(32))])


@pytest.mark.parametrize("size", [0, 1, 65535, 65536, 65537, 131072])
@pytest.mark.parametrize("identity", [DUTY, age.new_identity(post_quantum=True)], ids=["x25519", "post-quantum"])
def test_streams_and_what_is_in_memory_give_the_same(identity: age.AgeIdentity, size: int) -> None:
    clear, sealed = bytes(size), io.BytesIO()
    age.encrypt_stream(io.BytesIO(clear), sealed, [identity.recipient])
    assert age.decrypt(sealed.getvalue(), identity.secret) == clear
    assert age.decrypt(age.encrypt(bytearray(clear), [identity.recipient]), identity.secret) == clear
