"""The header: who gets in, who does not, what a changed byte does, and recovery with plain age."""

import hashlib
import json
import os
import subprocess
from dataclasses import fields, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.vaults import NAME, PASSPHRASE, TEST_COST
from victimid.crypto import age, header, keyfile, slots
from victimid.crypto.header import Anchor
from victimid.crypto.kdf import CAP, FLOOR, Cost
from victimid.crypto.secret import DataKey
from victimid.crypto.stored import canonical
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


def repaired(content: dict[str, Any]) -> bytes:
    """Return a header whose checksum is right again."""
    content.pop("checksum", None)
    checksum = hashlib.sha256(canonical(content)).hexdigest()
    return canonical({**content, "checksum": checksum}) + b"\n"


def forged(path: Path, **changes: Any) -> None:
    """Change a header as somebody would who knows its format but not the key."""
    path.write_bytes(repaired({**json.loads(path.read_bytes()), **changes}))


def example() -> bytes:
    """Return the bytes of a header that has everything a header can have."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "header.json"
        made = create(path, age.new_identity().recipient)
        keyfile.set_anchor(path, made.key, Anchor(7, "ab" * 32))
        return path.read_bytes()


WHOLE = example()


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


def test_every_changed_byte_is_noticed(path: Path) -> None:
    create(path, age.new_identity().recipient)
    whole = path.read_bytes()
    for index, byte in enumerate(whole):
        for changed in (byte ^ 1, byte ^ 0x20, 0):
            with pytest.raises(VictimIDError, match=r"keyfile\.damaged"):
                header.parse(whole[:index] + bytes([changed]) + whole[index + 1 :])


def test_a_header_cut_short_or_longer_is_noticed(path: Path) -> None:
    create(path)
    whole = path.read_bytes()
    for damaged in (*(whole[:length] for length in range(len(whole))), whole + b"\n", whole + whole):
        with pytest.raises(VictimIDError, match=r"keyfile\.damaged"):
            header.parse(damaged)


@given(st.binary(max_size=500) | st.text(max_size=500).map(str.encode))
def test_noise_is_no_header(noise: bytes) -> None:
    with pytest.raises(VictimIDError, match=r"keyfile\.damaged"):
        header.parse(noise)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.sampled_from(["", "AA==", "id", "mac", "x"]),
    lambda children: (
        st.lists(children, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "keys", "file", "memory_kib", "sequence", "recovery", "mac"]), children
        )
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from([field.name for field in fields(header.Header)]), JSON, min_size=1))
def test_a_header_with_other_values_opens_nothing(changes: dict[str, Any]) -> None:
    content = repaired({**json.loads(WHOLE), **changes})
    if content == WHOLE:
        return
    with pytest.raises(VictimIDError, match=r"keyfile\."):
        keyfile._unlocked(header.parse(content), NAME, PASSPHRASE, TEST_COST)


@pytest.mark.parametrize(
    "content",
    [b"[]", b"null", b"[" * 100_000, b"{}", b'{"format":1}', b"\xff", b" " * 300_000, b'{"format":"1"}'],
    ids=["list", "null", "deep", "empty", "partial", "not text", "huge", "wrong type"],
)
def test_something_else_in_its_place_is_noticed(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(VictimIDError, match=r"keyfile\.damaged"):
        unlock(path)


@pytest.mark.parametrize(
    "changes",
    [
        {"slots": "abc"},
        {"slots": [{"id": 1, "public": "", "sealed": "", "wrapped": "", "next": ""}]},
        {"slots": [{"id": "00"}]},
        {"revision": "1"},
        {"anchor": {"sequence": "1", "hash": ""}},
        {"anchor": []},
        {"next": {}},
        {"cost": []},
        {"cost": {"memory_kib": True, "iterations": 1, "lanes": 1}},
        {"salt": "ü"},
        {"salt": None},
        {"recovery": [7]},
        {"mac": 0},
        {"extra": 1},
    ],
    ids=json.dumps,
)
def test_a_forged_header_of_the_wrong_shape_is_noticed(path: Path, changes: dict[str, Any]) -> None:
    create(path)
    forged(path, **changes)
    with pytest.raises(VictimIDError, match=r"keyfile\.damaged"):
        unlock(path)


@pytest.mark.parametrize(
    "changes",
    [
        {"recovery": []},
        {"revision": 7},
        {"anchor": {"sequence": 1, "hash": ""}},
        {"mac": "0" * 64},
        {"mac": ""},
        {"slots_mac": "0" * 64},
        {"slots_mac": ""},
        {"next": {"recovery": [], "mac": ""}},
    ],
    ids=json.dumps,
)
def test_a_forged_header_does_not_pass_its_authentication(path: Path, changes: dict[str, Any]) -> None:
    create(path, age.new_identity().recipient)
    forged(path, **changes)
    with pytest.raises(VictimIDError, match=r"keyfile\.damaged"):
        unlock(path)


def test_a_slot_of_another_vault_opens_nothing(path: Path, tmp_path: Path) -> None:
    create(path)
    other = tmp_path / "other.json"
    create(other)
    empty = {"id": "00", "public": "", "sealed": "", "wrapped": "", "next": ""}
    for stored in (json.loads(other.read_bytes())["slots"], [empty]):
        forged(path, slots=stored)
        with pytest.raises(VictimIDError, match=r"keyfile\.wrong_passphrase"):
            unlock(path)


def test_nobody_without_the_data_key_slips_in_another(path: Path) -> None:
    """The public key is there for all to see, so anybody can encrypt to it; only the token cannot be known."""
    create(path)
    stored, theirs = header.read(path), DataKey.random()
    [slot] = stored.slots
    wrapped = slots._wrapped(stored, slot, bytearray(32), theirs)
    header.write(path, replace(stored, slots=(replace(slot, wrapped=wrapped),)).sealed(theirs))
    with pytest.raises(VictimIDError, match=r"keyfile\.damaged"):
        unlock(path)


def test_every_byte_changed_by_somebody_who_repairs_the_checksum_opens_nothing() -> None:
    opened = 0
    for index, byte in enumerate(WHOLE):
        try:
            content = repaired(json.loads(WHOLE[:index] + bytes([byte ^ 1]) + WHOLE[index + 1 :]))
        except (ValueError, KeyError):
            continue
        if content == WHOLE:
            # Only the checksum had been changed, and was repaired.
            continue
        opened += 1
        with pytest.raises(VictimIDError, match=r"keyfile\."):
            keyfile._unlocked(header.parse(content), NAME, PASSPHRASE, TEST_COST)
    assert opened > 0.9 * len(WHOLE)


def test_the_revision_counts_every_change_and_the_anchor_is_kept(path: Path) -> None:
    made = create(path)
    assert (made.revision, made.anchor) == (1, None)
    keyfile.set_anchor(path, made.key, Anchor(7, "ab" * 32))
    slot_id = keyfile.add_slot(path, made.key, "Eva Example", OTHER)
    found = unlock(path)
    assert (found.revision, found.anchor, found.next_key) == (3, Anchor(7, "ab" * 32), None)
    state = keyfile.state(path, made.key)
    assert (state.revision, state.anchor, state.ways) == (3, Anchor(7, "ab" * 32), 0)
    assert state.slot_ids == (made.slot_id, slot_id)


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


@pytest.mark.parametrize(
    "cost",
    [
        replace(FLOOR, memory_kib=FLOOR.memory_kib - 1),
        replace(FLOOR, iterations=1),
        replace(FLOOR, lanes=1),
        replace(CAP, memory_kib=64 * 1024 * 1024),
        replace(CAP, iterations=1_000_000),
        replace(CAP, lanes=17),
        Cost(0, 0, 0),
        Cost(-1, -1, -1),
    ],
    ids=str,
)
def test_a_cost_out_of_range_is_refused_before_any_work(path: Path, cost: Cost) -> None:
    create(path)
    fields = {"memory_kib": cost.memory_kib, "iterations": cost.iterations, "lanes": cost.lanes}
    forged(path, cost=fields)
    with pytest.raises(VictimIDError, match=r"keyfile\.cost_out_of_range"):
        unlock(path, floor=FLOOR)


def test_a_cost_changed_within_the_range_opens_nothing(path: Path) -> None:
    create(path)
    forged(path, cost={"memory_kib": 128, "iterations": 1, "lanes": 1})
    with pytest.raises(VictimIDError, match=r"keyfile\.wrong_passphrase"):
        unlock(path)


def test_a_newer_header_is_named_as_such(path: Path) -> None:
    create(path)
    forged(path, format=2, something_new=True)
    with pytest.raises(VictimIDError, match=r"keyfile\.newer_version version=2"):
        unlock(path)


def test_no_header_is_not_a_wrong_passphrase(path: Path) -> None:
    with pytest.raises(VictimIDError, match=r"keyfile\.missing"):
        unlock(path)
