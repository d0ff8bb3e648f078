"""The encrypted database: settings, transactions, and the name each failure gets."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from victimid.crypto.secret import DataKey
from victimid.errors import VictimIDError
from victimid.store.connection import Database, open_database

KEY = bytes(range(32))
OTHER_TOOL = """
import sys
import sqlcipher3
connection = sqlcipher3.connect(sys.argv[1])
connection.execute(sys.argv[2])
print(connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall())
"""


def key() -> DataKey:
    return DataKey(bytearray(KEY))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "records.db"


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    opened = open_database(path, key())
    opened.execute("CREATE TABLE word (text TEXT NOT NULL UNIQUE) STRICT")
    yield opened
    opened.close()


def insert(database: Database, *texts: str) -> None:
    """Insert all of the words, or none."""
    with database.transaction():
        for text in texts:
            database.execute("INSERT INTO word VALUES (?)", (text,))


def words(database: Database) -> list[str]:
    return [text for (text,) in database.rows("SELECT text FROM word ORDER BY rowid")]


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("trusted_schema", 0),
        ("cell_size_check", 1),
        ("temp_store", 2),
        ("secure_delete", 1),
        ("cipher_hmac_algorithm", "HMAC_SHA512"),
    ],
)
def test_settings_hold(database: Database, setting: str, value: object) -> None:
    found = database.value(f"PRAGMA {setting}")
    assert (int(found) if isinstance(value, int) else found) == value


def test_what_was_written_is_there_after_reopening(database: Database, path: Path) -> None:
    database.execute("INSERT INTO word VALUES (?)", ("heron",))
    database.close()
    assert not path.with_name("records.db-wal").exists()
    reopened = open_database(path, key())
    assert words(reopened) == ["heron"]
    reopened.close()


def test_the_key_is_the_raw_key_that_other_tools_understand(database: Database, path: Path) -> None:
    database.close()
    use_key = f"""PRAGMA key = "x'{KEY.hex()}'" """
    command = [sys.executable, "-c", OTHER_TOOL, str(path), use_key]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[('word',)]"


def test_handing_over_the_key_leaves_the_key_usable_and_its_copy_overwritten(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[bytearray] = []
    form_of = DataKey.sqlcipher_key

    def remembered(self: DataKey) -> bytearray:
        given.append(form_of(self))
        return given[-1]

    monkeypatch.setattr(DataKey, "sqlcipher_key", remembered)
    own = key()
    open_database(path, own).close()
    assert bytes(own.material()) == KEY
    assert [any(form) for form in given] == [False]


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")
def test_only_the_owner_may_read_its_files(database: Database, path: Path) -> None:
    database.execute("INSERT INTO word VALUES ('heron')")
    for file in path.parent.iterdir():
        assert file.stat().st_mode & 0o777 == 0o600


def test_a_transaction_is_all_or_nothing(database: Database) -> None:
    with pytest.raises(VictimIDError, match=r"vault\.conflict"):
        insert(database, "heron", "crane", "heron")
    assert words(database) == []
    insert(database, "heron", "crane")
    assert words(database) == ["heron", "crane"]


def test_an_inner_failure_undoes_the_outer_transaction(database: Database) -> None:
    def insert_outside_and_inside() -> None:
        with database.transaction():
            insert(database, "heron")
            insert(database, "crane", "heron")

    with pytest.raises(VictimIDError, match=r"vault\.conflict"):
        insert_outside_and_inside()
    assert words(database) == []


def test_any_exception_undoes_a_transaction(database: Database) -> None:
    def interrupted() -> None:
        with database.transaction():
            insert(database, "heron")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert words(database) == []


def test_threads_take_turns(database: Database) -> None:
    def write(name: str) -> None:
        for number in range(20):
            with database.transaction():
                database.execute("INSERT INTO word VALUES (?)", (f"{name}{number}",))
                database.execute("INSERT INTO word VALUES (?)", (f"{name}{number}, again",))

    threads = [threading.Thread(target=write, args=(name,)) for name in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = words(database)
    assert len(found) == 120
    assert [f"{first}, again" for first in found[::2]] == found[1::2]


def test_another_key_does_not_open_it(database: Database, path: Path) -> None:
    database.close()
    with pytest.raises(VictimIDError, match=r"vault\.database_damaged"):
        open_database(path, DataKey.random())


def test_what_is_no_database_is_refused_quietly(path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path.write_bytes(b"SQLite format 3\0" + bytes(8176))
    with pytest.raises(VictimIDError, match=r"vault\.database_damaged"):
        open_database(path, key())
    assert capfd.readouterr() == ("", "")


def test_a_second_writer_is_told_that_it_is_in_use(database: Database, path: Path) -> None:
    other = open_database(path, key())
    other.execute("PRAGMA busy_timeout = 0")
    with database.transaction():
        database.execute("INSERT INTO word VALUES ('heron')")
        with pytest.raises(VictimIDError, match=r"vault\.in_use"):
            other.execute("INSERT INTO word VALUES ('crane')")
    other.close()


def test_a_full_database_is_told_and_keeps_what_it_has(database: Database) -> None:
    database.execute("INSERT INTO word VALUES ('heron')")
    database.execute("PRAGMA max_page_count = 1")
    with pytest.raises(VictimIDError, match=r"vault\.disk_full"):
        insert(database, "crane", "x" * 100_000)
    assert words(database) == ["heron"]
    database.execute("PRAGMA max_page_count = 1000000")
    database.execute("INSERT INTO word VALUES ('crane')")
    assert words(database) == ["heron", "crane"]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(VictimIDError, match=r"vault\.write_failed"):
        open_database(tmp_path / "nowhere" / "records.db", key())


def test_a_folder_in_its_place_is_named(tmp_path: Path) -> None:
    with pytest.raises(VictimIDError, match=r"vault\.read_only"):
        open_database(tmp_path, key())


def test_a_closed_database_says_so(database: Database) -> None:
    database.close()
    for use in (lambda: database.rows("SELECT 1"), lambda: database.execute("SELECT 1")):
        with pytest.raises(VictimIDError, match=r"vault\.closed"):
            use()
    with pytest.raises(VictimIDError, match=r"vault\.closed"):
        insert(database)
    database.close()


def test_a_mistake_in_a_statement_is_named_without_its_values(database: Database) -> None:
    with pytest.raises(VictimIDError, match=r"vault\.failed") as failed:
        database.execute("INSERT INTO nothing VALUES (?)", ("marker",))
    assert "marker" not in str(failed.value)


def test_closing_in_the_middle_of_a_transaction_undoes_it(database: Database, path: Path) -> None:
    database.execute("BEGIN")
    database.execute("INSERT INTO word VALUES ('heron')")
    database.close()
    reopened = open_database(path, key())
    assert words(reopened) == []
    reopened.close()


def test_a_long_query_ends_once_nobody_wants_it_any_more(database: Database) -> None:
    counting = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 100000) SELECT count(*) FROM n"
    asked: list[int] = []

    def cancelled() -> bool:
        asked.append(len(asked))
        return len(asked) > 3

    with pytest.raises(VictimIDError, match=r"job\.cancelled"):
        database.long_rows(counting, cancelled)
    assert asked == [0, 1, 2, 3]
    assert database.rows(counting) == database.long_rows(counting, lambda: False) == [(100_000,)]
    assert len(asked) == 4
