"""Who gets into a vault: enrolling, disabling, changing passphrases, rekeying, and what is put back."""

import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.support.vaults import NAME, PASSPHRASE, REF, TEST_COST, FakeClock, a_case, new_vault, reopened
from victimid.crypto import header, keyfile, rekeying
from victimid.errors import VictimIDError
from victimid.model.audit import Action, AuditEntry, AuditQuery
from victimid.model.people import Role
from victimid.store import disk_room
from victimid.store.audit import Audit
from victimid.store.connection import Database, open_database
from victimid.store.vault import Vault, unlock_vault

PAGE = 4096
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


def test_another_first_passphrase_ends_those_before_also_after_an_old_header_was_put_back(
    vault: Vault, folder: Path, tmp_path: Path
) -> None:
    eva = vault.keys.enrol(EVA, EVAS, Role.OFFICER, vault.officer.id)
    shutil.copy(folder / "header.json", tmp_path / "first.json")
    vault.anchors.renew()
    vault.keys.give_passphrase(eva.id, NEW, vault.officer.id)
    vault.lock()
    shutil.copy(folder / "header.json", tmp_path / "second.json")
    shutil.copy(tmp_path / "first.json", folder / "header.json")
    again = reopened(folder)
    again.keys.give_passphrase(eva.id, "another one altogether", again.officer.id)
    again.lock()
    enter(folder, passphrase="another one altogether").lock()
    for old, passphrase in (("first.json", EVAS), ("second.json", NEW)):
        shutil.copy(tmp_path / old, folder / "header.json")
        assert refusal(folder, passphrase=passphrase) == "officer.slot_outdated"


