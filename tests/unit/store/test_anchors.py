"""The anchor in the header follows the audit: at unlocking, in calm moments, at locking; never ahead of the disk."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.killed import answer_for_ever as answering
from tests.support.killed import killed_while
from tests.support.vaults import FakeClock, a_case, begin, new_vault, reopened
from victimid.crypto import header, keyfile
from victimid.errors import VictimIDError
from victimid.model.audit import Action
from victimid.store.vault import Vault


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def vault(tmp_path: Path, clock: FakeClock) -> Iterator[Vault]:
    new_vault(tmp_path / "vault", clock).lock()
    opened = reopened(tmp_path / "vault", clock)
    yield opened
    opened.lock()


def anchored(folder: Path) -> int:
    """Return the number of the entry that the header names."""
    found = header.read(folder / "header.json").anchor
    assert found is not None
    return found.sequence


def as_left_by_a_kill(vault: Vault, tmp_path: Path) -> Path:
    """Return a copy of the files as they are, without the journal."""
    left = tmp_path / "left"
    shutil.copytree(tmp_path / "vault", left)
    (left / "records.db-wal").unlink()
    vault.lock()
    return left


def test_a_kill_and_a_journal_taken_away_show(tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    vault = new_vault(folder)
    begin(vault)
    vault.lock()
    assert killed_while(answering, folder, 5, 0) >= 5
    whole = tmp_path / "whole"
    shutil.copytree(folder, whole)
    (folder / "records.db-wal").unlink()
    opened = reopened(folder)
    assert opened.rolled_back
    assert {flaw.code for flaw in opened.verify().flaws} == {"audit.rolled_back"}
    opened.lock()
    opened = reopened(whole)
    assert not opened.rolled_back
    assert opened.verify().sound
    opened.lock()


def test_an_unlocking_is_anchored(vault: Vault, tmp_path: Path) -> None:
    assert anchored(tmp_path / "vault") == vault.audit.standing().sequence
    assert vault.audit.entries(1)[0].action is Action.UNLOCKED


def test_a_vault_opens_although_its_header_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    new_vault(tmp_path / "vault").lock()
    before = anchored(tmp_path / "vault")
    with monkeypatch.context() as patched:
        patched.setattr(keyfile, "set_anchor", refused)
        opened = reopened(tmp_path / "vault")
    assert anchored(tmp_path / "vault") == before
    assert opened.verify().sound
    opened.lock()


def refused(*_: object) -> None:
    raise VictimIDError("keyfile.not_written", reason="ENOSPC")


def test_work_is_anchored_every_few_minutes_and_then_stands_without_the_journal(
    vault: Vault, clock: FakeClock, tmp_path: Path
) -> None:
    begun = anchored(tmp_path / "vault")
    for number, seconds in enumerate((10, 100), start=1):
        vault.cases.add(a_case(f"RU-{number:04d}"))
        clock.move(seconds)
        vault.anchors.renew_now_and_then()
        assert anchored(tmp_path / "vault") == begun
    clock.move(10)
    vault.anchors.renew_now_and_then()
    assert anchored(tmp_path / "vault") == begun + 2
    opened = reopened(as_left_by_a_kill(vault, tmp_path))
    assert not opened.rolled_back
    assert opened.verify().sound
    assert opened.cases.get("RU-0002").ref == "RU-0002"
    opened.lock()


def test_nothing_is_written_where_nothing_was_done_or_nothing_can_be(
    vault: Vault, clock: FakeClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "vault" / "header.json"
    before = path.read_bytes()
    clock.move(600)
    vault.anchors.renew_now_and_then()
    assert path.read_bytes() == before
    vault.cases.add(a_case())
    with monkeypatch.context() as patched:
        patched.setattr(keyfile, "set_anchor", refused)
        vault.anchors.renew_now_and_then()
    assert path.read_bytes() == before
    clock.move(-200)
    vault.anchors.renew_now_and_then()
    assert anchored(tmp_path / "vault") == vault.audit.standing().sequence


def test_the_anchor_of_newer_records_stays_until_a_supervisor_accepts_them(
    vault: Vault, clock: FakeClock, tmp_path: Path
) -> None:
    vault.lock()
    shutil.copy(tmp_path / "vault" / "records.db", tmp_path / "old.db")
    newer = reopened(tmp_path / "vault", clock)
    begin(newer)
    newer.lock()
    known = anchored(tmp_path / "vault")
    shutil.copy(tmp_path / "old.db", tmp_path / "vault" / "records.db")
    behind = reopened(tmp_path / "vault", clock)
    clock.move(600)
    behind.anchors.renew_now_and_then()
    assert (behind.rolled_back, anchored(tmp_path / "vault")) == (True, known)
    behind.accept_rollback()
    assert not behind.rolled_back
    assert behind.verify().sound
    behind.quick_check()
    assert anchored(tmp_path / "vault") == behind.audit.standing().sequence
    behind.lock()
