"""A forgotten passphrase: the printed commands run with the real tools, by one person and by two, and every refusal."""

import json
import re
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.vaults import NAME, NOON, PASSPHRASE, TEST_COST
from victimid.crypto import age, erasing, keyfile, pending, recovery, recovery_request, rekeying
from victimid.crypto.age_armor import armored
from victimid.crypto.escrow import ways_for
from victimid.crypto.kdf import FLOOR
from victimid.crypto.keyfile import Unlocked
from victimid.crypto.pending import Purpose
from victimid.crypto.recovery_request import Request
from victimid.crypto.secret import DataKey
from victimid.crypto.stored import with_checksum
from victimid.errors import VictimIDError

NEW = "seven copper lanterns drifting"
EXPLANATION = ["Explained to people\nin two lines, with Way 1: in it", "ሰላም"]
DUTY, FIRST, SECOND = (age.new_identity() for _ in range(3))
QUANTUM = age.new_identity(post_quantum=True)
WAYS = [(DUTY.recipient,), (FIRST.recipient, SECOND.recipient), (QUANTUM.recipient, DUTY.recipient)]


class Laptop:
    """A folder with a header whose officer forgot the passphrase."""

    def __init__(self, folder: Path, ways: Sequence[Sequence[str]] = WAYS) -> None:
        self.header = folder / "header.json"
        self.pending = folder / "recovery"
        self.made: Unlocked = keyfile.create(self.header, NAME, PASSPHRASE, recovery=ways, cost=TEST_COST)

    def ask(
        self, name: str = NAME, passphrase: str = NEW, at: datetime = NOON, *, post_quantum: bool = False
    ) -> Request:
        header, waiting = self.header, self.pending
        return recovery.begin(header, waiting, name, passphrase, at, post_quantum=post_quantum, floor=TEST_COST)

    def take(self, answer: bytes, passphrase: str = NEW, at: datetime = NOON) -> recovery.Recovered:
        return recovery.open_answer(self.header, self.pending, NAME, passphrase, answer, at, floor=TEST_COST)

    def material(self) -> bytes:
        return bytes(self.made.key.material())


@pytest.fixture
def laptop(tmp_path: Path) -> Laptop:
    return Laptop(tmp_path)


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """Return headquarters' folder, with its keys named by their fingerprints."""
    folder = tmp_path / "office"
    folder.mkdir()
    for identity in (DUTY, FIRST, SECOND):
        key = folder / f"{age.fingerprint(identity.recipient)[:8]}.key"
        key.write_text(identity.secret + "\n", "ascii")
    return folder


def commands(text: str, way: int) -> list[str]:
    """Return the commands printed for a way."""
    before = text.split(f"\nWay {way}: ", maxsplit=1)[0].splitlines()
    return [line.removeprefix("# ") for line in before if "age -d" in line][-2 if way == 2 else -1 :]


@pytest.mark.parametrize("way", [1, 2])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_the_printed_commands_recover_the_vault(laptop: Laptop, office: Path, way: int, line_end: str) -> None:
    text = recovery_request.write(laptop.ask(), EXPLANATION)
    (office / "request.txt").write_text(text, "utf-8", newline=line_end)
    for command in commands(text, way):
        assert command.count("age -d") == 1
        subprocess.run(["sh", "-ec", command], cwd=office, check=True, capture_output=True)
    recovered = laptop.take((office / "answer.age").read_bytes())
    assert bytes(recovered.key.material()) == laptop.material()
    keyfile.replace_slot(laptop.header, recovered.key, laptop.made.slot_id, NAME, NEW)
    found = keyfile.unlock(laptop.header, NAME, NEW, floor=TEST_COST)
    assert (found.slot_id, bytes(found.key.material())) == (laptop.made.slot_id, laptop.material())


@pytest.mark.parametrize("post_quantum", [True, False])
def test_the_printed_code_command_gives_what_the_laptop_shows(
    laptop: Laptop, office: Path, *, post_quantum: bool
) -> None:
    request = laptop.ask(post_quantum=post_quantum)
    text = recovery_request.write(request)
    (office / "request.txt").write_text(text, "ascii")
    [command] = [line.removeprefix("# ") for line in text.splitlines() if "sha256sum" in line]
    shown = subprocess.run(["sh", "-c", command], cwd=office, capture_output=True, check=True, text=True).stdout
    assert re.fullmatch(r"[0-9a-f]{4}( [0-9a-f]{4}){3}", request.code)
    assert shown.strip() == request.code.replace(" ", "")
    assert request.code not in text
    assert shown.strip() not in text


