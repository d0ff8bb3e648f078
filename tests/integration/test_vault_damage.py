"""Damage: whatever byte is changed, the vault says what is wrong, never shows something else, never crashes."""

import shutil
from pathlib import Path

import pytest

from tests.support.vaults import (
    NAME,
    PASSPHRASE,
    TEST_COST,
    an_answer,
    begin,
    drawn_from,
    new_vault,
    reopened,
)
from victimid.crypto import keyfile
from victimid.errors import VictimIDError
from victimid.model.answer import Answer
from victimid.store.vault import Vault, wait_before_try

PAGE = 4096


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    vault = new_vault(tmp_path / "vault")
    begin(vault)
    for number in range(60):
        vault.interviews.save_answer("interview-1", an_answer(f"/data/q{number}", str(number)), "", "")
    vault.lock()
    return tmp_path / "vault"


def everything(vault: Vault) -> tuple[Answer, ...]:
    """Read all there is, checking the chain on the way."""
    vault.audit.verify()
    vault.interviews.form("f" * 64)
    vault.overview.rows()
    return vault.interviews.answers("interview-1")


def whole(folder: Path) -> tuple[Answer, ...]:
    vault = reopened(folder)
    try:
        return everything(vault)
    finally:
        vault.lock()


def outcome(folder: Path) -> tuple[str, tuple[Answer, ...]]:
    """Return the code the vault gives, or none and what it holds."""
    try:
        return "", whole(folder)
    except VictimIDError as error:
        return error.code, ()


def with_byte_changed(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1 << (at % 8)
    path.write_bytes(content)


def test_no_changed_byte_of_the_header_opens_or_costs_a_try(folder: Path) -> None:
    header = folder / "header.json"
    good = header.read_bytes()
    for at in range(len(good)):
        with_byte_changed(header, at)
        with pytest.raises(VictimIDError, match=r"^keyfile\.damaged$"):
            reopened(folder)
        header.write_bytes(good)
    assert wait_before_try(folder) == 0
    assert len(whole(folder)) == 60


def test_a_header_of_another_vault_does_not_open_this_one(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    new_vault(other).lock()
    shutil.copy(other / "header.json", folder / "header.json")
    with pytest.raises(VictimIDError, match=r"vault\.database_damaged"):
        reopened(folder)
    assert wait_before_try(folder) == 0


def test_a_changed_byte_of_the_database_is_told_and_never_shows_something_else(folder: Path) -> None:
    database = folder / "records.db"
    expected = whole(folder)
    good = database.read_bytes()
    rng = drawn_from(3)
    told = 0
    for page in range(len(good) // PAGE):
        for at in sorted(rng.sample(range(PAGE), 3)):
            with_byte_changed(database, page * PAGE + at)
            code, found = outcome(folder)
            assert (code, found) in (("vault.database_damaged", ()), ("", expected))
            told += code != ""
            for file in folder.glob("records.db-*"):
                file.unlink()
            database.write_bytes(good)
    # Pages of tables without rows, and what is free on a page, are never read.
    assert told > len(good) // PAGE // 2
    assert whole(folder) == expected


@pytest.mark.parametrize("length", [0, 1, 100, PAGE, PAGE + 1, 5 * PAGE])
def test_a_database_cut_short_is_told(folder: Path, length: int) -> None:
    database = folder / "records.db"
    database.write_bytes(database.read_bytes()[:length])
    with pytest.raises(VictimIDError, match=r"vault\.database_damaged"):
        whole(folder)


def test_a_missing_database_is_told_and_not_made_anew(folder: Path) -> None:
    (folder / "records.db").unlink()
    with pytest.raises(VictimIDError, match=r"vault\.database_missing"):
        reopened(folder)
    assert not (folder / "records.db").exists()


def test_a_database_of_a_newer_program_is_told_and_left_alone(folder: Path) -> None:
    vault = reopened(folder)
    vault.cases._database.execute("PRAGMA user_version = 99")
    vault.lock()
    before = (folder / "records.db").read_bytes()
    with pytest.raises(VictimIDError, match=r"vault\.newer_version version=99"):
        reopened(folder)
    assert (folder / "records.db").read_bytes() == before


def test_a_damaged_journal_opens_to_a_whole_earlier_state(folder: Path, tmp_path: Path) -> None:
    vault = reopened(folder)
    for number in range(60, 90):
        vault.interviews.save_answer("interview-1", an_answer(f"/data/q{number}", str(number)), "", "")
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    vault.lock()
    journal = (copy / "records.db-wal").read_bytes()
    rng = drawn_from(5)
    for _ in range(30):
        at = rng.randrange(len(journal))
        trial = tmp_path / "trial"
        shutil.copytree(copy, trial)
        (trial / "records.db-shm").unlink()
        (trial / "records.db-wal").write_bytes(journal[:at] + bytes([journal[at] ^ 4]) + journal[at + 1 :])
        found = whole(trial)
        assert 60 <= len(found) <= 90
        assert [answer.value for answer in found] == [str(number) for number in range(len(found))]
        shutil.rmtree(trial)


def test_the_key_alone_does_not_survive_a_damaged_vault(folder: Path) -> None:
    (folder / "records.db").write_bytes(b"\x00" * 8192)
    with pytest.raises(VictimIDError, match=r"vault\.database_damaged"):
        reopened(folder)
    assert keyfile.unlock(folder / "header.json", NAME, PASSPHRASE, floor=TEST_COST).slot_id
    with pytest.raises(VictimIDError, match=r"vault\.database_damaged"):
        reopened(folder)
