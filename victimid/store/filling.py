"""Filling a new database from a damaged one, table by table; what is lost there comes from a backup if it has it."""

from collections import Counter
from typing import Final

from victimid.model.salvage import TableCount
from victimid.store.connection import Database, Row
from victimid.store.damaged import DamagedDatabase, Table, Unread
from victimid.store.watching import Watch

_TABLES: Final = """SELECT name, wr FROM pragma_table_list
    WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY wr, name"""
_COLUMNS: Final = "SELECT name, type, pk FROM pragma_table_info(?) ORDER BY cid"
_INDEXES: Final = "SELECT name FROM pragma_index_list(?) WHERE partial = 0 ORDER BY seq"
_PARENT: Final = """SELECT "table", coalesce("to", "from") FROM pragma_foreign_key_list(?) WHERE "from" = ?"""
# Worked out from the other tables again.
_DERIVED: Final = {"case_piece", "link", "search_due", "searchable"}


def tables_of(database: Database) -> tuple[Table, ...]:
    """Return every table with records, those last whose rows are found by another's."""
    names = [(name, without_number) for name, without_number in database.rows(_TABLES) if name not in _DERIVED]
    return tuple(_keyed(database, name) if keyed else _numbered(database, name) for name, keyed in names)


class Filling:
    """Copies readable rows from ``source``, else from ``backup``, both perhaps damaged, into ``target``."""

    def __init__(self, source: DamagedDatabase, backup: DamagedDatabase, target: Database) -> None:
        self._source = source
        self._backup = backup
        self._target = target
        self._doubtful: set[tuple[str, int]] = set()

    def fill(self, table: Table, watch: Watch, done: int, total: int) -> TableCount:
        """Fill one table, the one after ``done`` of ``total``."""
        counted: Counter[str] = Counter()
        places = self._by_parent(table) if table.parent else self._source.read(table)
        for found in places:
            if isinstance(found, Unread):
                self._count_unread(table, found, counted)
            else:
                counted["read"] += self._insert(table, found)
            watch.step(done, total)
        return TableCount(counted["read"], counted["from_backup"], counted["lost"], counted["unknown"])

    def _count_unread(self, table: Table, unread: Unread, counted: Counter[str]) -> None:
        if unread.between:
            counted["unknown"] += 1
            counted["from_backup"] += self._insert(table, self._saved_between(table, unread.between))
        for number in unread.numbers:
            saved = self._insert(table, self._saved(table, number))
            counted["from_backup"] += saved
            counted["unknown" if table.parent else "lost"] += not saved

    def _by_parent(self, table: Table) -> list[list[Row] | Unread]:
        whole = self._source.rows(table.select)
        if whole is not None:
            return [whole]
        values = [value for (value,) in self._target.rows(table.parent)]
        return [self._of_parent(table, value) for value in values]

    def _of_parent(self, table: Table, value: int) -> list[Row] | Unread:
        rows = self._source.rows(f"{table.select} WHERE {table.key} = ?", (value,))
        return Unread((value,)) if rows is None else rows

    def _saved(self, table: Table, number: int) -> list[Row]:
        return self._backup.rows(f"{table.select} WHERE {table.key} = ?", (number,)) or []

    def _saved_between(self, table: Table, between: tuple[int, int]) -> list[Row]:
        """Return the rows of a place of which nothing tells whether all of them were still there."""
        rows = self._backup.rows(f"{table.select} WHERE {table.key} > ? AND {table.key} <= ?", between) or []
        self._doubtful.update((table.name, int(row[0])) for row in rows)
        return rows

    def forget_deleted(self) -> None:
        """Remove again what a backup brought back of deleted cases: rows that belong to nothing."""
        while dangling := self._doubtful & {(row[0], row[1]) for row in self._target.rows("PRAGMA foreign_key_check")}:
            for name, number in dangling:
                self._target.execute(f"DELETE FROM {name} WHERE rowid = ?", (number,))  # noqa: S608 - own names
            self._doubtful -= dangling

    def _insert(self, table: Table, rows: list[Row]) -> int:
        columns, marks = ", ".join(table.columns), ", ".join("?" * len(table.columns))
        insert = f"INSERT OR IGNORE INTO {table.name} ({columns}) VALUES ({marks})"  # noqa: S608 - own names
        with self._target.transaction():
            return sum(self._target.execute(insert, row) for row in rows)


def _numbered(database: Database, name: str) -> Table:
    columns = database.rows(_COLUMNS, (name,))
    primary = [column for column, kind, position in columns if position and kind == "INTEGER"]
    key = _quoted(primary[0]) if len(primary) == 1 == sum(1 for column in columns if column[2]) else "rowid"
    others = [_quoted(column) for column, _, _ in columns if _quoted(column) != key]
    indexes = tuple(_quoted(index) for (index,) in database.rows(_INDEXES, (name,)))
    return Table(name, (key, *others), indexes)


def _keyed(database: Database, name: str) -> Table:
    columns = [column for column, _, _ in database.rows(_COLUMNS, (name,))]
    [(first,)] = database.rows("SELECT name FROM pragma_table_info(?) WHERE pk = 1", (name,))
    [(parent, key)] = database.rows(_PARENT, (name, first))
    ordered = (first, *(column for column in columns if column != first))
    keys = f"SELECT {_quoted(key)} FROM {parent}"  # noqa: S608 - own names
    return Table(name, tuple(map(_quoted, ordered)), parent=keys)


def _quoted(name: str) -> str:
    return f'"{name}"'
