"""Links: what answers of several cases have in common, and the words that officers mark to be compared."""

from itertools import groupby
from typing import Final

from victimid.errors import VictimIDError
from victimid.model.audit import Action
from victimid.model.link import Identifier, LinkKind, Mark, Shared
from victimid.store import identifiers, link_index, marks
from victimid.store.answers import Answers
from victimid.store.case_log import CaseLog
from victimid.store.connection import Database, Row, Value
from victimid.store.marks import Marks

_KNOWN: Final = "SELECT 1 FROM interview WHERE id = ? AND case_ref = ?"
_OTHERS: Final = """SELECT DISTINCT mine.kind, mine.value, other.ref, other.owner, other.opened_at FROM link AS mine
    JOIN cases AS own ON own.ref = mine.case_ref
    JOIN link AS same ON same.kind = mine.kind AND same.fingerprint = mine.fingerprint
        AND same.case_ref <> mine.case_ref
    JOIN cases AS other ON other.ref = same.case_ref AND other.practice = own.practice
    WHERE """
_IN_ORDER: Final = " ORDER BY mine.kind, mine.value, other.opened_at DESC, other.ref"


class Links:
    """The links of one laptop; a case that an officer may not see is counted, never named."""

    def __init__(self, database: Database, log: CaseLog) -> None:
        self._database = database
        self._answers = Answers(database, log)
        self._marks = Marks(database, log)

    def mark(self, case_ref: str, mark: Mark) -> Identifier:
        """Take words that an officer marked in an answer for a thing; what is marked already stays as it is.

        Raises ``link.nothing_to_compare``, ``interview.unknown``.
        """
        with self._database.transaction():
            found = identifiers.identifier(mark.kind, mark.text, link_index.country_of(self._database))
            if found is None:
                raise VictimIDError("link.nothing_to_compare", kind=mark.kind.value)
            if self._database.row(_KNOWN, (mark.interview_id, case_ref)) is None:
                raise VictimIDError("interview.unknown")
            if (mark.kind, mark.text) not in self.marks(mark.interview_id, mark.ref):
                self._marks.add(case_ref, mark, Action.MARKED)
                self._learn(case_ref, mark)
        return found

    def unmark(self, case_ref: str, mark: Mark) -> None:
        """Take a mark back, as who does it and when say; that it stood stays on record. Raises ``link.not_marked``."""
        with self._database.transaction():
            if (mark.kind, mark.text) not in self.marks(mark.interview_id, mark.ref):
                raise VictimIDError("link.not_marked")
            self._marks.remove(case_ref, mark, mark.by, mark.at)
            self._learn(case_ref, mark)

    def marks(self, interview_id: str, ref: str) -> tuple[tuple[LinkKind, str], ...]:
        """Return what is marked in one answer: the kind and the words."""
        return tuple((each.kind, each.text) for each in marks.standing(self._database, interview_id, ref))

    def of_case(self, case_ref: str, owner: str | None = None) -> tuple[Shared, ...]:
        """Return what other cases share with this one; ``owner`` is whose cases may be named, None for all."""
        return self._shared("mine.case_ref = ?", (case_ref,), owner)

    def of_answer(self, interview_id: str, ref: str, owner: str | None = None) -> tuple[Shared, ...]:
        """Return what other cases share with one answer; ``owner`` is whose cases may be named, None for all."""
        return self._shared("mine.interview_id = ? AND mine.ref = ?", (interview_id, ref), owner)

    def _learn(self, case_ref: str, mark: Mark) -> None:
        said = self._answers.revisions(mark.interview_id, mark.ref)
        link_index.learn(self._database, case_ref, mark.interview_id, mark.ref, said[-1] if said else None)

    def _shared(self, where: str, values: tuple[Value, ...], owner: str | None) -> tuple[Shared, ...]:
        rows = self._database.rows(_OTHERS + where + _IN_ORDER, values)
        return tuple(_shared(kind, value, list(group), owner) for (kind, value), group in groupby(rows, _thing))


def _thing(row: Row) -> tuple[str, str]:
    return row[0], row[1]


def _shared(kind: str, value: str, rows: list[Row], owner: str | None) -> Shared:
    named = tuple(ref for _, _, ref, whose, _ in rows if owner is None or whose == owner)
    return Shared(Identifier(LinkKind(kind), value), named, len(rows) - len(named))
