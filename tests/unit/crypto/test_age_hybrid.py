"""Post-quantum keys: a file of another implementation, round trips, kinds not mixed, and damage."""

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from victimid.crypto import age, age_format, age_hybrid, bech32, hybrid
from victimid.crypto.age_format import Stanza, base64_text
from victimid.errors import VictimIDError

DATA = Path(__file__).parents[2] / "data" / "age"
DUTY, COLD, OTHER = (age.new_identity(post_quantum=True) for _ in range(3))
CLASSIC = age.new_identity()
CLEAR = b"an invented account " * 10_000
CIPHER = age.encrypt(CLEAR, [DUTY.recipient, COLD.recipient])
SMALL = age.encrypt(b"small", [DUTY.recipient])


def test_we_read_what_another_implementation_wrote() -> None:
    secret = (DATA / "hybrid.key").read_text("ascii")
    assert age.decrypt((DATA / "hybrid.age").read_bytes(), secret) == b"from the other tool\n"
    assert age.identity_of(secret).recipient == (DATA / "hybrid.pub").read_text("ascii").strip()


def test_the_key_pair_of_the_format_s_own_description() -> None:
    secret = "AGE-SECRET-KEY-PQ-1XX76JRALNLXDMEW0CRK45QMCCH4X06SE84UN3VPM33W6HWDX0H3SK3ZQFR"
    recipient = age.identity_of(secret).recipient
    assert (len(recipient), recipient[:17], recipient[-9:]) == (1959, "age1pq1x34nzsvr0r", "fzv49zc0k")


@pytest.mark.parametrize("identity", [DUTY, COLD])
def test_each_of_several_keys_opens_the_file(identity: age.AgeIdentity) -> None:
    assert age.decrypt(CIPHER, identity.secret) == age.decrypt(CIPHER, f" {identity.secret.lower()}\n") == CLEAR


def test_a_recipient_is_trimmed_and_has_one_spelling() -> None:
    assert age.check_recipient(f" {DUTY.recipient.upper()}\n") == DUTY.recipient
    assert age.is_post_quantum(DUTY.recipient)
    assert not age.is_post_quantum(CLASSIC.recipient)


@pytest.mark.parametrize(
    "text",
    [
        "age1pq1",
        "AGE1PQ1QQQQQQ",
        DUTY.recipient[:-1],
        DUTY.recipient[:50] + ("q" if DUTY.recipient[50] != "q" else "p") + DUTY.recipient[51:],
        bech32.encode("age1pq", bytes(1215)),
        bech32.encode("age1pq", b"\xff" * 1216),
        bech32.encode("age1pq", hybrid.public_of(bytes(32))[:1184] + bytes(32)),
    ],
    ids=range(7),
)
def test_a_bad_recipient_is_refused(text: str) -> None:
    with pytest.raises(VictimIDError, match=r"age\.bad_recipient"):
        age.check_recipient(text)


def test_a_secret_key_is_never_taken_for_a_recipient() -> None:
    with pytest.raises(VictimIDError, match=r"age\.secret_for_recipient"):
        age.check_recipient(DUTY.secret)


@pytest.mark.parametrize("secret", ["AGE-SECRET-KEY-PQ-1", DUTY.secret[:-1], bech32.encode("age-secret-key-pq-", b"x")])
def test_text_that_is_no_secret_key_is_refused(secret: str) -> None:
    with pytest.raises(VictimIDError, match=r"age\.bad_identity"):
        age.decrypt(CIPHER, secret)


def test_one_file_is_not_written_to_both_kinds() -> None:
    with pytest.raises(VictimIDError, match=r"age\.mixed_recipients"):
        age.encrypt(CLEAR, [DUTY.recipient, CLASSIC.recipient])


@pytest.mark.parametrize(("data", "secret"), [(CIPHER, OTHER.secret), (CIPHER, CLASSIC.secret)])
def test_another_key_is_told_from_damage(data: bytes, secret: str) -> None:
    with pytest.raises(VictimIDError, match=r"age\.wrong_key"):
        age.decrypt(data, secret)


def test_a_file_for_another_kind_of_key_is_told_from_damage() -> None:
    with pytest.raises(VictimIDError, match=r"age\.wrong_key"):
        age.decrypt(age.encrypt(CLEAR, [CLASSIC.recipient]), DUTY.secret)


@pytest.mark.parametrize("damaged", [b"", b"PK\x03\x04", CIPHER[:-1], CIPHER[:100_000], CIPHER + b"x"])
def test_damage_is_refused(damaged: bytes) -> None:
    with pytest.raises(VictimIDError, match=r"age\.damaged"):
        age.decrypt(damaged, DUTY.secret)


@given(st.integers(0, len(SMALL) * 8 - 1))
def test_every_flipped_bit_is_refused(bit: int) -> None:
    damaged = bytearray(SMALL)
    damaged[bit // 8] ^= 1 << bit % 8
    with pytest.raises(VictimIDError, match=r"age\.(damaged|wrong_key)"):
        age.decrypt(bytes(damaged), DUTY.secret)


@pytest.mark.parametrize("odd", ["extra argument", "no argument", "long body", "short share"])
def test_a_stanza_that_is_not_in_order_is_refused(odd: str) -> None:
    key = bytearray(b"an example key 1")
    sealed = hybrid.seal(bech32.decode("age1pq", DUTY.recipient), b"age-encryption.org/mlkem768x25519", key)
    share, body = base64_text(sealed[:1120]), sealed[1120:]
    stanzas = {
        "extra argument": Stanza(("mlkem768x25519", share, "x"), body),
        "no argument": Stanza(("mlkem768x25519",), body),
        "long body": Stanza(("mlkem768x25519", share), body + b"x"),
        "short share": Stanza(("mlkem768x25519", base64_text(sealed[:1119])), body),
    }
    target = io.BytesIO()
    age_format.write_header(target, [Stanza(("mlkem768x25519", share), body), stanzas[odd]], key)
    age_format.write_payload(io.BytesIO(b"x"), target, key)
    with pytest.raises(VictimIDError, match=r"age\.damaged"):
        age.decrypt(target.getvalue(), DUTY.secret)


def test_a_stanza_of_an_unknown_kind_is_passed_over() -> None:
    key, target = bytearray(b"an example key 1"), io.BytesIO()
    stanzas = [Stanza(("unknown",), b""), age_hybrid.stanza(key, DUTY.recipient)]
    age_format.write_header(target, stanzas, key)
    age_format.write_payload(io.BytesIO(b"x"), target, key)
    assert age.decrypt(target.getvalue(), DUTY.secret) == b"x"
