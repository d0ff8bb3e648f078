"""The header file against damage, forgery, downgrade and noise: an error by name, never an open vault."""

import hashlib
import json
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
        {"slots": [{"id": "00" * 16, "public": "", "sealed": "", "wrapped": "", "next": ""}]},
        {"revision": "1"},
        {"anchor": {"sequence": "1", "hash": ""}},
        {"anchor": []},
        {"next": {}},
        {"cost": []},
        {"cost": {"memory_kib": True, "iterations": 1, "lanes": 1}},
        {"salt": "ü"},
        {"salt": None},
        {"recovery": [7]},
        {"recovery": [{"keys": ["x; echo planted; cat x"], "file": "AA=="}]},
        {"recovery": [{"keys": ["x\n# echo planted"], "file": "AA=="}]},
        {"recovery": [{"keys": [], "file": "AA=="}]},
        {"recovery": [{"keys": ["0123abcd"] * 3, "file": "AA=="}]},
        {"recovery": [{"keys": ["0123abcd"], "file": ""}]},
        {"recovery": [{"keys": ["0123abcd"], "file": "AA=="}] * 1000},
        {"vault": "$(echo planted)"},
        {"vault": "\ud800"},
        {"mac": "é" * 64},
        {"mac": "AB" * 32},
        {"slots_mac": "é" * 64},
        {"next": {"recovery": [], "mac": "é" * 64}},
        {"anchor": {"sequence": -1, "hash": "ab" * 32}},
        {"anchor": {"sequence": 1, "hash": "\ud800" * 64}},
        {"revision": 2**53},
        {"salt": "AA=="},
        {"mac": 0},
        {"extra": 1},
    ],
    ids=lambda changes: json.dumps(changes)[:60],
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
        {"anchor": {"sequence": 1, "hash": "ab" * 32}},
        {"mac": "0" * 64},
        {"mac": ""},
        {"slots_mac": "0" * 64},
        {"slots_mac": ""},
        {"next": {"recovery": [], "mac": "0" * 64}},
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
    forged(path, slots=json.loads(other.read_bytes())["slots"])
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


@pytest.mark.parametrize("name", ["header-1.json", "header-1-rekey.json"])
def test_a_header_written_before_opens(name: str) -> None:
    """Files that were really written, by the program as it was on 2026-11-22."""
    found = unlock(Path(__file__).parents[2] / "data" / "vaults" / name)
    assert key_of(found) == bytes(range(32))
    assert found.anchor == Anchor(22, found.anchor.hash if found.anchor else "")
    assert (found.next_key is not None) is ("rekey" in name)


def test_slots_written_before_they_said_when_are_as_old_as_their_header(path: Path) -> None:
    path.write_bytes((Path(__file__).parents[2] / "data" / "vaults" / "header-1.json").read_bytes())
    found = unlock(path)
    assert (header.read(path).revision, found.written) == (7, 7)
    keyfile.set_anchor(path, found.key, Anchor(23, "ab" * 32))
    assert keyfile.state(path, found.key).revision == 8
    assert set(keyfile.state(path, found.key).slots.values()) == {7}


@pytest.mark.parametrize("written", [0, -1, 1.0, "1", 2**53])
def test_a_slot_that_says_something_else_of_its_age_is_noticed(path: Path, written: object) -> None:
    create(path)
    [slot] = json.loads(path.read_bytes())["slots"]
    forged(path, slots=[{**slot, "written": written}])
    with pytest.raises(VictimIDError, match=r"keyfile\.damaged"):
        unlock(path)


def test_a_slot_made_out_to_be_younger_opens_nothing(path: Path) -> None:
    create(path)
    [slot] = json.loads(path.read_bytes())["slots"]
    forged(path, slots=[{**slot, "written": 9}])
    with pytest.raises(VictimIDError, match=r"keyfile\.damaged"):
        unlock(path)


def test_what_would_not_be_read_again_is_not_written(path: Path) -> None:
    made = create(path)
    before, stored = path.read_bytes(), header.read(path)
    broken = replace(stored, slots=(header.Slot("00", stored.slots[0].public, b"", b""),))
    with pytest.raises(VictimIDError, match=r"keyfile\.damaged"):
        header.write(path, broken.sealed(made.key))
    assert path.read_bytes() == before


@pytest.mark.parametrize(("slots", "ways"), [(400, 1), (1, 1000)])
def test_a_header_that_nobody_would_read_is_not_written(path: Path, slots: int, ways: int) -> None:
    made = create(path, age.new_identity().recipient)
    before, stored = path.read_bytes(), header.read(path)
    with pytest.raises(VictimIDError, match=r"keyfile\.too_large"):
        header.write(path, replace(stored, slots=stored.slots * slots, recovery=stored.recovery * ways))
    assert path.read_bytes() == before
    assert key_of(unlock(path)) == key_of(made)


def test_a_huge_file_in_its_place_is_not_even_read(path: Path) -> None:
    path.write_bytes(b" " * (1024 * 1024 + 1))
    with pytest.raises(VictimIDError, match=r"keyfile\.damaged"):
        unlock(path)
