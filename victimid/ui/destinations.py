"""Where a screen can send the officer; the window makes the screen for each."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class ToDesk:
    """The desk."""


@dataclass(frozen=True, slots=True)
class ToFirstLine:
    """A new case, observed in about a minute."""


@dataclass(frozen=True, slots=True)
class ToNewInterview:
    """Choosing form and languages, in a new case or in the case named."""

    case_ref: str = ""


@dataclass(frozen=True, slots=True)
class ToInterview:
    """An interview, begun or resumed."""

    interview_id: str


@dataclass(frozen=True, slots=True)
class ToSummary:
    """Summary and decision of a case."""

    case_ref: str


@dataclass(frozen=True, slots=True)
class ToReferral:
    """Consent and referral of a case."""

    case_ref: str


@dataclass(frozen=True, slots=True)
class ToExport:
    """Export to headquarters."""


@dataclass(frozen=True, slots=True)
class ToRecovery:
    """How headquarters can recover the vault, and the rehearsal of it."""


Destination = ToDesk | ToFirstLine | ToNewInterview | ToInterview | ToSummary | ToReferral | ToExport | ToRecovery
DESK: Final = ToDesk()