def test_a_passphrase_is_not_changed_where_there_is_no_room(
    vault: Vault, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (folder / "header.json").read_bytes()
    monkeypatch.setattr(disk_room, "free_bytes", lambda _: disk_room.SPARE - 1)
    with pytest.raises(VictimIDError, match=r"vault\.no_room"):
        vault.change_passphrase(PASSPHRASE, NEW, TEST_COST)
    assert (folder / "header.json").read_bytes() == before


@pytest.mark.parametrize("ballast", [True, False])
def test_a_passphrase_that_counts_is_noted_in_the_reserve_of_the_disk_or_the_officer_is_told(
    vault: Vault, folder: Path, monkeypatch: pytest.MonkeyPatch, *, ballast: bool
) -> None:
    if ballast:
        (folder / "ballast").touch()
    append = Audit.append

    def refused_while_full(audit: Audit, *entry: Any, **more: Any) -> AuditEntry:
        if ballast and not (folder / "ballast").exists():
            return append(audit, *entry, **more)
        raise VictimIDError("vault.disk_full")

    with monkeypatch.context() as patched:
        patched.setattr(Audit, "append", refused_while_full)
        if ballast:
            vault.change_passphrase(PASSPHRASE, NEW, TEST_COST)
        else:
            with pytest.raises(VictimIDError, match=r"officer\.passphrase_not_noted"):
                vault.change_passphrase(PASSPHRASE, NEW, TEST_COST)
    noted = vault.audit.entries(1)[0].action
    assert noted is (Action.SLOT_CHANGED if ballast else Action.UNLOCKED)
    vault.lock()
    assert refusal(folder, NAME, PASSPHRASE) == "vault.wrong_passphrase"
    again = reopened(folder, passphrase=NEW)
    assert again.verify().sound
    again.lock()


def test_an_old_header_with_the_old_page_of_officers_lets_in_nobody(vault: Vault, folder: Path) -> None:
    eva = vault.keys.enrol(EVA, EVAS, Role.OFFICER, vault.officer.id)
    vault.lock()
    path, header_path = folder / "records.db", folder / "header.json"
    old, old_header = path.read_bytes(), header_path.read_bytes()
    opened = reopened(folder)
    opened.keys.disable(eva.id, opened.officer.id)
    at = PAGE * (opened._database.value("SELECT rootpage FROM sqlite_master WHERE name = 'officer'") - 1)
    opened.lock()
    new = path.read_bytes()
    path.write_bytes(new[:at] + old[at : at + PAGE] + new[at + PAGE :])
    header_path.write_bytes(old_header)
    assert refusal(folder) == "officer.disabled"
    again = reopened(folder)
    with pytest.raises(VictimIDError, match=r"audit\.row_altered"):
        again.quick_check()
    again.lock()


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


@pytest.mark.parametrize("step", ["begun", "rekeyed", "noted"])
def test_a_rekey_cut_off_is_ended_by_the_next_unlocking(vault: Vault, folder: Path, step: str) -> None:
    path = folder / "header.json"
    new_key = rekeying.begin(path, vault.keys._key, [])
    if step != "begun":
        vault._database.rekey(new_key)
    if step == "noted":
        vault.audit.append(Action.VAULT_REKEYED, vault.officer.id)
    with suppress(VictimIDError):
        vault.lock()
    opened = reopened(folder)
    assert opened.keys._key.material() == new_key.material() or step == "begun"
    assert opened.cases.get(REF).ref == REF
    assert (
        rekeys(opened)
        == {
            "begun": [(Action.FAILED, "vault_rekeyed vault.rekey_cut_off")],
            "rekeyed": [(Action.VAULT_REKEYED, "finished")],
            "noted": [(Action.VAULT_REKEYED, "finished"), (Action.VAULT_REKEYED, "")],
        }[step]
    )
    assert opened.verify().sound
    opened.lock()
    assert not header.read(path).next
    reopened(folder).lock()


def rekeys(vault: Vault) -> list[tuple[Action, str]]:
    """Return what the audit says of rekeys, newest first."""
    query = AuditQuery(actions=(Action.VAULT_REKEYED, Action.FAILED))
    return [(entry.action, entry.detail) for entry in vault.audit.entries(query=query)]


def test_a_rekey_is_not_begun_where_there_is_no_room(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    before = vault.keys.key
    size = vault._database.value("PRAGMA page_count") * PAGE
    monkeypatch.setattr(disk_room, "free_bytes", lambda _: size + disk_room.SPARE)
    with pytest.raises(VictimIDError, match=r"vault\.no_room"):
        vault.rekey()
    assert vault.keys.key is before
    vault.cases.add(a_case("RU-4BCD"))
    assert rekeys(vault) == []


@pytest.mark.parametrize("step", ["database", "audit", "header"])
def test_a_rekey_that_fails_locks_the_vault_and_the_next_unlocking_ends_it(
    vault: Vault, folder: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    place = {"database": (Database, "rekey"), "audit": (Audit, "append"), "header": (rekeying, "finish")}[step]
    with monkeypatch.context() as patched:
        patched.setattr(*place, full)
        with pytest.raises(VictimIDError, match=r"vault\.rekey_cut_off"):
            vault.rekey()
        with pytest.raises(VictimIDError, match=r"vault\.closed"):
            vault.cases.get(REF)
    opened = reopened(folder)
    assert opened.cases.get(REF).ref == REF
    assert rekeys(opened)[0][0] is (Action.FAILED if step == "database" else Action.VAULT_REKEYED)
    assert opened.verify().sound
    opened.lock()


def full(*_: object, **__: object) -> None:
    raise VictimIDError("vault.disk_full")


def test_records_of_another_schema_are_not_written_to_when_a_rekey_is_ended(vault: Vault, folder: Path) -> None:
    rekeying.begin(folder / "header.json", vault.keys._key, [])
    vault._database.execute("PRAGMA user_version = 99")
    vault.lock()
    assert refusal(folder, NAME, PASSPHRASE) == "vault.newer_version"


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
    behind.accept_rollback("own_copy")
    assert not behind.rolled_back
    with pytest.raises(VictimIDError, match=r"audit\.not_rolled_back"):
        behind.accept_rollback("own_copy")
    [accepted] = behind.audit.entries(9, AuditQuery(actions=(Action.ROLLBACK_ACCEPTED,)))
    assert accepted.detail.startswith("own_copy anchor=")
    behind.lock()
    after = reopened(folder)
    assert not after.rolled_back
    assert after.verify().sound
    assert Action.ROLLBACK_ACCEPTED in {entry.action for entry in after.audit.entries()}
    after.lock()


def test_an_older_database_costs_nobody_their_slot(vault: Vault, folder: Path, tmp_path: Path) -> None:
    vault.lock()
    shutil.copy(folder / "records.db", tmp_path / "old.db")
    opened = reopened(folder)
    opened.keys.enrol(EVA, EVAS, Role.OFFICER, opened.officer.id)
    opened.lock()
    shutil.copy(folder / "records.db", tmp_path / "new.db")
    shutil.copy(tmp_path / "old.db", folder / "records.db")
    behind = reopened(folder)
    assert behind.rolled_back
    behind.lock()
    shutil.copy(tmp_path / "new.db", folder / "records.db")
    assert refusal(folder) == ""


def test_an_officer_whose_slot_is_gone_already_is_disabled_all_the_same(vault: Vault, folder: Path) -> None:
    eva = vault.keys.enrol(EVA, EVAS, Role.OFFICER, vault.officer.id)
    path = folder / "header.json"
    unlocked = keyfile.unlock(path, NAME, PASSPHRASE, floor=TEST_COST)
    keyfile.remove_slot(path, unlocked.key, vault.officers.slot_of(eva.id))
    vault.keys.disable(eva.id, vault.officer.id)
    assert vault.officers.get(eva.id).disabled_at
