"""The audit: every entry hangs on the one before, and what is altered shows."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from tests.support.vaults import NOON, FakeClock
from victimid.crypto import sshsig
from victimid.crypto.secret import DataKey
from victimid.errors import VictimIDError
from victimid.model.audit import Action, AuditQuery
from victimid.store.audit import Audit
from victimid.store.connection import Database, open_database
from victimid.store.migrations import migrate


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(tmp_path / "records.db", DataKey.random())
    migrate(opened)
    yield opened
    opened.close()


@pytest.fixture
def audit(database: Database) -> Audit:
    return Audit(database, FakeClock())


def fill(audit: Audit, count: int = 5) -> None:
    for number in range(count):
        audit.append(Action.ANSWERED, "officer-1", "RU-7K2M", f"interview-1 /data/q{number} 1")


def fill_and_fail(audit: Audit, database: Database) -> None:
    with database.transaction():
        fill(audit)
        database.execute("INSERT INTO nothing VALUES (1)")


def altered(database: Database, statement: str) -> None:
    """Change the audit as only somebody with the key could."""
    database.execute("DROP TRIGGER audit_not_changed")
    database.execute("DROP TRIGGER audit_not_deleted")
    database.execute(statement)


def test_an_empty_audit_is_whole(audit: Audit) -> None:
    assert (audit.head(), audit.entries(), audit.verify()) == ("", (), 0)


def test_entries_are_numbered_timed_and_chained(audit: Audit) -> None:
    heads = [audit.head()]
    for number in range(3):
        entry = audit.append(Action.CASE_VIEWED, "officer-1", "RU-7K2M")
        assert (entry.sequence, entry.at) == (number + 1, NOON)
        heads.append(audit.head())
    assert len(set(heads)) == 4
    assert [entry.hash for entry in audit.entries()] == heads[:0:-1]
    assert audit.verify() == 3


def test_the_newest_come_first_and_as_many_as_asked(audit: Audit) -> None:
    fill(audit)
    assert [entry.sequence for entry in audit.entries(2)] == [5, 4]


def test_the_chain_is_the_same_for_the_same_acts(audit: Audit, tmp_path: Path) -> None:
    fill(audit)
    other = open_database(tmp_path / "other.db", DataKey.random())
    migrate(other)
    again = Audit(other, FakeClock())
    fill(again)
    assert again.head() == audit.head()
    other.close()


@pytest.mark.parametrize("statement", ["UPDATE audit SET officer = 'x'", "DELETE FROM audit"])
def test_entries_cannot_be_changed_or_deleted(audit: Audit, database: Database, statement: str) -> None:
    fill(audit)
    with pytest.raises(VictimIDError, match=r"vault\.conflict"):
        database.execute(statement)
    assert audit.verify() == 5


@pytest.mark.parametrize(
    ("statement", "first_wrong"),
    [
        ("UPDATE audit SET officer = 'officer-2' WHERE sequence = 3", 3),
        ("UPDATE audit SET at = '2026-01-01T00:00:00.000000+00:00' WHERE sequence = 1", 1),
        ("UPDATE audit SET action = 'case_viewed' WHERE sequence = 5", 5),
        ("UPDATE audit SET detail = '' WHERE sequence = 2", 2),
        ("UPDATE audit SET subject = 'RU-4BCD' WHERE sequence = 4", 4),
        ("UPDATE audit SET hash = '' WHERE sequence = 5", 5),
        ("DELETE FROM audit WHERE sequence = 1", 1),
        ("DELETE FROM audit WHERE sequence = 3", 3),
        ("UPDATE audit SET sequence = CASE sequence WHEN 2 THEN -3 ELSE -2 END WHERE sequence IN (2, 3)", 1),
    ],
)
def test_what_is_altered_shows_where(audit: Audit, database: Database, statement: str, first_wrong: int) -> None:
    fill(audit)
    altered(database, statement)
    with pytest.raises(VictimIDError, match=rf"audit\.broken sequence={first_wrong}$"):
        audit.verify()


def test_an_entry_is_undone_with_the_act_it_belongs_to(audit: Audit, database: Database) -> None:
    fill(audit)
    before = audit.head()
    with pytest.raises(VictimIDError, match=r"vault\.failed"):
        fill_and_fail(audit, database)
    assert audit.head() == before
    assert audit.verify() == 5


def test_a_query_asks_by_officer_action_subject_time_and_place(database: Database) -> None:
    clock = FakeClock()
    timed = Audit(database, clock)
    for action, officer, subject in (
        (Action.UNLOCKED, "officer-1", ""),
        (Action.CASE_VIEWED, "officer-1", "RU-7K2M"),
        (Action.CASE_VIEWED, "officer-2", "RU-7K2M"),
        (Action.ANSWERED, "officer-2", "RU-4BCD"),
    ):
        timed.append(action, officer, subject)
        clock.move(60)
    found = {
        "officer": AuditQuery(officer="officer-2"),
        "actions": AuditQuery(actions=(Action.CASE_VIEWED, Action.UNLOCKED)),
        "subject": AuditQuery(subject="RU-7K2M"),
        "time": AuditQuery(since=NOON + timedelta(minutes=1), until=NOON + timedelta(minutes=2)),
        "both": AuditQuery(officer="officer-1", subject="RU-7K2M"),
        "next page": AuditQuery(before=3),
        "nothing": AuditQuery(officer="officer-3"),
        "everything": AuditQuery(),
    }
    assert {name: [entry.sequence for entry in timed.entries(10, query)] for name, query in found.items()} == {
        "officer": [4, 3],
        "actions": [3, 2, 1],
        "subject": [3, 2],
        "time": [2],
        "both": [2],
        "next page": [2, 1],
        "nothing": [],
        "everything": [4, 3, 2, 1],
    }


def test_content_and_state_are_part_of_the_chain(audit: Audit, database: Database) -> None:
    audit.append(Action.ANSWERED, "officer-1", "RU-7K2M", content="a" * 64, case_state="b" * 64)
    [entry] = audit.entries()
    assert (entry.content, entry.case_state) == ("a" * 64, "b" * 64)
    altered(database, "UPDATE audit SET case_state = ''")
    with pytest.raises(VictimIDError, match=r"audit\.broken sequence=1$"):
        audit.verify()


def test_a_seal_is_a_signature_that_openssh_checks_over_the_last_entry(audit: Audit) -> None:
    key = sshsig.new_key()
    fill(audit)
    for _ in range(2):
        audit.seal(partial(sshsig.sign, key.private, sshsig.AUDIT_NAMESPACE))
    [seal] = audit.seals()
    assert (seal.sequence, seal.at) == (5, NOON)
    sshsig.verify(key.public, sshsig.AUDIT_NAMESPACE, f"5 {audit.head()}\n".encode(), seal.signature)
    assert audit.hash_at(5) == audit.head()
    assert audit.hash_at(6) == ""


@pytest.mark.parametrize("statement", ["UPDATE audit_seal SET signature = x'00'", "DELETE FROM audit_seal"])
def test_seals_cannot_be_changed_or_deleted(audit: Audit, database: Database, statement: str) -> None:
    fill(audit)
    audit.seal(lambda message: message)
    with pytest.raises(VictimIDError, match=r"vault\.conflict"):
        database.execute(statement)
