"""Decisions of named officers; a later one stands beside the earlier ones, never in their place."""

from typing import Final

from victimid.model.audit import Action
from victimid.model.case import Stage
from victimid.model.finding import Decision, Outcome
from victimid.store.case_log import CaseLog
from victimid.store.connection import Database, Row
from victimid.store.contents import digest
from victimid.store.moments import from_text, to_text

_INSERT: Final = """INSERT INTO decision (case_ref, outcome, reason, rule_set_id, rule_set_version, by, at)
    VALUES (?, ?, ?, ?, ?, ?, ?)"""
_OF_CASE: Final = """SELECT case_ref, outcome, reason, rule_set_id, rule_set_version, by, at FROM decision
    WHERE case_ref = ? ORDER BY id"""


class Decisions:
    """The decisions of one laptop."""

    def __init__(self, database: Database, log: CaseLog) -> None:
        self._database = database
        self._log = log

    def record(self, decision: Decision) -> None:
        """Keep a decision; ``case.unknown``."""
        values = (
            decision.case_ref,
            decision.outcome.value,
            decision.reason,
            decision.rule_set_id,
            decision.rule_set_version,
            decision.by,
            to_text(decision.at),
        )
        with self._database.transaction():
            self._log.note(
                Action.DECIDED,
                decision.by,
                decision.case_ref,
                decision.outcome.value,
                content=digest(decision),
                stage=Stage.DECIDED,
                outcome=decision.outcome,
            )
            self._database.execute(_INSERT, values)

    def of_case(self, case_ref: str) -> tuple[Decision, ...]:
        """Return every decision on a case, oldest first."""
        return tuple(_decision(row) for row in self._database.rows(_OF_CASE, (case_ref,)))

    def latest(self, case_ref: str) -> Decision | None:
        """Return the decision that stands, or None."""
        return next(reversed(self.of_case(case_ref)), None)


def _decision(row: Row) -> Decision:
    case_ref, outcome, reason, rule_set_id, rule_set_version, by, at = row
    return Decision(case_ref, Outcome(outcome), reason, rule_set_id, rule_set_version, by, from_text(at))
