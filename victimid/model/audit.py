"""Audit entries: who did what to which case, when; free of names of persons interviewed."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Action(StrEnum):
    """What can be done and is written down."""

    VAULT_CREATED = "vault_created"
    VAULT_RESTORED = "vault_restored"
    VAULT_REKEYED = "vault_rekeyed"
    ROLLBACK_ACCEPTED = "rollback_accepted"
    UNLOCKED = "unlocked"
    LOCKED = "locked"
    OFFICER_ENROLLED = "officer_enrolled"
    OFFICER_DISABLED = "officer_disabled"
    OFFICER_PUT_BACK = "officer_put_back"
    SLOT_GIVEN = "slot_given"
    SLOT_CHANGED = "slot_changed"
    SLOT_RECOVERED = "slot_recovered"
    HEADQUARTERS_KEY_ADDED = "headquarters_key_added"
    HEADQUARTERS_KEY_REMOVED = "headquarters_key_removed"
    RECEIPT_KEY_SET = "receipt_key_set"
    RECOVERY_REHEARSED = "recovery_rehearsed"
    POLICY_CHANGED = "policy_changed"
    CONTENT_INSTALLED = "content_installed"
    CASE_OPENED = "case_opened"
    CASE_VIEWED = "case_viewed"
    CASE_HANDED_OVER = "case_handed_over"
    CASE_DELETED = "case_deleted"
    SEARCHED = "searched"
    INTERVIEW_BEGUN = "interview_begun"
    ANSWERED = "answered"
    ANSWER_MOVED = "answer_moved"
    ANSWER_WITHDRAWN = "answer_withdrawn"
    INSTANCE_ADDED = "instance_added"
    INSTANCE_REMOVED = "instance_removed"
    MARKED = "marked"
    UNMARKED = "unmarked"
    ATTACHED = "attached"
    INTERVIEW_FINISHED = "interview_finished"
    DECIDED = "decided"
    REVIEWED = "reviewed"
    CONSENT_RECORDED = "consent_recorded"
    REFERRAL_WRITTEN = "referral_written"
    EXPORT_WRITTEN = "export_written"
    EXPORT_RECEIVED = "export_received"
    AUDIT_VIEWED = "audit_viewed"
    AUDIT_EXPORTED = "audit_exported"
    BACKUP_MADE = "backup_made"
    CHECKED = "checked"
    KEYS_ERASED = "keys_erased"
    REFUSED = "refused"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One link of the chain; ``hash`` covers this entry and the hash before it.

    ``content`` is the SHA-256 of the record this entry wrote, ``case_state`` that of the case's row after it.
    """

    sequence: int
    at: datetime
    officer: str
    action: Action
    subject: str
    detail: str
    hash: str
    content: str = ""
    case_state: str = ""


@dataclass(frozen=True, slots=True)
class AuditQuery:
    """Which entries to read: blank fields ask for everything; ``before`` is the sequence to go on below."""

    officer: str = ""
    actions: tuple[Action, ...] = ()
    subject: str = ""
    since: datetime | None = None
    until: datetime | None = None
    before: int | None = None


@dataclass(frozen=True, slots=True)
class AuditSeal:
    """The laptop's signature over the chain up to one entry."""

    sequence: int
    at: datetime
    signature: bytes


@dataclass(frozen=True, slots=True)
class Standing:
    """How far the audit has come: number and hash of the last entry; what anchors hold against roll-back."""

    sequence: int
    hash: str
