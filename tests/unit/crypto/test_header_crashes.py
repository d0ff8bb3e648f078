"""A crash at every step of every write leaves a header that opens, with the key before or the key after."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from tests.support.killed import change_header, killed_while
from tests.support.vaults import NAME, PASSPHRASE, TEST_COST
from victimid.crypto import age, erasing, header, keyfile, rekeying
from victimid.crypto.header import Anchor
from victimid.crypto.keyfile import Unlocked
from victimid.crypto.secret import DataKey

EVA, OTHER, THIRD = "Eva Example", "seven copper lanterns drifting", "nine marble orchards whisper"
DUTY = age.new_identity().recipient


class Crash(BaseException):
    """The program ends here."""


def eva(path: Path) -> str:
    return keyfile.unlock(path, EVA, OTHER, floor=TEST_COST).slot_id


def finish(path: Path, key: DataKey) -> None:
    rekeying.finish(path, key, rekeying.begin(path, key, [(DUTY,)]))


def abandon(path: Path, key: DataKey) -> None:
    rekeying.begin(path, key, [(DUTY,)])
    rekeying.abandon(path, key)


CHANGES: dict[str, Callable[[Path, DataKey], object]] = {
    "add_slot": lambda path, key: keyfile.add_slot(path, key, "Ida Example", THIRD),
    "remove_slot": lambda path, key: keyfile.remove_slot(path, key, eva(path)),
    "replace_slot": lambda path, key: keyfile.replace_slot(path, key, eva(path), EVA, THIRD),
    "change_passphrase": lambda path, _: keyfile.change_passphrase(path, EVA, OTHER, THIRD, floor=TEST_COST),
    "add_recovery": lambda path, key: keyfile.add_recovery(path, key, (DUTY,)),
    "set_recovery": lambda path, key: keyfile.set_recovery(path, key, []),
    "set_anchor": lambda path, key: keyfile.set_anchor(path, key, Anchor(1, "ab" * 32)),
    "rekey and finish": finish,
    "rekey and abandon": abandon,
}
STEPS = (("open", os), ("fsync", os), ("replace", Path))


def crash_at(patch: pytest.MonkeyPatch, step: int) -> None:
    """Let the program end just before its so many-th step of writing files."""
    left = [step]

    def counted(real: Callable[..., object]) -> Callable[..., object]:
        def stepped(*args: object, **named: object) -> object:
            if not left[0]:
                raise Crash
            left[0] -= 1
            return real(*args, **named)

        return stepped

    for name, owner in STEPS:
        patch.setattr(owner, name, counted(getattr(owner, name)))


@pytest.mark.parametrize("change", CHANGES)
def test_a_crash_at_any_step_leaves_a_header_that_opens(path: Path, change: str) -> None:
    steps = 0
    while True:
        path.unlink(missing_ok=True)
        made = keyfile.create(path, NAME, PASSPHRASE, recovery=[(DUTY,)], cost=TEST_COST)
        keyfile.add_slot(path, made.key, EVA, OTHER)
        with pytest.MonkeyPatch.context() as patch:
            crash_at(patch, steps)
            try:
                CHANGES[change](path, made.key)
            except Crash:
                crashed = True
            else:
                crashed = False
        still_opens(path, made)
        if not crashed:
            break
        steps += 1
    assert steps >= 5


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "header.json"


def still_opens(path: Path, made: Unlocked) -> None:
    found = keyfile.unlock(path, NAME, PASSPHRASE, floor=TEST_COST)
    assert found.slot_id == made.slot_id
    if found.next_key:
        assert found.key.material() == made.key.material()
        rekeying.finish(path, found.key, found.next_key)
        again = keyfile.unlock(path, NAME, PASSPHRASE, floor=TEST_COST)
        assert (again.key.material(), again.next_key) == (found.next_key.material(), None)


def test_a_crash_while_the_slots_are_destroyed_keeps_the_way_to_recover(path: Path) -> None:
    for steps in range(7):
        path.unlink(missing_ok=True)
        made = keyfile.create(path, NAME, PASSPHRASE, recovery=[(DUTY,)], cost=TEST_COST)
        with pytest.MonkeyPatch.context() as patch:
            crash_at(patch, steps)
            with suppress(Crash):
                erasing.erase(path, keep_recovery=True)
        assert header.read(path).recovery
        keyfile.state(path, made.key)
        erasing.erase(path, keep_recovery=True)
        assert [file.name for file in path.parent.iterdir()] == ["header.json"]
        assert header.read(path).slots == ()


@pytest.mark.parametrize("moment", range(10))
def test_a_killed_program_leaves_a_header_that_opens(tmp_path: Path, moment: int) -> None:
    path = tmp_path / "header.json"
    made = keyfile.create(path, NAME, PASSPHRASE, cost=TEST_COST)
    keyfile.add_slot(path, made.key, EVA, OTHER)
    killed_while(change_header, tmp_path, acts=moment, seconds=moment / 700)
    found = keyfile.unlock(path, NAME, PASSPHRASE, floor=TEST_COST)
    if found.next_key:
        rekeying.finish(path, found.key, found.next_key)
    assert (
        keyfile.unlock(path, EVA, OTHER, floor=TEST_COST).slot_id
        in keyfile.state(path, found.next_key or found.key).slots
    )
