"""A forgotten passphrase: the printed commands run with the real tools, by one person and by two, and every refusal."""

import json
import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.forgotten import DUTY, FIRST, NEW, QUANTUM, SECOND, Laptop
from tests.support.vaults import NAME, NOON, PASSPHRASE, TEST_COST
from victimid.crypto import age, erasing, keyfile, recovery, recovery_request, rekeying
from victimid.crypto.age_armor import armored
from victimid.crypto.kdf import FLOOR
from victimid.crypto.pending import Purpose
from victimid.crypto.recovery_request import Request
from victimid.crypto.stored import with_checksum
from victimid.errors import VictimIDError

EXPLANATION = ["Explained to people\nin two lines, with Way 1: in it", "ሰላም"]


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


@given(st.binary(max_size=300))
def test_noise_is_no_answer(noise: bytes) -> None:
    for answer in (noise, armored(noise).encode(), age.encrypt(noise, [DUTY.recipient])):
        with pytest.raises(VictimIDError, match=r"recovery\.answer_damaged"):
            recovery._escrowed(DUTY.secret, answer)
