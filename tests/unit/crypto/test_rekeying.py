"""A new data key: both keys until it is finished or abandoned, for officers and for headquarters."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.vaults import NAME, PASSPHRASE, TEST_COST
from victimid.crypto import age, header, keyfile, rekeying
from victimid.crypto.header import MOST_SLOTS, Anchor
from victimid.crypto.keyfile import Unlocked
from victimid.crypto.secret import DataKey
from victimid.errors import VictimIDError

OTHER = "seven copper lanterns drifting"
DUTY = age.new_identity()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "header.json"


@pytest.fixture
def made(path: Path) -> Unlocked:
    made = keyfile.create(path, NAME, PASSPHRASE, recovery=[(DUTY.recipient,)], cost=TEST_COST)
    keyfile.add_slot(path, made.key, "Eva Example", OTHER)
    return made


def unlock(path: Path, name: str = NAME, passphrase: str = PASSPHRASE) -> Unlocked:
    return keyfile.unlock(path, name, passphrase, floor=TEST_COST)


def material(key: DataKey | None) -> bytes:
    assert key
    return bytes(key.material())


def test_until_it_is_finished_every_officer_has_both_keys(path: Path, made: Unlocked) -> None:
    new = rekeying.begin(path, made.key, [(DUTY.recipient,)])
    assert material(new) != material(made.key)
    for found in (unlock(path), unlock(path, "Eva Example", OTHER)):
        assert (material(found.key), material(found.next_key)) == (material(made.key), material(new))


def test_a_slot_whose_token_is_damaged_stops_the_rekey(path: Path, made: Unlocked) -> None:
    """Somebody with the data key may write what they want; it is noticed, not carried along."""
    stored = header.read(path)
    slot = stored.slots[0]
    damaged = replace(slot, wrapped=slot.wrapped[:-1] + bytes([slot.wrapped[-1] ^ 1]))
    header.write(path, replace(stored, slots=(damaged, stored.slots[1])).sealed(made.key))
    with pytest.raises(VictimIDError, match=r"keyfile\.damaged"):
        rekeying.begin(path, made.key, [])


def test_once_finished_everybody_has_the_new_key_only(path: Path, made: Unlocked) -> None:
    new = rekeying.begin(path, made.key, [(DUTY.recipient,)])
    rekeying.finish(path, made.key, new)
    for found in (unlock(path), unlock(path, "Eva Example", OTHER)):
        assert (material(found.key), found.next_key) == (material(new), None)
    with pytest.raises(VictimIDError, match=r"keyfile\.damaged"):
        keyfile.state(path, made.key)
    [way] = header.read(path).recovery
    opened = age.decrypt(way.file, DUTY.secret)
    assert material(new).hex().encode() in opened
    assert material(made.key).hex().encode() in opened


def test_once_abandoned_everybody_has_the_old_key_only(path: Path, made: Unlocked) -> None:
    recovery = header.read(path).recovery
    rekeying.begin(path, made.key, [])
    rekeying.abandon(path, made.key)
    for found in (unlock(path), unlock(path, "Eva Example", OTHER)):
        assert (material(found.key), found.next_key) == (material(made.key), None)
    assert header.read(path).recovery == recovery


def test_a_second_rekey_follows_the_first(path: Path, made: Unlocked) -> None:
    first = rekeying.begin(path, made.key, [])
    rekeying.finish(path, made.key, first)
    second = rekeying.begin(path, first, [])
    rekeying.finish(path, first, second)
    assert material(unlock(path, "Eva Example", OTHER).key) == material(second)


def test_who_was_removed_before_is_left_out(path: Path, made: Unlocked) -> None:
    eva = unlock(path, "Eva Example", OTHER)
    old_header = path.read_bytes()
    keyfile.remove_slot(path, made.key, eva.slot_id)
    rekeying.finish(path, made.key, rekeying.begin(path, made.key, []))
    with pytest.raises(VictimIDError, match=r"keyfile\.wrong_passphrase"):
        unlock(path, "Eva Example", OTHER)
    new_key = material(unlock(path).key)
    path.write_bytes(old_header)
    assert material(unlock(path, "Eva Example", OTHER).key) != new_key


def test_while_there_are_two_keys_nothing_else_is_changed(path: Path, made: Unlocked) -> None:
    new = rekeying.begin(path, made.key, [])
    before = path.read_bytes()
    for change in (
        lambda: keyfile.add_slot(path, made.key, "Ida Example", OTHER),
        lambda: keyfile.remove_slot(path, made.key, made.slot_id),
        lambda: keyfile.replace_slot(path, made.key, made.slot_id, NAME, OTHER),
        lambda: keyfile.change_passphrase(path, NAME, PASSPHRASE, OTHER, floor=TEST_COST),
        lambda: keyfile.set_anchor(path, made.key, Anchor(1, "ab" * 32)),
        lambda: keyfile.add_recovery(path, made.key, (DUTY.recipient,)),
        lambda: keyfile.set_recovery(path, made.key, []),
        lambda: rekeying.begin(path, made.key, []),
    ):
        with pytest.raises(VictimIDError, match=r"keyfile\.rekey_unfinished"):
            change()
    assert path.read_bytes() == before
    assert material(unlock(path).next_key) == material(new)


def test_only_what_was_begun_is_finished_or_abandoned(path: Path, made: Unlocked) -> None:
    other = DataKey.random()
    with pytest.raises(VictimIDError, match=r"keyfile\.no_rekey"):
        rekeying.finish(path, made.key, other)
    with pytest.raises(VictimIDError, match=r"keyfile\.no_rekey"):
        rekeying.abandon(path, made.key)
    rekeying.begin(path, made.key, [])
    with pytest.raises(VictimIDError, match=r"keyfile\.no_rekey"):
        rekeying.finish(path, made.key, other)


def with_slots(path: Path, key: DataKey, count: int) -> None:
    stored = header.read(path)
    header.write(path, replace(stored, slots=stored.slots[:1] * count).sealed(key))


def test_as_many_officers_as_may_have_access_fit_in_a_rekey(path: Path, made: Unlocked) -> None:
    pairs = [[age.new_identity(post_quantum=True).recipient for _ in range(2)]] * 12
    keyfile.set_recovery(path, made.key, pairs)
    with_slots(path, made.key, MOST_SLOTS - 1)
    keyfile.add_slot(path, made.key, "Nadia Example", OTHER)
    with pytest.raises(VictimIDError) as refused:
        keyfile.add_slot(path, made.key, "Olga Example", OTHER)
    assert (refused.value.code, refused.value.fields) == ("keyfile.full", {"most": MOST_SLOTS})
    new = rekeying.begin(path, made.key, pairs)
    rekeying.finish(path, made.key, new)
    assert material(unlock(path, "Nadia Example", OTHER).key) == material(new)


def test_a_rekey_that_would_be_too_large_to_be_read_changes_nothing(path: Path, made: Unlocked) -> None:
    with_slots(path, made.key, MOST_SLOTS + 40)
    before = path.read_bytes()
    with pytest.raises(VictimIDError, match=r"keyfile\.too_large"):
        rekeying.begin(path, made.key, [(DUTY.recipient,)])
    assert path.read_bytes() == before
    assert material(unlock(path).key) == material(made.key)