def test_one_of_two_persons_alone_sees_nothing(laptop: Laptop) -> None:
    file = laptop.ask().ways[1].file
    with pytest.raises(VictimIDError, match=r"age\.wrong_key"):
        age.decrypt(file, SECOND.secret)
    inner = age.decrypt(file, FIRST.secret)
    assert laptop.material().hex().encode() not in inner
    with pytest.raises(VictimIDError, match=r"age\.wrong_key"):
        age.decrypt(inner, FIRST.secret)


@pytest.mark.parametrize("post_quantum", [True, False])
@pytest.mark.parametrize(("way", "keys"), [(0, [DUTY]), (1, [FIRST, SECOND]), (2, [QUANTUM, DUTY])])
def test_headquarters_answers_with_this_program_too(
    laptop: Laptop, way: int, keys: list[age.AgeIdentity], *, post_quantum: bool
) -> None:
    laptop.ask(post_quantum=post_quantum)
    text = recovery_request.write(recovery.waiting(laptop.header, laptop.pending)[-1], EXPLANATION)
    request = recovery_request.read(text.encode())
    answer = recovery_request.answer(request, request.ways[way], [key.secret for key in keys])
    for spelling in (answer, armored(answer).encode()):
        assert bytes(laptop.take(spelling).key.material()) == laptop.material()


def test_a_rehearsal_changes_nothing(laptop: Laptop) -> None:
    before = laptop.header.read_bytes()
    request = laptop.ask()
    laptop.take(recovery_request.answer(request, request.ways[0], [DUTY.secret]))
    assert laptop.header.read_bytes() == before


@pytest.mark.parametrize("finish", [True, False])
def test_a_vault_in_the_middle_of_a_rekey_is_recovered_with_both_keys(laptop: Laptop, *, finish: bool) -> None:
    new = rekeying.begin(laptop.header, laptop.made.key, [(DUTY.recipient,)])
    request = laptop.ask()
    recovered = laptop.take(recovery_request.answer(request, request.ways[0], [DUTY.secret]))
    assert recovered.next_key
    assert bytes(recovered.key.material()) == laptop.material()
    assert bytes(recovered.next_key.material()) == bytes(new.material())
    if finish:
        rekeying.finish(laptop.header, recovered.key, recovered.next_key)
        request = laptop.ask()
        again = laptop.take(recovery_request.answer(request, request.ways[0], [DUTY.secret]))
        assert (bytes(again.key.material()), again.next_key) == (bytes(new.material()), None)
    else:
        rekeying.abandon(laptop.header, recovered.key)


@pytest.mark.parametrize("finish", [True, False])
def test_slots_destroyed_in_the_middle_of_a_rekey_keep_nobody_from_recovering(laptop: Laptop, *, finish: bool) -> None:
    rekeying.begin(laptop.header, laptop.made.key, [(DUTY.recipient,)])
    erasing.erase(laptop.header, keep_recovery=True)
    request = laptop.ask()
    found = laptop.take(recovery_request.answer(request, request.ways[0], [DUTY.secret]))
    assert found.next_key
    if finish:
        rekeying.finish(laptop.header, found.key, found.next_key)
    else:
        rekeying.abandon(laptop.header, found.key)
    key = found.next_key if finish else found.key
    keyfile.add_slot(laptop.header, key, NAME, NEW)
    assert keyfile.unlock(laptop.header, NAME, NEW, floor=TEST_COST).key.material() == key.material()


def test_a_vault_whose_slots_were_destroyed_is_recovered(laptop: Laptop) -> None:
    erasing.erase(laptop.header, keep_recovery=True)
    request = laptop.ask()
    key = laptop.take(recovery_request.answer(request, request.ways[0], [DUTY.secret])).key
    keyfile.add_slot(laptop.header, key, NAME, NEW)
    assert keyfile.unlock(laptop.header, NAME, NEW, floor=TEST_COST).key.material() == laptop.made.key.material()


def test_without_a_way_there_is_no_request(tmp_path: Path) -> None:
    with pytest.raises(VictimIDError, match=r"recovery\.no_way"):
        Laptop(tmp_path, []).ask()


def test_a_weak_new_passphrase_or_a_cost_out_of_range_is_refused(laptop: Laptop) -> None:
    with pytest.raises(VictimIDError, match=r"passphrase\.too_weak"):
        recovery.begin(laptop.header, laptop.pending, NAME, "short", NOON)
    with pytest.raises(VictimIDError, match=r"keyfile\.cost_out_of_range"):
        recovery.begin(laptop.header, laptop.pending, NAME, NEW, NOON, floor=FLOOR)
    assert not laptop.pending.exists()
    with pytest.raises(VictimIDError, match=r"recovery\.no_request"):
        laptop.take(b"")


