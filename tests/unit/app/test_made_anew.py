"""What a check is said to prove, tried: a record made anew with a passphrase of the vault shows by a bundle only."""

from pathlib import Path

from tests.support.sessions import answer_all, begun, open_session
from tests.support.vaults import PASSPHRASE, TEST_COST, FakeClock
from victimid.app import anchoring, exporting, headquarters, receipts, vault_care
from victimid.app.session import Session
from victimid.model.audit import Action, AuditQuery
from victimid.store.audit import _link
from victimid.store.exports import Exports


def made_anew(session: Session, without: Action) -> None:
    """Leave out all entries of an action, and hash and sign the rest anew, as an own program could."""
    database = session.vault._database
    rows = database.rows(
        "SELECT at, officer, action, subject, detail, content, case_state FROM audit ORDER BY sequence"
    )
    for trigger in ("audit_not_changed", "audit_not_deleted", "audit_seal_not_deleted"):
        database.execute(f"DROP TRIGGER {trigger}")
    database.execute("DELETE FROM audit_seal")
    database.execute("DELETE FROM audit")
    last = ""
    for number, row in enumerate((row for row in rows if row[2] != without), start=1):
        at, officer, action, subject, detail, content, state = row
        if action == Action.EXPORT_WRITTEN:
            database.execute("UPDATE export SET audit_head = ? WHERE sequence = ?", (last, int(subject)))
            content = Exports(database, session.vault.audit).content(int(subject))
        facts = (number, at, officer, action, subject, detail)
        last = _link((*facts, "", content, state), last)
        database.execute("INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (*facts, last, content, state))
    session.vault.seal_audit()


def test_a_record_made_anew_shows_only_by_a_bundle_written_before(tmp_path: Path) -> None:
    session = open_session(tmp_path / "vault")
    register = headquarters.create(tmp_path / "hq", PASSPHRASE, FakeClock(), TEST_COST)
    exporting.add_headquarters_key(session, register.recipient)
    register.enrol(session.vault.device_public_key, "laptop 1")
    answer_all(begun(session))
    receipts.set_key(session, register.public_key)
    vault_care.actions(session, AuditQuery())
    written = exporting.write(session, tmp_path)
    receipt = register.write_receipt(tmp_path, register.receive(written.path).receipt)
    register.close()
    made_anew(session, Action.AUDIT_VIEWED)
    assert session.vault.audit.entries(1, AuditQuery(actions=(Action.AUDIT_VIEWED,))) == ()
    assert vault_care.check(session).sound
    by_receipt = anchoring.anchors(session, [], [receipt])
    assert vault_care.check(session, by_receipt).sound
    by_bundle = anchoring.anchors(session, [written.path])
    assert {flaw.code for flaw in vault_care.check(session, by_bundle).flaws} == {"audit.rolled_back_to"}
    session.lock()
