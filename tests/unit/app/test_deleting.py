"""Cases whose time is over go for good, and out of the backups on this laptop."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.sessions import answer_all, begun, open_session
from tests.support.vaults import PASSPHRASE, TEST_COST, FakeClock
from victimid.app import backing_up, deleting, exporting, headquarters, receipts, vault_care
from victimid.app.session import Session
from victimid.errors import VictimIDError
from victimid.model.audit import Action, AuditQuery
from victimid.model.policy import Policy
from victimid.model.retention import Override

DAY = 86_400


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def session(tmp_path: Path, clock: FakeClock) -> Iterator[Session]:
    opened = open_session(tmp_path / "vault", clock)
    yield opened
    opened.lock()


def recorded(session: Session) -> str:
    interview = begun(session)
    answer_all(interview)
    interview.finish()
    return interview.case_ref


def test_a_received_case_becomes_due_and_is_deleted_with_a_certificate(
    session: Session, clock: FakeClock, tmp_path: Path
) -> None:
    ref = recorded(session)
    session.vault.policies.change(Policy({None: 30}), session.officer_id)
    assert deleting.due(session) == ()
    register = headquarters.create(tmp_path / "hq", PASSPHRASE, clock, TEST_COST)
    register.enrol(session.vault.device_public_key, "laptop 1")
    exporting.add_headquarters_key(session, register.recipient)
    bundle = exporting.write(session, tmp_path)
    receipt = register.write_receipt(tmp_path, register.receive(bundle.path).receipt)
    receipts.set_key(session, register.public_key)
    receipts.take(session, receipt)
    register.close()
    clock.move(31 * DAY)
    [case] = deleting.due(session)
    assert (case.ref, case.received) == (ref, True)
    deleted = deleting.delete(session, [ref])
    [certificate] = deleted.certificates
    assert (certificate.bundle, certificate.override) == (1, None)
    assert deleted.renewal.made is None
    [entry] = session.vault.audit.entries(1, AuditQuery(actions=(Action.CASE_DELETED,)))
    assert (entry.subject, entry.content) == (ref, certificate.sha256)
    with pytest.raises(VictimIDError, match=r"case\.unknown"):
        session.vault.cases.get(ref)
    assert vault_care.check(session).sound


def test_all_of_them_or_none(session: Session, clock: FakeClock) -> None:
    ref, other = recorded(session), recorded(session)
    with pytest.raises(VictimIDError, match=r"case\.not_due"):
        deleting.delete(session, [ref])
    session.vault.policies.change(Policy({None: 30}), session.officer_id)
    clock.move(31 * DAY)
    with pytest.raises(VictimIDError, match=r"case\.not_received"):
        deleting.delete(session, [ref])
    with pytest.raises(VictimIDError, match=r"case\.unknown"):
        deleting.delete(session, ["RU-XXXX"])
    with pytest.raises(VictimIDError, match=r"case\.unknown"):
        deleting.delete(session, [ref, "RU-XXXX"], Override.COURT_ORDER)
    assert {session.vault.cases.get(each).ref for each in (ref, other)} == {ref, other}
    deleted = deleting.delete(session, [ref, other], Override.PERSON_ASKED)
    assert [each.override for each in deleted.certificates] == [Override.PERSON_ASKED] * 2


def test_backups_on_this_laptop_no_longer_hold_it_those_elsewhere_do(session: Session, tmp_path: Path) -> None:
    ref = recorded(session)
    older = [backing_up.make(session), backing_up.make(session)]
    stick = tmp_path / "stick"
    stick.mkdir()
    outside = backing_up.make(session, stick)
    assert outside.folder.parent.parent == stick
    deleted = deleting.delete(session, [ref], Override.OPENED_BY_MISTAKE)
    made = deleted.renewal.made
    assert made is not None
    assert made.removed == len(older)
    assert [backup.name for backup in backing_up.view(session).backups] == [made.backup.name]
    assert outside.folder.exists()
    assert not backing_up.due(session)
