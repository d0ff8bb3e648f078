"""Salvage: nearly everything comes out of a damaged vault, the rest is told, the damaged files stay as they are."""

import hashlib
import shutil
from contextlib import suppress
from pathlib import Path

import pytest

from tests.support.damaged_vaults import ANSWERS, CASES, PAGE, RECORDS, Damaged, filled_vault, kept, opened, to_damage
from tests.support.vaults import NAME, PASSPHRASE, TEST_COST, FakeClock, a_case, drawn_from, new_vault, reopened
from victimid.crypto import keyfile, rekeying
from victimid.errors import VictimIDError
from victimid.model.audit import Action
from victimid.model.people import Role
from victimid.model.salvage import TableCount
from victimid.store import damaged_copy
from victimid.store.connection import Database
from victimid.store.salvaging import Salvage, unlocked_key
from victimid.store.verifying import Verifying
from victimid.store.watching import Watch


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled_vault(tmp_path_factory.mktemp("filled") / "vault")


@pytest.fixture
def damaged(filled: Path, tmp_path: Path) -> Damaged:
    return to_damage(filled, tmp_path / "vault")


def test_a_sound_vault_comes_over_whole_but_as_a_new_device(damaged: Damaged, tmp_path: Path) -> None:
    told = damaged.salvaged(tmp_path / "new")
    assert (told.whole, told.lost, told.audit_gaps, told.checkup.flaws) == (True, 0, (), ())
    changed = {"laptop", "cases", "export", "exported_case"}
    for table in {name for name, rows in damaged.contents.items() if rows} - changed:
        assert kept(damaged, tmp_path / "new", table) == 1, table
    vault = reopened(tmp_path / "new")
    assert vault.device_id == told.device_id
    assert len(vault.exports.changed_cases()) == CASES
    vault.lock()


def test_one_bad_page_after_another_costs_what_is_on_it_and_no_more(damaged: Damaged, tmp_path: Path) -> None:
    rng = drawn_from(31)
    good = damaged.database.read_bytes()
    rows = sum(map(len, damaged.contents.values()))
    worst = 0
    tried = 0
    schema = []
    for page in rng.sample(range(2, damaged.pages() + 1), 18):
        damaged.damage(page)
        before = hashlib.sha256(damaged.database.read_bytes()).digest()
        try:
            told = damaged.salvaged(tmp_path / f"new-{page}")
        except VictimIDError:
            schema.append(page)
        else:
            tried += 1
            worst = max(worst, rows - told.read)
            assert told.whole is (told.read == rows)
            assert told.read + told.lost + sum(count.unknown for count in told.tables.values()) >= rows
            reopened(tmp_path / f"new-{page}").lock()
        assert hashlib.sha256(damaged.database.read_bytes()).digest() == before
        damaged.database.write_bytes(good)
    assert tried > 15
    assert all(page < RECORDS for page in schema)
    # The smallest rows, of which revisions were exported, stand on one page for all cases.
    assert worst <= CASES


def test_what_a_bad_page_held_comes_from_the_backup(damaged: Damaged, tmp_path: Path) -> None:
    last = damaged.pages()
    damaged.damage(*drawn_from(5).sample(range(RECORDS, last), 12))
    told = damaged.salvaged(tmp_path / "alone")
    assert told.lost > 0
    assert not told.whole
    assert told.cases
    filled = damaged.salvaged(tmp_path / "filled", damaged.backup)
    assert filled.lost <= 1
    assert sum(count.from_backup for count in filled.tables.values()) >= told.lost - 1
    assert kept(damaged, tmp_path / "filled", "answer") == 1


def test_gaps_of_the_audit_are_told_and_the_cases_named(damaged: Damaged, tmp_path: Path) -> None:
    gaps: tuple[tuple[int, int], ...] = ()
    for page in range(RECORDS, damaged.pages()):
        damaged.damage(page)
        told = damaged.salvaged(tmp_path / f"new-{page}")
        damaged.damage(page)
        if told.tables["audit"].lost:
            gaps = told.audit_gaps
            break
    [(first, last)] = gaps
    assert last - first + 1 == told.tables["audit"].lost
    assert "audit.broken" in {flaw.code for flaw in told.checkup.flaws}
    assert told.cases
    vault = reopened(tmp_path / f"new-{page}")
    restored = next(entry for entry in vault.audit.entries() if entry.action is Action.VAULT_RESTORED)
    assert restored.detail == f"salvage lost={told.lost} gaps=1"
    assert vault.audit.verify(last + 1) == vault.audit.standing().sequence
    vault.lock()


