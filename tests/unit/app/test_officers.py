"""Officers of a shared laptop: enrolled, signed in, disabled with the backups that still opened for them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.sessions import door, open_session
from tests.support.vaults import NAME, PASSPHRASE
from victimid.app import backing_up, officers, restoring, upkeep
from victimid.app.desk import Desk
from victimid.app.session import Session
from victimid.errors import VictimIDError
from victimid.model.audit import Action, AuditQuery
from victimid.model.people import Role
from victimid.model.why import WhyDisabled
from victimid.store import disk_room

FIRST, NEW = "seven copper lanterns drifting", "eleven patient otters waiting"
EVA = "Eva Example"


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    opened = open_session(tmp_path / "vault")
    yield opened
    opened.lock()


def test_an_officer_signs_in_and_chooses_an_own_passphrase(session: Session, tmp_path: Path) -> None:
    eva = officers.enrol(session, f" {EVA} ", FIRST, Role.OFFICER)
    assert (eva.name, officers.named(session, "eva  EXAMPLE")) == (EVA, eva)
    assert officers.everyone(session)[-1] == eva
    assert officers.names(session)[eva.id] == EVA
    session.lock()
    hers = door(tmp_path / "vault").unlock(EVA, FIRST)
    with pytest.raises(VictimIDError, match=r"passphrase\.same"):
        officers.change_passphrase(hers, FIRST, FIRST)
    with pytest.raises(VictimIDError, match=r"vault\.wrong_passphrase"):
        officers.change_passphrase(hers, NEW, FIRST)
    with pytest.raises(VictimIDError, match=r"passphrase\.too_weak"):
        officers.change_passphrase(hers, FIRST, "secret")
    officers.change_passphrase(hers, FIRST, NEW)
    hers.lock()
    with pytest.raises(VictimIDError, match=r"vault\.wrong_passphrase"):
        door(tmp_path / "vault").unlock(EVA, FIRST)
    door(tmp_path / "vault").unlock(EVA, NEW).lock()
    door(tmp_path / "vault").unlock(NAME, PASSPHRASE).lock()


def test_nothing_is_done_before_a_given_passphrase_is_changed(session: Session, tmp_path: Path) -> None:
    eva = officers.enrol(session, EVA, FIRST, Role.OFFICER)
    assert (eva.passphrase_given, session.vault.officer.passphrase_given) == (True, False)
    session.lock()
    for _ in range(2):  # it is kept in the vault
        hers = door(tmp_path / "vault").unlock(EVA, FIRST)
        with pytest.raises(VictimIDError, match=r"officer\.passphrase_given"):
            Desk(hers).view()
        told: list[VictimIDError] = []
        upkeep.at_start(hers, told.append)
        assert told == []
        hers.lock()
    hers = door(tmp_path / "vault").unlock(EVA, FIRST)
    officers.change_passphrase(hers, FIRST, NEW)
    assert Desk(hers).counts().unfinished == 0
    hers.lock()
    hers = door(tmp_path / "vault").unlock(EVA, NEW)
    assert Desk(hers).counts().unfinished == 0
    assert hers.vault.audit.entries(1, AuditQuery(actions=(Action.SLOT_CHANGED,)))[0].subject == eva.id
    assert hers.vault.verify().sound
    hers.vault._database.execute("UPDATE officer SET passphrase_given = 1")
    assert {flaw.code for flaw in hers.vault.verify().flaws} == {"audit.row_altered"}
    hers.lock()


def test_another_first_passphrase_is_given_until_an_own_one_is_chosen(session: Session, tmp_path: Path) -> None:
    eva = officers.enrol(session, EVA, FIRST, Role.OFFICER)
    assert officers.may_give_passphrase(session, eva)
    with pytest.raises(VictimIDError, match=r"passphrase\.too_weak"):
        officers.give_passphrase(session, eva.id, "abc")
    officers.give_passphrase(session, eva.id, NEW)
    given = session.vault.audit.entries(1)[0]
    assert (given.action, given.officer, given.subject) == (Action.SLOT_GIVEN, session.officer_id, eva.id)
    assert session.vault.verify().sound
    session.lock()
    with pytest.raises(VictimIDError, match=r"vault\.wrong_passphrase"):
        door(tmp_path / "vault").unlock(EVA, FIRST)
    hers = door(tmp_path / "vault").unlock(EVA, NEW)
    with pytest.raises(VictimIDError, match=r"officer\.passphrase_given"):
        Desk(hers).view()
    officers.change_passphrase(hers, NEW, FIRST)
    hers.lock()
    boss = door(tmp_path / "vault").unlock(NAME, PASSPHRASE)
    assert not officers.may_give_passphrase(boss, officers.named(boss, EVA))
    with pytest.raises(VictimIDError, match=r"officer\.own_passphrase"):
        officers.give_passphrase(boss, eva.id, NEW)
    nova = officers.enrol(boss, "Nova", FIRST, Role.OFFICER)
    officers.disable(boss, nova.id, WhyDisabled.MISTAKE)
    with pytest.raises(VictimIDError, match=r"officer\.disabled"):
        officers.give_passphrase(boss, nova.id, NEW)
    boss.lock()
    door(tmp_path / "vault").unlock(EVA, FIRST).lock()


def test_guessing_at_an_unlocked_laptop_is_as_slow_as_at_a_locked_one_and_written_down(
    session: Session, tmp_path: Path
) -> None:
    for _ in range(3):
        with pytest.raises(VictimIDError, match=r"vault\.wrong_passphrase"):
            officers.change_passphrase(session, FIRST, NEW)
    with pytest.raises(VictimIDError, match=r"vault\.wait seconds=5"):
        officers.change_passphrase(session, PASSPHRASE, NEW)
    refused = session.vault.audit.entries(3)
    assert {(entry.action, entry.officer, entry.detail) for entry in refused} == {
        (Action.REFUSED, session.officer_id, "wrong_passphrase change 2026-11-21T12:00:00+00:00")
    }
    assert session.tries.listed() == ()
    session.lock()
    assert door(tmp_path / "vault").seconds_to_wait() == 5


def test_names_and_first_passphrases_are_checked(session: Session) -> None:
    for name, passphrase, code in (
        (NAME.upper(), FIRST, "officer.name_taken"),
        (" - ", FIRST, "keyfile.name_empty"),
        (EVA, "secret", "passphrase.too_weak"),
        ("Eva\x1b[31m", FIRST, "officer.name_unfit"),
        ("Eva\nExample", FIRST, "officer.name_unfit"),
        ("Eva \u202eelpmaxE", FIRST, "officer.name_unfit"),
        ("E" * 101, FIRST, "officer.name_unfit"),
    ):
        with pytest.raises(VictimIDError) as raised:
            officers.enrol(session, name, passphrase, Role.OFFICER)
        assert raised.value.code == code
    assert [officer.name for officer in officers.everyone(session)] == [NAME]
    with pytest.raises(VictimIDError, match=r"officer\.nobody"):
        officers.named(session, EVA)


def test_a_name_is_written_as_its_script_needs_it(session: Session) -> None:
    for name in ("علی\u200cرضا نمونه", "Ngọc Ánh", "E" * 100):
        assert officers.enrol(session, name, FIRST, Role.OFFICER).name == name


def test_nobody_disables_themselves_or_somebody_unknown(session: Session) -> None:
    with pytest.raises(VictimIDError, match=r"officer\.own"):
        officers.disable(session, session.officer_id, WhyDisabled.LEFT)
    with pytest.raises(VictimIDError, match=r"officer\.unknown"):
        officers.disable(session, "nobody", WhyDisabled.LEFT)


def test_a_disabled_officer_gets_in_neither_here_nor_through_a_backup(session: Session, tmp_path: Path) -> None:
    eva = officers.enrol(session, EVA, FIRST, Role.OFFICER)
    before = backing_up.make(session)
    renewal = officers.disable(session, eva.id, WhyDisabled.LEFT)
    assert renewal.made is not None
    assert (renewal.made.removed, before.folder.exists()) == (1, False)
    [entry] = session.vault.audit.entries(1, AuditQuery(actions=(Action.OFFICER_DISABLED,)))
    assert (entry.officer, entry.subject) == (session.officer_id, eva.id)
    session.lock()
    way_in = door(tmp_path / "vault")
    with pytest.raises(VictimIDError, match=r"vault\.wrong_passphrase"):
        way_in.unlock(EVA, FIRST)
    with pytest.raises(VictimIDError, match=r"vault\.wrong_passphrase"):
        restoring.restore(door(tmp_path / "new"), tmp_path / "vault", EVA, FIRST)


def test_backups_that_cannot_be_renewed_now_are_renewed_later(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    eva = officers.enrol(session, EVA, FIRST, Role.OFFICER)
    older = backing_up.make(session)
    monkeypatch.setattr(disk_room, "free_bytes", lambda _folder: 0)
    renewal = officers.disable(session, eva.id, WhyDisabled.LEFT)
    assert renewal.problem is not None
    assert renewal.problem.code == "vault.no_room"
    assert older.folder.exists()
    monkeypatch.undo()
    assert backing_up.view(session).outdated == 1
    made = backing_up.make_if_due(session)
    assert made is not None
    assert (made.removed, older.folder.exists()) == (1, False)
    assert backing_up.make_if_due(session) is None
