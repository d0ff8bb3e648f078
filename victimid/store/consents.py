"""Consents: a ledger of what each person permitted for each service."""

from typing import Final

from victimid.model.audit import Action
from victimid.model.consent import Consent, DataGroup, GroupPermission, Manner, Permission
from victimid.store.case_log import CaseLog
from victimid.store.connection import Database, Row
from victimid.store.contents import digest
from victimid.store.moments import from_text, optional_from_text, optional_to_text, to_text

_INSERT: Final = """INSERT INTO consent (id, case_ref, service_id, manner, language, interpreter, by, at,
    withdrawn_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"""
_INSERT_PERMISSION: Final = """INSERT INTO consent_permission
    (consent_number, position, data_group, permission, limited_to)
    VALUES ((SELECT number FROM consent WHERE id = ?), ?, ?, ?, ?)"""
_OF_CASE: Final = """SELECT number, id, case_ref, service_id, manner, language, interpreter, by, at, withdrawn_at
    FROM consent WHERE case_ref = ? ORDER BY number"""
_PERMISSIONS: Final = """SELECT data_group, permission, limited_to FROM consent_permission
    WHERE consent_number = ? ORDER BY position"""


class Consents:
    """The consents kept on one laptop."""

    def __init__(self, database: Database, log: CaseLog) -> None:
        self._database = database
        self._log = log

    def record(self, consent: Consent) -> None:
        """Keep a consent; ``case.unknown``."""
        values = (
            consent.id,
            consent.case_ref,
            consent.service_id,
            consent.manner.value,
            consent.language,
            consent.interpreter,
            consent.by,
            to_text(consent.at),
            optional_to_text(consent.withdrawn_at),
        )
        with self._database.transaction():
            self._log.note(
                Action.CONSENT_RECORDED,
                consent.by,
                consent.case_ref,
                consent.id,
                content=digest(consent),
            )
            self._database.execute(_INSERT, values)
            for position, given in enumerate(consent.permissions):
                words = (given.group.value, given.permission.value, given.limited_to)
                self._database.execute(_INSERT_PERMISSION, (consent.id, position, *words))

    def of_case(self, case_ref: str) -> tuple[Consent, ...]:
        """Return every consent in a case, oldest first."""
        return tuple(self._consent(row) for row in self._database.rows(_OF_CASE, (case_ref,)))

    def latest(self, case_ref: str, service_id: str) -> Consent | None:
        """Return what was last said about one service, or None."""
        given = (c for c in reversed(self.of_case(case_ref)) if c.service_id == service_id)
        return next(given, None)

    def _consent(self, row: Row) -> Consent:
        number, consent_id, case_ref, service_id, manner, language, interpreter, by, at, withdrawn_at = row
        permissions = tuple(
            GroupPermission(DataGroup(group), Permission(permission), limited_to)
            for group, permission, limited_to in self._database.rows(_PERMISSIONS, (number,))
        )
        return Consent(
            id=consent_id,
            case_ref=case_ref,
            service_id=service_id,
            permissions=permissions,
            manner=Manner(manner),
            language=language,
            interpreter=interpreter,
            by=by,
            at=from_text(at),
            withdrawn_at=optional_from_text(withdrawn_at),
        )
