"""Keys as text: what is written is read back, and no changed sign passes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from victimid.crypto import bech32


@given(st.binary(max_size=1300))
def test_what_is_written_is_read_back_in_either_case(data: bytes) -> None:
    text = bech32.encode("age1pq", data)
    assert bech32.decode("age1pq", text) == bech32.decode("age1pq", text.upper()) == data


@given(st.binary(min_size=1, max_size=60), st.data())
def test_every_changed_sign_is_noticed(data: bytes, draw: st.DataObject) -> None:
    text = bech32.encode("age", data)
    at = draw.draw(st.integers(0, len(text) - 1))
    sign = draw.draw(st.characters().filter(lambda c: c.lower() != text[at]))
    with pytest.raises(ValueError, match=r"^$"):
        bech32.decode("age", text[:at] + sign + text[at + 1 :])


@pytest.mark.parametrize("text", ["", "age1", "age1qqqqq", "agexqqqqqq", "age1QQqqqqqq", "é1qqqqqq", "1"])
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"^$"):
        bech32.decode("age", text)


def test_bits_left_over_are_refused() -> None:
    """Two values of five bits hold one byte and two bits that must be zero, even under a right checksum."""
    expanded = bech32._expanded("age")
    values = [0, 1]
    checksum = bech32._polymod([*expanded, *values, *[0] * 6]) ^ 1
    values += [checksum >> 5 * (5 - place) & 31 for place in range(6)]
    with pytest.raises(ValueError, match=r"^$"):
        bech32.decode("age", "age1" + "".join("qpzry9x8gf2tvdw0s3jn54khce6mua7l"[value] for value in values))
