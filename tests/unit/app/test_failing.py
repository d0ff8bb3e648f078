"""What fails is on record with what was tried and why, as far as the vault can be written; the error goes on."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.disks import DISK_SIZE, mounted
from tests.support.sessions import answer_all, begun, open_session, reopen
from victimid import i18n
from victimid.app import (
    actions_file,
    backing_up,
    deleting,
    exporting,
    recovering,
    referring,
    vault_care,
)
from victimid.app.failing import failure_noted
from victimid.app.referral_text import ReferralRequest
from victimid.app.session import Session
from victimid.errors import VictimIDError
from victimid.model.audit import Action, AuditEntry, AuditQuery
from victimid.model.consent import SHAREABLE, GroupPermission, Manner, Permission
from victimid.model.referral import Urgency
from victimid.model.retention import Override
from victimid.store.watching import Watch

WORDS = i18n.load("victimid", "es")
NEW = "seven copper lanterns drifting"
YES = tuple(GroupPermission(group, Permission.YES) for group in SHAREABLE)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    opened = open_session(tmp_path / "vault")
    yield opened
    opened.lock()


@pytest.fixture
def ref(session: Session) -> str:
    interview = begun(session)
    answer_all(interview)
    interview.finish()
    return interview.view().case_ref


@pytest.fixture
def full(tmp_path: Path) -> Iterator[Path]:
    """Return a stick on which not a block is free."""
    with mounted(tmp_path) as stick:
        with pytest.raises(OSError, match="No space"):
            (stick / "other").write_bytes(bytes(2 * DISK_SIZE))
        yield stick


def failed(session: Session) -> list[tuple[str, str]]:
    """Return the case and the detail of every failure on record, the oldest first."""
    return [(entry.subject, entry.detail) for entry in reversed(failures(session))]


def failures(session: Session) -> tuple[AuditEntry, ...]:
    return session.vault.audit.entries(99, AuditQuery(actions=(Action.FAILED,)))


def refer(session: Session, ref: str, folder: Path) -> None:
    service = session.content.services()[0]
    referring.record_consent(session, ref, service.id, YES, Manner.ORAL, "ht")
    referring.write(session, ref, ReferralRequest(service.id, Urgency.DAY, service.helps, "", "", "es"), folder)


def test_what_a_full_stick_refused_is_on_record_and_shows_in_the_file(
    session: Session, ref: str, full: Path, tmp_path: Path
) -> None:
    everything = AuditQuery()
    tried: dict[str, Callable[[], object]] = {
        "export_written exchange.disk_full": lambda: exporting.write(session, full),
        "backup_made vault.no_room": lambda: backing_up.make(session, full),
        "referral_written file.disk_full": lambda: refer(session, ref, full),
        "audit_exported exchange.disk_full": lambda: actions_file.write(session, everything, full),
        "recovery_rehearsed file.disk_full": lambda: recovering.rehearse(session, NEW, full, WORDS),
    }
    for detail, work in tried.items():
        with pytest.raises(VictimIDError) as raised:
            work()
        assert raised.value.code == detail.split()[1]
    subjects = {"referral_written file.disk_full": ref}
    assert failed(session) == [(subjects.get(detail, ""), detail) for detail in tried]
    assert {entry.officer for entry in failures(session)} == {session.officer_id}
    assert vault_care.check(session).sound
    written = actions_file.write(session, AuditQuery(actions=(Action.FAILED,)), tmp_path)
    assert written.entries == len(tried)
    assert str(full) not in written.path.read_text("utf-8")


@pytest.mark.usefixtures("ref")
def test_a_stick_that_was_pulled_out_is_told_and_the_next_one_is_written(session: Session, tmp_path: Path) -> None:
    with pytest.raises(VictimIDError):
        exporting.write(session, tmp_path / "gone")
    with pytest.raises(VictimIDError, match=r"file\.not_there"):
        recovering.end_rehearsal(session, NEW, tmp_path / "gone" / "answer.age")
    with pytest.raises(VictimIDError):
        exporting.take_receipt(session, tmp_path / "gone" / "receipt.tar", session.vault.device_public_key)
    tried = [detail.split(".")[0] for _, detail in failed(session)]
    assert tried == ["export_written exchange", "recovery_rehearsed file", "export_received exchange"]
    assert exporting.write(session, tmp_path).export.sequence == 1


def test_a_deletion_that_was_refused_names_its_cases_but_nothing_that_was_typed(session: Session, ref: str) -> None:
    with pytest.raises(VictimIDError, match=r"case\.unknown"):
        deleting.delete(session, [ref, "Ejemplo Premye"], Override.COURT_ORDER)
    assert failed(session) == [(ref, "case_deleted case.unknown"), ("", "case_deleted case.unknown")]
    assert session.vault.cases.get(ref).ref == ref


def test_damage_that_a_check_at_the_start_meets_is_on_record(session: Session, tmp_path: Path) -> None:
    session.vault._database.execute("DROP TRIGGER audit_not_changed")
    session.vault._database.execute("UPDATE audit SET detail = 'other' WHERE sequence = 1")
    with pytest.raises(VictimIDError, match=r"audit\.broken"):
        vault_care.look_over(session)
    session.lock()
    again = reopen(tmp_path / "vault")
    assert failed(again) == [("", "checked audit.broken")]
    again.lock()


def test_a_damaged_backup_is_on_record(session: Session) -> None:
    made = backing_up.make(session)
    (made.folder / "records.db").write_bytes(b"x" * 5000)
    assert backing_up.check(session) == frozenset()
    assert failed(session) == [("", "checked backup.damaged")]


def test_what_somebody_stopped_has_not_failed(session: Session) -> None:
    with pytest.raises(VictimIDError, match=r"job\.cancelled"):
        backing_up.make(session, watch=Watch(cancelled=lambda: True))
    assert failed(session) == []


def test_an_error_without_a_code_goes_on_and_is_on_record(session: Session) -> None:
    with pytest.raises(PermissionError), failure_noted(session.vault, Action.BACKUP_MADE):
        raise PermissionError("/home/somebody")
    assert failed(session) == [("", "backup_made program.unexpected")]


def test_where_nothing_can_be_written_the_first_error_is_told(tmp_path: Path) -> None:
    with mounted(tmp_path) as disk:
        session = open_session(disk / "vault")
        (disk / "other").write_bytes(bytes(shutil.disk_usage(disk).free - 4096))
        before = session.vault.audit.standing()
        with pytest.raises(VictimIDError, match=r"vault\.no_room"):
            backing_up.make(session)
        assert session.vault.audit.standing() == before
        (disk / "other").unlink()
        session.lock()


def test_after_the_lock_nothing_is_written_and_the_error_is_the_lock(session: Session) -> None:
    session.lock()
    with pytest.raises(VictimIDError, match=r"vault\.closed"):
        vault_care.look_over(session)
