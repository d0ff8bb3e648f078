"""A forgotten passphrase from the laptop to headquarters and back; the rehearsal; destroyed slots."""

from pathlib import Path

import pytest

from tests.support.colleagues import enrol
from tests.support.sessions import HEADQUARTERS, door, open_session, reopen
from tests.support.vaults import NAME, PASSPHRASE, a_case
from victimid import i18n
from victimid.app import backing_up, exporting, officers, recovering, vault_care
from victimid.crypto import age, header
from victimid.errors import VictimIDError
from victimid.model.audit import Action
from victimid.model.people import Role
from victimid.model.policy import Policy

NEW = "seven copper lanterns drifting"
WORDS = i18n.load("victimid", "es")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    session = open_session(tmp_path / "vault")
    session.vault.cases.add(a_case())
    session.lock()
    return tmp_path / "vault"


def answered(request: Path, *secret_keys: str, way: int = 1) -> Path:
    """Answer a request as headquarters does."""
    path = request.with_name("answer.age")
    path.write_bytes(recovering.answer(request.read_bytes(), way, secret_keys or (HEADQUARTERS.secret,)))
    return path


def test_the_answer_lets_the_officer_in_with_the_new_passphrase_only(folder: Path, tmp_path: Path) -> None:
    way_in = door(folder)
    asked = recovering.ask(way_in, NAME, NEW, tmp_path, WORDS)
    assert way_in.awaits_answer()
    answer = answered(asked.path)
    session = recovering.take_answer(way_in, NAME, NEW, answer)
    assert session.vault.cases.get(a_case().ref).ref == a_case().ref
    assert session.vault.audit.entries(1)[0].action is Action.SLOT_RECOVERED
    session.lock()
    assert not way_in.awaits_answer()
    with pytest.raises(VictimIDError, match=r"vault\.wrong_passphrase"):
        way_in.unlock(NAME, PASSPHRASE)
    way_in.unlock(NAME, NEW).lock()


def test_an_answer_is_of_use_to_nobody_else(folder: Path, tmp_path: Path) -> None:
    way_in = door(folder)
    answer = answered(recovering.ask(way_in, NAME, NEW, tmp_path, WORDS).path)
    for name, passphrase in ((NAME, PASSPHRASE), ("Somebody Else", NEW)):
        with pytest.raises(VictimIDError, match=r"wrong_passphrase"):
            recovering.take_answer(way_in, name, passphrase, answer)
    reopen(folder).lock()


def test_a_name_that_is_not_enrolled_gets_nothing(folder: Path, tmp_path: Path) -> None:
    way_in = door(folder)
    answer = answered(recovering.ask(way_in, "Somebody Else", NEW, tmp_path, WORDS).path)
    with pytest.raises(VictimIDError, match=r"officer\.unknown"):
        recovering.take_answer(way_in, "Somebody Else", NEW, answer)
    reopen(folder).lock()


def test_a_disabled_officer_does_not_come_back_through_headquarters(folder: Path, tmp_path: Path) -> None:
    session = reopen(folder)
    eva = session.vault.keys.enrol("Eva Sample", NEW, Role.OFFICER, session.officer_id)
    session.vault.keys.disable(eva.id, session.officer_id)
    session.lock()
    answer = answered(recovering.ask(door(folder), "Eva Sample", NEW, tmp_path, WORDS).path)
    with pytest.raises(VictimIDError, match=r"officer\.disabled"):
        recovering.take_answer(door(folder), "Eva Sample", NEW, answer)


def test_a_rehearsal_changes_nothing_but_its_date(folder: Path, tmp_path: Path) -> None:
    session = reopen(folder)
    assert session.vault.keys.rehearsed_at is None
    asked = recovering.rehearse(session, PASSPHRASE, tmp_path, WORDS)
    with pytest.raises(VictimIDError, match=r"recovery\.answer_damaged"):
        recovering.end_rehearsal(session, PASSPHRASE, asked.path)
    recovering.end_rehearsal(session, PASSPHRASE, answered(asked.path))
    assert session.vault.keys.rehearsed_at == session.clock()
    assert session.vault.verify().sound
    session.lock()
    reopen(folder).lock()


def test_two_persons_answer_where_a_pair_was_set(folder: Path, tmp_path: Path) -> None:
    first, second = age.new_identity(), age.new_identity()
    session = reopen(folder)
    vault_care.add_recovery_pair(session, first.recipient, second.recipient)
    session.lock()
    asked = recovering.ask(door(folder), NAME, NEW, tmp_path, WORDS)
    for alone in (HEADQUARTERS, first, second):
        with pytest.raises(VictimIDError):
            answered(asked.path, alone.secret)
    answer = answered(asked.path, first.secret, second.secret)
    recovering.take_answer(door(folder), NAME, NEW, answer).lock()
    with pytest.raises(VictimIDError, match=r"recovery\.no_way"):
        answered(asked.path, first.secret, way=2)