def test_a_damaged_attachment_is_named(damaged: Damaged, tmp_path: Path) -> None:
    for page in range(damaged.pages(), 1, -1):
        damaged.damage(page)
        told = damaged.salvaged(tmp_path / f"new-{page}")
        damaged.damage(page)
        if told.tables["attachment_part"].lost:
            break
    assert told.attachments == ("attachment-1.png",)
    assert told.tables["attachment_part"] == TableCount(0, 0, 1, 0)


def test_without_its_first_page_nothing_can_be_read_and_nothing_is_left_behind(
    damaged: Damaged, tmp_path: Path
) -> None:
    damaged.damage(1)
    with pytest.raises(VictimIDError, match=r"salvage\.nothing_readable"):
        damaged.salvaged(tmp_path / "new")
    assert [path.name for path in tmp_path.iterdir()] == ["vault"]


def test_a_salvage_that_is_stopped_leaves_nothing(damaged: Damaged, tmp_path: Path) -> None:
    with pytest.raises(VictimIDError, match=r"job\.cancelled"):
        damaged.salvaged(tmp_path / "new", watch=Watch(cancelled=lambda: True))
    assert [path.name for path in tmp_path.iterdir()] == ["vault"]


def test_a_newer_schema_is_left_to_the_newer_program(damaged: Damaged, tmp_path: Path) -> None:
    with opened(damaged.folder) as database:
        database.execute("PRAGMA user_version = 99")
    with pytest.raises(VictimIDError, match=r"vault\.newer_version version=99"):
        damaged.salvaged(tmp_path / "new")


def test_what_a_vault_cannot_do_without_is_put_back(damaged: Damaged, tmp_path: Path) -> None:
    with opened(damaged.folder) as database:
        database.execute("PRAGMA foreign_keys = OFF")
        database.execute("DELETE FROM laptop")
        database.execute("DELETE FROM officer")
        database.execute("DELETE FROM cases WHERE ref = 'RU-00007'")
    told = damaged.salvaged(tmp_path / "new")
    assert "RU-00007" in told.cases
    vault = reopened(tmp_path / "new")
    assert (vault.post.prefix, vault.officer.name, vault.officer.role) == ("RU", NAME, Role.SUPERVISOR)
    assert len(vault.interviews.answers("interview-7")) == ANSWERS
    assert vault.cases.get("RU-00007").opened_by == "officer-1"
    vault.lock()


def test_a_journal_left_by_a_crash_is_part_of_the_records(filled: Path, tmp_path: Path) -> None:
    vault = new_vault(tmp_path / "live")
    vault.cases.add(a_case())
    shutil.copytree(tmp_path / "live", tmp_path / "vault")
    vault.lock()
    assert (tmp_path / "vault" / "records.db-wal").stat().st_size > 0
    with unlocked_key(tmp_path / "vault", NAME, PASSPHRASE, FakeClock(), TEST_COST) as unlocked:
        told = Salvage(tmp_path / "vault", unlocked, NAME, FakeClock()).into(tmp_path / "new")
    assert (told.whole, told.tables["cases"].read) == (True, 1)
    assert filled.exists()


