"""The ballast: made of blocks the disk sets aside, given up once, made again when there is room."""

import os
from pathlib import Path

import pytest

from victimid.errors import VictimIDError
from victimid.store import ballast as ballasts
from victimid.store.ballast import Ballast
from victimid.store.disk_room import free_bytes, require_room

SIZE = 3 * 1024 * 1024 // 2


@pytest.fixture(params=[True, False], ids=["reserved by the system", "random"])
def ballast(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ballast:
    if not request.param:
        monkeypatch.delattr(os, "posix_fallocate")
    return Ballast(tmp_path / "ballast", SIZE)


def test_it_takes_up_real_room(ballast: Ballast, tmp_path: Path) -> None:
    assert not ballast.held
    assert ballast.ensure()
    assert ballast.ensure()
    assert ballast.held
    state = (tmp_path / "ballast").stat()
    assert (state.st_size, state.st_blocks * 512 >= SIZE) == (SIZE, True)


def test_half_a_ballast_is_made_whole(ballast: Ballast, tmp_path: Path) -> None:
    (tmp_path / "ballast").write_bytes(b"half")
    assert not ballast.held
    assert ballast.ensure()
    assert (tmp_path / "ballast").stat().st_size == SIZE


def test_a_full_disk_gives_it_up_and_what_was_refused_is_done(ballast: Ballast) -> None:
    ballast.ensure()
    tries = []

    def fits_without_ballast() -> str:
        tries.append(ballast.held)
        if ballast.held:
            raise VictimIDError("vault.disk_full")
        return "done"

    assert ballast.retrying(fits_without_ballast) == "done"
    assert tries == [True, False]


@pytest.mark.parametrize("code", ["vault.disk_full", "case.unknown"])
def test_what_no_ballast_can_help_is_told(ballast: Ballast, code: str) -> None:
    def refused() -> None:
        raise VictimIDError(code)

    if code == "case.unknown":
        ballast.ensure()
    with pytest.raises(VictimIDError, match=code):
        ballast.retrying(refused)
    assert ballast.held is (code == "case.unknown")


def test_a_disk_nearly_full_is_told(ballast: Ballast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ballasts, "free_bytes", lambda _folder: 2 * SIZE - 1)
    assert not ballast.ensure()
    with pytest.raises(VictimIDError, match=r"vault\.disk_nearly_full free=2"):
        ballast.require()
    monkeypatch.undo()
    ballast.require()


def test_a_disk_that_refuses_is_no_reason_to_fail(tmp_path: Path) -> None:
    assert not Ballast(tmp_path / "missing" / "ballast", SIZE).ensure()


def test_room_is_asked_for_with_something_to_spare(tmp_path: Path) -> None:
    require_room(tmp_path, 1000)
    with pytest.raises(VictimIDError, match=r"vault\.no_room needed=\d+ free=\d+"):
        require_room(tmp_path, free_bytes(tmp_path))
