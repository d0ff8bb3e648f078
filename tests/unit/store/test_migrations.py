"""Schema steps: applied once, in order, all or nothing, and never on a schema from the future."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from victimid.crypto.secret import DataKey
from victimid.errors import VictimIDError
from victimid.store.connection import Database, open_database
from victimid.store.migrations import STEPS, migrate

FIRST = ("CREATE TABLE a (x TEXT) STRICT", "INSERT INTO a VALUES ('kept')")
SECOND = ("ALTER TABLE a ADD COLUMN y TEXT NOT NULL DEFAULT 'new'",)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(tmp_path / "records.db", DataKey.random())
    yield opened
    opened.close()


def test_steps_are_applied_once_each(database: Database) -> None:
    migrate(database, [FIRST])
    migrate(database, [FIRST, SECOND])
    migrate(database, [FIRST, SECOND])
    assert database.rows("SELECT x, y FROM a") == [("kept", "new")]
    assert database.value("PRAGMA user_version") == 2


def test_a_step_that_fails_leaves_the_schema_before_it(database: Database) -> None:
    migrate(database, [FIRST])
    with pytest.raises(VictimIDError, match=r"vault\.failed"):
        migrate(database, [FIRST, (*SECOND, "CREATE TABLE a (x TEXT)")])
    assert database.value("PRAGMA user_version") == 1
    assert database.rows("SELECT * FROM a") == [("kept",)]


def test_a_schema_of_a_newer_program_is_left_alone(database: Database) -> None:
    database.execute(f"PRAGMA user_version = {len(STEPS) + 1}")
    with pytest.raises(VictimIDError, match=r"vault\.newer_version version="):
        migrate(database)
    assert database.rows("SELECT * FROM sqlite_master") == []


def test_the_schema_holds_together(database: Database) -> None:
    migrate(database)
    assert database.value("PRAGMA user_version") == len(STEPS)
    assert database.value("PRAGMA integrity_check") == "ok"
    assert database.rows("PRAGMA foreign_key_check") == []
    tables = database.rows("SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table'")
    assert [name for name, strict in tables if not strict and not name.startswith("sqlite_")] == []
