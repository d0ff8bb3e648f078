"""The search index: words of the records as they stand now, changed in the transaction that changes the record."""

from typing import Final

from victimid.model.answer import Answer
from victimid.model.search import Place
from victimid.store.connection import Database, Value
from victimid.store.search_words import normalise

_OWNER: Final = "SELECT owner FROM cases WHERE ref = ?"
_PUT: Final = """INSERT INTO searchable (case_ref, place, interview_id, ref, words, owner) VALUES (?, ?, ?, ?, ?, ?)
    RETURNING number"""
_INDEX: Final = "INSERT INTO search (rowid, words, owner) VALUES (?, ?, ?)"
_UNINDEX: Final = "INSERT INTO search (search, rowid, words, owner) VALUES ('delete', ?, ?, ?)"
_OF_RECORD: Final = "SELECT number, words, owner FROM searchable WHERE interview_id = ? AND ref = ? AND place = ?"
_OF_CASE: Final = "SELECT number, words, owner FROM searchable WHERE case_ref = ?"


def put_answer(database: Database, case_ref: str, interview_id: str, answer: Answer) -> None:
    """Let the latest revision of an answer be found, and none before it; a withdrawn one not at all."""
    _put(database, case_ref, Place.ANSWER, interview_id, answer.ref, text_of(answer))


def put_words(database: Database, case_ref: str, place: Place, record: str, text: str) -> None:
    """Let words be found that stand in a decision, a hand-over or a consent; ``record`` names it among its kind."""
    _put(database, case_ref, place, "", record, text)


def hand_over(database: Database, case_ref: str, owner: str) -> None:
    """Let the records of a case be found by the officer who now answers for it."""
    for number, words, before in database.rows(_OF_CASE, (case_ref,)):
        database.execute(_UNINDEX, (number, words, before))
        database.execute("UPDATE searchable SET owner = ? WHERE number = ?", (owner, number))
        database.execute(_INDEX, (number, words, owner))


def forget_case(database: Database, case_ref: str) -> None:
    """Let nothing of a case be found any more."""
    _forget(database, _OF_CASE, (case_ref,))


def text_of(answer: Answer) -> str:
    """Return what can be found of an answer: the person's words and the answer as worded, each text once."""
    texts = (answer.own_words, answer.officer_wording.answer, answer.person_wording.answer)
    return "" if answer.withdrawn else "\n".join(dict.fromkeys(texts))


def _put(database: Database, case_ref: str, place: Place, interview_id: str, ref: str, text: str) -> None:
    _forget(database, _OF_RECORD, (interview_id, ref, place.value))
    words = normalise(text)
    if words:
        owner = database.value(_OWNER, (case_ref,))
        number = database.value(_PUT, (case_ref, place.value, interview_id, ref, words, owner))
        database.execute(_INDEX, (number, words, owner))


def _forget(database: Database, which: str, values: tuple[Value, ...]) -> None:
    """Take rows out of the index and out of the table it is made of; ``which`` is one of the queries above."""
    for row in database.rows(which, values):
        database.execute(_UNINDEX, row)
        database.execute("DELETE FROM searchable WHERE number = ?", row[:1])
