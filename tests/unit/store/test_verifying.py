"""Checking a vault: whatever is altered by somebody who has the key shows, and what is sound is called sound."""

import errno
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.vaults import (
    CONSENT,
    DECISION,
    NOON,
    REF,
    REFERRAL,
    FakeClock,
    a_case,
    an_answer,
    begin,
    new_vault,
    reopened,
)
from victimid.crypto.secret import DataKey
from victimid.errors import VictimIDError
from victimid.model.attachment import Attachment
from victimid.model.audit import Action, Standing
from victimid.model.bundle import Export
from victimid.model.checkup import Check, Checkup, OutsideAnchor
from victimid.model.handover import Handover
from victimid.model.policy import Policy
from victimid.model.retention import Override
from victimid.model.review import Review, Verdict
from victimid.store import damaged_copy
from victimid.store.audit import Audit
from victimid.store.case_log import CaseLog
from victimid.store.connection import Database, Row, Value, open_database
from victimid.store.decisions import Decisions
from victimid.store.exports import Exports
from victimid.store.handovers import Handovers
from victimid.store.interviews import Interviews
from victimid.store.migrations import migrate
from victimid.store.page_check import page_check
from victimid.store.policies import Policies
from victimid.store.recorded import Recorded
from victimid.store.retention import Retention
from victimid.store.vault import Vault
from victimid.store.verifying import Verifying

KEY = DataKey(bytearray(range(32)))
PNG = b"\x89PNG\r\n\x1a\n" + bytes(5000)
PAGE = 4096


def fill(vault: Vault) -> None:
    """Put one of everything into a vault."""
    begin(vault)
    for value in ("yes", "no"):
        vault.interviews.save_answer("interview-1", an_answer(value=value), "/data/q2", f"<data>{value}</data>")
    vault.interviews.save_answer("interview-1", an_answer("/data/q2"), "/data/q3", "<data/>", gone=["/data/q1"])
    vault.attachments.add(Attachment("attachment-1", "interview-1", "/data/photo", "officer-1", NOON), [PNG])
    vault.decisions.record(DECISION)
    vault.reviews.record(Review(REF, NOON, Verdict.LOOK_AGAIN, "ask about the papers", "officer-2", NOON))
    vault.consents.record(CONSENT)
    vault.referrals.record(REFERRAL)
    vault.handovers.record(Handover(REF, "officer-1", "officer-2", "shift", "officer-1", NOON))
    vault.policies.change(Policy(idle_minutes=5), vault.officer.id)
    head = vault.audit.head()
    vault.exports.record(Export(1, "c" * 64, 9, NOON, vault.officer.id, None, head), vault.exports.changed_cases(), "o")
    vault.seal_audit()
    vault.cases.add(a_case("RU-4BCD"))


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """Open the database of a filled vault, as somebody with the key could, which is always the same."""
    monkeypatch.setattr(DataKey, "random", lambda: DataKey(bytearray(KEY.material())))
    vault = new_vault(tmp_path / "vault")
    fill(vault)
    yield vault._database
    vault.lock()


def checked(database: Database, anchor: Standing | None = None, *outside: OutsideAnchor, key: DataKey = KEY) -> Checkup:
    return Verifying(database, Audit(database, FakeClock()), key, anchor, outside).run()


def codes(checkup: Checkup) -> set[str]:
    return {flaw.code for flaw in checkup.flaws}


