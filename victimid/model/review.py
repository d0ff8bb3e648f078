"""What a supervisor says about an officer's decision."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Verdict(StrEnum):
    """Whether a supervisor agrees with a decision or asks the officer to look again; neither changes it."""

    AGREES = "agrees"
    LOOK_AGAIN = "look_again"


@dataclass(frozen=True, slots=True)
class Review:
    """A supervisor's word on the decision recorded at ``decided_at``."""

    case_ref: str
    decided_at: datetime
    verdict: Verdict
    note: str
    by: str
    at: datetime
