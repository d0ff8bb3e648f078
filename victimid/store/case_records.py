"""What a bundle carries of a case: plain records, picked field by field, under names that stay.

Not picked: drafts, superseded answers, the raw form instance, where an interview stands.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Final

from victimid.model.answer import Answer, Wording
from victimid.model.case import Case
from victimid.model.consent import Consent, GroupPermission
from victimid.model.finding import Decision
from victimid.model.interview import Interview
from victimid.model.referral import Referral
from victimid.model.review import Review
from victimid.store.moments import to_text

JsonRecord = dict[str, object]

_CASE: Final = ("ref", "opened_at", "opened_by", "stage", "person_language")
_INTERVIEW: Final = (
    "id",
    "case_ref",
    "form_id",
    "form_version",
    "form_sha256",
    "officer_language",
    "person_language",
    "started_at",
    "started_by",
    "finished_at",
)
_ANSWER: Final = (
    "ref",
    "revision",
    "value",
    "non_answer",
    "kind",
    "own_words",
    "officer_wording",
    "person_wording",
    "delivery",
    "by",
    "at",
    "precision",
    "withdrawn",
)
_WORDING: Final = ("language", "question", "answer")
_DECISION: Final = ("case_ref", "outcome", "reason", "rule_set_id", "rule_set_version", "by", "at")
_REVIEW: Final = ("case_ref", "decided_at", "verdict", "note", "by", "at")
_CONSENT: Final = (
    "id",
    "case_ref",
    "service_id",
    "permissions",
    "manner",
    "language",
    "interpreter",
    "by",
    "at",
    "withdrawn_at",
)
_PERMISSION: Final = ("group", "permission", "limited_to")
_REFERRAL: Final = (
    "number",
    "case_ref",
    "service_id",
    "copy",
    "urgency",
    "language",
    "sha256",
    "by",
    "at",
)


def case_record(case: Case, revision: int) -> JsonRecord:
    """Return the record of a case as it is at this revision."""
    return {"type": "case", **_picked(case, _CASE), "revision": revision}


def interview_records(interview: Interview, answers: Sequence[Answer]) -> list[JsonRecord]:
    """Return the record of an interview, then one for each answer."""
    head: JsonRecord = {"type": "interview", **_picked(interview, _INTERVIEW)}
    whose = {"type": "answer", "case_ref": interview.case_ref, "interview_id": interview.id}
    return [head, *({**whose, **_picked(answer, _ANSWER)} for answer in answers)]


def decision_record(decision: Decision) -> JsonRecord:
    """Return the record of a decision."""
    return {"type": "decision", **_picked(decision, _DECISION)}


def review_record(review: Review) -> JsonRecord:
    """Return the record of a supervisor's review of a decision."""
    return {"type": "review", **_picked(review, _REVIEW)}


def consent_record(consent: Consent) -> JsonRecord:
    """Return the record of a consent with its permissions."""
    return {"type": "consent", **_picked(consent, _CONSENT)}


def referral_record(referral: Referral) -> JsonRecord:
    """Return the record of a referral."""
    return {"type": "referral", **_picked(referral, _REFERRAL)}


def _picked(thing: object, names: Sequence[str]) -> JsonRecord:
    return {name: _json(getattr(thing, name)) for name in names}


def _json(value: object) -> object:
    match value:
        case datetime():
            return to_text(value)
        case StrEnum():
            return value.value
        case Wording():
            return _picked(value, _WORDING)
        case GroupPermission():
            return _picked(value, _PERMISSION)
        case tuple():
            return [_json(item) for item in value]
        case _:
            return value
