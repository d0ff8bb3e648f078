"""What a supervisor asks of the record of actions: kinds of actions, a case, an officer, days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from victimid.model.audit import Action, AuditQuery
from victimid.model.case import REFERENCE_ALPHABET


class ActionKind(StrEnum):
    """A group of actions, as one looks for them."""

    ACCESS = "access"
    OFFICERS = "officers"
    CASES = "cases"
    INTERVIEWS = "interviews"
    DECISIONS = "decisions"
    HEADQUARTERS = "headquarters"
    CARE = "care"


KINDS: Final[Mapping[ActionKind, tuple[Action, ...]]] = {
    ActionKind.ACCESS: (Action.UNLOCKED, Action.LOCKED, Action.REFUSED),
    ActionKind.OFFICERS: (
        Action.OFFICER_ENROLLED,
        Action.OFFICER_DISABLED,
        Action.OFFICER_PUT_BACK,
        Action.SLOT_GIVEN,
        Action.SLOT_CHANGED,
        Action.SLOT_RECOVERED,
    ),
    ActionKind.CASES: (
        Action.CASE_OPENED,
        Action.CASE_VIEWED,
        Action.CASE_HANDED_OVER,
        Action.CASE_DELETED,
        Action.SEARCHED,
    ),
    ActionKind.INTERVIEWS: (
        Action.INTERVIEW_BEGUN,
        Action.ANSWERED,
        Action.ANSWER_MOVED,
        Action.ANSWER_WITHDRAWN,
        Action.INSTANCE_ADDED,
        Action.INSTANCE_REMOVED,
        Action.ATTACHED,
        Action.MARKED,
        Action.UNMARKED,
        Action.INTERVIEW_FINISHED,
    ),
    ActionKind.DECISIONS: (Action.DECIDED, Action.REVIEWED, Action.CONSENT_RECORDED, Action.REFERRAL_WRITTEN),
    ActionKind.HEADQUARTERS: (
        Action.EXPORT_WRITTEN,
        Action.EXPORT_RECEIVED,
        Action.HEADQUARTERS_KEY_ADDED,
        Action.HEADQUARTERS_KEY_REMOVED,
        Action.RECEIPT_KEY_SET,
    ),
    ActionKind.CARE: (
        Action.VAULT_CREATED,
        Action.VAULT_RESTORED,
        Action.VAULT_REKEYED,
        Action.KEYS_ERASED,
        Action.ROLLBACK_ACCEPTED,
        Action.RECOVERY_REHEARSED,
        Action.POLICY_CHANGED,
        Action.CONTENT_INSTALLED,
        Action.AUDIT_VIEWED,
        Action.AUDIT_EXPORTED,
        Action.BACKUP_MADE,
        Action.CHECKED,
        Action.FAILED,
    ),
}

_PREFIX_LENGTH, _LENGTH = 2, 6


@dataclass(frozen=True, slots=True)
class ActionFilter:
    """Blank fields ask for everything; both days are days of this laptop's calendar and included."""

    officer: str = ""
    kind: ActionKind | None = None
    case_ref: str = ""
    first_day: date | None = None
    last_day: date | None = None

    def query(self) -> AuditQuery:
        """Return the same in the terms of the audit."""
        return AuditQuery(
            officer=self.officer,
            actions=KINDS[self.kind] if self.kind else (),
            subject=self.case_ref,
            since=_midnight(self.first_day) if self.first_day else None,
            until=_midnight(self.last_day + timedelta(days=1)) if self.last_day else None,
        )


def typed_reference(text: str) -> str:
    """Return a typed case reference in its one spelling; empty for what is none, so that no typed word is kept."""
    letters = "".join(c for c in text.upper() if c.isalnum())
    prefix, rest = letters[:_PREFIX_LENGTH], letters[_PREFIX_LENGTH:]
    known = len(letters) == _LENGTH and prefix.isascii() and prefix.isalpha() and set(rest) <= set(REFERENCE_ALPHABET)
    return f"{prefix}-{rest}" if known else ""


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min).astimezone()
