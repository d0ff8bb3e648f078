"""The file in which requests wait for their answers: each for itself, for three months, altered by nobody."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.forgotten import DUTY, Laptop
from tests.support.vaults import NOON, TEST_COST
from victimid.crypto import pending, recovery, recovery_request
from victimid.crypto.pending import Purpose
from victimid.crypto.recovery_request import Request
from victimid.errors import VictimIDError


@pytest.fixture
def laptop(tmp_path: Path) -> Laptop:
    return Laptop(tmp_path)


def test_every_changed_byte_of_the_waiting_file_is_noticed(laptop: Laptop) -> None:
    laptop.ask()
    whole = laptop.pending.read_bytes()
    for index, byte in enumerate(whole):
        for changed in (byte ^ 1, 0):
            with pytest.raises(VictimIDError, match=r"recovery\.pending_damaged"):
                pending.parse(whole[:index] + bytes([changed]) + whole[index + 1 :])
    laptop.pending.write_bytes(whole * 3000)
    with pytest.raises(VictimIDError, match=r"recovery\.pending_damaged"):
        pending.read(laptop.pending, Purpose.RECOVERY)


def test_requests_wait_side_by_side_each_with_its_own_answer(laptop: Laptop) -> None:
    own = [laptop.ask(), laptop.ask("Somebody Else", "another one altogether"), laptop.ask()]
    assert recovery.waiting(laptop.header, laptop.pending) == tuple(own)
    for request in (own[0], own[2]):
        found = laptop.take(recovery_request.answer(request, request.ways[0], [DUTY.secret]))
        assert bytes(found.key.material()) == laptop.material()
        assert found.requests == (own[0].recipient, own[2].recipient)
    with pytest.raises(VictimIDError, match=r"recovery\.other_request"):
        laptop.take(recovery_request.answer(own[1], own[1].ways[0], [DUTY.secret]))
    with pytest.raises(VictimIDError, match=r"recovery\.answer_damaged"):
        laptop.take(b"x")
    pending.forget(laptop.pending, found.requests)
    assert recovery.waiting(laptop.header, laptop.pending) == (own[1],)
    pending.forget(laptop.pending, [own[1].recipient])
    assert not laptop.pending.exists()


def answered(request: Request) -> bytes:
    return recovery_request.answer(request, request.ways[0], [DUTY.secret])


def test_an_answer_that_comes_after_three_months_is_refused_for_good(laptop: Laptop) -> None:
    old, late = laptop.ask(), NOON + recovery.ANSWERED_WITHIN
    new = laptop.ask(at=late)
    assert laptop.take(answered(old), at=late).requests == (old.recipient, new.recipient)
    with pytest.raises(VictimIDError, match=r"recovery\.request_expired days=90"):
        laptop.take(answered(old), at=late + timedelta(seconds=1))
    with pytest.raises(VictimIDError, match=r"recovery\.other_request"):
        laptop.take(answered(old), at=NOON)
    assert recovery.waiting(laptop.header, laptop.pending) == (new,)
    assert bytes(laptop.take(answered(new), at=late + timedelta(days=21)).key.material()) == laptop.material()
    with pytest.raises(VictimIDError, match=r"recovery\.request_expired days=90"):
        laptop.take(answered(new), at=late + timedelta(days=91))
    assert not laptop.pending.exists()


def test_a_late_answer_is_refused_also_where_its_request_cannot_be_dropped(
    laptop: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = laptop.ask()

    def refuse(_: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "unlink", refuse)
    with pytest.raises(VictimIDError, match=r"recovery\.request_expired"):
        laptop.take(answered(request), at=NOON + timedelta(days=100))


def test_the_time_of_a_request_cannot_be_changed_without_its_passphrase(laptop: Laptop) -> None:
    request = laptop.ask()
    waiting = pending.read(laptop.pending, Purpose.RECOVERY)
    [own] = waiting.requests
    renewed = replace(own, asked=own.asked + 86400 * 365)
    laptop.pending.write_bytes(replace(waiting, requests=(renewed,)).to_bytes())
    with pytest.raises(VictimIDError, match=r"keyfile\.wrong_passphrase"):
        laptop.take(answered(request))


def test_requests_that_are_too_old_go_and_others_stay(laptop: Laptop) -> None:
    first, second = laptop.ask(), laptop.ask("Somebody Else", at=NOON + timedelta(days=10))
    content = laptop.pending.read_bytes()
    recovery.forget_expired(laptop.pending, NOON + recovery.ANSWERED_WITHIN)
    assert laptop.pending.read_bytes() == content
    recovery.forget_expired(laptop.pending, NOON + timedelta(days=91))
    assert recovery.waiting(laptop.header, laptop.pending) == (second,)
    assert first.recipient.encode() not in laptop.pending.read_bytes()
    recovery.forget_expired(laptop.pending, NOON + timedelta(days=101))
    with pytest.raises(VictimIDError, match=r"recovery\.no_request"):
        recovery.forget_expired(laptop.pending, NOON)


def test_a_clock_far_off_is_no_reason_to_refuse(laptop: Laptop) -> None:
    for at in (datetime(1970, 1, 1, tzinfo=UTC), datetime(2199, 1, 1, tzinfo=UTC)):
        request = laptop.ask(at=at)
        assert bytes(laptop.take(answered(request), at=at + timedelta(days=30)).key.material()) == laptop.material()


def test_beyond_some_hundreds_the_oldest_requests_go(laptop: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pending, "_MOST", 2)
    made = tuple(laptop.ask() for _ in range(3))
    assert recovery.waiting(laptop.header, laptop.pending) == made[1:]


def test_the_file_has_room_for_as_many_requests_as_it_may_hold(laptop: Laptop) -> None:
    laptop.ask(post_quantum=True)
    one = pending.read(laptop.pending, Purpose.RECOVERY)
    full = replace(one, requests=one.requests * pending._MOST)
    laptop.pending.write_bytes(full.to_bytes())
    assert pending.read(laptop.pending, Purpose.RECOVERY) == full


def test_a_waiting_file_that_is_of_no_use_is_begun_anew(laptop: Laptop, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = Laptop(tmp_path / "other")
    other.ask()
    foreign = pending.read(other.pending, Purpose.RECOVERY)
    cheap = replace(foreign, vault=laptop.ask().vault, cost=replace(TEST_COST, iterations=0))
    for useless in (b"damaged", foreign.to_bytes(), cheap.to_bytes()):
        laptop.pending.write_bytes(useless)
        request = laptop.ask()
        assert recovery.waiting(laptop.header, laptop.pending) == (request,)
    empty = replace(foreign, requests=()).to_bytes()
    with pytest.raises(VictimIDError, match=r"recovery\.pending_damaged"):
        pending.parse(empty)


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_noise_is_no_waiting_file(noise: bytes) -> None:
    with pytest.raises(VictimIDError, match=r"recovery\.pending_damaged"):
        pending.parse(noise)
