"""Audit entries: who did what to which case, when; free of names of persons interviewed."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Action(StrEnum):
    """What can be done and is written down."""

    VAULT_CREATED = "vault_created"
    UNLOCKED = "unlocked"
    LOCKED = "locked"
    OFFICER_ENROLLED = "officer_enrolled"
    HEADQUARTERS_KEY_ADDED = "headquarters_key_added"
    CASE_OPENED = "case_opened"
    CASE_VIEWED = "case_viewed"
    INTERVIEW_BEGUN = "interview_begun"
    ANSWERED = "answered"
    INSTANCE_ADDED = "instance_added"
    INSTANCE_REMOVED = "instance_removed"
    ATTACHED = "attached"
    INTERVIEW_FINISHED = "interview_finished"
    DECIDED = "decided"
    CONSENT_RECORDED = "consent_recorded"
    REFERRAL_WRITTEN = "referral_written"
    EXPORT_WRITTEN = "export_written"
    EXPORT_RECEIVED = "export_received"


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One link of the chain; ``hash`` covers this entry and the hash before it."""

    sequence: int
    at: datetime
    officer: str
    action: Action
    subject: str
    detail: str
    hash: str
