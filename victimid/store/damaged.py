"""Reading from a database of which some pages cannot be read: every error costs its connection, so it is reopened."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from victimid.errors import VictimIDError
from victimid.store.connection import Database, Row, Value

_DAMAGE: Final = {"vault.database_damaged", "vault.failed", "vault.write_failed"}
_AT_A_TIME: Final = 500
_FARTHEST: Final = 2**40


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its quoted columns, the first of which, ``key``, numbers its rows or is the first part of its key.

    ``parent`` is the query for the values of the key where rows are found by another table's instead of by number.
    """

    name: str
    columns: tuple[str, ...]
    indexes: tuple[str, ...] = ()
    parent: str = ""

    @property
    def key(self) -> str:
        """The column by which rows are found."""
        return self.columns[0]

    @property
    def select(self) -> str:
        """The query that reads it, without its conditions."""
        return f"SELECT {', '.join(self.columns)} FROM {self.name}"  # noqa: S608 - own names


@dataclass(frozen=True, slots=True)
class Unread:
    """A place that cannot be read: the numbers of its rows where an index has them, else those around it."""

    numbers: tuple[int, ...]
    between: tuple[int, int] | None = None


class DamagedDatabase:
    """A database with damaged pages, opened anew after every error."""

    def __init__(self, reopen: Callable[[], Database]) -> None:
        self._reopen = reopen
        self._database: Database | None = None
        self._damaged_indexes: set[str] = set()

    def rows(self, sql: str, values: tuple[Value, ...] = ()) -> list[Row] | None:
        """Return the rows of a query, or None if not all of them can be read."""
        try:
            self._database = self._database or self._reopen()
            return self._database.rows(sql, values)
        except VictimIDError as error:
            self.close()
            if error.code not in _DAMAGE:
                raise
        return None

    def close(self) -> None:
        """Close what is open."""
        database, self._database = self._database, None
        with suppress(VictimIDError):
            if database:
                database.close()

    def read(self, table: Table) -> Iterator[list[Row] | Unread]:
        """Yield all rows of a numbered table in order, and between them the places that cannot be read."""
        last, limit = -_FARTHEST, _AT_A_TIME
        query = f"{table.select} WHERE {table.key} > ? ORDER BY {table.key} LIMIT ?"
        while (rows := self.rows(query, (last, limit))) != []:
            if rows:
                last, limit = int(rows[-1][0]), _AT_A_TIME
                yield rows
                continue
            known = self._known_after(table, last)
            if known:
                yield from self._one_by_one(table, known)
                last = known[-1]
            elif known is not None:
                return
            elif limit > 1:
                limit //= 2
            else:
                beyond = self._beyond(table, last)
                yield Unread((), (last, beyond or _FARTHEST))
                if beyond is None:
                    return
                last, limit = beyond, _AT_A_TIME

    def _known_after(self, table: Table, last: int) -> list[int] | None:
        """Return the next row numbers as an index has them; None if no index can be read."""
        for index in (each for each in table.indexes if each not in self._damaged_indexes):
            numbered = f"SELECT {table.key} AS number FROM {table.name} INDEXED BY {index}"  # noqa: S608 - own names
            query = f"SELECT number FROM ({numbered}) WHERE number > ? ORDER BY number LIMIT ?"  # noqa: S608 - as above
            rows = self.rows(query, (last, _AT_A_TIME))
            if rows is not None:
                return [number for (number,) in rows]
            self._damaged_indexes.add(index)
        return None

    def _one_by_one(self, table: Table, known: list[int]) -> Iterator[list[Row] | Unread]:
        """Read known rows together, and where that fails in halves."""
        query = f"{table.select} WHERE {table.key} BETWEEN ? AND ? ORDER BY {table.key}"
        rows = self.rows(query, (known[0], known[-1]))
        if rows is not None:
            yield rows
        elif len(known) == 1:
            yield Unread((known[0],))
        else:
            middle = len(known) // 2
            yield from self._one_by_one(table, known[:middle])
            yield from self._one_by_one(table, known[middle:])

    def _beyond(self, table: Table, last: int) -> int | None:
        """Return the number after which rows can be read again behind a damaged place, if any.

        It is found by doubling the distance, then halving it.
        """
        query = f"{table.select} WHERE {table.key} > ? ORDER BY {table.key} LIMIT 1"
        start, step = max(last, 0), 1
        while step < _FARTHEST and self.rows(query, (start + step,)) is None:
            step *= 2
        if step >= _FARTHEST:
            return None
        low, high = step // 2, step
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self.rows(query, (start + middle,)) is None else (low, middle)
        return start + high
