"""The data key: forms it is given out in, and that nothing is left of it after wiping."""

import pytest

from victimid.crypto.secret import KEY_BYTES, DataKey, taken
from victimid.errors import VictimIDError


def test_sqlcipher_form_is_the_raw_key_in_hex() -> None:
    material = bytearray(range(KEY_BYTES))
    assert bytes(DataKey(material).sqlcipher_key()) == b"x'" + bytes(range(KEY_BYTES)).hex().encode() + b"'"


def test_two_keys_and_two_purposes_differ() -> None:
    first, second = DataKey.random(), DataKey.random()
    derived = {bytes(key.derive(purpose)) for key in (first, second) for purpose in ("a", "b")}
    assert len(derived) == 4
    assert first.derive("a") == first.derive("a")


def test_printing_shows_nothing_of_the_key() -> None:
    key = DataKey(bytearray(b"K" * KEY_BYTES))
    for shown in (repr(key), str(key), f"{key}"):
        assert "K" * 2 not in shown
        assert b"K".hex() * 2 not in shown


def test_wiping_overwrites_the_buffer_and_locks_the_key() -> None:
    material = bytearray(b"K" * KEY_BYTES)
    key = DataKey(material)
    key.wipe()
    key.wipe()
    assert not any(material)
    for use in (key.sqlcipher_key, key.material, lambda: key.derive("a")):
        with pytest.raises(VictimIDError, match=r"keyfile\.locked"):
            use()


def test_a_key_of_another_length_is_refused() -> None:
    with pytest.raises(VictimIDError, match=r"keyfile\.damaged"):
        DataKey(bytearray(31))


def test_what_a_library_returned_is_moved_not_copied() -> None:
    original = bytes(range(KEY_BYTES))
    moved = taken(original)
    assert moved == bytearray(range(KEY_BYTES))
    assert original == bytes(KEY_BYTES)


def test_short_bytes_are_left_alone_since_others_may_share_them() -> None:
    one = bytes([7])
    assert taken(one) == bytearray([7])
    assert one == b"\7"
