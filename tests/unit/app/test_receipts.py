"""Headquarters' receipts: only the key that a supervisor set makes one, whoever brings it."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.support.colleagues import EVA, enrol, signed_in
from tests.support.sessions import begun, open_session
from tests.support.vaults import FakeClock
from victimid.app import exporting, receipts, vault_care
from victimid.app.exporting import WrittenExport
from victimid.app.session import Session
from victimid.crypto import sshsig
from victimid.crypto.sshsig import SigningKey
from victimid.errors import VictimIDError
from victimid.exchange.bundle import write_receipt
from victimid.model.audit import Action, AuditQuery
from victimid.model.bundle import Receipt

HEADQUARTERS, FORGER = sshsig.new_key("headquarters"), sshsig.new_key()


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    opened = open_session(tmp_path / "vault")
    yield opened
    opened.lock()


def answered(session: Session, written: WrittenExport, key: SigningKey, folder: Path) -> Path:
    """Write the receipt for a bundle with somebody's key."""
    export = written.export
    receipt = Receipt(session.vault.device_id, export.sequence, export.manifest_sha256, export.records, FakeClock()())
    return write_receipt(folder, receipt, partial(sshsig.sign, key.private))


def refusal(session: Session, path: Path) -> str:
    with pytest.raises(VictimIDError) as refused:
        receipts.take(session, path)
    return refused.value.code


def test_an_officer_cannot_sign_the_receipt_for_an_own_bundle(session: Session, tmp_path: Path) -> None:
    receipts.set_key(session, HEADQUARTERS.public)
    enrol(session)
    session.lock()
    officer = signed_in(tmp_path / "vault", EVA)
    begun(officer)
    forged = answered(officer, exporting.write(officer, tmp_path), FORGER, tmp_path)
    assert refusal(officer, forged) == "signature.wrong_key"
    with pytest.raises(VictimIDError, match=r"officer\.not_allowed"):
        receipts.set_key(officer, FORGER.public)
    assert officer.vault.exports.get(1).received_at is None
    officer.lock()


def test_without_a_key_no_receipt_is_taken_and_that_is_on_record(session: Session, tmp_path: Path) -> None:
    begun(session)
    written = exporting.write(session, tmp_path)
    receipt = answered(session, written, HEADQUARTERS, tmp_path)
    assert exporting.view(session).receipt_fingerprint == ""
    assert refusal(session, receipt) == "receipt.no_key"
    [entry] = session.vault.audit.entries(1, AuditQuery(actions=(Action.FAILED,)))
    assert entry.detail == "export_received receipt.no_key"


def test_the_key_is_on_record_and_replaced_by_the_one_that_counts_then(session: Session, tmp_path: Path) -> None:
    begun(session)
    written = exporting.write(session, tmp_path)
    receipts.set_key(session, FORGER.public)
    receipts.set_key(session, f" {HEADQUARTERS.public}\n")
    assert exporting.view(session).receipt_fingerprint == receipts.fingerprint(HEADQUARTERS.public)
    with pytest.raises(VictimIDError, match=r"vault\.key_known"):
        receipts.set_key(session, HEADQUARTERS.public.removesuffix(" headquarters"))
    entries = session.vault.audit.entries(9, AuditQuery(actions=(Action.RECEIPT_KEY_SET,)))
    assert [entry.detail for entry in entries] == [sshsig.fingerprint(key.public) for key in (HEADQUARTERS, FORGER)]
    assert refusal(session, answered(session, written, FORGER, tmp_path)) == "signature.wrong_key"
    receipts.take(session, answered(session, written, HEADQUARTERS, tmp_path))
    assert session.vault.exports.get(1).received_at is not None
    assert vault_care.check(session).sound


def test_a_key_that_was_put_in_the_place_of_the_one_on_record_is_found(session: Session) -> None:
    receipts.set_key(session, HEADQUARTERS.public)
    session.vault._database.execute("UPDATE laptop SET receipt_key = ?", (sshsig.check_public(FORGER.public),))
    [flaw] = vault_care.check(session).flaws
    assert (flaw.code, flaw.fields["table"]) == ("audit.row_altered", "laptop")
