"""Who gets into a vault: enrolling, disabling, changing passphrases, rekeying, and what is put back."""

import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.support.vaults import NAME, PASSPHRASE, REF, TEST_COST, FakeClock, a_case, new_vault, reopened
from victimid.crypto import age, header, keyfile, rekeying
from victimid.errors import VictimIDError
from victimid.model.audit import Action
from victimid.model.people import Role
from victimid.store.connection import open_database
from victimid.store.vault import Vault, unlock_vault

EVA, EVAS, NEW = "Eva Sample", "seven copper lanterns drifting", "nine marble orchards whisper"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = new_vault(tmp_path / "vault")
    made.cases.add(a_case())
    made.lock()
    return tmp_path / "vault"


@pytest.fixture
def vault(folder: Path) -> Iterator[Vault]:
    opened = reopened(folder)
    yield opened
    opened.lock()


def enter(folder: Path, name: str = EVA, passphrase: str = EVAS) -> Vault:
    return unlock_vault(folder, name, passphrase, FakeClock(), floor=TEST_COST)


def refusal(folder: Path, name: str = EVA, passphrase: str = EVAS) -> str:
    """Return the code with which somebody is kept out, or nothing."""
    try:
        enter(folder, name, passphrase).lock()
    except VictimIDError as error:
        return error.code
    return ""


def test_an_enrolled_officer_gets_in_and_a_disabled_one_no_longer(vault: Vault, folder: Path) -> None:
    eva = vault.keys.enrol(f" {EVA} ", EVAS, Role.OFFICER, vault.officer.id)
    vault.lock()
    hers = enter(folder)
    assert (hers.officer, hers.officer.name) == (eva, EVA)
    hers.lock()
    again = reopened(folder)
    again.keys.disable(eva.id, again.officer.id)
    again.lock()
    assert refusal(folder) == "vault.wrong_passphrase"
    assert len(header.read(folder / "header.json").slots) == 1


def test_a_name_is_given_once_and_the_last_who_enrols_stays(vault: Vault, folder: Path) -> None:
    with pytest.raises(VictimIDError, match=r"officer\.name_taken"):
        vault.keys.enrol("ANA example", EVAS, Role.OFFICER, vault.officer.id)
    assert len(header.read(folder / "header.json").slots) == 1
    with pytest.raises(VictimIDError, match=r"officer\.last_manager"):
        vault.keys.disable(vault.officer.id, vault.officer.id)
    admin = vault.keys.enrol(EVA, EVAS, Role.ADMINISTRATOR, vault.officer.id)
    vault.keys.disable(admin.id, vault.officer.id)


def test_what_a_crash_between_header_and_database_left_is_tidied(vault: Vault, folder: Path) -> None:
    eva = vault.keys.enrol(EVA, EVAS, Role.OFFICER, vault.officer.id)
    keyfile.add_slot(folder / "header.json", vault.keys._key, "Nobody", NEW)
    vault.officers.disable(eva.id, vault.officer.id)
    vault.lock()
    assert refusal(folder) == "officer.disabled"
    reopened(folder).lock()
    assert len(header.read(folder / "header.json").slots) == 1


def test_a_changed_passphrase_counts_and_an_old_header_does_not_bring_the_old_one_back(
    vault: Vault, folder: Path, tmp_path: Path
) -> None:
    vault.lock()
    shutil.copy(folder / "header.json", tmp_path / "old.json")
    opened = reopened(folder)
    with pytest.raises(VictimIDError, match=r"keyfile\.wrong_passphrase"):
        opened.keys.change_passphrase(opened.officer, "not this one at all", NEW, TEST_COST)
    opened.keys.change_passphrase(opened.officer, PASSPHRASE, NEW, TEST_COST)
    opened.lock()
    assert refusal(folder, NAME, PASSPHRASE) == "vault.wrong_passphrase"
    shutil.copy(tmp_path / "old.json", folder / "header.json")
    assert refusal(folder, NAME, PASSPHRASE) == "officer.slot_outdated"


def test_a_colleagues_work_does_not_make_an_old_passphrase_current(vault: Vault, folder: Path, tmp_path: Path) -> None:
    vault.keys.enrol(EVA, EVAS, Role.OFFICER, vault.officer.id, given=False)
    vault.lock()
    shutil.copy(folder / "header.json", tmp_path / "old.json")
    opened = reopened(folder)
    opened.keys.change_passphrase(opened.officer, PASSPHRASE, NEW, TEST_COST)
    opened.lock()
    shutil.copy(tmp_path / "old.json", folder / "header.json")
    for _ in range(4):
        enter(folder).lock()
        assert refusal(folder, NAME, PASSPHRASE) == "officer.slot_outdated"


