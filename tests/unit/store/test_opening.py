"""What stands in the place of a vault's files when it is opened is named, and left as it is."""

import errno
from contextlib import suppress
from pathlib import Path

import pytest

from tests.support.vaults import NAME, PASSPHRASE, TEST_COST, a_case, new_vault, reopened
from victimid.crypto import keyfile, rekeying
from victimid.errors import VictimIDError
from victimid.store.folder import named_disk_errors


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    new_vault(tmp_path / "vault").lock()
    return tmp_path / "vault"


def refusal(folder: Path) -> str:
    with pytest.raises(VictimIDError) as refused:
        reopened(folder)
    return refused.value.code


def test_several_changes_are_made_together_or_not_at_all(folder: Path) -> None:
    vault = reopened(folder)
    with suppress(VictimIDError), vault.together():
        vault.cases.add(a_case())
        vault.cases.add(a_case())
    with pytest.raises(VictimIDError, match=r"case\.unknown"):
        vault.cases.get(a_case().ref)
    vault.lock()


def test_a_missing_database_is_named(folder: Path) -> None:
    (folder / "records.db").unlink()
    assert refusal(folder) == "vault.database_missing"


def test_a_database_that_was_emptied_is_damaged(folder: Path) -> None:
    (folder / "records.db").write_bytes(b"")
    assert refusal(folder) == "vault.database_damaged"


def test_a_database_of_a_newer_program_is_let_go_of(folder: Path) -> None:
    vault = reopened(folder)
    vault._database.execute("PRAGMA user_version = 99")
    vault.lock()
    for _ in range(2):
        assert refusal(folder) == "vault.newer_version"


def test_a_folder_in_the_place_of_a_database_ends_no_rekey(folder: Path) -> None:
    key = keyfile.unlock(folder / "header.json", NAME, PASSPHRASE, floor=TEST_COST).key
    rekeying.begin(folder / "header.json", key, [])
    before = (folder / "header.json").read_bytes()
    (folder / "records.db").rename(folder / "aside")
    (folder / "records.db").mkdir()
    assert refusal(folder) == "vault.read_only"
    (folder / "records.db").rmdir()
    (folder / "aside").rename(folder / "records.db")
    assert (folder / "header.json").read_bytes() == before
    reopened(folder).lock()


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.ENOSPC, "vault.disk_full"), (errno.EROFS, "vault.read_only"), (errno.EIO, "vault.write_failed")],
)
def test_what_the_disk_refuses_has_a_name(number: int, code: str) -> None:
    with pytest.raises(VictimIDError, match=code.replace(".", r"\.")), named_disk_errors():
        raise OSError(number, "")
