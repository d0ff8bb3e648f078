"""The search index: words of the records as they stand, taken from them case by case after they were saved.

A save only notes that its case is due. A record is indexed once; what another one took the place of stays in the
index, marked, until a calm moment takes it out.
"""

from itertools import islice
from typing import Final

from victimid.model.search import Place
from victimid.store.connection import Database, Row
from victimid.store.search_words import normalise

# A case that is due already becomes the last one, so that what was just said is taken in before a long list.
_MARK: Final = """INSERT INTO search_due (case_ref) VALUES (?) ON CONFLICT (case_ref)
    DO UPDATE SET number = (SELECT max(number) + 1 FROM search_due)
    WHERE number < (SELECT max(number) FROM search_due)"""
_OWNER: Final = "SELECT owner FROM cases WHERE ref = ?"
_TEXTS: Final = (
    (
        Place.ANSWER,
        """SELECT id, own_words, officer_answer, person_answer FROM answer JOIN (
            SELECT answer.id AS newest, max(revision) FROM interview JOIN answer ON interview_id = interview.id
            WHERE case_ref = ? GROUP BY interview_id, ref
        ) ON id = newest WHERE NOT withdrawn ORDER BY id""",
    ),
    (Place.DECISION, "SELECT id, reason FROM decision WHERE case_ref = ? ORDER BY id"),
    (Place.HANDOVER, "SELECT id, reason FROM handover WHERE case_ref = ? ORDER BY id"),
    (
        Place.CONSENT,
        """SELECT number, limited_to FROM consent JOIN consent_permission ON consent_number = number
        WHERE case_ref = ? ORDER BY number, position""",
    ),
)
_STANDING: Final = "SELECT number, place, record, owner FROM searchable WHERE case_ref = ? AND NOT superseded"
_SUPERSEDE: Final = "UPDATE searchable SET superseded = 1 WHERE number = ?"
_PUT: Final = """INSERT INTO searchable (case_ref, place, record, words, owner) VALUES (?, ?, ?, ?, ?)
    RETURNING number"""
_INDEX: Final = "INSERT INTO search (rowid, words, owner) VALUES (?, ?, ?)"
_UNINDEX: Final = "INSERT INTO search (search, rowid, words, owner) VALUES ('delete', ?, ?, ?)"
_OF_CASE: Final = "SELECT number, words, owner FROM searchable WHERE case_ref = ? ORDER BY number"
_SUPERSEDED: Final = "SELECT number, words, owner FROM searchable WHERE superseded ORDER BY number LIMIT ?"


def mark_due(database: Database, case_ref: str) -> None:
    """Note within a change that the words of a case are no longer those in the index."""
    database.execute(_MARK, (case_ref,))


def texts_of(database: Database, case_ref: str) -> dict[tuple[Place, int], str]:
    """Return what can be found in the records of a case as they stand now, by kind and number of the record."""
    texts: dict[tuple[Place, int], dict[str, None]] = {}
    for place, query in _TEXTS:
        for record, *found in database.rows(query, (case_ref,)):
            texts.setdefault((place, record), {}).update(dict.fromkeys(found))
    return {record: "\n".join(found) for record, found in texts.items()}


def take_in(database: Database, case_ref: str, most: int | None = None) -> int:
    """Bring the index up to date with a case, and return how many records were added.

    With ``most`` so many are added at once, and a case with more of them stays due.
    """
    owner = str(database.value(_OWNER, (case_ref,)))
    texts = texts_of(database, case_ref)
    for number, place, record, whose in database.rows(_STANDING, (case_ref,)):
        if whose != owner or texts.pop((Place(place), record), None) is None:
            database.execute(_SUPERSEDE, (number,))
    new = ((record, words) for record, text in texts.items() if (words := normalise(text)))
    added = 0
    for (place, record), words in islice(new, most):
        number = database.value(_PUT, (case_ref, place.value, record, words, owner))
        database.execute(_INDEX, (number, words, owner))
        added += 1
    if next(new, None) is None:
        database.execute("DELETE FROM search_due WHERE case_ref = ?", (case_ref,))
    return added


def forget_case(database: Database, case_ref: str) -> None:
    """Let no word of a case stay in the index."""
    _forget(database, database.rows(_OF_CASE, (case_ref,)))


def forget_superseded(database: Database, most: int) -> None:
    """Take out of the index some of what other records took the place of."""
    _forget(database, database.rows(_SUPERSEDED, (most,)))


def _forget(database: Database, rows: list[Row]) -> None:
    for row in rows:
        database.execute(_UNINDEX, row)
        database.execute("DELETE FROM searchable WHERE number = ?", row[:1])
