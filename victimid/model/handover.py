"""A case passed from one officer to another, with the reason."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Handover:
    """Who answered for a case before and who does now; ``by`` arranged it."""

    case_ref: str
    from_officer: str
    to_officer: str
    reason: str
    by: str
    at: datetime
