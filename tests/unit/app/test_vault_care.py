"""Looking after a vault: policy, checks with what stands outside, a new key, destroyed keys."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.colleagues import as_officer, enrol
from tests.support.sessions import answer_all, begun, door, open_session, reopen
from tests.support.vaults import NAME, PASSPHRASE, POST, TEST_COST, FakeClock
from victimid import i18n
from victimid.app import (
    actions_file,
    anchoring,
    backing_up,
    erasing,
    exporting,
    headquarters,
    receipts,
    recovering,
    reviewing,
    vault_care,
)
from victimid.app.access import Why
from victimid.app.session import Session, VaultSetup
from victimid.crypto import age
from victimid.errors import VictimIDError
from victimid.model.audit import Action, AuditQuery
from victimid.model.checkup import Check, Checkup, Flaw
from victimid.model.finding import Outcome
from victimid.model.people import Role
from victimid.model.policy import Changed, Policy, changes_in
from victimid.model.review import Verdict
from victimid.model.why import WhyAccepted, WhyRekeyed

SECRET = "seven copper lanterns drifting"


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    opened = open_session(tmp_path / "vault")
    yield opened
    opened.lock()


def as_administrator(session: Session, folder: Path) -> Session:
    enrol(session, "Ada", Role.ADMINISTRATOR, SECRET)
    session.lock()
    return door(folder).unlock("Ada", SECRET)


def test_an_administrator_sets_the_policy_within_bounds(session: Session, tmp_path: Path) -> None:
    ada = as_administrator(session, tmp_path / "vault")
    wanted = Policy({Outcome.REFER: 365, None: 30}, idle_minutes=5, erase_allowed=True)
    vault_care.change_policy(ada, wanted)
    assert vault_care.policy(ada) == wanted
    with pytest.raises(VictimIDError, match=r"policy\.out_of_range") as raised:
        vault_care.change_policy(ada, Policy(idle_minutes=16))
    assert raised.value.fields == {"name": "idle_minutes", "least": 1, "most": 15}
    assert vault_care.policy(ada) == wanted
    ada.lock()


def test_the_record_of_actions_notes_who_reads_it(session: Session) -> None:
    first = vault_care.actions(session, AuditQuery(), 2)
    assert len(first) == 2
    assert first[0].action is Action.AUDIT_VIEWED
    before = session.vault.audit.standing()
    assert vault_care.actions(session, AuditQuery(before=first[-1].sequence))
    assert session.vault.audit.standing() == before


def test_the_record_says_which_settings_were_changed(session: Session) -> None:
    by = session.officer_id
    for policy in (Policy({None: 30}, 5), Policy({Outcome.REFER: 365}, 5, erase_allowed=True), Policy()):
        session.vault.policies.change(policy, by)
    told = [entry.detail for entry in session.vault.audit.entries(3)]
    assert told == [
        "erase=yes>no idle_minutes=5>3 keep_days.refer=365>",
        "erase=no>yes keep_days.refer=>365 keep_days.undecided=30>",
        "idle_minutes=3>5 keep_days.undecided=>30",
    ]
    assert changes_in(told[1])[1:] == (Changed("keep_days.refer", "", "365"), Changed("keep_days.undecided", "30", ""))


def test_there_is_nothing_to_accept_where_nothing_was_put_back(session: Session) -> None:
    before = session.vault.audit.standing()
    with pytest.raises(VictimIDError, match=r"audit\.not_rolled_back"):
        vault_care.accept_rollback(session, WhyAccepted.URGENT)
    assert session.vault.audit.standing() == before


def test_nothing_that_was_typed_as_a_case_gets_into_the_record(session: Session, tmp_path: Path) -> None:
    typed = "Maria Lopez Garcia"
    assert vault_care.actions(session, AuditQuery(subject=typed)) == ()
    actions_file.write(session, AuditQuery(subject=typed), tmp_path)
    boss, eva = session.vault.officer, enrol(session)
    officer = as_officer(session, eva)
    for refused in (
        lambda: officer.access.open_other(typed, Why.REVIEW),
        lambda: reviewing.review(officer, typed, Verdict.AGREES, ""),
    ):
        with pytest.raises(VictimIDError, match=r"officer\.not_allowed"):
            refused()
    session.vault.officer = boss
    entries = session.vault.audit.entries(99)
    assert {entry.subject for entry in entries if entry.action is not Action.OFFICER_ENROLLED} == {""}
    assert typed not in str(entries)
    vault_care.actions(session, AuditQuery(subject="RU-7K2M"))
    assert session.vault.audit.entries(1)[0].subject == "RU-7K2M"


def test_a_check_is_on_record_and_reads_every_byte_only_when_asked(session: Session) -> None:
    steps: list[tuple[int, int]] = []
    found = vault_care.check(session, progress=lambda done, total: steps.append((done, total)))
    assert found.sound
    assert set(found.compared) == set(Check)
    assert steps == sorted(steps)
    assert {done for done, _ in steps} == set(range(len(Check) + 1))
    quick = vault_care.check(session, full=False)
    assert set(Check) - set(quick.compared) == {Check.ATTACHMENTS, Check.PAGES}
    assert session.vault.audit.entries(1)[0].detail == "flaws=0"
    vault_care.look_over(session)


def test_bundles_and_receipts_are_compared_with_the_records(session: Session, tmp_path: Path) -> None:
    answer_all(begun(session))
    register = headquarters.create(tmp_path / "hq", PASSPHRASE, FakeClock(), TEST_COST)
    exporting.add_headquarters_key(session, register.recipient)
    written = exporting.write(session, tmp_path)
    register.enrol(session.vault.device_public_key, "laptop 1")
    receipt = register.write_receipt(tmp_path, register.receive(written.path).receipt)
    with pytest.raises(VictimIDError, match=r"receipt\.no_key"):
        anchoring.anchors(session, [], [receipt])
    receipts.set_key(session, register.public_key)
    outside = anchoring.anchors(session, [written.path], [receipt])
    assert [anchor.sequence for anchor in outside] == [1, 1]
    assert outside[0].audit_head == written.export.audit_head
    assert vault_care.check(session, outside).sound
    other = open_session(tmp_path / "other")
    with pytest.raises(VictimIDError, match=r"audit\.bundle_foreign"):
        anchoring.anchors(other, [written.path])
    receipts.set_key(other, register.public_key)
    with pytest.raises(VictimIDError, match=r"receipt\.other_device"):
        anchoring.anchors(other, [], [receipt])
    assert {flaw.code for flaw in vault_care.check(other, outside).flaws} == {
        "audit.bundle_unknown",
        "audit.rolled_back_to",
    }
    other.lock()
    register.close()


def test_a_new_key_takes_the_backups_under_the_old_one_with_it(session: Session, tmp_path: Path) -> None:
    older = backing_up.make(session)
    key = bytes(session.vault.keys.key.sqlcipher_key())
    renewal = vault_care.rekey(session, WhyRekeyed.ROUTINE)
    assert bytes(session.vault.keys.key.sqlcipher_key()) != key
    assert renewal.made is not None
    assert not older.folder.exists()
    assert session.vault.backups.check(renewal.made.backup) == renewal.made.backup.record
    session.lock()
    again = reopen(tmp_path / "vault")
    assert vault_care.check(again).sound
    [rekeyed] = again.vault.audit.entries(9, AuditQuery(actions=(Action.VAULT_REKEYED,)))
    assert rekeyed.detail == "routine"
    again.lock()


def test_while_a_backup_is_made_there_is_no_new_key(session: Session) -> None:
    with session.vault.backups.alone(), pytest.raises(VictimIDError, match=r"backup\.being_made"):
        vault_care.rekey(session, WhyRekeyed.ROUTINE)
    vault_care.rekey(session, WhyRekeyed.ROUTINE)


def test_keys_are_destroyed_with_those_in_the_backups(session: Session, tmp_path: Path) -> None:
    backing_up.make(session)
    with pytest.raises(VictimIDError, match=r"erase\.not_allowed"):
        erasing.erase(session, door(tmp_path / "vault"))
    session.vault.policies.change(Policy(erase_allowed=True), session.officer_id)
    erasing.erase(session, door(tmp_path / "vault"))
    with pytest.raises(VictimIDError, match=r"keyfile\.erased"):
        reopen(tmp_path / "vault")
    [header] = (tmp_path / "vault" / "backups").glob("*/header.json")
    assert b'"slots":[]' in header.read_bytes()


def test_without_headquarters_no_keys_are_destroyed(tmp_path: Path) -> None:
    session = door(tmp_path / "vault").create(VaultSetup(POST, NAME, PASSPHRASE))
    assert not vault_care.device(session).recovers
    session.vault.policies.change(Policy(erase_allowed=True), session.officer_id)
    with pytest.raises(VictimIDError, match=r"recovery\.no_way"):
        erasing.erase(session, door(tmp_path / "vault"))
    session.lock()
    reopen(tmp_path / "vault").lock()


def test_two_persons_from_the_first_moment(tmp_path: Path) -> None:
    first, second = age.new_identity(), age.new_identity()
    way_in = door(tmp_path / "vault")
    with pytest.raises(VictimIDError, match=r"recovery\.persons"):
        way_in.create(VaultSetup(POST, NAME, PASSPHRASE, (), (first.recipient, first.recipient)))
    assert not (tmp_path / "vault").exists()
    way_in.create(VaultSetup(POST, NAME, PASSPHRASE, (), (first.recipient, second.recipient))).lock()
    asked = recovering.ask(way_in, NAME, SECRET, tmp_path, i18n.load("victimid", "en"))
    request = recovering.read_request(asked.path)
    assert recovering.asked_in(request).code == asked.code
    (tmp_path / "answer.age").write_bytes(recovering.answer(request, 1, [first.secret, second.secret]))
    recovering.take_answer(way_in, NAME, SECRET, tmp_path / "answer.age").lock()
    with pytest.raises(VictimIDError, match=r"recovery\.request_damaged"):
        recovering.read_request(tmp_path / "nothing")


def test_destroying_keys_stops_at_no_damaged_backup(session: Session, tmp_path: Path) -> None:
    backing_up.make(session)
    backing_up.make(session)
    damaged, whole = sorted((tmp_path / "vault" / "backups").glob("*/header.json"))
    damaged.write_bytes(b"damaged")
    session.vault.policies.change(Policy(erase_allowed=True), session.officer_id)
    erasing.erase(session, door(tmp_path / "vault"))
    assert not damaged.exists()
    assert b'"slots":[]' in whole.read_bytes()


def test_damage_is_told_even_where_nothing_more_can_be_written(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_entry: object) -> None:
        raise VictimIDError("vault.disk_full")

    flaw = Flaw(Check.PAGES, "vault.structure_damaged", {})
    monkeypatch.setattr(type(session.vault), "verify", lambda *_asked, **_how: Checkup({}, (flaw,), 0))
    monkeypatch.setattr(session.vault.audit, "append", full)
    assert vault_care.check(session).flaws == (flaw,)
    monkeypatch.setattr(type(session.vault), "verify", lambda *_asked, **_how: Checkup({}, (), 0))
    with pytest.raises(VictimIDError, match=r"vault\.disk_full"):
        vault_care.check(session)
