"""Backups found in a place become a vault again, in an empty folder or in the place of one that is set aside."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.sessions import HEADQUARTERS, door, open_session, reopen
from tests.support.vaults import NAME, PASSPHRASE, POST, FakeClock
from victimid.app import backing_up, restoring
from victimid.app.desk import Desk
from victimid.app.session import Door, VaultSetup
from victimid.errors import VictimIDError
from victimid.model.audit import Action, AuditQuery
from victimid.model.case_list import CaseFilter

WRONG = "seven copper lanterns drifting"
BACKUP, UNLOCK, SALVAGE = (f"wrong_passphrase {where}" for where in ("backup", "unlock", "salvage"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a vault with a case and two backups, one of them elsewhere, and a later case."""
    clock = FakeClock()
    session = open_session(tmp_path / "vault", clock)
    Desk(session).open_case("es")
    backing_up.make(session)
    clock.move(60)
    (tmp_path / "stick").mkdir()
    backing_up.make(session, tmp_path / "stick")
    Desk(session).open_case("es")
    session.lock()
    return tmp_path / "vault"


def cases(folder: Path) -> int:
    session = reopen(folder)
    found = len(Desk(session).page(CaseFilter()).cases)
    session.lock()
    return found


def test_backups_are_found_wherever_one_points(folder: Path, tmp_path: Path) -> None:
    [own] = restoring.offers(folder)
    [outside] = restoring.offers(tmp_path / "stick")
    assert restoring.offers(own.path) == restoring.offers(folder / "backups") == (own,)
    assert restoring.offers(outside.path.parent) == (outside,)
    assert restoring.offers(tmp_path / "nowhere") == ()
    (own.path / "backup.json").write_bytes(b"{}")
    assert restoring.offers(folder) == ()


def test_a_backup_becomes_a_vault_in_an_empty_folder(folder: Path, tmp_path: Path) -> None:
    made = restoring.restore(door(tmp_path / "new"), tmp_path / "stick", NAME, PASSPHRASE)
    assert (made.aside, cases(tmp_path / "new"), cases(folder)) == (None, 1, 2)
    for place, code in ((folder, "vault.exists"), (tmp_path / "stick", "vault.folder_not_empty")):
        with pytest.raises(VictimIDError) as raised:
            restoring.restore(door(place), tmp_path / "stick", NAME, PASSPHRASE)
        assert raised.value.code == code
    with pytest.raises(VictimIDError, match=r"backup\.none"):
        restoring.restore(door(tmp_path / "third"), tmp_path / "nowhere", NAME, PASSPHRASE)


def test_in_the_place_of_a_vault_that_is_set_aside_unchanged(folder: Path) -> None:
    before = (folder / "records.db").read_bytes()
    with pytest.raises(VictimIDError, match=r"vault\.wrong_passphrase"):
        restoring.restore(door(folder), folder, NAME, WRONG, replace=True)
    assert cases(folder) == 2
    before = (folder / "records.db").read_bytes()
    made = restoring.restore(door(folder), folder, NAME, PASSPHRASE, replace=True)
    assert made.aside is not None
    assert (made.aside / "records.db").read_bytes() == before
    assert (cases(folder), cases(made.aside)) == (1, 2)


@pytest.mark.parametrize("gone", [False, True])
def test_with_a_damaged_key_file_the_one_of_a_backup_opens_everything(folder: Path, *, gone: bool) -> None:
    path = folder / "header.json"
    whole = bytearray(path.read_bytes())
    whole[300] ^= 1
    path.write_bytes(whole)
    if gone:
        path.unlink()
    with pytest.raises(VictimIDError, match=r"keyfile\.missing" if gone else r"keyfile\.damaged"):
        restoring.salvage_in_place(door(folder), NAME, PASSPHRASE)
    saved = restoring.salvage_in_place(door(folder), NAME, PASSPHRASE, folder)
    assert (saved.salvaged.whole, saved.salvaged.checkup.sound, cases(folder)) == (True, True, 2)


def test_a_passphrase_of_before_opens_nothing_with_the_key_file_of_a_backup(folder: Path) -> None:
    session = reopen(folder)
    session.vault.change_passphrase(PASSPHRASE, "nine marble orchards whisper", session.floor)
    session.lock()
    (folder / "header.json").write_bytes(b"")
    for passphrase, code in (
        (PASSPHRASE, "officer.slot_outdated"),
        ("nine marble orchards whisper", "wrong_passphrase"),
    ):
        with pytest.raises(VictimIDError, match=code):
            restoring.salvage_in_place(door(folder), NAME, passphrase, folder)