def test_another_name_or_passphrase_opens_no_answer(laptop: Laptop) -> None:
    request = laptop.ask()
    answer = recovery_request.answer(request, request.ways[0], [DUTY.secret])
    with pytest.raises(VictimIDError, match=r"keyfile\.wrong_passphrase"):
        laptop.take(answer, PASSPHRASE)


@pytest.mark.parametrize("relabelled", [False, True])
def test_what_was_drawn_for_a_rehearsal_recovers_nothing(laptop: Laptop, *, relabelled: bool) -> None:
    """Also not where somebody writes into the file that it is for a recovery."""
    request = recovery.begin(laptop.header, laptop.pending, NAME, NEW, NOON, purpose=Purpose.REHEARSAL, floor=TEST_COST)
    answer = recovery_request.answer(request, request.ways[0], [DUTY.secret])
    if relabelled:
        stored = {**json.loads(laptop.pending.read_bytes()), "purpose": Purpose.RECOVERY.value}
        del stored["checksum"]
        laptop.pending.write_bytes(with_checksum(stored))
    with pytest.raises(VictimIDError, match=r"wrong_passphrase" if relabelled else r"recovery\.pending_damaged"):
        laptop.take(answer)


def test_nothing_typed_and_no_secret_key_is_in_the_file_that_waits(laptop: Laptop) -> None:
    laptop.ask()
    written = laptop.pending.read_text("ascii").casefold()
    for hidden in ("ana", "example", *NEW.split(), "age-secret-key"):
        assert hidden not in written.replace("age1", "")


def answer_with(request: Request, content: bytes) -> bytes:
    return age.encrypt(content, [request.recipient])


def test_an_answer_to_another_request_is_told_from_damage(laptop: Laptop) -> None:
    old = laptop.ask()
    answer = recovery_request.answer(old, old.ways[0], [DUTY.secret])
    laptop.pending.unlink()
    request = laptop.ask()
    with pytest.raises(VictimIDError, match=r"recovery\.other_request"):
        laptop.take(answer)
    whole = recovery_request.answer(request, request.ways[0], [DUTY.secret])
    for damaged in (b"", b"x", whole[:-1], whole + b"x", b"x" * 100_000, answer_with(request, b"{}")):
        with pytest.raises(VictimIDError, match=r"recovery\.answer_damaged"):
            laptop.take(damaged)


def test_without_a_key_there_is_no_answer_and_the_request_stays_as_it_was(laptop: Laptop) -> None:
    request = laptop.ask()
    way = request.ways[0]
    before = bytearray(way.file)
    with pytest.raises(VictimIDError, match=r"recovery\.answer_damaged"):
        recovery_request.answer(request, way, [])
    assert way.file == before
    assert recovery_request.answer(request, way, [DUTY.secret])


def test_an_answer_for_another_vault_or_with_another_key_is_refused(laptop: Laptop, tmp_path: Path) -> None:
    request = laptop.ask()
    (tmp_path / "other").mkdir()
    other = Laptop(tmp_path / "other").ask()
    with pytest.raises(VictimIDError, match=r"recovery\.other_vault"):
        recovery_request.answer(request, other.ways[0], [DUTY.secret])
    content = age.decrypt(other.ways[0].file, DUTY.secret)
    with pytest.raises(VictimIDError, match=r"recovery\.other_vault"):
        laptop.take(answer_with(request, content))
    with pytest.raises(VictimIDError, match=r"recovery\.key_unfit"):
        laptop.take(answer_with(request, content.replace(other.vault.encode(), request.vault.encode())))


def test_an_answer_with_the_new_key_alone_does_not_fit_an_unfinished_rekey(laptop: Laptop) -> None:
    request = laptop.ask()
    answer = recovery_request.answer(request, request.ways[0], [DUTY.secret])
    rekeying.begin(laptop.header, laptop.made.key, [(DUTY.recipient,)])
    with pytest.raises(VictimIDError, match=r"recovery\.key_unfit"):
        laptop.take(answer)


def test_headquarters_refuses_a_way_that_holds_something_else(laptop: Laptop) -> None:
    request = laptop.ask()
    odd = replace(request.ways[0], file=age.encrypt(b"something else", [DUTY.recipient]))
    with pytest.raises(VictimIDError, match=r"recovery\.answer_damaged"):
        recovery_request.answer(request, odd, [DUTY.secret])


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


@given(st.binary(max_size=300))
def test_noise_is_no_answer(noise: bytes) -> None:
    for answer in (noise, armored(noise).encode(), age.encrypt(noise, [DUTY.recipient])):
        with pytest.raises(VictimIDError, match=r"recovery\.answer_damaged"):
            recovery._escrowed(DUTY.secret, answer)


REQUEST = Request("ab" * 16, DUTY.recipient, ())


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
