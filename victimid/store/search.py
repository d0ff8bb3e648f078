"""Full-text search over what was recorded, newest first."""

from typing import Final

from victimid.model.search import Found, Place
from victimid.store import search_words
from victimid.store.connection import Database, Row
from victimid.store.search_upkeep import SearchUpkeep

PAGE: Final = 50
_BEFORE, _AFTER = 30, 90
# Of a case that is still due, words and owner may be others now.
_FIND: Final = """SELECT number, case_ref, place, record FROM search
    JOIN searchable ON number = search.rowid WHERE search MATCH ? AND search.rowid < ? AND NOT superseded
    AND case_ref NOT IN (SELECT case_ref FROM search_due)
    ORDER BY search.rowid DESC LIMIT ?"""
_TEXTS: Final = {
    Place.ANSWER: "SELECT officer_question, own_words, officer_answer, person_answer FROM answer WHERE id = ?",
    Place.DECISION: "SELECT '', reason FROM decision WHERE id = ?",
    Place.HANDOVER: "SELECT '', reason FROM handover WHERE id = ?",
    Place.CONSENT: """SELECT '', group_concat(limited_to, char(10)) FROM consent_permission
        WHERE consent_number = ?""",
}
_NEWEST: Final = 2**62


class Search:
    """Finds words in the records of one laptop."""

    def __init__(self, database: Database, upkeep: SearchUpkeep) -> None:
        self._database = database
        self._upkeep = upkeep

    def find(
        self, text: str, owner: str | None = None, before: int | None = None, limit: int = PAGE
    ) -> tuple[Found, ...]:
        """Return records that hold every word of a text, the last one also as a beginning, newest first.

        ``owner`` is the officer whose cases are searched, None for all; ``before`` the number of the last one of
        the page above. Where very many cases are due, only those changed last are taken in first, and the others
        are left out.
        """
        asked = search_words.query(text, "words")
        if not asked:
            return ()
        if owner is not None:
            asked = f"{_owned(owner)} AND {asked}"
        self._upkeep.before_search()
        rows = self._database.rows(_FIND, (asked, _NEWEST if before is None else before, limit))
        return tuple(self._found(row, text) for row in rows)

    def _found(self, row: Row, sought: str) -> Found:
        number, case_ref, kind, record = row
        place = Place(kind)
        question, *texts = self._database.row(_TEXTS[place], (record,)) or ("", "")
        return Found(number, case_ref, place, question, snippet(texts, sought))


def snippet(texts: list[str], sought: str) -> str:
    """Return a piece of the first text that has one of the words looked for, in one line, with the word in it."""
    for text in texts:
        here = search_words.locate(text, sought)
        if here is not None:
            return _piece(text, *here)
    return _piece(texts[0], 0, 0)


def _piece(text: str, start: int, end: int) -> str:
    first = max(start - _BEFORE, 0)
    if first:
        first = max(text.find(" ", first, start) + 1, first)
    last = min(end + _AFTER, len(text))
    piece = " ".join(text[first:last].split())
    return f"{'…' if first else ''}{piece}{'…' if last < len(text) else ''}"


def _owned(owner: str) -> str:
    quoted = owner.replace('"', '""')
    return f'owner : "{quoted}"'
