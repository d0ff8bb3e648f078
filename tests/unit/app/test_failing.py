"""What fails is on record with what was tried and why, as far as the vault can be written; the error goes on."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.colleagues import enrol
from tests.support.disks import DISK_SIZE, mounted
from tests.support.form_files import written
from tests.support.media import png
from tests.support.sessions import HEADQUARTERS, answer_all, begun, open_session, reopen
from victimid import i18n
from victimid.app import (
    actions_file,
    attaching,
    backing_up,
    deleting,
    exporting,
    handing_over,
    interviewing,
    receipts,
    recovering,
    referring,
    reviewing,
    vault_care,
)
from victimid.app.desk import Desk
from victimid.app.failing import failure_noted
from victimid.app.interviewing import Interviewing
from victimid.app.referral_text import ReferralRequest
from victimid.app.session import Session
from victimid.errors import VictimIDError
from victimid.forms.loading import load
from victimid.model.answer import NonAnswer
from victimid.model.audit import Action, AuditEntry, AuditQuery
from victimid.model.consent import SHAREABLE, GroupPermission, Manner, Permission
from victimid.model.referral import Urgency
from victimid.model.retention import Override
from victimid.model.review import Verdict
from victimid.store.watching import Watch

WORDS = i18n.load("victimid", "es")
NEW = "seven copper lanterns drifting"
ROOM = 48 * 1024
"""What is left of a disk that is nearly full: enough for an entry of the record of actions."""
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


def at(interview: Interviewing) -> str:
    """Return the question on screen."""
    question = interview.view().question
    assert question is not None
    return question.ref


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
    receipts.set_key(session, session.vault.device_public_key)
    with pytest.raises(VictimIDError):
        exporting.write(session, tmp_path / "gone")
    with pytest.raises(VictimIDError, match=r"file\.not_there"):
        recovering.end_rehearsal(session, NEW, tmp_path / "gone" / "answer.age")
    with pytest.raises(VictimIDError):
        receipts.take(session, tmp_path / "gone" / "receipt.tar")
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


def test_what_colleagues_could_not_do_is_on_record_with_its_case(session: Session, ref: str, tmp_path: Path) -> None:
    boss, eva = session.officer_id, enrol(session).id
    [interview] = session.vault.interviews.of_case(ref)
    tried: dict[str, Callable[[], object]] = {
        "attached attachment.unreadable": lambda: attaching.keep(
            session, interview.id, "/data/photo", tmp_path / "gone", "image/*"
        ),
        "case_handed_over handover.reason_missing": lambda: handing_over.hand_over(session, [ref], eva, " "),
        "case_handed_over handover.receiver": lambda: handing_over.hand_over(session, [ref], "nobody", "ill"),
        "case_handed_over handover.same_officer": lambda: handing_over.hand_over(session, [ref], boss, "ill"),
        "reviewed review.no_decision": lambda: reviewing.review(session, ref, Verdict.AGREES, ""),
        "officer_enrolled passphrase.too_weak": lambda: enrol(session, "Zed", passphrase="abc"),
        "officer_enrolled officer.name_taken": lambda: enrol(session),
        "headquarters_key_added age.bad_recipient": lambda: exporting.add_headquarters_key(session, "age1bad"),
        "headquarters_key_added age.bad_recipient ": lambda: vault_care.add_recovery_pair(session, "age1a", "age1b"),
        "headquarters_key_removed vault.last_key": lambda: exporting.remove_headquarters_key(
            session, HEADQUARTERS.recipient
        ),
        "headquarters_key_removed age.bad_recipient": lambda: vault_care.remove_recovery_pair(session, "age1a", "x"),
    }
    for work in tried.values():
        with pytest.raises(VictimIDError):
            work()
    about = {"attached", "case_handed_over", "reviewed"}
    assert failed(session) == [(ref if detail.split()[0] in about else "", detail.strip()) for detail in tried]


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


def test_an_answer_that_no_longer_fits_on_the_disk_is_on_record_and_is_saved_once_it_does(tmp_path: Path) -> None:
    with mounted(tmp_path) as disk:
        session = open_session(disk / "vault")
        interview = begun(session)
        first = at(interview)
        (disk / "other").write_bytes(bytes(shutil.disk_usage(disk).free - ROOM))
        with pytest.raises(VictimIDError, match=r"vault\.disk_full"):
            interview.answer(first, "yes", own_words="x" * 4 * ROOM)
        assert failed(session) == [(interview.case_ref, "answered vault.disk_full")]
        assert session.vault.interviews.revisions(interview.interview_id, first) == ()
        (disk / "other").unlink()
        interview.answer(first, "yes", own_words="x" * 4 * ROOM)
        [kept] = session.vault.interviews.revisions(interview.interview_id, first)
        assert len(kept.own_words) == 4 * ROOM
        assert vault_care.check(session).sound
        session.lock()


def test_a_non_answer_and_a_file_that_do_not_fit_are_on_record_once_each(tmp_path: Path) -> None:
    with mounted(tmp_path) as disk:
        session = open_session(disk / "vault")
        form = load(written(tmp_path, [{"type": "image", "name": "photo", "label": "Photo"}]))
        interview = interviewing.begin(session, Desk(session).open_case("es").ref, form, "en", "es")
        (tmp_path / "photo.png").write_bytes(png() + bytes(4 * ROOM))
        (disk / "other").write_bytes(bytes(shutil.disk_usage(disk).free - ROOM))
        with pytest.raises(VictimIDError, match=r"vault\.disk_full"):
            interview.attach("/data/photo", tmp_path / "photo.png")
        (tmp_path / "photo.png").write_bytes(png())
        with pytest.raises(VictimIDError, match=r"vault\.disk_full"):
            interview.attach("/data/photo", tmp_path / "photo.png", own_words="x" * 4 * ROOM)
        with pytest.raises(VictimIDError, match=r"vault\.disk_full"):
            interview.skip("/data/photo", NonAnswer.DECLINED, own_words="x" * 4 * ROOM)
        assert failed(session) == [(interview.case_ref, "answered vault.disk_full")] * 3
        assert session.vault.attachments.of_case(interview.case_ref) == ()
        (disk / "other").unlink()
        session.lock()


def test_an_entry_of_a_repeat_that_cannot_be_added_or_removed_on_a_full_disk_is_on_record(tmp_path: Path) -> None:
    survey = [
        {"type": "begin_repeat", "name": "child", "label": "Child"},
        {"type": "text", "name": "name", "label": "Name"},
        {"type": "end_repeat"},
    ]
    with mounted(tmp_path) as disk:
        session = open_session(disk / "vault")
        case = Desk(session).open_case("es")
        interview = interviewing.begin(session, case.ref, load(written(tmp_path, survey)), "en", "es")
        # With an instance the whole form is saved as answered so far.
        interview.answer("/data/child[1]/name", "x" * 2 * ROOM)
        before = interview.add_instance("/data/child")
        (disk / "other").write_bytes(bytes(shutil.disk_usage(disk).free - ROOM))
        with pytest.raises(VictimIDError, match=r"vault\.disk_full"):
            interview.add_instance("/data/child")
        with pytest.raises(VictimIDError, match=r"vault\.disk_full"):
            interview.remove_instance("/data/child[2]")
        assert failed(session) == [
            (case.ref, "instance_added vault.disk_full"),
            (case.ref, "instance_removed vault.disk_full"),
        ]
        assert interview.view() == before
        (disk / "other").unlink()
        interview.remove_instance("/data/child[2]")
        assert vault_care.check(session).sound
        session.lock()


def test_where_not_even_the_entry_fits_the_answer_s_own_error_is_told(tmp_path: Path) -> None:
    with mounted(tmp_path) as disk:
        session = open_session(disk / "vault")
        interview = begun(session)
        with pytest.raises(OSError, match="No space"):
            (disk / "other").write_bytes(bytes(DISK_SIZE))
        before = session.vault.audit.standing()
        with pytest.raises(VictimIDError, match=r"vault\.disk_full"):
            interview.answer(at(interview), "yes", own_words="x" * ROOM)
        assert session.vault.audit.standing() == before
        (disk / "other").unlink()
        session.lock()


def test_an_answer_that_meets_a_read_only_vault_is_told_as_it_is(session: Session) -> None:
    interview = begun(session)
    session.vault._database.execute("PRAGMA query_only = ON")
    with pytest.raises(VictimIDError, match=r"vault\.read_only"):
        interview.answer(at(interview), "yes")
    with pytest.raises(VictimIDError, match=r"vault\.read_only"):
        interview.finish()
    session.vault._database.execute("PRAGMA query_only = OFF")
    assert failed(session) == []
    interview.answer(at(interview), "yes")


def test_an_answer_that_meets_a_damaged_page_is_told_as_it_is_and_the_vault_still_locks(
    session: Session, tmp_path: Path
) -> None:
    interview_id = begun(session).interview_id
    page = session.vault._database.value("SELECT rootpage FROM sqlite_master WHERE name = 'answer'")
    session.lock()
    database = tmp_path / "vault" / "records.db"
    content = bytearray(database.read_bytes())
    content[(page - 1) * 4096 + 100] ^= 1
    database.write_bytes(content)
    again = reopen(tmp_path / "vault")
    interview = interviewing.resume(again, interview_id)
    with pytest.raises(VictimIDError, match=r"vault\.database_damaged"):
        interview.answer(at(interview), "yes")
    with pytest.raises(VictimIDError):  # whatever it is called: this connection writes nothing more
        again.vault.audit.append(Action.SEARCHED, again.officer_id)
    again.lock()
    once_more = reopen(tmp_path / "vault")
    assert failed(once_more) == []
    once_more.lock()


def test_a_value_that_is_none_and_a_case_handed_over_are_no_failures_to_save(session: Session) -> None:
    interview = begun(session)
    with pytest.raises(VictimIDError):
        interview.answer("/data/nowhere", "yes")
    assert failed(session) == []


def test_within_a_transaction_the_whole_is_noted(session: Session, ref: str) -> None:
    vault = session.vault
    with (
        pytest.raises(VictimIDError, match=r"case\.unknown"),
        failure_noted(vault, Action.CHECKED),
        vault.together(),
        failure_noted(vault, Action.ANSWERED, ref),
    ):
        vault.cases.get("RU-0000")
    assert failed(session) == [("", "checked case.unknown")]


def test_after_the_lock_nothing_is_written_and_the_error_is_the_lock(session: Session) -> None:
    session.lock()
    with pytest.raises(VictimIDError, match=r"vault\.closed"):
        vault_care.look_over(session)
