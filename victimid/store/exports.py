"""Exports to headquarters: numbered and chained; what has changed since is found by the revisions of cases."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Final

from victimid.errors import VictimIDError
from victimid.model.audit import Action
from victimid.model.bundle import Export
from victimid.store.audit import Audit
from victimid.store.case_log import CaseLog
from victimid.store.case_records import (
    JsonRecord,
    case_record,
    consent_record,
    decision_record,
    interview_records,
    referral_record,
    review_record,
)
from victimid.store.cases import Cases
from victimid.store.connection import Database, Row
from victimid.store.consents import Consents
from victimid.store.contents import digest_of
from victimid.store.decisions import Decisions
from victimid.store.interviews import Interviews
from victimid.store.moments import from_text, optional_from_text, optional_to_text, to_text
from victimid.store.referrals import Referrals
from victimid.store.reviews import Reviews

_INSERT: Final = """INSERT INTO export (sequence, manifest_sha256, records, written_at, by, received_at, audit_head)
    VALUES (?, ?, ?, ?, ?, ?, ?)"""
_SELECT: Final = "SELECT sequence, manifest_sha256, records, written_at, by, received_at, audit_head FROM export"
_FORMER: Final = """SELECT sequence, manifest_sha256, records, written_at, by, received_at, audit_head, carried
    FROM former_export WHERE last_entry = ? ORDER BY sequence"""
_CARRIED: Final = "SELECT case_ref, revision FROM exported_case WHERE sequence = ? ORDER BY case_ref"
_CHANGED: Final = """SELECT ref, revision FROM cases
    WHERE revision > exported_revision AND practice = 0 ORDER BY ref"""
_MARK_CASE: Final = """UPDATE cases SET exported_revision = max(exported_revision, ?)
    WHERE ref = ? AND practice = 0"""


class Exports:
    """The bundles this laptop has written."""

    def __init__(self, database: Database, audit: Audit) -> None:
        self._database = database
        self._audit = audit

    def next_sequence(self) -> int:
        """Return the number of the next bundle, from 1 without gaps."""
        return int(self._database.value("SELECT coalesce(max(sequence), 0) + 1 FROM export"))

    def last_manifest_sha256(self) -> str:
        """Return the hash the next manifest has to name; empty before the first."""
        last = self._database.value("SELECT manifest_sha256 FROM export ORDER BY sequence DESC LIMIT 1")
        return last or ""

    def changed_cases(self) -> tuple[tuple[str, int], ...]:
        """Return reference and revision of every real case that changed since it was last exported."""
        return tuple((ref, revision) for ref, revision in self._database.rows(_CHANGED))

    def case_records(self, case_ref: str) -> tuple[JsonRecord, ...]:
        """Return what a bundle carries of a case; ``case.unknown``, ``case.practice``."""
        stores = (self._database, CaseLog(self._database, self._audit))
        interviews = Interviews(*stores)
        with self._database.transaction():
            case = Cases(self._database, self._audit).get(case_ref)
            if case.practice:
                raise VictimIDError("case.practice", case=case_ref)
            revision = self._database.value("SELECT revision FROM cases WHERE ref = ?", (case_ref,))
            records = [case_record(case, revision)]
            for interview in interviews.of_case(case_ref):
                records += interview_records(interview, interviews.answers(interview.id, withdrawn=True))
            records += map(decision_record, Decisions(*stores).of_case(case_ref))
            records += map(review_record, Reviews(*stores).of_case(case_ref))
            records += map(consent_record, Consents(*stores).of_case(case_ref))
            records += map(referral_record, Referrals(*stores).of_case(case_ref))
        return tuple(records)

    def record(self, export: Export, revisions: Sequence[tuple[str, int]], officer: str) -> None:
        """Keep a written bundle and which revisions it carried.

        Raises ``export.out_of_sequence``, and ``case.unknown`` also for a practice case.
        """
        with self._database.transaction():
            if export.sequence != self.next_sequence():
                raise VictimIDError("export.out_of_sequence", sequence=export.sequence)
            self._database.execute(_INSERT, _values(export))
            for case_ref, revision in revisions:
                if not self._database.execute(_MARK_CASE, (revision, case_ref)):
                    raise VictimIDError("case.unknown", case=case_ref)
                self._database.execute(
                    "INSERT INTO exported_case (sequence, case_ref, revision) VALUES (?, ?, ?)",
                    (export.sequence, case_ref, revision),
                )
            detail = f"{len(revisions)} {export.records} {export.manifest_sha256}"
            content = self.content(export.sequence)
            self._audit.append(Action.EXPORT_WRITTEN, officer, str(export.sequence), detail, content=content)

    def mark_received(self, sequence: int, at: datetime, by: str = "") -> None:
        """Note headquarters' receipt; ``export.unknown``."""
        with self._database.transaction():
            self.get(sequence)
            self._database.execute("UPDATE export SET received_at = ? WHERE sequence = ?", (to_text(at), sequence))
            self._audit.append(Action.EXPORT_RECEIVED, by, str(sequence), content=self.content(sequence))

    def get(self, sequence: int) -> Export:
        """Return one bundle; ``export.unknown``."""
        row = self._database.row(_SELECT + " WHERE sequence = ?", (sequence,))
        if row is None:
            raise VictimIDError("export.unknown", sequence=sequence)
        return _export(row)

    def content(self, sequence: int) -> str:
        """Return the hash of a bundle's row and of which revisions it carried; ``export.unknown``."""
        return digest_of([asdict(self.get(sequence)), self._database.rows(_CARRIED, (sequence,))])

    def all(self) -> tuple[Export, ...]:
        """Return every bundle in order."""
        return tuple(_export(row) for row in self._database.rows(_SELECT + " ORDER BY sequence"))

    def former(self, last_entry: int) -> dict[int, tuple[Export, str]]:
        """Return by number what was written as a former device, each bundle with the hash of its content."""
        rows = self._database.rows(_FORMER, (last_entry,))
        bundles = ((_export(row[:-1]), json.loads(row[-1])) for row in rows)
        return {export.sequence: (export, digest_of([asdict(export), carried])) for export, carried in bundles}


def _values(export: Export) -> tuple[str | int | None, ...]:
    return (
        export.sequence,
        export.manifest_sha256,
        export.records,
        to_text(export.written_at),
        export.by,
        optional_to_text(export.received_at),
        export.audit_head,
    )


def _export(row: Row) -> Export:
    sequence, manifest_sha256, records, written_at, by, received_at, audit_head = row
    received = optional_from_text(received_at)
    return Export(sequence, manifest_sha256, records, from_text(written_at), by, received, audit_head)
