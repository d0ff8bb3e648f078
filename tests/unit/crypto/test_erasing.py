"""Destroying the slots: nobody gets in, and what was to be kept is kept."""

import json
import os
from pathlib import Path

import pytest

from tests.support.vaults import NAME, PASSPHRASE, TEST_COST
from victimid.crypto import age, erasing, header, keyfile
from victimid.errors import VictimIDError

DUTY = age.new_identity()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "header.json"


def create(path: Path, *keys: str) -> keyfile.Unlocked:
    return keyfile.create(path, NAME, PASSPHRASE, recovery=[(key,) for key in keys], cost=TEST_COST)


def test_without_recovery_nothing_is_left(path: Path) -> None:
    create(path, DUTY.recipient)
    (path.parent / "header.json.partial").write_bytes(b"left by a crash")
    erasing.erase(path, keep_recovery=False)
    assert list(path.parent.iterdir()) == []
    erasing.erase(path, keep_recovery=False)
    with pytest.raises(VictimIDError, match=r"keyfile\.missing"):
        keyfile.unlock(path, NAME, PASSPHRASE, floor=TEST_COST)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with a name are POSIX")
def test_a_pipe_in_the_place_of_a_header_goes_and_holds_nobody_up(path: Path) -> None:
    os.mkfifo(path)
    with pytest.raises(VictimIDError, match=r"keyfile\.damaged"):
        erasing.erase(path, keep_recovery=True)
    erasing.erase(path, keep_recovery=False)
    assert list(path.parent.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="an open file cannot be removed on Windows")
@pytest.mark.parametrize("keep_recovery", [True, False])
def test_the_bytes_on_the_disk_are_overwritten(path: Path, *, keep_recovery: bool) -> None:
    create(path, DUTY.recipient)
    before = path.read_bytes()
    with path.open("rb") as stream:
        erasing.erase(path, keep_recovery=keep_recovery)
        after = stream.read()
    assert len(after) == len(before)
    assert sum(a == b for a, b in zip(after, before, strict=True)) < len(before) / 20


def test_with_recovery_only_headquarters_gets_in(path: Path) -> None:
    made = create(path, DUTY.recipient)
    for _ in range(2):
        erasing.erase(path, keep_recovery=True)
        assert [file.name for file in path.parent.iterdir()] == ["header.json"]
        with pytest.raises(VictimIDError, match=r"keyfile\.erased"):
            keyfile.unlock(path, NAME, PASSPHRASE, floor=TEST_COST)
    [way] = header.read(path).recovery
    assert json.loads(age.decrypt(way.file, DUTY.secret))["data_key"] == made.key.material().hex()
    slot_id = keyfile.add_slot(path, made.key, NAME, PASSPHRASE)
    assert keyfile.unlock(path, NAME, PASSPHRASE, floor=TEST_COST).slot_id == slot_id


def test_what_is_left_is_still_authentic(path: Path) -> None:
    made = create(path, DUTY.recipient)
    erasing.erase(path, keep_recovery=True)
    stored = header.read(path)
    header.write(path, header.Header(stored.vault, stored.salt, stored.cost, recovery=stored.recovery, mac=stored.mac))
    with pytest.raises(VictimIDError, match=r"keyfile\.damaged"):
        keyfile.state(path, made.key)


def test_nothing_is_destroyed_if_nothing_would_be_kept(path: Path) -> None:
    create(path)
    before = path.read_bytes()
    with pytest.raises(VictimIDError, match=r"recovery\.no_way"):
        erasing.erase(path, keep_recovery=True)
    assert path.read_bytes() == before


def test_a_disk_without_second_names_for_files_is_no_hindrance(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    create(path, DUTY.recipient)

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refuse)
    erasing.erase(path, keep_recovery=True)
    assert header.read(path).slots == ()


def test_a_disk_that_refuses_is_named(path: Path) -> None:
    create(path)
    (path.parent / "header.json.partial").mkdir()
    with pytest.raises(VictimIDError, match=r"keyfile\.not_written"):
        erasing.erase(path, keep_recovery=False)