def test_a_rekeyed_vault_opens_for_everybody_with_a_new_data_key(vault: Vault, folder: Path) -> None:
    vault.keys.enrol(EVA, EVAS, Role.OFFICER, vault.officer.id)
    old = bytes(vault.keys._key.material())
    vault.keys.rekey(vault.officer.id)
    vault.cases.add(a_case("RU-4BCD"))
    new = bytes(vault.keys._key.material())
    vault.lock()
    assert old != new
    hers = enter(folder)
    assert [hers.cases.get(ref).ref for ref in (REF, "RU-4BCD")] == [REF, "RU-4BCD"]
    assert hers.verify().sound
    hers.lock()
    with pytest.raises(VictimIDError, match=r"vault\.database_damaged"):
        open_database(folder / "records.db", type(hers.keys._key)(bytearray(old)))


@pytest.mark.parametrize("step", ["begun", "rekeyed"])
def test_a_rekey_cut_off_is_ended_by_the_next_unlocking(vault: Vault, folder: Path, step: str) -> None:
    path = folder / "header.json"
    new_key = rekeying.begin(path, vault.keys._key, [])
    if step == "rekeyed":
        vault._database.rekey(new_key)
    with suppress(VictimIDError):
        vault.lock()
    opened = reopened(folder)
    assert opened.keys._key.material() == new_key.material() or step == "begun"
    assert opened.cases.get(REF).ref == REF
    opened.lock()
    assert not header.read(path).next
    reopened(folder).lock()


def test_a_database_put_back_is_noticed_and_a_supervisor_accepts_it(vault: Vault, folder: Path, tmp_path: Path) -> None:
    vault.lock()
    shutil.copy(folder / "records.db", tmp_path / "old.db")
    opened = reopened(folder)
    opened.cases.add(a_case("RU-4BCD"))
    opened.lock()
    shutil.copy(tmp_path / "old.db", folder / "records.db")
    for _ in range(2):
        behind = reopened(folder)
        assert behind.rolled_back
        assert {flaw.code for flaw in behind.verify().flaws} == {"audit.rolled_back"}
        behind.lock()
    behind = reopened(folder)
    behind.accept_rollback()
    assert not behind.rolled_back
    behind.lock()
    after = reopened(folder)
    assert not after.rolled_back
    assert after.verify().sound
    assert Action.ROLLBACK_ACCEPTED in {entry.action for entry in after.audit.entries()}
    after.lock()


def test_one_person_or_two_recover_the_vault(vault: Vault, folder: Path) -> None:
    alone, first, second = (age.new_identity() for _ in range(3))
    vault.keys.add_headquarters_key(alone.recipient, vault.officer.id)
    [way] = header.read(folder / "header.json").recovery
    assert vault.keys._key.material().hex() in age.decrypt(way.file, alone.secret).decode()
    vault.keys.add_recovery_pair(first.recipient, second.recipient, vault.officer.id)
    [way] = header.read(folder / "header.json").recovery
    with pytest.raises(VictimIDError, match=r"age\.wrong_key"):
        age.decrypt(way.file, alone.secret)
    inner = age.decrypt(way.file, first.secret)
    assert vault.keys._key.material().hex() in age.decrypt(inner, second.secret).decode()
    assert vault.recovery_keys == (alone.recipient,)
    with pytest.raises(VictimIDError, match=r"vault\.key_known"):
        vault.keys.add_headquarters_key(alone.recipient, vault.officer.id)
    assert vault.verify().sound


def test_an_officer_whose_slot_is_gone_already_is_disabled_all_the_same(vault: Vault, folder: Path) -> None:
    eva = vault.keys.enrol(EVA, EVAS, Role.OFFICER, vault.officer.id)
    path = folder / "header.json"
    unlocked = keyfile.unlock(path, NAME, PASSPHRASE, floor=TEST_COST)
    keyfile.remove_slot(path, unlocked.key, vault.officers.slot_of(eva.id))
    vault.keys.disable(eva.id, vault.officer.id)
    assert vault.officers.get(eva.id).disabled_at
