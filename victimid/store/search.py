"""Full-text search over what was recorded, newest first."""

from typing import Final

from victimid.model.search import Found, Place
from victimid.store import search_words
from victimid.store.connection import Database, Row

PAGE: Final = 50
_BEFORE, _AFTER = 30, 90
_FIND: Final = """SELECT number, case_ref, place, interview_id, ref FROM search
    JOIN searchable ON number = search.rowid WHERE search MATCH ? AND search.rowid < ?
    ORDER BY search.rowid DESC LIMIT ?"""
_ANSWER: Final = """SELECT officer_question, own_words, officer_answer, person_answer FROM answer
    WHERE interview_id = ? AND ref = ? ORDER BY revision DESC LIMIT 1"""
_TEXTS: Final = {
    Place.DECISION: "SELECT '', reason FROM decision WHERE id = ?",
    Place.HANDOVER: "SELECT '', reason FROM handover WHERE id = ?",
    Place.CONSENT: """SELECT '', group_concat(limited_to, char(10)) FROM consent_permission
        JOIN consent ON number = consent_number WHERE consent.id = ?""",
}
_NEWEST: Final = 2**62


class Search:
    """Finds words in the records of one laptop."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(
        self, text: str, owner: str | None = None, before: int | None = None, limit: int = PAGE
    ) -> tuple[Found, ...]:
        """Return records that hold every word of a text, the last one also as a beginning, newest first.

        ``owner`` is the officer whose cases are searched, None for all; ``before`` the number of the last one of
        the page above.
        """
        asked = search_words.query(text, "words")
        if not asked:
            return ()
        if owner is not None:
            asked = f"{_owned(owner)} AND {asked}"
        rows = self._database.rows(_FIND, (asked, _NEWEST if before is None else before, limit))
        return tuple(self._found(row, text) for row in rows)

    def _found(self, row: Row, sought: str) -> Found:
        number, case_ref, kind, interview_id, ref = row
        place = Place(kind)
        asked = (_ANSWER, (interview_id, ref)) if place is Place.ANSWER else (_TEXTS[place], (ref,))
        question, *texts = self._database.row(*asked) or ("", "")
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
