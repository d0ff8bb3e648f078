"""Where a screen can send the officer; the window makes the screen for each."""

from dataclasses import dataclass


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
class ToHandOver:
    """Handing over the cases named, or choosing among one's open cases."""

    case_refs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ToOfficers:
    """The officers of this laptop."""


@dataclass(frozen=True, slots=True)
class ToPassphrase:
    """Changing one's own passphrase."""


@dataclass(frozen=True, slots=True)
class ToActions:
    """The record of actions."""


@dataclass(frozen=True, slots=True)
class ToCare:
    """Checking the vault, and deleting what is due."""


@dataclass(frozen=True, slots=True)
class ToBackups:
    """The backups of this laptop."""


@dataclass(frozen=True, slots=True)
class ToSettings:
    """The policy of this laptop."""


@dataclass(frozen=True, slots=True)
class ToContent:
    """The forms and services that headquarters sends."""


@dataclass(frozen=True, slots=True)
class ToRecovery:
    """How headquarters can recover the vault, and the rehearsal of it."""


OfficePlace = ToRecovery | ToOfficers | ToPassphrase | ToActions | ToCare | ToBackups | ToSettings | ToContent
CasePlace = ToSummary | ToReferral | ToHandOver
TalkPlace = ToFirstLine | ToNewInterview | ToInterview
Place = ToDesk | ToExport | OfficePlace | CasePlace | TalkPlace


@dataclass(frozen=True, slots=True)
class ToReason:
    """Saying why a case of another officer is opened, then going on."""

    case_ref: str
    then: Place


Destination = Place | ToReason