def test_an_administrator_cannot_come_in_as_a_supervisor_through_an_own_key(folder: Path, tmp_path: Path) -> None:
    own, other = age.new_identity(), age.new_identity()
    session = reopen(folder)
    keeper = enrol(session, "Eva Sample", Role.ADMINISTRATOR, NEW)
    session.lock()
    session = door(folder).unlock(keeper.name, NEW)
    for add in (
        lambda: exporting.add_headquarters_key(session, own.recipient),
        lambda: vault_care.add_recovery_pair(session, own.recipient, other.recipient),
        lambda: exporting.remove_headquarters_key(session, HEADQUARTERS.recipient),
        lambda: vault_care.remove_recovery_pair(session, own.recipient, other.recipient),
        lambda: officers.enrol(session, "Second Self", NEW, Role.SUPERVISOR),
    ):
        with pytest.raises(VictimIDError, match=r"officer\.not_allowed"):
            add()
    assert session.vault.keys.recovery_ways == [(HEADQUARTERS.recipient,)]
    session.lock()
    asked = recovering.ask(door(folder), NAME, NEW, tmp_path, WORDS)
    for secrets in ([own.secret], [own.secret, other.secret]):
        with pytest.raises(VictimIDError):
            answered(asked.path, *secrets)


def test_older_backups_go_where_one_person_could_open_them(folder: Path) -> None:
    first, second = age.new_identity(), age.new_identity()
    session = reopen(folder)
    older = backing_up.make(session)
    renewal = vault_care.add_recovery_pair(session, first.recipient, second.recipient)
    assert renewal.made is not None
    assert not older.folder.exists()
    [way] = header.read(renewal.made.folder / "header.json").recovery
    with pytest.raises(VictimIDError, match=r"age\.wrong_key"):
        age.decrypt(way.file, HEADQUARTERS.secret)
    exporting.add_headquarters_key(session, age.new_identity().recipient)
    assert backing_up.view(session).outdated == 1
    session.lock()


def test_older_backups_go_after_a_forgotten_passphrase(folder: Path, tmp_path: Path) -> None:
    session = reopen(folder)
    backing_up.make(session)
    session.lock()
    asked = recovering.ask(door(folder), NAME, NEW, tmp_path, WORDS)
    session = recovering.take_answer(door(folder), NAME, NEW, answered(asked.path))
    assert backing_up.view(session).outdated == 1
    made = backing_up.make_if_due(session)
    assert made is not None
    assert made.removed == 1
    session.lock()


def allow_erasing(folder: Path) -> None:
    session = reopen(folder)
    boss = enrol(session, "Eva Sample", Role.ADMINISTRATOR, NEW)
    session.lock()
    assert not door(folder).may_erase()
    session = door(folder).unlock(boss.name, NEW)
    vault_care.change_policy(session, Policy(erase_allowed=True))
    session.lock()
    assert door(folder).may_erase()


def test_a_request_that_waited_goes_with_the_keys(folder: Path, tmp_path: Path) -> None:
    allow_erasing(folder)
    way_in = door(folder)
    recovering.ask(way_in, NAME, NEW, tmp_path, WORDS)
    (folder / "rehearsal").write_bytes((folder / "recovery").read_bytes())
    way_in.erase()
    assert not way_in.awaits_answer()
    assert not (folder / "recovery").exists()
    assert not (folder / "rehearsal").exists()


def test_a_damaged_header_offers_nothing(folder: Path) -> None:
    allow_erasing(folder)
    header = folder / "header.json"
    header.write_bytes(header.read_bytes()[:-20])
    assert not door(folder).recoverable()
    assert not door(folder).may_erase()
    header.unlink()
    assert not door(folder).recoverable()


def test_what_is_shown_of_the_recovery(folder: Path, tmp_path: Path) -> None:
    session = reopen(folder)
    view = recovering.view(session)
    assert (view.officer, view.ways, view.persons, view.waiting_code) == (NAME, 1, 1, "")
    assert view.rehearsed_at is None
    assert recovering.rehearsal_due(session)
    asked = recovering.rehearse(session, NEW, tmp_path, WORDS)
    assert recovering.view(session).waiting_code == asked.code
    assert not door(folder).awaits_answer()
    recovering.end_rehearsal(session, NEW, answered(asked.path))
    view = recovering.view(session)
    assert (view.rehearsed_at, view.waiting_code) == (session.clock(), "")
    assert not recovering.rehearsal_due(session)
    session.lock()


def test_after_erasing_only_headquarters_opens_the_vault(folder: Path, tmp_path: Path) -> None:
    way_in = door(folder)
    allow_erasing(folder)
    way_in.erase()
    with pytest.raises(VictimIDError, match=r"keyfile\.erased"):
        way_in.unlock(NAME, PASSPHRASE)
    answer = answered(recovering.ask(way_in, NAME, NEW, tmp_path, WORDS).path)
    session = recovering.take_answer(way_in, NAME, NEW, answer)
    assert session.vault.cases.get(a_case().ref).ref == a_case().ref
    session.lock()
    way_in.unlock(NAME, NEW).lock()
