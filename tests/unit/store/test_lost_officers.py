"""A salvage whose table of officers is damaged: everybody stays who they were, and nobody becomes more than that."""

import shutil
from collections.abc import Iterable
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tests.support.damaged_vaults import PAGE
from tests.support.vaults import NAME, PASSPHRASE, REF, TEST_COST, FakeClock, a_case, new_vault, reopened
from victimid.crypto import age, keyfile, recovery_request
from victimid.errors import VictimIDError
from victimid.model.audit import Action, AuditQuery
from victimid.model.people import Officer, Role
from victimid.model.retention import Override
from victimid.model.why import WhyDisabled
from victimid.store.backup_folder import BackupFiles
from victimid.store.connection import Database, open_database
from victimid.store.recovering import recover_vault, request_recovery
from victimid.store.salvaging import Salvage, unlocked_key
from victimid.store.vault import Vault, unlock_vault

BOB, BOBS, NEW = "Bob Example", "seven copper lanterns drifting", "nine marble orchards whisper"
DUTY = age.new_identity()
PUT_BACK = AuditQuery(actions=(Action.OFFICER_PUT_BACK,))
TABLE = "officer"
INDEXES = tuple(f"sqlite_autoindex_officer_{number}" for number in (1, 2, 3))


@dataclass
class Unit:
    """A locked vault of a supervisor, Ana, and an officer, Bob, each with an own passphrase."""

    folder: Path
    ana: Officer
    bob: Officer

    @property
    def header(self) -> Path:
        return self.folder / "header.json"

    def damage(self, names: Iterable[str]) -> None:
        """Change one byte of the page on which each of these tables or indexes begins."""
        with self.database() as database:
            pages: dict[str, int] = dict(database.rows("SELECT name, rootpage FROM sqlite_master"))
        content = bytearray((self.folder / "records.db").read_bytes())
        for name in names:
            content[(pages[name] - 1) * PAGE + 100] ^= 1
        (self.folder / "records.db").write_bytes(content)

    def database(self) -> closing[Database]:
        key = keyfile.unlock(self.header, NAME, PASSPHRASE, floor=TEST_COST).key
        return closing(open_database(self.folder / "records.db", key))

    def lose_entry(self, sequence: int) -> None:
        """Change one byte of the page that holds an entry of the audit, and not its beginning."""
        path = self.folder / "records.db"
        whole = path.read_bytes()
        for page in range(10, len(whole) // PAGE):
            content = bytearray(whole)
            content[page * PAGE + 100] ^= 1
            path.write_bytes(content)
            if self.reads("SELECT detail FROM audit WHERE sequence = 1") and not self.reads(
                f"SELECT detail FROM audit WHERE sequence = {sequence}"  # noqa: S608 - a number
            ):
                return
        pytest.fail("no page holds the entry")

    def reads(self, sql: str) -> bool:
        with suppress(VictimIDError), self.database() as database:
            return bool(database.rows(sql))
        return False

    def salvage(self, into: Path, name: str = BOB, passphrase: str = BOBS, backup: BackupFiles | None = None) -> Path:
        with unlocked_key(self.folder, name, passphrase, FakeClock(), TEST_COST) as unlocked:
            Salvage(self.folder, unlocked, name, FakeClock()).into(into, backup)
        return into


@pytest.fixture
def unit(tmp_path: Path) -> Unit:
    vault = new_vault(tmp_path / "vault", recovery_keys=(DUTY.recipient,))
    bob = vault.keys.enrol(BOB, BOBS, Role.OFFICER, vault.officer.id, given=False)
    vault.cases.add(replace(a_case(), opened_by=bob.id, owner=bob.id))
    vault.lock()
    return Unit(tmp_path / "vault", vault.officer, bob)


def note_much(vault: Vault) -> None:
    """Fill some pages of the audit."""
    with vault.together():
        for _ in range(60):
            vault.audit.append(Action.CHECKED, vault.officer.id, detail="x" * 100)


def enter(folder: Path, name: str = BOB, passphrase: str = BOBS) -> Vault:
    return unlock_vault(folder, name, passphrase, FakeClock(), floor=TEST_COST)


def forget_slots(unit: Unit) -> None:
    """Leave the entries as they were before they held key slots."""
    with unit.database() as database:
        database.execute("DROP TRIGGER audit_not_changed")
        database.execute(
            "UPDATE audit SET detail = substr(detail, 1, instr(detail, ' ') - 1) WHERE action = 'officer_enrolled'"
        )


@pytest.mark.parametrize("lost", [(TABLE,), (TABLE, *INDEXES)], ids=["table", "table and indexes"])
def test_whoever_salvages_stays_an_officer_and_the_others_still_come_in(
    unit: Unit, tmp_path: Path, lost: tuple[str, ...]
) -> None:
    unit.damage(lost)
    vault = enter(unit.salvage(tmp_path / "new"))
    assert vault.officer == replace(unit.bob, passphrase_given=True)
    assert {(each.id, each.role) for each in vault.officers.all()} == {
        (unit.ana.id, Role.SUPERVISOR),
        (unit.bob.id, Role.OFFICER),
    }
    assert vault.officers.get(unit.ana.id).name == unit.ana.id
    assert vault.verify().sound
    vault.lock()
    for _ in range(2):
        hers = reopened(tmp_path / "new")
        assert (hers.officer, hers.officers.named(NAME)) == (unit.ana, unit.ana)
        assert hers.verify().sound
        by = [each.officer for each in hers.audit.entries(query=PUT_BACK) if each.subject == unit.ana.id]
        assert by == [unit.ana.id, unit.bob.id]
        hers.lock()


def test_headquarters_lets_in_who_lost_passphrase_and_row(unit: Unit, tmp_path: Path) -> None:
    unit.damage([TABLE])
    folder = unit.salvage(tmp_path / "new")
    request = request_recovery(folder, NAME, NEW, FakeClock(), TEST_COST)
    answer = recovery_request.answer(request, request.ways[0], [DUTY.secret])
    vault = recover_vault(folder, NAME, NEW, answer, FakeClock(), floor=TEST_COST)
    assert vault.officer == unit.ana
    vault.lock()


@pytest.mark.parametrize("lost", [(), (TABLE,), (TABLE, *INDEXES)], ids=["nothing", "table", "table and indexes"])
def test_a_disabled_officer_with_an_old_header_salvages_nothing(
    unit: Unit, tmp_path: Path, lost: tuple[str, ...]
) -> None:
    shutil.copy(unit.header, tmp_path / "old.json")
    vault = reopened(unit.folder)
    vault.keys.disable(unit.bob.id, vault.officer.id)
    vault.lock()
    unit.damage(lost)
    shutil.copy(tmp_path / "old.json", unit.header)
    with pytest.raises(VictimIDError, match=r"officer\.disabled"):
        unit.salvage(tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_disabling_whose_entry_is_lost_is_still_known_from_the_index(unit: Unit, tmp_path: Path) -> None:
    shutil.copy(unit.header, tmp_path / "old.json")
    vault = reopened(unit.folder)
    note_much(vault)
    vault.keys.disable(unit.bob.id, vault.officer.id)
    [entry] = vault.audit.entries(query=AuditQuery(actions=(Action.OFFICER_DISABLED,)))
    note_much(vault)
    vault.lock()
    unit.lose_entry(entry.sequence)
    unit.damage([TABLE])
    shutil.copy(tmp_path / "old.json", unit.header)
    with pytest.raises(VictimIDError, match=r"officer\.disabled"):
        unit.salvage(tmp_path / "new")


def test_a_deleted_case_stays_deleted_where_the_entries_of_its_deletion_are_lost(unit: Unit, tmp_path: Path) -> None:
    vault = reopened(unit.folder)
    backup = vault.backups.own.files(vault.back_up())
    note_much(vault)
    vault.retention.delete(REF, vault.officer.id, Override.PERSON_ASKED)
    deleted = vault.audit.entries(1)[0]
    note_much(vault)
    vault.lock()
    unit.lose_entry(deleted.sequence)
    for folder, taken in (("alone", None), ("with a backup", backup)):
        vault = reopened(unit.salvage(tmp_path / folder, NAME, PASSPHRASE, taken))
        assert not vault.audit.hash_at(deleted.sequence)
        assert vault._database.rows("SELECT ref FROM cases") == []
        vault.lock()


def test_an_old_passphrase_with_an_old_header_salvages_nothing(unit: Unit, tmp_path: Path) -> None:
    shutil.copy(unit.header, tmp_path / "old.json")
    vault = enter(unit.folder)
    vault.change_passphrase(BOBS, NEW, TEST_COST)
    vault.lock()
    unit.damage((TABLE, *INDEXES))
    enter(unit.salvage(tmp_path / "new", passphrase=NEW), passphrase=NEW).lock()
    shutil.copy(tmp_path / "old.json", unit.header)
    with pytest.raises(VictimIDError, match=r"officer\.slot_outdated"):
        unit.salvage(tmp_path / "other")


def test_who_was_disabled_after_the_backup_stays_so(unit: Unit, tmp_path: Path) -> None:
    vault = reopened(unit.folder)
    backup = vault.backups.own.files(vault.back_up())
    vault.keys.disable(unit.bob.id, vault.officer.id)
    gone = vault.officers.get(unit.bob.id)
    vault.lock()
    unit.damage([TABLE])
    vault = reopened(unit.salvage(tmp_path / "new", NAME, PASSPHRASE, backup))
    assert vault.officers.all() == (unit.ana, gone)
    assert vault.verify().sound
    vault.lock()


def test_a_first_passphrase_that_was_given_is_still_to_be_changed(unit: Unit, tmp_path: Path) -> None:
    vault = reopened(unit.folder)
    eva = vault.keys.enrol("Eva Sample", NEW, Role.ADMINISTRATOR, vault.officer.id)
    vault.lock()
    hers = enter(unit.folder)
    hers.change_passphrase(BOBS, "another one altogether", TEST_COST)
    hers.lock()
    unit.damage([TABLE])
    folder = unit.salvage(tmp_path / "new", NAME, PASSPHRASE)
    vault = enter(folder, "Eva Sample", NEW)
    assert vault.officer == eva
    assert not vault.officers.get(unit.bob.id).passphrase_given
    vault.lock()


@pytest.mark.parametrize("backed_up", [False, True])
def test_a_first_passphrase_that_was_given_again_ends_the_one_before(
    unit: Unit, tmp_path: Path, *, backed_up: bool
) -> None:
    vault = reopened(unit.folder)
    eva = vault.keys.enrol("Eva Sample", NEW, Role.OFFICER, vault.officer.id)
    backup = vault.backups.own.files(vault.back_up()) if backed_up else None
    shutil.copy(unit.header, tmp_path / "old.json")
    vault.keys.give_passphrase(eva.id, "another one altogether", vault.officer.id)
    vault.lock()
    unit.damage((TABLE, *INDEXES))
    folder = unit.salvage(tmp_path / "new", NAME, PASSPHRASE, backup)
    vault = enter(folder, "Eva Sample", "another one altogether")
    assert vault.officer == eva
    assert vault.verify().sound
    vault.lock()
    shutil.copy(tmp_path / "old.json", folder / "header.json")
    with pytest.raises(VictimIDError, match=r"officer\.slot_outdated"):
        enter(folder, "Eva Sample", NEW)


def test_why_somebody_was_disabled_is_taken_for_nothing_else(unit: Unit, tmp_path: Path) -> None:
    vault = reopened(unit.folder)
    vault.keys.disable(unit.bob.id, vault.officer.id, WhyDisabled.ABSENT)
    gone = vault.officers.get(unit.bob.id)
    vault.lock()
    unit.damage([TABLE])
    vault = reopened(unit.salvage(tmp_path / "new", NAME, PASSPHRASE))
    assert vault.officers.get(unit.bob.id) == replace(gone, name=unit.bob.id, passphrase_given=True)
    assert vault.verify().sound
    vault.lock()


def test_without_key_slots_in_the_audit_the_indexes_tell_whose_they_are(unit: Unit, tmp_path: Path) -> None:
    forget_slots(unit)
    unit.damage([TABLE])
    folder = unit.salvage(tmp_path / "new")
    for officer, passphrase in ((unit.bob, BOBS), (unit.ana, PASSPHRASE)):
        vault = enter(folder, officer.name, passphrase)
        assert (vault.officer.id, vault.officer.role) == (officer.id, officer.role)
        vault.lock()


def test_of_whom_nothing_is_known_any_more_is_a_plain_officer(unit: Unit, tmp_path: Path) -> None:
    forget_slots(unit)
    unit.damage((TABLE, *INDEXES))
    vault = reopened(unit.salvage(tmp_path / "new", NAME, PASSPHRASE))
    assert (vault.officer.name, vault.officer.role) == (NAME, Role.OFFICER)
    assert vault.officer.id not in {unit.ana.id, unit.bob.id}
    assert len(vault.officers.all()) == 3
    vault.lock()


@pytest.mark.parametrize("audit_whole", [True, False])
def test_the_only_officer_there_ever_was_stays_the_supervisor(tmp_path: Path, *, audit_whole: bool) -> None:
    """Where entries are lost, there may have been others."""
    vault = new_vault(tmp_path / "vault")
    vault.audit.append(Action.CHECKED, vault.officer.id)
    vault.lock()
    alone = Unit(tmp_path / "vault", vault.officer, vault.officer)
    forget_slots(alone)
    with alone.database() as database:
        database.execute("DELETE FROM officer")
        if not audit_whole:
            database.execute("DROP TRIGGER audit_not_deleted")
            database.execute("DELETE FROM audit WHERE action = 'checked'")
    vault = reopened(alone.salvage(tmp_path / "new", NAME, PASSPHRASE))
    assert (vault.officer == alone.ana) is audit_whole
    assert (vault.officer.role is Role.SUPERVISOR) is audit_whole
    vault.lock()


def test_a_name_given_to_somebody_else_meanwhile_is_not_taken_back(unit: Unit, tmp_path: Path) -> None:
    unit.damage((TABLE, *INDEXES))
    folder = unit.salvage(tmp_path / "new", NAME, PASSPHRASE)
    vault = reopened(folder)
    other = vault.keys.enrol(BOB, NEW, Role.OFFICER, vault.officer.id)
    vault.lock()
    vault = enter(folder)
    assert (vault.officer.name, vault.officers.named(BOB)) == (unit.bob.id, other)
    assert not [each for each in vault.audit.entries(query=PUT_BACK) if each.officer == unit.bob.id]
    vault.lock()