@pytest.mark.parametrize("asked_first", [False, True])
@pytest.mark.parametrize("repair", [False, True])
def test_a_crash_between_setting_aside_and_taking_the_place_is_made_good(
    folder: Path, monkeypatch: pytest.MonkeyPatch, *, repair: bool, asked_first: bool
) -> None:
    rename = Path.rename

    def power_goes(path: Path, target: Path) -> Path:
        if target == folder:
            raise KeyboardInterrupt
        return rename(path, target)

    with monkeypatch.context() as crashing:
        crashing.setattr(Path, "rename", power_goes)
        with pytest.raises(KeyboardInterrupt):
            repaired(folder) if repair else replaced(folder)
    assert not folder.exists()
    if asked_first:
        assert door(folder).exists()
    [aside] = folder.parent.glob("vault-set-aside-*")
    assert (cases(folder), cases(aside)) == (2 if repair else 1, 2)
    assert not [*folder.parent.glob("vault-restored"), *folder.parent.glob("vault-salvaged")]


def repaired(folder: Path) -> None:
    restoring.salvage_in_place(door(folder), NAME, PASSPHRASE)


def replaced(folder: Path) -> None:
    restoring.restore(door(folder), folder, NAME, PASSPHRASE, replace=True)


def test_what_stands_in_its_place_is_left_there(folder: Path) -> None:
    other = folder.with_name("vault-restored")
    shutil.copytree(folder / "backups", other / "backups")
    shutil.copytree(folder, folder.with_name("vault-salvaged"))
    assert door(folder).exists()
    assert (other.is_dir(), cases(folder)) == (True, 2)
    shutil.rmtree(folder.with_name("vault-salvaged"))
    shutil.rmtree(folder)
    assert not door(folder).exists()


def test_what_a_crash_left_beside_is_moved_out_of_the_way(folder: Path) -> None:
    for what in ("restored", "salvaged"):
        shutil.copytree(folder, folder.with_name(f"vault-{what}"))
    made = restoring.restore(door(folder), folder, NAME, PASSPHRASE, replace=True)
    assert made.aside is not None
    saved = restoring.salvage_in_place(door(made.aside), NAME, PASSPHRASE)
    assert (saved.salvaged.whole, cases(folder), cases(made.aside), cases(saved.aside)) == (True, 1, 2, 2)
    assert [cases(left) for left in folder.parent.glob("vault-restored-set-aside-*")] == [2]
    assert not folder.with_name("vault-restored").exists()


def test_only_backups_are_left_of_a_vault(folder: Path) -> None:
    for name in ("records.db", "header.json"):
        (folder / name).unlink()
    assert not door(folder).exists()
    made = restoring.restore(door(folder), folder, NAME, PASSPHRASE, replace=True)
    assert made.aside is not None
    assert (cases(folder), len(restoring.offers(made.aside))) == (1, 1)


def test_a_salvage_takes_the_place_of_the_vault_or_leaves_it(folder: Path) -> None:
    before = (folder / "records.db").read_bytes()
    session = reopen(folder)
    with pytest.raises(VictimIDError, match=r"vault\.in_use"):
        restoring.salvage_in_place(door(folder), NAME, PASSPHRASE)
    session.lock()
    before = (folder / "records.db").read_bytes()
    made = restoring.salvage_in_place(door(folder), NAME, PASSPHRASE, restoring.offers(folder)[0].path)
    assert (made.salvaged.whole, (made.aside / "records.db").read_bytes()) == (True, before)
    assert cases(folder) == 2


def test_a_folder_that_cannot_be_read_holds_no_backups(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_: Path) -> Iterator[Path]:
        raise PermissionError

    monkeypatch.setattr(Path, "iterdir", refused)
    assert restoring.offers(folder) == restoring.offers(tmp_path / "stick") == ()


def test_a_vault_that_is_open_is_not_replaced(folder: Path) -> None:
    session = reopen(folder)
    with pytest.raises(VictimIDError, match=r"vault\.in_use"):
        restoring.restore(door(folder), folder, NAME, PASSPHRASE, replace=True)
    assert len(Desk(session).page(CaseFilter()).cases) == 2
    session.lock()
    made = restoring.restore(door(folder), folder, NAME, PASSPHRASE, replace=True)
    assert made.aside is not None


def test_a_sound_vault_is_salvaged_whole(folder: Path, tmp_path: Path) -> None:
    told = restoring.salvage(door(folder), tmp_path / "new", NAME, PASSPHRASE, folder)
    assert told.whole
    assert (cases(tmp_path / "new"), cases(folder)) == (2, 2)
    with pytest.raises(VictimIDError, match=r"backup\.none"):
        restoring.salvage(door(folder), tmp_path / "third", NAME, PASSPHRASE, tmp_path / "nowhere")


def guesses(place: Path, stick: Path, clock: FakeClock, *, replace: bool = False) -> list[VictimIDError]:
    """Try four wrong passphrases of a backup, each time as if the program had started anew."""
    told = []
    for _ in range(4):
        with pytest.raises(VictimIDError) as raised:
            restoring.restore(door(place, clock), stick, NAME, WRONG, replace=replace)
        told.append(raised.value)
    return told


def tried(folder: Path, clock: FakeClock) -> list[str]:
    """Return where every wrong passphrase on record was typed, the oldest first."""
    session = reopen(folder, clock)
    found = session.vault.audit.entries(99, AuditQuery(actions=(Action.REFUSED,)))
    session.lock()
    return [entry.detail.rpartition(" ")[0] for entry in reversed(found)]


