"""Salvage, row by row: what stands around a damaged page is read, and what was on it comes from a backup."""

from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from tests.support.damaged_vaults import (
    ANSWERS,
    CASES,
    PAGE,
    RECORDS,
    Damaged,
    contents,
    filled_vault,
    opened,
    to_damage,
)
from tests.support.vaults import NAME, PASSPHRASE, TEST_COST, FakeClock, new_vault
from victimid.crypto import keyfile
from victimid.errors import VictimIDError
from victimid.model.audit import Action
from victimid.model.salvage import TableCount
from victimid.store import link_index, search_index
from victimid.store.audit import Audit
from victimid.store.connection import open_reader
from victimid.store.damaged import DamagedDatabase
from victimid.store.filling import tables_of
from victimid.store.salvaging import unlocked_key


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled_vault(tmp_path_factory.mktemp("filled") / "vault")


@pytest.fixture
def damaged(filled: Path, tmp_path: Path) -> Damaged:
    return to_damage(filled, tmp_path / "vault")


def test_a_backup_fills_places_without_an_index_and_brings_no_deleted_case_back(
    damaged: Damaged, tmp_path: Path
) -> None:
    with opened(damaged.folder) as database:
        leaves = []
        index = int(database.value("SELECT rootpage FROM sqlite_master WHERE name = 'sqlite_autoindex_answer_1'"))
        deleted = [(number,) for (number,) in database.rows("SELECT id FROM answer WHERE interview_id = 'interview-5'")]
        with database.transaction():
            for table in ("answer WHERE interview_id = 'interview-5'", "consent WHERE case_ref = 'RU-00005'"):
                if table.startswith("consent"):
                    database.execute("DELETE FROM consent_permission WHERE consent_number = 6")
                database.execute(f"DELETE FROM {table}")  # noqa: S608 - own words
            search_index.forget_case(database, "RU-00005")
            link_index.forget_case(database, "RU-00005")
            database.execute("DELETE FROM interview WHERE id = 'interview-5'")
            database.execute("DELETE FROM cases WHERE ref = 'RU-00005'")
            Audit(database, FakeClock()).append(Action.CASE_DELETED, "officer-1", "RU-00005")
        expected = contents(database)["answer"]
    damaged.damage(index)
    for page in range(RECORDS, damaged.pages()):
        damaged.damage(page)
        with unlocked_key(damaged.folder, NAME, PASSPHRASE, FakeClock(), TEST_COST) as unlocked:
            source = DamagedDatabase(partial(open_reader, damaged.database, unlocked.key))
            around = source.rows("SELECT * FROM answer NOT INDEXED WHERE id = 50")
            leaves += [page] if around is None else []
            source.close()
        if leaves:
            break
        damaged.damage(page)
    told = damaged.salvaged(tmp_path / "new", damaged.backup)
    assert told.tables["answer"].unknown == 1
    assert told.tables["answer"].from_backup > 0
    with opened(tmp_path / "new") as database:
        assert contents(database)["answer"] == expected
        assert not database.rows("SELECT 1 FROM cases WHERE ref = 'RU-00005'")
    assert len(deleted) == ANSWERS


def test_rows_without_an_index_are_read_around_a_bad_page(tmp_path: Path) -> None:
    """Whichever page it is, at the beginning, in the middle, at the end: what is before and behind is read."""
    vault = new_vault(tmp_path / "vault")
    database = vault._database
    with vault.together():
        for number in range(1, 201):
            database.execute("INSERT INTO recovery_key (position, recipient) VALUES (?, ?)", (number, "k" * 300))
    [table] = [each for each in tables_of(database) if each.name == "recovery_key"]
    key = keyfile.unlock(tmp_path / "vault" / "header.json", NAME, PASSPHRASE, floor=TEST_COST).key
    vault.lock()
    path = tmp_path / "vault" / "records.db"
    leaves = path.stat().st_size // PAGE
    good = path.read_bytes()
    found = 0
    for page in range(40, leaves):
        content = bytearray(good)
        content[page * PAGE + 7] ^= 1
        path.write_bytes(content)
        with closing(DamagedDatabase(partial(open_reader, path, key))) as source:
            batches = list(source.read(table))
        numbers = {row[0] for batch in batches if isinstance(batch, list) for row in batch}
        missing = sorted(set(range(1, 201)) - numbers)
        if missing and numbers:
            assert len(missing) <= 14
            assert missing == list(range(missing[0], missing[-1] + 1))
            found += 1
    assert found >= 200 // 14


def test_rows_without_a_number_are_read_by_those_they_belong_to(damaged: Damaged, tmp_path: Path) -> None:
    """Which cases were in a bundle stands on one page: lost with it, but a backup has it."""
    with opened(damaged.folder) as database:
        page = int(database.value("SELECT rootpage FROM sqlite_master WHERE name = 'exported_case'"))
    damaged.damage(page)
    told = damaged.salvaged(tmp_path / "alone")
    assert told.tables["exported_case"] == TableCount(0, 0, 0, 1)
    filled = damaged.salvaged(tmp_path / "filled", damaged.backup)
    assert filled.tables["exported_case"] == TableCount(0, CASES, 0, 0)


def test_trouble_that_is_no_damage_is_not_taken_for_lost_rows(damaged: Damaged, tmp_path: Path) -> None:
    key = keyfile.unlock(damaged.folder / "header.json", NAME, PASSPHRASE, floor=TEST_COST).key
    with (
        closing(DamagedDatabase(partial(open_reader, tmp_path / "unplugged" / "records.db", key))) as source,
        pytest.raises(VictimIDError, match=r"vault\.read_only"),
    ):
        source.rows("SELECT 1")
