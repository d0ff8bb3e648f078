"""The header: who gets in, who does not, what a changed byte does, and recovery with plain age."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.support.vaults import NAME, PASSPHRASE, TEST_COST
from victimid.crypto import age, header, keyfile
from victimid.crypto.header import Anchor
from victimid.crypto.kdf import Cost
from victimid.errors import VictimIDError

OTHER = "seven copper lanterns drifting"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "header.json"


def create(path: Path, *recovery: str) -> keyfile.Unlocked:
    return keyfile.create(path, NAME, PASSPHRASE, recovery=[(key,) for key in recovery], cost=TEST_COST)


def unlock(path: Path, name: str = NAME, passphrase: str = PASSPHRASE, floor: Cost = TEST_COST) -> keyfile.Unlocked:
    return keyfile.unlock(path, name, passphrase, floor=floor)


def key_of(unlocked: keyfile.Unlocked) -> bytes:
    return bytes(unlocked.key.material())


def test_the_right_name_and_passphrase_give_the_key_back(path: Path) -> None:
    made = create(path)
    found = unlock(path, "  ána EXAMPLE ")
    assert (found.slot_id, key_of(found)) == (made.slot_id, key_of(made))


@pytest.mark.parametrize(("name", "passphrase"), [(NAME, OTHER), ("Eva Example", PASSPHRASE), (NAME, "")])
def test_anything_else_does_not(path: Path, name: str, passphrase: str) -> None:
    create(path)
    with pytest.raises(VictimIDError, match=r"keyfile\.wrong_passphrase"):
        unlock(path, name, passphrase)


def test_nothing_typed_is_in_the_file(path: Path) -> None:
    keyfile.create(path, "Unmistakable Officername", "extraordinary purple marmalade", cost=TEST_COST)
    written = path.read_text("ascii").casefold()
    for typed in ("unmistakable", "officername", "extraordinary", "purple", "marmalade"):
        assert typed not in written
    assert set(json.loads(path.read_bytes())) == {
        "format",
        "vault",
        "salt",
        "cost",
        "revision",
        "slots",
        "recovery",
        "anchor",
        "next",
        "mac",
        "slots_mac",
        "checksum",
    }


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")
def test_only_the_owner_may_read_it(path: Path) -> None:
    create(path)
    assert path.stat().st_mode & 0o777 == 0o600


def test_two_vaults_of_one_officer_share_nothing(tmp_path: Path) -> None:
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    assert key_of(create(first)) != key_of(create(second))
    one, two = json.loads(first.read_bytes()), json.loads(second.read_bytes())
    assert not {one["vault"], one["salt"], one["mac"]} & {two["vault"], two["salt"], two["mac"]}


def test_a_second_officer_gets_the_same_key_through_an_own_slot(path: Path) -> None:
    made = create(path)
    slot_id = keyfile.add_slot(path, made.key, "Eva Example", OTHER)
    found = unlock(path, "Eva Example", OTHER)
    assert (found.slot_id, key_of(found)) == (slot_id, key_of(made))
    assert unlock(path).slot_id == made.slot_id != slot_id


def test_a_new_passphrase_takes_the_place_of_the_old_one(path: Path) -> None:
    made = create(path)
    keyfile.add_slot(path, made.key, "Eva Example", OTHER)
    keyfile.change_passphrase(path, NAME, PASSPHRASE, "nine marble orchards whisper", floor=TEST_COST)
    found = unlock(path, passphrase="nine marble orchards whisper")
    assert (found.slot_id, key_of(found)) == (made.slot_id, key_of(made))
    assert key_of(unlock(path, "Eva Example", OTHER)) == key_of(made)
    with pytest.raises(VictimIDError, match=r"keyfile\.wrong_passphrase"):
        unlock(path)


@pytest.mark.parametrize("passphrase", ["", "short", "Ana Example 2026"])
def test_a_weak_passphrase_is_never_accepted(path: Path, passphrase: str) -> None:
    with pytest.raises(VictimIDError, match=r"passphrase\.too_weak"):
        keyfile.create(path, NAME, passphrase, cost=TEST_COST)
    assert not path.exists()
    made = create(path)
    before = path.read_bytes()
    with pytest.raises(VictimIDError, match=r"passphrase\.too_weak"):
        keyfile.add_slot(path, made.key, NAME, passphrase)
    with pytest.raises(VictimIDError, match=r"passphrase\.too_weak"):
        keyfile.change_passphrase(path, NAME, PASSPHRASE, passphrase, floor=TEST_COST)
    assert path.read_bytes() == before


def test_an_existing_header_is_never_written_over(path: Path) -> None:
    create(path)
    before = path.read_bytes()
    with pytest.raises(VictimIDError, match=r"keyfile\.exists"):
        create(path)
    assert path.read_bytes() == before


def test_each_recovery_key_opens_its_slot_with_plain_age(path: Path, tmp_path: Path) -> None:
    identities = [age.new_identity(), age.new_identity()]
    made = create(path, *(identity.recipient for identity in identities))
    stored = header.read(path)
    assert len(stored.recovery) == 2
    for identity, file in zip(identities, stored.recovery, strict=True):
        key_path = tmp_path / "identity.txt"
        key_path.write_text(identity.secret + "\n")
        opened = subprocess.run(["age", "-d", "-i", key_path], input=file.file, capture_output=True, check=True)
        assert json.loads(opened.stdout) == {"vault": stored.vault, "data_key": key_of(made).hex()}


def test_the_revision_counts_every_change_and_the_anchor_is_kept(path: Path) -> None:
    made = create(path)
    assert (made.written, made.anchor) == (1, None)
    keyfile.set_anchor(path, made.key, Anchor(7, "ab" * 32))
    slot_id = keyfile.add_slot(path, made.key, "Eva Example", OTHER)
    found = unlock(path)
    assert (found.written, found.anchor, found.next_key) == (1, Anchor(7, "ab" * 32), None)
    state = keyfile.state(path, made.key)
    assert (state.revision, state.anchor, state.ways) == (3, Anchor(7, "ab" * 32), 0)
    assert state.slots == {made.slot_id: 1, slot_id: 3}


def test_a_removed_officer_gets_in_no_longer(path: Path) -> None:
    made = create(path)
    slot_id = keyfile.add_slot(path, made.key, "Eva Example", OTHER)
    keyfile.remove_slot(path, made.key, slot_id)
    with pytest.raises(VictimIDError, match=r"keyfile\.wrong_passphrase"):
        unlock(path, "Eva Example", OTHER)
    assert key_of(unlock(path)) == key_of(made)


def test_the_last_slot_and_an_unknown_one_are_not_removed(path: Path) -> None:
    made = create(path)
    with pytest.raises(VictimIDError, match=r"keyfile\.last_slot"):
        keyfile.remove_slot(path, made.key, made.slot_id)
    with pytest.raises(VictimIDError, match=r"keyfile\.slot_unknown"):
        keyfile.remove_slot(path, made.key, "00")
    with pytest.raises(VictimIDError, match=r"keyfile\.slot_unknown"):
        keyfile.replace_slot(path, made.key, "00", NAME, OTHER)
    assert key_of(unlock(path)) == key_of(made)


def test_a_replaced_slot_has_another_passphrase_and_key_pair(path: Path) -> None:
    made = create(path)
    before = header.read(path).slots[0].public
    keyfile.replace_slot(path, made.key, made.slot_id, NAME, OTHER)
    found = unlock(path, NAME, OTHER)
    assert (found.slot_id, key_of(found)) == (made.slot_id, key_of(made))
    assert header.read(path).slots[0].public != before
    with pytest.raises(VictimIDError, match=r"keyfile\.wrong_passphrase"):
        unlock(path)


def test_ways_to_recover_are_added_and_exchanged(path: Path) -> None:
    first, second, third = (age.new_identity(post_quantum=number > 0) for number in range(3))
    made = create(path, first.recipient)
    keyfile.add_recovery(path, made.key, (second.recipient,))
    assert keyfile.state(path, made.key).ways == 2
    keyfile.set_recovery(path, made.key, [(second.recipient, third.recipient)])
    [way] = header.read(path).recovery
    assert way.keys == tuple(age.fingerprint(identity.recipient)[:8] for identity in (second, third))
    inner = age.decrypt(way.file, second.secret)
    assert json.loads(age.decrypt(inner, third.secret))["data_key"] == key_of(made).hex()


def test_a_way_takes_one_key_or_two_different_ones(path: Path) -> None:
    keys = [age.new_identity().recipient for _ in range(3)]
    for way in ((), keys, (keys[0], f" {keys[0]} ")):
        with pytest.raises(VictimIDError, match=r"recovery\.persons"):
            keyfile.create(path, NAME, PASSPHRASE, recovery=[way], cost=TEST_COST)
    assert not path.exists()


def test_a_way_for_something_else_than_a_key_is_refused(path: Path) -> None:
    with pytest.raises(VictimIDError, match=r"age\.bad_recipient"):
        keyfile.create(path, NAME, PASSPHRASE, recovery=[("age1",)], cost=TEST_COST)


def test_a_key_adds_no_slot_to_a_header_that_is_not_its_own(path: Path, tmp_path: Path) -> None:
    made, other = create(path), tmp_path / "other.json"
    create(other)
    with pytest.raises(VictimIDError, match=r"keyfile\.damaged"):
        keyfile.add_slot(other, made.key, "Eva Example", OTHER)


def test_no_header_is_not_a_wrong_passphrase(path: Path) -> None:
    with pytest.raises(VictimIDError, match=r"keyfile\.missing"):
        unlock(path)


def test_a_disk_that_refuses_leaves_the_header_as_it_was(path: Path) -> None:
    made = create(path)
    path.with_name("header.json.partial").mkdir()
    with pytest.raises(VictimIDError, match=r"keyfile\.not_written reason='EISDIR'"):
        keyfile.set_anchor(path, made.key, Anchor(1, "ab" * 32))
    assert key_of(unlock(path)) == key_of(made)
