"""Unlocking costs the key derivation and little more, whatever the derivation costs."""

from pathlib import Path
from time import perf_counter

import pytest

from tests.support.sessions import begun, door, open_session
from tests.support.vaults import NAME, PASSPHRASE
from victimid.app.desk import Desk
from victimid.crypto import slots
from victimid.crypto.kdf import Cost, stretch
from victimid.model.people import Role

_MOST_BESIDE = 0.150  # seconds
_RUNS = 7


def test_unlocking_takes_at_most_150_ms_beside_the_key_derivation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = open_session(tmp_path / "vault")
    for number in range(9):
        session.vault.keys.enrol(
            f"Officer {number}", "seven copper lanterns drifting", Role.OFFICER, session.officer_id
        )
    for _ in range(20):
        begun(session)
    session.lock()
    deriving: list[float] = []

    def timed(name: str, passphrase: str, salt: bytes, cost: Cost) -> bytearray:
        start = perf_counter()
        key = stretch(name, passphrase, salt, cost)
        deriving.append(perf_counter() - start)
        return key

    monkeypatch.setattr(slots, "stretch", timed)
    beside = []
    for _ in range(_RUNS):
        way_in, start = door(tmp_path / "vault"), perf_counter()
        opened = way_in.unlock(NAME, PASSPHRASE)
        Desk(opened).view()
        Desk(opened).counts()
        beside.append(perf_counter() - start - deriving[-1])
        opened.lock()
    assert len(deriving) == _RUNS
    assert min(beside) <= _MOST_BESIDE, beside
