"""What is typed and not yet recorded, so that locking loses no word; gone once it is recorded."""

from typing import Final

from victimid.errors import VictimIDError
from victimid.store.connection import Database

_KEEP: Final = """INSERT INTO draft (case_ref, place, text) VALUES (?, ?, ?)
    ON CONFLICT (case_ref, place) DO UPDATE SET text = excluded.text"""
_KEEP_OWN: Final = """INSERT INTO officer_draft (officer, place, text) VALUES (?, ?, ?)
    ON CONFLICT (officer, place) DO UPDATE SET text = excluded.text"""


class Drafts:
    """Typed words by case and place; a place is a question of an interview, or a screen of the case.

    Those that belong to no case, such as a name to be enrolled, belong to the officer who typed them.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, case_ref: str, place: str, text: str) -> None:
        """Keep the words of a place instead of those before; no words leave nothing. Raises ``case.unknown``."""
        with self._database.transaction():
            if self._database.value("SELECT 1 FROM cases WHERE ref = ?", (case_ref,)) is None:
                raise VictimIDError("case.unknown", case=case_ref)
            if text:
                self._database.execute(_KEEP, (case_ref, place, text))
            else:
                drop(self._database, case_ref, place)

    def read(self, case_ref: str, place: str) -> str:
        """Return the words kept for a place, or nothing."""
        return str(
            self._database.value("SELECT text FROM draft WHERE case_ref = ? AND place = ?", (case_ref, place)) or ""
        )

    def keep_own(self, officer: str, place: str, text: str) -> None:
        """Keep an officer's words that belong to no case; no words leave nothing."""
        if text:
            self._database.execute(_KEEP_OWN, (officer, place, text))
        else:
            self._database.execute("DELETE FROM officer_draft WHERE officer = ? AND place = ?", (officer, place))

    def read_own(self, officer: str, place: str) -> str:
        """Return an officer's words that belong to no case, or nothing."""
        query = "SELECT text FROM officer_draft WHERE officer = ? AND place = ?"
        return str(self._database.value(query, (officer, place)) or "")


def drop(database: Database, case_ref: str, place: str) -> None:
    """Forget the words of a place, within the change that records them."""
    database.execute("DELETE FROM draft WHERE case_ref = ? AND place = ?", (case_ref, place))


def of_question(interview_id: str, ref: str) -> str:
    """Name the place of one question of one interview."""
    return f"{interview_id} {ref}"
