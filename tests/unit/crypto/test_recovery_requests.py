"""Requests as headquarters reads them: altered, cut short or overlong ones are refused or mean the same."""

import re
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.forgotten import DUTY, FIRST, SECOND, Laptop
from victimid.crypto import age, recovery_request
from victimid.crypto.escrow import ways_for
from victimid.crypto.recovery_request import Request
from victimid.crypto.secret import DataKey
from victimid.errors import VictimIDError

REQUEST = Request("ab" * 16, DUTY.recipient, ())


@pytest.fixture
def laptop(tmp_path: Path) -> Laptop:
    return Laptop(tmp_path)


@given(st.data())
def test_a_changed_request_with_ways_makes_headquarters_answer_nothing_else(draw: st.DataObject) -> None:
    ways = ways_for(DataKey(bytearray(32)), REQUEST.vault, [(DUTY.recipient,), (FIRST.recipient, SECOND.recipient)])
    text = recovery_request.write(replace(REQUEST, ways=ways)).encode()
    begin, end = sorted(draw.draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    middle = draw.draw(st.sampled_from([b"", text[begin:end] * 2]) | st.binary(max_size=20))
    with suppress(VictimIDError):
        request = recovery_request.read(text[:begin] + middle + text[end:])
        for way, keys in zip(request.ways, ([DUTY.secret], [FIRST.secret, SECOND.secret]), strict=False):
            answer = age.decrypt(recovery_request.answer(request, way, keys), DUTY.secret)
            assert answer == b'{"data_key":"' + b"00" * 32 + b'","vault":"' + b"ab" * 16 + b'"}'


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_noise_is_no_request(noise: bytes) -> None:
    with pytest.raises(VictimIDError, match=r"recovery\.request_damaged"):
        recovery_request.read(noise)


@given(st.data())
def test_a_changed_request_is_refused_or_says_the_same_in_another_way(draw: st.DataObject) -> None:
    text = recovery_request.write(REQUEST)
    at = draw.draw(st.integers(0, len(text) - 1))
    changed = text[:at] + draw.draw(st.text(max_size=3)) + text[at + 1 :]
    with suppress(VictimIDError):
        request = recovery_request.read(changed.encode("utf-8", "surrogatepass"))
        assert request.recipient == REQUEST.recipient
        assert re.fullmatch("[0-9a-f]{32}", request.vault)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Way 1: ", "Way one: "),
        ("Key: age1", "Key: age2"),
        ("-----END", "----END"),
        ("Vault: ", "Vault:"),
        ("\nYWdlLWVuY3J5cHRpb24ub3JnL3Yx", "\nYWdl"),
        (DUTY.recipient, DUTY.recipient),
    ],
)
def test_a_request_that_lost_something_is_refused(laptop: Laptop, old: str, new: str) -> None:
    text = recovery_request.write(replace(laptop.ask(), recipient=DUTY.recipient))
    changed = text.replace(old, new)
    if changed == text:
        assert recovery_request.read(text.encode()).recipient == DUTY.recipient
        return
    with pytest.raises(VictimIDError, match=r"recovery\.request_damaged"):
        recovery_request.read(changed.encode())


def test_a_request_of_any_size_is_bounded(laptop: Laptop) -> None:
    text = recovery_request.write(laptop.ask())
    with pytest.raises(VictimIDError, match=r"recovery\.request_damaged"):
        recovery_request.read(text.encode() + b"\n" * 2_000_000)
