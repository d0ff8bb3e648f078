"""What restores and repairs put beside a vault opens no longer for whom the vault itself does not open."""

import shutil
from pathlib import Path

import pytest

from tests.support.colleagues import EVA, enrol
from tests.support.sessions import door, open_session, reopen
from tests.support.vaults import NAME, PASSPHRASE, POST, FakeClock
from victimid.app import backing_up, deleting, erasing, officers, restoring, vault_care
from victimid.app.desk import Desk
from victimid.app.session import VaultSetup
from victimid.crypto import header, keyfile
from victimid.errors import VictimIDError
from victimid.model.policy import Policy
from victimid.model.retention import Override
from victimid.model.why import WhyDisabled, WhyRekeyed


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a vault for two officers, with two more beside it, each with a backup, and what a crash left there."""
    clock, folder = FakeClock(), tmp_path / "vault"
    session = open_session(folder, clock)
    enrol(session)
    Desk(session).open_case("es")
    backing_up.make(session)
    session.lock()
    restoring.restore(door(folder, clock), folder, NAME, PASSPHRASE, replace=True)
    clock.move(60)
    session = reopen(folder, clock)
    backing_up.make(session)
    session.lock()
    restoring.salvage_in_place(door(folder, clock), NAME, PASSPHRASE)
    for left in ("vault-restored", "vault-salvaged-set-aside-20261121-120000", ".vault.new", ".vault-restored.new"):
        shutil.copytree(folder, folder.with_name(left))
    return folder


def everything(folder: Path) -> set[Path]:
    """Return every folder in which there is a header."""
    return {path.parent for path in folder.parent.glob("**/header.json")}


def opening(folder: Path, name: str) -> set[Path]:
    """Return every folder that opens as a vault, or of which one can be restored."""
    return {each for each in everything(folder) if _opens(each, name, folder.with_name("tried"))}


def _opens(place: Path, name: str, tried: Path) -> bool:
    shutil.rmtree(tried, ignore_errors=True)
    try:
        if (place / "backup.json").exists():
            restoring.restore(door(tried), place, name, PASSPHRASE)
        else:
            shutil.copytree(place, tried)
            door(tried).unlock(name, PASSPHRASE).lock()
    except VictimIDError:
        return False
    finally:
        shutil.rmtree(tried, ignore_errors=True)
    return True


def erase(folder: Path) -> None:
    session = reopen(folder)
    session.vault.policies.change(Policy(erase_allowed=True), session.officer_id)
    erasing.erase(session, door(folder))


def end_access(folder: Path) -> officers.AccessEnded:
    session = reopen(folder)
    ended = officers.disable(session, officers.named(session, EVA).id, WhyDisabled.LEFT)
    session.lock()
    return ended


def test_after_the_keys_are_destroyed_no_passphrase_opens_anything(folder: Path) -> None:
    before = opening(folder, NAME)
    assert before == everything(folder)
    assert len(before) == 9
    request = folder.with_name("vault-restored") / "recovery"
    request.write_bytes(b"a request that waits")
    erase(folder)
    assert opening(folder, NAME) == opening(folder, EVA) == set()
    assert everything(folder) == before
    assert not request.exists()
    assert all(header.read(place / "header.json").recovery for place in before)


def test_what_headquarters_could_not_recover_loses_its_header(folder: Path) -> None:
    other = folder.with_name("vault-set-aside-20250101-000000")
    door(other).create(VaultSetup(POST, NAME, PASSPHRASE)).lock()
    erase(folder)
    assert not (other / "header.json").exists()


def test_what_cannot_be_written_keeps_nothing_else(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stuck = folder.with_name(".vault.new")
    write = header.write

    def refuse(path: Path, content: header.Header) -> None:
        if path.parent == stuck:
            raise VictimIDError("keyfile.not_written")
        write(path, content)

    monkeypatch.setattr("victimid.crypto.erasing.write", refuse)
    with pytest.raises(VictimIDError, match=r"keyfile\.not_written"):
        erase(folder)
    monkeypatch.undo()
    assert opening(folder, NAME) == {stuck}
    door(folder).erase()
    assert opening(folder, NAME) == set()


def test_a_vault_of_another_name_beside_it_is_left_alone(folder: Path) -> None:
    for name in ("vaults", "other", "vault-restored-by-me", "my-vault"):
        open_session(folder.with_name(name)).lock()
    erase(folder)
    assert {place.name for place in opening(folder, NAME)} == {"vaults", "other", "vault-restored-by-me", "my-vault"}


def test_a_disabled_officer_gets_into_nothing_and_others_as_before(folder: Path) -> None:
    before = everything(folder)
    assert opening(folder, EVA) == before
    ended = end_access(folder)
    assert ended.renewal.made is None
    assert ended.left == ()
    assert opening(folder, EVA) == set()
    assert opening(folder, NAME) == before


def test_where_the_officer_may_still_get_in_is_told(folder: Path) -> None:
    session = reopen(folder)
    vault_care.rekey(session, WhyRekeyed.ROUTINE)
    session.lock()
    beside = everything(folder) - {folder, *(place for place in everything(folder) if folder in place.parents)}
    assert set(end_access(folder).left) == opening(folder, EVA) == beside


def test_what_only_the_disabled_officer_opened_is_told_and_stays(folder: Path) -> None:
    alone = folder.with_name("vault-restored")
    session = reopen(folder)
    eva = session.vault.officers.slot_of(officers.named(session, EVA).id)
    keyfile.keep_slots(alone / "header.json", session.vault.keys.key, {eva})
    session.lock()
    assert end_access(folder).left == (alone,)
    assert opening(folder, EVA) == {alone}


def test_where_a_deleted_case_may_still_be_is_told(folder: Path) -> None:
    session = reopen(folder)
    [(ref, _)] = session.vault.exports.changed_cases()
    folder.with_name("vault-set-aside-20200101-000000").mkdir()
    assert deleting.delete(session, []).left == ()
    left = deleting.delete(session, [ref], Override.PERSON_ASKED).left
    session.lock()
    assert set(left) == {place for place in everything(folder) if place.parent == folder.parent} - {folder}
    for number, place in enumerate(left):
        shutil.copytree(place, folder.with_name(f"copy{number}"))
        opened = reopen(folder.with_name(f"copy{number}"))
        assert opened.vault.cases.get(ref).ref == ref
        opened.lock()


def test_what_cannot_be_read_opens_for_nobody(folder: Path) -> None:
    (folder.with_name("vault-restored") / "header.json").write_bytes(b"damaged")
    assert end_access(folder).left == ()