def test_guessing_at_a_backup_on_a_new_laptop_gets_slow_and_is_on_record(tmp_path: Path, folder: Path) -> None:
    clock, stick, place = FakeClock(), tmp_path / "stick", tmp_path / "new" / "laptop"
    told = guesses(place, stick, clock)
    assert [(error.code, error.fields) for error in told] == [
        ("vault.wrong_passphrase", {"tries_left": 2, "wait": 0}),
        ("vault.wrong_passphrase", {"tries_left": 1, "wait": 0}),
        ("vault.wrong_passphrase", {"tries_left": 0, "wait": 5}),
        ("vault.wait", {"seconds": 5}),
    ]
    [beside] = place.parent.iterdir()
    assert (door(place, clock).exists(), door(place, clock).seconds_to_wait()) == (False, 5)
    with pytest.raises(VictimIDError, match=r"vault\.wait"):
        restoring.restore(door(place, clock), stick, NAME, PASSPHRASE)
    clock.move(5)
    restoring.restore(door(place, clock), stick, NAME, PASSPHRASE)
    assert (door(place, clock).seconds_to_wait(), beside.exists()) == (0, False)
    assert tried(place, clock) == [BACKUP] * 3
    assert tried(folder, clock) == []


def test_a_vault_made_where_a_backup_was_guessed_at_is_not_disturbed_and_has_it_on_record(
    tmp_path: Path, folder: Path
) -> None:
    clock, place = FakeClock(), tmp_path / "laptop"
    guesses(place, folder, clock)
    way_in = door(place, clock)
    assert (way_in.exists(), way_in.awaits_answer(), way_in.may_erase()) == (False, False, False)
    way_in.create(VaultSetup(POST, NAME, PASSPHRASE, (HEADQUARTERS.recipient,))).lock()
    assert way_in.seconds_to_wait() == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["laptop", "stick", "vault"]
    assert tried(place, clock) == [BACKUP] * 3


def test_guessing_where_a_damaged_vault_stands_counts_as_guessing_at_it(folder: Path) -> None:
    clock = FakeClock()
    with pytest.raises(VictimIDError, match=r"vault\.wrong_passphrase"):
        door(folder, clock).unlock(NAME, WRONG)
    (folder / "records.db").write_bytes(bytes(8192))
    told = guesses(folder, folder, clock, replace=True)
    assert [error.code for error in told] == [*["vault.wrong_passphrase"] * 2, *["vault.wait"] * 2]
    for guess in (restoring.salvage_in_place, Door.unlock):
        with pytest.raises(VictimIDError, match=r"vault\.wait"):
            guess(door(folder, clock), NAME, PASSPHRASE)
    clock.move(5)
    with pytest.raises(VictimIDError, match=r"vault\.wrong_passphrase"):
        restoring.salvage_in_place(door(folder, clock), NAME, WRONG)
    clock.move(10)
    made = restoring.restore(door(folder, clock), folder, NAME, PASSPHRASE, replace=True)
    assert made.aside is not None
    assert tried(folder, clock) == [UNLOCK, BACKUP, BACKUP, SALVAGE]
    assert {path.name for path in folder.parent.iterdir()} == {"stick", "vault", made.aside.name}


def test_wrong_tries_at_a_salvage_are_on_record_in_the_salvaged_vault(folder: Path) -> None:
    clock = FakeClock()
    with pytest.raises(VictimIDError, match=r"vault\.wrong_passphrase tries_left=2"):
        restoring.salvage_in_place(door(folder, clock), NAME, WRONG)
    with pytest.raises(VictimIDError, match=r"vault\.wrong_passphrase tries_left=1"):
        restoring.restore(door(folder, clock), folder, NAME, WRONG, replace=True)
    made = restoring.salvage_in_place(door(folder, clock), NAME, PASSPHRASE)
    assert made.salvaged.whole
    assert tried(folder, clock) == [SALVAGE, BACKUP]


def test_a_backup_that_is_damaged_uses_up_no_try(tmp_path: Path, folder: Path) -> None:
    clock, place = FakeClock(), tmp_path / "laptop"
    [offer] = restoring.offers(folder)
    database = offer.path / "records.db"
    database.write_bytes(database.read_bytes()[:-1] + b"?")
    for _ in range(5):
        with pytest.raises(VictimIDError, match=r"backup\.damaged"):
            restoring.restore(door(place, clock), folder, NAME, PASSPHRASE)
    assert door(place, clock).seconds_to_wait() == 0


def test_where_no_try_can_be_counted_none_is_made(tmp_path: Path, folder: Path) -> None:
    (tmp_path / ".laptop.tries").mkdir()
    with pytest.raises(VictimIDError, match=r"vault\.write_failed"):
        restoring.restore(door(tmp_path / "laptop"), folder, NAME, PASSPHRASE)
    assert not (tmp_path / "laptop").exists()
    open_session(tmp_path / "laptop").lock()
    assert cases(tmp_path / "laptop") == 0
