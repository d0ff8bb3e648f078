"""Making index and links of a whole vault again, and telling where they are not what the records say."""

from collections.abc import Iterator
from typing import Final

from victimid.errors import VictimIDError
from victimid.model.search import Place
from victimid.store import link_index, search_index, search_words
from victimid.store.answers import Answers
from victimid.store.connection import Database

_WORDS: Final = (
    (Place.DECISION, "SELECT id, reason FROM decision WHERE case_ref = ? ORDER BY id"),
    (Place.HANDOVER, "SELECT id, reason FROM handover WHERE case_ref = ? ORDER BY id"),
    (
        Place.CONSENT,
        """SELECT consent.id, group_concat(limited_to, char(10)) FROM consent_permission
        JOIN consent ON number = consent_number WHERE case_ref = ? GROUP BY number ORDER BY number""",
    ),
)
_MERGED_PAGES: Final = 16
# FTS5 keeps terms on leaves, and in a table beside them with which term each leaf begins. A leaf that the table lacks
# is not searched, and FTS5's own check does not notice. The lower 37 bits of an id are page, level and kind, the upper
# ones the segment; the third and fourth byte of a leaf say where the list of its terms begins: at its end without any.
_UNREACHED: Final = """SELECT id >> 37, id & 0x7fffffff FROM search_data
    WHERE id >= 1 << 37 AND id & (63 << 31) = 0 AND printf('%04X', length(block)) > hex(substr(block, 3, 2))
    EXCEPT SELECT segid, pgno >> 1 FROM search_idx"""
_INDEXED: Final = "SELECT place, interview_id, ref, words, owner FROM searchable WHERE case_ref = ?"


class SearchUpkeep:
    """Keeps what is derived from records in step with them."""

    def __init__(self, database: Database, answers: Answers) -> None:
        self._database = database
        self._answers = answers

    def outdated(self) -> bool:
        """Tell whether the index is of an earlier way of comparing words, or of a vault that had none."""
        return int(self._database.value("SELECT search_version FROM laptop")) != search_words.VERSION

    def rebuild(self, cases_at_once: int = 20) -> Iterator[tuple[int, int]]:
        """Make index and links again, oldest case first, a few cases in each transaction.

        Yields how many of how many cases are done, so that other work has its turn in between; broken off, it
        begins anew the next time.
        """
        refs = [ref for (ref,) in self._database.rows("SELECT ref FROM cases ORDER BY opened_at, ref")]
        for start in range(0, len(refs), cases_at_once):
            with self._database.transaction():
                for ref in refs[start : start + cases_at_once]:
                    self._index_case(ref)
            yield min(start + cases_at_once, len(refs)), len(refs)
        self._database.execute("UPDATE laptop SET search_version = ?", (search_words.VERSION,))

    def tidy(self) -> None:
        """Merge a little of the index, in a calm moment; nothing happens where there is nothing to merge."""
        self._database.execute("INSERT INTO search (search, rank) VALUES ('merge', ?)", (_MERGED_PAGES,))

    def differing(self) -> Iterator[tuple[str, bool]]:
        """Yield every case and whether its index or links say something else than its records; none if outdated."""
        if self.outdated():
            return
        for ref, owner in self._database.rows("SELECT ref, owner FROM cases ORDER BY ref"):
            indexed = set(self._database.rows(_INDEXED, (ref,)))
            yield ref, indexed != self._wanted(ref, owner) or link_index.differ(self._database, ref, self._latest(ref))

    def whole(self) -> bool:
        """Tell whether the index is sound in itself, says what the table beside it says, and leads to all its terms."""
        try:
            self._database.execute("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)")
        except VictimIDError:
            return False
        return not self._database.rows(_UNREACHED)

    def _index_case(self, ref: str) -> None:
        latest = self._latest(ref)
        for interview_id, answer in latest:
            search_index.put_answer(self._database, ref, interview_id, answer)
        link_index.learn_case(self._database, ref, latest)
        for place, record, text in self._words(ref):
            search_index.put_words(self._database, ref, place, record, text)

    def _wanted(self, ref: str, owner: str) -> set[tuple[str, ...]]:
        texts = [(Place.ANSWER, i, each.ref, search_index.text_of(each)) for i, each in self._latest(ref)]
        texts += [(place, "", record, text) for place, record, text in self._words(ref)]
        compared = ((*where, search_words.normalise(text), owner) for *where, text in texts)
        return {row for row in compared if row[3]}

    def _latest(self, ref: str) -> list[link_index.Stated]:
        interviews = self._database.rows("SELECT id FROM interview WHERE case_ref = ? ORDER BY started_at, id", (ref,))
        return [(each, answer) for (each,) in interviews for answer in self._answers.latest(each)]

    def _words(self, ref: str) -> list[tuple[Place, str, str]]:
        found = ((place, self._database.rows(sql, (ref,))) for place, sql in _WORDS)
        return [(place, str(record), text) for place, rows in found for record, text in rows]
