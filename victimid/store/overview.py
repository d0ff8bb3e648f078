"""The desk, however many cases there are: pages that go on where the last one ended, and counts off an index."""

from collections.abc import Sequence
from operator import itemgetter
from typing import Final

from victimid.model.case import CaseOverview, Stage
from victimid.model.case_list import CaseFilter, CaseMark
from victimid.model.finding import Outcome
from victimid.model.policy import Due
from victimid.store.connection import Database, Row, Value
from victimid.store.moments import from_text, to_text

PAGE: Final = 100
_SELECT: Final = "SELECT ref, opened_at, person_language, stage, outcome, open_interview, owner FROM cases"
_NEWEST_FIRST: Final = " ORDER BY opened_at DESC, ref LIMIT ?"
_DUE: Final = "outcome IS ? AND opened_at <= ? AND changed_at <= ?"
_UNFINISHED: Final = "SELECT count(*) FROM cases WHERE open_interview <> '' AND (?1 IS NULL OR owner = ?1)"
_NOT_EXPORTED: Final = """SELECT count(*) FROM cases
    WHERE revision > exported_revision AND practice = 0 AND (?1 IS NULL OR owner = ?1)"""
_AT_STAGE: Final = "SELECT count(*) FROM cases WHERE stage = ?2 AND (?1 IS NULL OR owner = ?1)"
_LANGUAGES: Final = """WITH RECURSIVE known (tag) AS (
    SELECT min(person_language) FROM cases
    UNION ALL SELECT (SELECT min(person_language) FROM cases WHERE person_language > tag) FROM known WHERE tag NOTNULL
) SELECT tag FROM known WHERE tag <> ''"""
_LANGUAGES_OF: Final = """SELECT DISTINCT person_language FROM cases
    WHERE owner = ? AND person_language <> '' ORDER BY person_language"""
# What few references hold is looked up; what many hold soon fills a page by walking down the list.
_FEW: Final = 2000
_HOLDING: Final = """SELECT count(*) FROM (
    SELECT 1 FROM case_piece WHERE piece >= ? AND piece < ? LIMIT ?)"""
_LOOKED_UP: Final = "ref IN (SELECT ref FROM case_piece WHERE piece >= ? AND piece < ?)"
_WALKED: Final = "instr(replace(ref, '-', ''), ?) > 0"
_LAST: Final = "\U0010ffff"

Condition = tuple[str, tuple[Value, ...]]
"""A condition of fixed words and question marks, and its values."""


class Overview:
    """Reads across the records of every case; never a name. ``owner`` is whose cases count, None for all."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def rows(
        self,
        wanted: CaseFilter | None = None,
        after: CaseMark | None = None,
        limit: int = PAGE,
        due: Sequence[Due] = (),
    ) -> tuple[CaseOverview, ...]:
        """Return a page of cases, newest first; dashes, spaces and case do not count in a piece of a reference.

        ``due`` says which cases are due, where they are asked for: each kind is a walk along an index, and the newest
        of all of them are the page.
        """
        asked = wanted or CaseFilter()
        holding = self._holding(asked.piece)
        kinds = [_due(each) for each in due] if asked.due else [None]
        pages = [_conditions(asked, holding, after, kind) for kind in kinds]
        rows = [row for where, values in pages for row in self._page(where, (*values, limit))]
        if len(pages) > 1:
            rows.sort(key=itemgetter(0))
            rows.sort(key=itemgetter(1), reverse=True)
        return tuple(_overview(row) for row in rows[:limit])

    def _page(self, where: str, values: tuple[Value, ...]) -> list[Row]:
        return self._database.rows(_SELECT + where + _NEWEST_FIRST, values)

    def _holding(self, text: str) -> Condition | None:
        """Return the quicker way to ask for a piece of a reference, None for no piece."""
        piece = "".join(c for c in text.upper() if c.isalnum())
        if not piece:
            return None
        within = (piece, piece + _LAST)
        few = self._database.value(_HOLDING, (*within, _FEW)) < _FEW
        return (_LOOKED_UP, within) if few else (_WALKED, (piece,))

    def row(self, ref: str) -> CaseOverview | None:
        """Return one case, None if there is none."""
        found = self._database.row(_SELECT + " WHERE ref = ?", (ref,))
        return _overview(found) if found else None

    def unfinished(self, owner: str | None = None) -> int:
        """Count the cases with an interview to go on with."""
        return int(self._database.value(_UNFINISHED, (owner,)))

    def not_exported(self, owner: str | None = None) -> int:
        """Count the real cases that changed since headquarters was told."""
        return int(self._database.value(_NOT_EXPORTED, (owner,)))

    def at_stage(self, stage: Stage, owner: str | None = None) -> int:
        """Count the cases that have come as far as this."""
        return int(self._database.value(_AT_STAGE, (owner, stage.value)))

    def languages(self, owner: str | None = None) -> tuple[str, ...]:
        """Return the languages of the persons in these cases, by their tags."""
        found = self._database.rows(_LANGUAGES_OF, (owner,)) if owner else self._database.rows(_LANGUAGES)
        return tuple(tag for (tag,) in found)


def _due(kind: Due) -> Condition:
    until = to_text(kind.until)
    return _DUE, (kind.outcome and kind.outcome.value, until, until)


def _conditions(
    wanted: CaseFilter, holding: Condition | None, after: CaseMark | None, due: Condition | None
) -> tuple[str, tuple[Value, ...]]:
    """Return the WHERE clause of a filter, of fixed words and question marks only, and its values."""
    asked: list[tuple[str, tuple[Value, ...] | None]] = [
        holding or ("", None),
        due or ("", None),
        ("owner = ?", (wanted.owner,) if wanted.owner is not None else None),
        ("owner <> opened_by", () if wanted.handed_over else None),
        ("stage = ?", (wanted.stage.value,) if wanted.stage else None),
        ("open_interview <> ''", () if wanted.unfinished else None),
        ("revision > exported_revision AND practice = 0", () if wanted.not_exported else None),
        ("person_language = ?", (wanted.language,) if wanted.language else None),
    ]
    if after is not None:
        at = to_text(after.opened_at)
        asked.append(("opened_at <= ? AND (opened_at < ? OR ref > ?)", (at, at, after.ref)))
    used = [(condition, values) for condition, values in asked if values is not None]
    clause = " AND ".join(condition for condition, _ in used)
    return f" WHERE {clause}" if clause else "", tuple(value for _, values in used for value in values)


def _overview(row: Row) -> CaseOverview:
    ref, opened_at, person_language, stage, outcome, open_interview, owner = row
    return CaseOverview(
        ref=ref,
        opened_at=from_text(opened_at),
        person_language=person_language,
        stage=Stage(stage),
        outcome=Outcome(outcome) if outcome else None,
        open_interview=open_interview,
        owner=owner,
    )