def test_a_sound_vault_is_called_sound_and_everything_was_compared(database: Database) -> None:
    told: list[tuple[int, int]] = []
    audit = Audit(database, FakeClock())
    checkup = Verifying(database, audit, KEY, audit.standing()).run(lambda done, of: told.append((done, of)))
    assert checkup.sound, checkup.flaws
    assert checkup.uncovered == 0
    assert told == sorted(told)
    assert {done for done, _ in told} == set(range(len(Check) + 1))
    assert told[-1] == (len(Check), len(Check))
    assert checkup.compared[Check.CHAIN] == audit.standing().sequence
    assert (checkup.compared[Check.CASES], checkup.compared[Check.RECORDS], checkup.compared[Check.SEALS]) == (2, 10, 1)
    assert min(checkup.compared.values()) >= 1


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE answer SET value = 'other' WHERE id = 1", "audit.record_altered"),
        ("DELETE FROM answer WHERE id = 2", "audit.record_altered"),
        ("UPDATE answer SET own_words = 'x' WHERE id = 3", "audit.record_altered"),
        ("UPDATE decision SET reason = 'other'", "audit.record_altered"),
        ("UPDATE consent_permission SET permission = 'yes'", "audit.record_altered"),
        ("DELETE FROM referral", "audit.record_altered"),
        ("UPDATE handover SET reason = ''", "audit.record_altered"),
        ("UPDATE attachment SET ref = '/data/other'", "audit.record_altered"),
        ("UPDATE attachment_part SET content = x'00' WHERE number = 0", "attachment.damaged"),
        ("UPDATE cases SET owner = 'officer-1'", "audit.case_altered"),
        ("UPDATE cases SET stage = 'opened', revision = 3", "audit.case_altered"),
        ("UPDATE interview SET instance = '<data>yes</data>'", "audit.case_altered"),
        ("DELETE FROM cases WHERE ref = 'RU-4BCD'", "audit.case_altered"),
        ("UPDATE officer SET role = 'officer'", "audit.row_altered"),
        ("UPDATE officer SET slot_revision = 99", "audit.row_altered"),
        ("UPDATE officer SET slot_id = 'other'", "audit.row_altered"),
        ("DELETE FROM policy", "audit.row_altered"),
        ("UPDATE export SET received_at = '2026-11-22T00:00:00.000000+00:00'", "audit.row_altered"),
        ("DELETE FROM exported_case", "audit.row_altered"),
        ("DELETE FROM export", "audit.row_altered"),
        ("UPDATE laptop SET public_key = 'ssh-ed25519 AAAA'", "audit.seal_broken"),
        ("UPDATE laptop SET unit = 'x'", "audit.row_altered"),
        ("INSERT INTO recovery_key (recipient) VALUES ('age1other')", "audit.row_altered"),
        ("UPDATE audit SET officer = 'x' WHERE sequence = 3", "audit.broken"),
        ("UPDATE audit SET case_state = '' WHERE sequence = 5", "audit.broken"),
        ("DELETE FROM audit WHERE sequence > 6", "audit.case_altered"),
        ("UPDATE audit_seal SET signature = x'00'", "audit.seal_broken"),
        ("UPDATE audit_seal SET sequence = sequence - 1", "audit.seal_broken"),
    ],
)
def test_what_is_altered_shows(database: Database, statement: str, code: str) -> None:
    for (trigger,) in database.rows("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
        database.execute(f"DROP TRIGGER {trigger}")
    database.execute("PRAGMA foreign_keys = OFF")
    database.execute(statement)
    assert code in codes(checked(database))


def test_a_case_nobody_opened_shows(database: Database) -> None:
    database.execute(
        """INSERT INTO cases (ref, opened_at, opened_by, stage, person_language, practice)
        VALUES ('X', '', '', '', '', 0)"""
    )
    assert codes(checked(database)) == {"audit.case_unknown"}


def test_a_deleted_case_that_is_there_again_shows(database: Database) -> None:
    database.execute("CREATE TEMP TABLE kept AS SELECT * FROM cases WHERE ref = 'RU-4BCD'")
    Retention(database, Audit(database, FakeClock())).delete("RU-4BCD", "officer-1", Override.PERSON_ASKED)
    assert codes(checked(database)) == set()
    database.execute("INSERT INTO cases SELECT * FROM kept")
    assert codes(checked(database)) == {"audit.case_unknown"}


def test_pages_that_belong_to_nothing_show(database: Database) -> None:
    database.execute("PRAGMA writable_schema = ON")
    database.execute("DELETE FROM sqlite_master WHERE name = 'audit_by_officer'")
    database.execute("PRAGMA writable_schema = RESET")
    assert codes(checked(database)) == {"vault.structure_damaged"}


def test_a_damaged_page_that_nothing_reads_shows(database: Database, tmp_path: Path) -> None:
    last = leave_unused_pages(database)
    path = tmp_path / "vault" / "records.db"
    content = path.read_bytes()
    path.write_bytes(content[:-100] + bytes([content[-100] ^ 1]) + content[-99:])
    checkup = checked(database)
    [flaw] = checkup.flaws
    assert (flaw.check, flaw.code, flaw.fields) == (Check.PAGES, "vault.page_damaged", {"reason": f"page {last}"})
    assert checkup.compared[Check.PAGES] == last
    assert str(last) in database.value("PRAGMA cipher_integrity_check")


def leave_unused_pages(database: Database, size: int = 100_000) -> int:
    """Let the database end with pages that hold nothing any more, and return how many pages it has."""
    database.execute("CREATE TABLE large (words BLOB)")
    database.execute("INSERT INTO large VALUES (zeroblob(?))", (size,))
    database.execute("DROP TABLE large")
    database.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    return int(database.value("PRAGMA page_count"))


def test_a_page_that_stands_in_the_place_of_another_shows(database: Database, tmp_path: Path) -> None:
    last = leave_unused_pages(database)
    path = tmp_path / "vault" / "records.db"
    content = path.read_bytes()
    path.write_bytes(content[:-PAGE] + content[-2 * PAGE : -PAGE])
    assert [flaw.fields for flaw in checked(database).flaws] == [{"reason": f"page {last}"}]


def test_a_page_that_the_disk_does_not_give_back_shows(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    last = leave_unused_pages(database)
    read_at = damaged_copy.read_at

    def on_a_bad_disk(source: int, start: int, length: int) -> bytes:
        if start <= (last - 2) * PAGE < start + length:
            raise OSError(errno.EIO, "unreadable")
        return read_at(source, start, length)

    monkeypatch.setattr(damaged_copy, "read_at", on_a_bad_disk)
    assert [flaw.fields for flaw in checked(database).flaws] == [{"reason": f"page {last - 1}"}]


def test_reading_every_page_stops_after_a_mebibyte_and_lets_others_write_meanwhile(database: Database) -> None:
    leave_unused_pages(database, 3_000_000)
    audit = Audit(database, FakeClock())
    found = []
    for pages, damaged in page_check(database, KEY):
        found.append((pages, damaged))
        audit.append(Action.CASE_VIEWED, "officer-1", REF)
        if len(found) == 2:
            break
    assert found == [(256, []), (256, [])]
    assert checked(database).sound


def test_checking_the_pages_stops_when_asked(database: Database) -> None:
    with pytest.raises(VictimIDError, match=r"job\.cancelled"):
        Verifying(database, Audit(database, FakeClock()), KEY, None, cancelled=lambda: True).run()


def test_a_lock_ends_a_check_while_it_reads_every_page(tmp_path: Path) -> None:
    vault = new_vault(tmp_path / "vault")
    leave_unused_pages(vault._database, 3_000_000)
    told: list[int] = []

    def look(done: int, of: int) -> None:
        told.append(done)
        if done == of - 1 and told.count(done) == 2:
            vault.stop()

    with pytest.raises(VictimIDError, match=r"job\.cancelled"):
        vault.verify(progress=look)
    assert told.count(len(Check) - 1) == 2
    vault.lock()


def test_a_row_that_refers_to_nothing_shows(database: Database) -> None:
    database.execute("PRAGMA foreign_keys = OFF")
    database.execute("INSERT INTO draft VALUES ('RU-9999', 'decision', 'typed')")
    assert codes(checked(database)) == {"vault.structure_damaged"}


def test_a_chain_cut_off_at_the_end_shows_by_its_anchor(database: Database) -> None:
    audit = Audit(database, FakeClock())
    anchor = audit.standing()
    database.execute("DROP TRIGGER audit_not_deleted")
    database.execute("DELETE FROM audit WHERE sequence = ?", (anchor.sequence,))
    assert "audit.rolled_back" in codes(checked(database, anchor))


def test_bundles_and_receipts_are_anchors_too(database: Database) -> None:
    known, head = "c" * 64, Audit(database, FakeClock()).head()
    assert checked(database, None, OutsideAnchor(1, known), OutsideAnchor(1, known, head)).sound
    assert codes(checked(database, None, OutsideAnchor(1, "d" * 64))) == {"audit.bundle_unknown"}
    assert codes(checked(database, None, OutsideAnchor(2, known, "e" * 64))) == {
        "audit.bundle_unknown",
        "audit.rolled_back_to",
    }


def test_however_many_bundles_there_are_the_audit_is_walked_through_once(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    head, walks = Audit(database, FakeClock()).head(), []
    ask = Database.rows

    def counted(asked: Database, sql: str, values: Sequence[Value] = ()) -> list[Row]:
        walks.append("WHERE hash" in sql)
        return ask(asked, sql, values)

    monkeypatch.setattr(Database, "rows", counted)
    assert checked(database, None, *[OutsideAnchor(1, "c" * 64, head)] * 50).sound
    assert walks.count(True) == 1


def test_a_lock_whose_signature_is_gone_shows(tmp_path: Path) -> None:
    new_vault(tmp_path / "vault").lock()
    vault = reopened(tmp_path / "vault")
    [seal] = vault.audit.seals()
    assert checked(vault._database, key=vault.keys.key).sound
    vault._database.execute("DROP TRIGGER audit_seal_not_deleted")
    vault._database.execute("DELETE FROM audit_seal")
    [flaw] = checked(vault._database, key=vault.keys.key).flaws
    assert (flaw.check, flaw.code, flaw.fields) == (Check.SEALS, "audit.seal_missing", {"sequence": seal.sequence})
    vault.lock()


def test_what_the_first_schema_wrote_is_not_called_altered(tmp_path: Path) -> None:
    written = Path(__file__).parents[2] / "data" / "vaults" / "schema-1.sqlcipher"
    copy = tmp_path / "records.db"
    copy.write_bytes(written.read_bytes())
    with closing(open_database(copy, KEY)) as database:
        audit = Audit(database, FakeClock())
        migrate(database)
        audit.append(Action.LOCKED, "officer-1")
        Policies(database, audit).change(Policy(idle_minutes=9), "officer-1")
        found = checked(database)
    assert found.sound, found.flaws
    assert found.uncovered == 11


def test_no_old_page_can_be_put_back_unseen(tmp_path: Path) -> None:
    """Every page that changed is put back as it was, one at a time: pages carry no time, the audit does."""
    folder = tmp_path / "vault"
    vault = new_vault(folder)
    fill(vault)
    key = DataKey(bytearray(vault.keys._key.material()))
    vault.lock()
    path = folder / "records.db"
    old = path.read_bytes()
    with closing(open_database(path, key)) as database:
        change(database)
        anchor = Audit(database, FakeClock()).standing()
    new = path.read_bytes()
    changed = [at for at in range(0, len(old), PAGE) if old[at : at + PAGE] != new[at : at + PAGE]]
    assert len(changed) > 10
    for at in changed:
        path.write_bytes(new[:at] + old[at : at + PAGE] + new[at + PAGE :])
        assert not looks_sound(path, key, anchor), f"page {at // PAGE + 1}"


def change(database: Database) -> None:
    """Do a little of everything once more, on rows and tables that are there already."""
    audit = Audit(database, FakeClock(NOON + timedelta(hours=1)))
    log = CaseLog(database, audit)
    Interviews(database, log).save_answer("interview-1", an_answer("/data/q2", "later"), "", "<data>later</data>")
    Decisions(database, log).record(replace(DECISION, reason="another"))
    Handovers(database, log).record(Handover(REF, "officer-2", "officer-1", "back", "officer-1", NOON))
    Policies(database, audit).change(Policy(idle_minutes=9), "officer-1")
    Exports(database, audit).mark_received(1, NOON)


def looks_sound(path: Path, key: DataKey, anchor: Standing) -> bool:
    try:
        with closing(open_database(path, key)) as database:
            return checked(database, anchor, key=key).sound
    except VictimIDError:
        return False


def test_a_page_that_cannot_be_read_ends_its_check_only(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    def unreadable(_recorded: object) -> None:
        raise VictimIDError("vault.database_damaged")

    for part in ("cases", "all_uncovered"):
        monkeypatch.setattr(Recorded, part, unreadable)
    found = checked(database)
    assert [flaw.check for flaw in found.flaws] == [Check.CASES, Check.RECORDS, Check.ATTACHMENTS]
    assert codes(found) == {"vault.database_damaged"}
    assert found.compared[Check.PAGES] > 1
    assert found.uncovered == 0


def test_a_quick_check_leaves_out_what_reads_every_byte(database: Database) -> None:
    found = Verifying(database, Audit(database, FakeClock()), KEY, None).run(full=False)
    assert set(found.compared) == set(Check) - {Check.ATTACHMENTS, Check.PAGES}
