"""Referrals that were written, numbered within their case."""

from typing import Final

from victimid.model.audit import Action
from victimid.model.case import Stage
from victimid.model.referral import Copy, Referral, Urgency
from victimid.store.case_log import CaseLog
from victimid.store.connection import Database, Row
from victimid.store.contents import digest
from victimid.store.moments import from_text, to_text

_INSERT: Final = """INSERT INTO referral (number, case_ref, service_id, copy, urgency, language, sha256, by, at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"""
_OF_CASE: Final = """SELECT number, case_ref, service_id, copy, urgency, language, sha256, by, at FROM referral
    WHERE case_ref = ? ORDER BY id"""


class Referrals:
    """The referrals of one laptop."""

    def __init__(self, database: Database, log: CaseLog) -> None:
        self._database = database
        self._log = log

    def record(self, referral: Referral) -> None:
        """Keep a referral; ``case.unknown``, ``vault.conflict`` if its number is taken."""
        values = (
            referral.number,
            referral.case_ref,
            referral.service_id,
            referral.copy.value,
            referral.urgency.value,
            referral.language,
            referral.sha256,
            referral.by,
            to_text(referral.at),
        )
        with self._database.transaction():
            self._log.note(
                Action.REFERRAL_WRITTEN,
                referral.by,
                referral.case_ref,
                referral.number,
                content=digest(referral),
                stage=Stage.REFERRED,
            )
            self._database.execute(_INSERT, values)

    def of_case(self, case_ref: str) -> tuple[Referral, ...]:
        """Return the referrals of a case, oldest first."""
        return tuple(_referral(row) for row in self._database.rows(_OF_CASE, (case_ref,)))

    def next_number(self, case_ref: str) -> str:
        """Return the number of the next referral of a case, such as RU-7K2M-1."""
        written = self._database.value("SELECT count(*) FROM referral WHERE case_ref = ?", (case_ref,))
        return f"{case_ref}-{int(written) + 1}"


def _referral(row: Row) -> Referral:
    number, case_ref, service_id, copy, urgency, language, sha256, by, at = row
    return Referral(number, case_ref, service_id, Copy(copy), Urgency(urgency), language, sha256, by, from_text(at))