def test_blocks_that_the_disk_no_longer_gives_back_are_left_blank(
    damaged: Damaged, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = 70 * PAGE
    read_at = damaged_copy.read_at

    def on_a_bad_disk(source: int, start: int, length: int) -> bytes:
        if start <= bad < start + length:
            raise OSError(5, "Input/output error")
        return read_at(source, start, length)

    monkeypatch.setattr(damaged_copy, "read_at", on_a_bad_disk)
    told = damaged.salvaged(tmp_path / "new")
    assert told.unreadable_blocks == 1
    assert told.read > 0.98 * sum(map(len, damaged.contents.values()))


@pytest.mark.parametrize("encrypted_anew", [True, False])
def test_a_vault_damaged_in_the_middle_of_a_rekey_comes_over(
    damaged: Damaged, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, encrypted_anew: bool
) -> None:
    """Killed before or after the database had the new key: the header has both, and either may be needed."""
    vault = reopened(damaged.folder)

    def kill(*_: object) -> None:
        raise KeyboardInterrupt

    if encrypted_anew:
        monkeypatch.setattr(rekeying, "finish", kill)
    else:
        monkeypatch.setattr(Database, "rekey", kill)
    with suppress(KeyboardInterrupt):
        vault.keys.rekey(vault.officer.id)
    monkeypatch.undo()
    vault.lock()
    damaged.damage(damaged.pages() - 5)
    told = damaged.salvaged(tmp_path / "new")
    assert told.read > 0.98 * sum(map(len, damaged.contents.values()))
    reopened(tmp_path / "new").lock()
    assert keyfile.unlock(tmp_path / "new" / "header.json", NAME, PASSPHRASE, floor=TEST_COST).next_key is None


def test_wrong_tries_before_a_salvage_are_not_forgotten(damaged: Damaged, tmp_path: Path) -> None:
    clock = FakeClock()
    with pytest.raises(VictimIDError, match=r"vault\.wrong_passphrase tries_left=2"):
        reopened(damaged.folder, clock, "wrong")
    for left in (1, 0):
        clock.move(60)
        wrong = unlocked_key(damaged.folder, NAME, "wrong", clock, TEST_COST, clock.uptime)
        with pytest.raises(VictimIDError, match=rf"vault\.wrong_passphrase tries_left={left}"), wrong:
            pytest.fail("opened")
    waiting = unlocked_key(damaged.folder, NAME, PASSPHRASE, clock, TEST_COST, clock.uptime)
    with pytest.raises(VictimIDError, match=r"vault\.wait seconds=5"), waiting:
        pytest.fail("opened")
    clock.move(5)
    with unlocked_key(damaged.folder, NAME, PASSPHRASE, clock, TEST_COST, clock.uptime) as unlocked:
        Salvage(damaged.folder, unlocked, NAME, clock).into(tmp_path / "new")
    vault = reopened(tmp_path / "new", clock)
    assert [(entry.action, entry.detail) for entry in reversed(vault.audit.entries(4))] == [
        (Action.REFUSED, "wrong_passphrase unlock 2026-11-21T12:00:00+00:00"),
        (Action.REFUSED, "wrong_passphrase salvage 2026-11-21T12:01:00+00:00"),
        (Action.REFUSED, "wrong_passphrase salvage 2026-11-21T12:02:00+00:00"),
        (Action.UNLOCKED, ""),
    ]
    vault.lock()


def test_without_its_records_there_is_nothing_to_salvage(damaged: Damaged, tmp_path: Path) -> None:
    damaged.database.unlink()
    with pytest.raises(VictimIDError, match=r"vault\.database_missing"):
        damaged.salvaged(tmp_path / "new")
    assert [path.name for path in tmp_path.iterdir()] == ["vault"]


def test_a_wrong_passphrase_costs_a_try_and_an_open_vault_is_left_alone(damaged: Damaged) -> None:
    with (
        pytest.raises(VictimIDError, match=r"vault\.wrong_passphrase tries_left=2"),
        unlocked_key(damaged.folder, NAME, "wrong", FakeClock(), TEST_COST),
    ):
        pytest.fail("opened")
    vault = reopened(damaged.folder)
    with (
        pytest.raises(VictimIDError, match=r"vault\.in_use"),
        unlocked_key(damaged.folder, NAME, PASSPHRASE, FakeClock(), TEST_COST),
    ):
        pytest.fail("opened")
    assert Verifying(vault._database, vault.audit, vault.keys.key, None).run().sound
    vault.lock()


def test_no_key_without_a_header(tmp_path: Path) -> None:
    with (
        pytest.raises(VictimIDError, match=r"keyfile\.missing"),
        unlocked_key(tmp_path, NAME, PASSPHRASE, FakeClock(), TEST_COST),
    ):
        pytest.fail("opened")
