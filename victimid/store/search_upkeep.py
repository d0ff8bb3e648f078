"""Keeping index and links of a vault in step with its records, and telling where they are not what these say."""

from collections.abc import Iterator, Sequence
from typing import Final

from victimid.errors import VictimIDError
from victimid.store import link_index, search_index, search_words
from victimid.store.answers import Answers
from victimid.store.connection import Database, Row
from victimid.store.watching import Watch

_OLDEST: Final = "SELECT case_ref, links FROM search_due ORDER BY number LIMIT ?"
_NEWEST: Final = "SELECT case_ref, links FROM search_due ORDER BY number DESC LIMIT ?"
_AT_A_SEARCH: Final = 300
_CALM_CASES, _CALM_RECORDS, _CALM_SUPERSEDED, _CALM_PAGES = 4, 8, 1, 8
_PAGES_AT_A_STEP: Final = 64
# FTS5 counts the command itself as one change.
_CHANGES: Final = "SELECT total_changes()"
_SOMETHING_MERGED: Final = 2
_BEGIN_ANEW: Final = (
    "INSERT INTO search (search) VALUES ('delete-all')",
    "DELETE FROM searchable",
    "DELETE FROM search_due",
    "INSERT INTO search_due (case_ref, links) SELECT ref, 1 FROM cases ORDER BY opened_at, ref",
)
# FTS5 keeps terms on leaves, and in a table beside them with which term each leaf begins. A leaf that the table lacks
# is not searched, and FTS5's own check does not notice. The lower 37 bits of an id are page, level and kind, the upper
# ones the segment; the third and fourth byte of a leaf say where the list of its terms begins: at its end without any.
_UNREACHED: Final = """SELECT id >> 37, id & 0x7fffffff FROM search_data
    WHERE id >= 1 << 37 AND id & (63 << 31) = 0 AND printf('%04X', length(block)) > hex(substr(block, 3, 2))
    EXCEPT SELECT segid, pgno >> 1 FROM search_idx"""
_STATES: Final = """SELECT ref, owner, number IS NOT NULL, links FROM cases LEFT JOIN search_due ON case_ref = ref
    ORDER BY ref"""
_INDEXED: Final = "SELECT place, record, words, owner FROM searchable WHERE case_ref = ? AND NOT superseded"


class SearchUpkeep:
    """Keeps what is derived from records in step with them; ``watch`` is asked for every case that is taken in."""

    def __init__(self, database: Database, answers: Answers, watch: Watch | None = None) -> None:
        self._database = database
        self._answers = answers
        self._watch = watch or Watch()

    def outdated(self) -> bool:
        """Tell whether the index is of an earlier way of comparing words, or of a vault that had none."""
        return int(self._database.value("SELECT search_version FROM laptop")) != search_words.VERSION

    def behind(self) -> bool:
        """Tell whether more is due than a search takes in on its way."""
        return self.outdated() or self._due() > _AT_A_SEARCH

    def catch_up(self, cases_at_once: int = 20) -> Iterator[tuple[int, int]]:
        """Take in everything that is due, oldest first, a few cases in each transaction; all anew where outdated.

        Yields how many of how many cases are done, so that other work has its turn in between; broken off, it goes
        on there the next time.
        """
        if self.outdated():
            self._begin_anew()
        total, done = self._due(), 0
        while due := self._database.rows(_OLDEST, (cases_at_once,)):
            with self._database.transaction():
                self._take_in(due)
                self._merge(_PAGES_AT_A_STEP)
            done += len(due)
            yield done, max(done, total)

    def before_search(self) -> None:
        """Take in what is due, of very many cases those that were changed last."""
        due = self._database.rows(_NEWEST, (_AT_A_SEARCH,))
        if due:
            with self._database.transaction():
                self._take_in(due[::-1])

    def tidy(self) -> None:
        """Take in a little and merge a little; where neither is left, take out a little of what was superseded.

        Taking out looks into every piece of the index, so it costs least when these are merged.
        """
        due = self._database.rows(_OLDEST, (_CALM_CASES,))
        with self._database.transaction():
            room = _CALM_RECORDS
            for each in due:
                room -= self._take_in([each], room)
            if not self._merge(_CALM_PAGES) and not due:
                search_index.forget_superseded(self._database, _CALM_SUPERSEDED)

    def differing(self) -> Iterator[tuple[str, bool]]:
        """Yield every case and whether its index or links say something else than its records; none if outdated.

        What is still due cannot differ.
        """
        if self.outdated():
            return
        for ref, owner, due, links_due in self._database.rows(_STATES):
            yield ref, (not due and self._words_differ(ref, owner)) or (not links_due and self._links_differ(ref))

    def whole(self) -> bool:
        """Tell whether the index is sound in itself, says what the table beside it says, and leads to all its terms."""
        try:
            self._database.execute("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)")
        except VictimIDError:
            return False
        return not self._database.rows(_UNREACHED)

    def _due(self) -> int:
        return int(self._database.value("SELECT count(*) FROM search_due"))

    def _begin_anew(self) -> None:
        with self._database.transaction():
            for statement in _BEGIN_ANEW:
                self._database.execute(statement)
            self._database.execute("UPDATE laptop SET search_version = ?", (search_words.VERSION,))

    def _take_in(self, due: Sequence[Row], most: int | None = None) -> int:
        taken = 0
        for done, (ref, links) in enumerate(due):
            self._watch.step(done, len(due))
            if links:
                link_index.learn_case(self._database, ref, self._latest(ref))
            taken += search_index.take_in(self._database, ref, most)
        return taken

    def _merge(self, pages: int) -> bool:
        """Merge a little of the index, and tell whether there was something to merge."""
        before = self._database.value(_CHANGES)
        self._database.execute("INSERT INTO search (search, rank) VALUES ('merge', ?)", (pages,))
        return int(self._database.value(_CHANGES) - before) >= _SOMETHING_MERGED

    def _words_differ(self, ref: str, owner: str) -> bool:
        texts = search_index.texts_of(self._database, ref)
        compared = ((place, record, search_words.normalise(text), owner) for (place, record), text in texts.items())
        return set(self._database.rows(_INDEXED, (ref,))) != {row for row in compared if row[2]}

    def _links_differ(self, ref: str) -> bool:
        return link_index.differ(self._database, ref, self._latest(ref))

    def _latest(self, ref: str) -> list[link_index.Stated]:
        interviews = self._database.rows("SELECT id FROM interview WHERE case_ref = ? ORDER BY started_at, id", (ref,))
        return [(each, answer) for (each,) in interviews for answer in self._answers.latest(each)]
