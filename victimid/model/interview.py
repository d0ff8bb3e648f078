"""An interview: one run of one version of one form within a case."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class FormVersion:
    """A form as it was when an interview began, kept so that the interview can finish on it."""

    id: str
    version: str
    title: str
    sha256: str
    xform: str


@dataclass(frozen=True, slots=True)
class Interview:
    """State of one interview; ``position`` is the reference of the question on screen, empty at the start."""

    id: str
    case_ref: str
    form_id: str
    form_version: str
    form_sha256: str
    officer_language: str
    person_language: str
    started_at: datetime
    started_by: str
    position: str
    instance: str
    finished_at: datetime | None = None
