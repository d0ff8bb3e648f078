"""Referrals: the hand-over of one case to one service, and the very content of the document."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Copy(StrEnum):
    """Which copy of a referral: each is a whitelist of its own."""

    SERVICE = "service"


class Urgency(StrEnum):
    """How soon help is needed."""

    HOURS = "hours"
    DAY = "day"
    DAYS = "days"
    WEEKS = "weeks"


class WithheldBecause(StrEnum):
    """Why something is not in a copy."""

    NO_CONSENT = "no_consent"
    NOT_ASKED = "not_asked"
    LIMITED = "limited"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Service:
    """A protection service of the directory; ``confirmed_on`` empty means that nobody has confirmed it."""

    id: str
    name: str
    place: str
    country: str
    serves: tuple[str, ...]
    helps: tuple[str, ...]
    languages: tuple[str, ...]
    contact: str
    hours: str
    confirmed_on: str
    confirmed_by: str
    example: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One labelled line of a document; both parts are text, never markup."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered part of a document."""

    title: str
    lines: tuple[Line, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReferralDocument:
    """Everything that is printed, already in the reader's language; what is not here cannot leak.

    ``footer`` holds a template with the fields ``page`` and ``pages``; ``return_slip`` is printed on a last
    page of its own, its lines with empty text drawn as lines to write on.
    """

    language: str
    title: str
    reference: str
    confidentiality: str
    sections: tuple[Section, ...]
    footer: str
    return_slip: Section


@dataclass(frozen=True, slots=True)
class Referral:
    """A written referral; ``sha256`` is that of the encrypted file as it was handed over."""

    number: str
    case_ref: str
    service_id: str
    copy: Copy
    urgency: Urgency
    language: str
    sha256: str
    by: str
    at: datetime
