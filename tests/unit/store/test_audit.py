"""The audit: every entry hangs on the one before, and what is altered shows."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.vaults import NOON, FakeClock
from victimid.crypto.secret import DataKey
from victimid.errors import VictimIDError
from victimid.model.audit import Action
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
