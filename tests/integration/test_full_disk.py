"""A full disk: saving says so, everything before is kept, and saving works again once there is room."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.disks import DISK_SIZE, mounted
from tests.support.vaults import NAME, PASSPHRASE, TEST_COST, FakeClock, an_answer, begin, new_vault, reopened
from victimid.crypto import keyfile
from victimid.errors import VictimIDError
from victimid.model.audit import Action
from victimid.store import disk_room
from victimid.store.ballast import Ballast
from victimid.store.restoring import restore_vault
from victimid.store.vault import Vault, wait_before_try

LIMITED = """
import resource, sys
from pathlib import Path
from tests.integration.test_full_disk import fill
from tests.support.vaults import reopened
vault = reopened(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (1_200_000, 1_200_000))
saved, code = fill(vault)
assert len(vault.interviews.revisions("interview-1", "/data/q1")) == saved
vault.lock()
print(saved, code)
"""


def fill(vault: Vault) -> tuple[int, str]:
    """Save answers until the disk refuses; return how many were saved and what it was called."""
    saved = 0
    while True:
        answer = replace(an_answer(value=str(saved + 1)), own_words="x" * 20_000)
        try:
            vault.interviews.save_answer("interview-1", answer, "/data/q1", f"<data>{saved + 1}</data>")
        except VictimIDError as error:
            return saved, error.code
        saved += 1


def assert_kept(vault: Vault, saved: int) -> None:
    """Check that exactly so many answers are there, whole, with the interview where they left it."""
    values = [answer.value for answer in vault.interviews.revisions("interview-1", "/data/q1")]
    assert values == [str(number) for number in range(1, saved + 1)]
    assert vault.interviews.get("interview-1").instance == f"<data>{saved}</data>"
    assert vault.audit.verify() > saved


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    with mounted(tmp_path) as disk:
        yield disk


def test_a_full_disk_keeps_everything_saved(small_disk: Path) -> None:
    folder, ballast = small_disk / "vault", small_disk / "ballast"
    ballast.write_bytes(bytes(DISK_SIZE // 2))
    vault = new_vault(folder)
    begin(vault)
    saved, code = fill(vault)
    assert (saved > 5, code) == (True, "vault.disk_full")
    assert_kept(vault, saved)
    with pytest.raises(VictimIDError, match=r"vault\.disk_full"):
        vault.drafts.keep("RU-7K2M", "interview-1 /data/q1", "x" * 200_000)
    vault.lock()
    ballast.unlink()
    vault = reopened(folder)
    assert_kept(vault, saved)
    again = replace(an_answer(value=str(saved + 1)), own_words="now it fits")
    vault.interviews.save_answer("interview-1", again, "/data/q1", f"<data>{saved + 1}</data>")
    assert_kept(vault, saved + 1)
    vault.lock()


def test_wrong_tries_are_counted_on_a_full_disk(small_disk: Path) -> None:
    folder, clock = small_disk / "vault", FakeClock()
    new_vault(folder, clock).lock()
    with pytest.raises(OSError, match="No space"):
        (small_disk / "ballast").write_bytes(bytes(2 * DISK_SIZE))
    for left in (2, 1, 0):
        with pytest.raises(VictimIDError, match=rf"vault\.wrong_passphrase tries_left={left}"):
            reopened(folder, clock, passphrase="wrong")
    with pytest.raises(VictimIDError, match=r"vault\.wait"):
        reopened(folder, clock)


def test_a_passphrase_stays_as_it_was_if_the_new_one_does_not_fit(small_disk: Path) -> None:
    header, ballast = small_disk / "header.json", small_disk / "ballast"
    keyfile.create(header, NAME, PASSPHRASE, cost=TEST_COST)
    before = header.read_bytes()
    with pytest.raises(OSError, match="No space"):
        ballast.write_bytes(bytes(2 * DISK_SIZE))
    with pytest.raises(VictimIDError, match=r"keyfile\.not_written reason='ENOSPC'"):
        keyfile.change_passphrase(header, NAME, PASSPHRASE, "seven copper lanterns drifting", floor=TEST_COST)
    assert header.read_bytes() == before
    assert sorted(path.name for path in small_disk.iterdir()) == ["ballast", "header.json"]


def test_a_read_only_disk_is_named_and_costs_no_try(small_disk: Path) -> None:
    folder = small_disk / "vault"
    new_vault(folder).lock()
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    with pytest.raises(VictimIDError, match=r"vault\.read_only"):
        reopened(folder)
    with pytest.raises(VictimIDError, match=r"vault\.read_only"):
        new_vault(small_disk / "other")
    subprocess.run(["mount", "-o", "remount,rw", small_disk], check=True)
    assert wait_before_try(folder) == 0
    reopened(folder).lock()


def test_a_vault_is_not_half_made_on_a_full_disk(small_disk: Path) -> None:
    ballast = small_disk / "ballast"
    with pytest.raises(OSError, match="No space"):
        ballast.write_bytes(bytes(2 * DISK_SIZE))
    with pytest.raises(VictimIDError, match=r"keyfile\.not_written reason='ENOSPC'"):
        new_vault(small_disk / "vault")
    ballast.write_bytes(bytes(DISK_SIZE - 64 * 1024))
    with pytest.raises(VictimIDError, match=r"vault\.disk_full"):
        new_vault(small_disk / "vault")
    assert [path.name for path in small_disk.iterdir()] == ["ballast"]
    ballast.unlink()
    new_vault(small_disk / "vault").lock()


def filled(disk: Path) -> None:
    """Leave not a block free."""
    with pytest.raises(OSError, match="No space"):
        (disk / "other").write_bytes(bytes(2 * DISK_SIZE))


def test_the_ballast_lets_a_vault_on_a_full_disk_be_unlocked_and_locked(small_disk: Path) -> None:
    folder = small_disk / "vault"
    vault = new_vault(folder)
    begin(vault)
    vault.lock()
    ballast = Ballast(folder / "ballast", 512 * 1024)
    assert ballast.ensure()
    filled(small_disk)
    assert not Ballast(small_disk / "more", 4096).ensure()
    vault = reopened(folder)
    assert not ballast.held
    assert vault.audit.entries(1)[0].action is Action.UNLOCKED
    vault.lock()
    (small_disk / "other").unlink()
    assert ballast.ensure()
    vault = reopened(folder)
    assert [entry.action for entry in vault.audit.entries(2)] == [Action.UNLOCKED, Action.LOCKED]
    vault.lock()


def test_without_a_ballast_a_full_disk_is_told_at_unlocking(small_disk: Path) -> None:
    folder = small_disk / "vault"
    new_vault(folder).lock()
    filled(small_disk)
    with pytest.raises(VictimIDError, match=r"vault\.(disk_full|write_failed)"):
        reopened(folder)


def test_a_backup_that_fills_the_disk_leaves_the_older_ones(small_disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = small_disk / "vault"
    vault = new_vault(folder)
    first = vault.back_up()
    monkeypatch.setattr(disk_room, "SPARE", 0)
    monkeypatch.setattr(disk_room, "free_bytes", lambda _folder: DISK_SIZE)
    (small_disk / "other").write_bytes(bytes(shutil.disk_usage(small_disk).free - 200 * 1024))
    with pytest.raises(VictimIDError, match=r"vault\.disk_full"):
        vault.back_up()
    assert [path.name for path in vault.backups.own.folder.iterdir()] == [first.name]
    assert vault.backups.check(first) == first.record
    (small_disk / "other").unlink()
    vault.lock()


def test_a_restore_that_fills_the_disk_leaves_nothing(small_disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = small_disk / "vault"
    vault = new_vault(folder)
    files = vault.backups.own.files(vault.back_up())
    vault.lock()
    monkeypatch.setattr(disk_room, "free_bytes", lambda _folder: DISK_SIZE)
    (small_disk / "other").write_bytes(bytes(shutil.disk_usage(small_disk).free - 100 * 1024))
    unlocked = keyfile.unlock(files.header, NAME, PASSPHRASE, floor=TEST_COST)
    with pytest.raises(VictimIDError, match=r"vault\.disk_full"):
        restore_vault(files, small_disk / "new", unlocked, FakeClock())
    assert sorted(path.name for path in small_disk.iterdir()) == ["other", "vault"]


def test_a_rekey_that_fills_the_disk_loses_nothing(small_disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = small_disk / "vault"
    vault = new_vault(folder)
    begin(vault)
    for number in range(1, 21):
        answer = replace(an_answer(value=str(number)), own_words="x" * 20_000)
        vault.interviews.save_answer("interview-1", answer, "/data/q1", f"<data>{number}</data>")
    vault.lock()
    vault = reopened(folder)
    (small_disk / "other").write_bytes(bytes(shutil.disk_usage(small_disk).free - 200 * 1024))
    with pytest.raises(VictimIDError, match=r"vault\.no_room"):
        vault.rekey()
    monkeypatch.setattr(disk_room, "free_bytes", lambda _folder: 2 * DISK_SIZE)
    with pytest.raises(VictimIDError, match=r"vault\.rekey_cut_off"):
        vault.rekey()
    (small_disk / "other").unlink()
    vault = reopened(folder)
    assert_kept(vault, 20)
    assert vault.audit.entries(2)[1].action is Action.FAILED
    assert vault.verify().sound
    vault.lock()


@pytest.mark.skipif(os.name != "posix", reason="the limit on file size is POSIX")
def test_a_disk_that_refuses_to_write_keeps_everything_saved(tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    vault = new_vault(folder)
    begin(vault)
    vault.lock()
    ran = subprocess.run([sys.executable, "-c", LIMITED, folder], capture_output=True, text=True, check=True)
    saved, code = ran.stdout.split()
    assert (int(saved) > 5, code) == (True, "vault.write_failed")
    vault = reopened(folder)
    assert_kept(vault, int(saved))
    vault.lock()
