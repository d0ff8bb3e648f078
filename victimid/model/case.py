"""A case: one person's file on the laptop, known by a reference that says nothing about the person."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from victimid.model.finding import Outcome

# Without vowels and look-alikes, so that a reference can be read over the phone and forms no word.
REFERENCE_ALPHABET = "23456789BCDFGHJKMNPQRTVWXZ"
_REFERENCE_LENGTH = 4


class Stage(StrEnum):
    """How far a case has come."""

    OPENED = "opened"
    INTERVIEW = "interview"
    INTERVIEWED = "interviewed"
    DECIDED = "decided"
    REFERRED = "referred"


@dataclass(frozen=True, slots=True)
class Case:
    """One person's file; holds no name, so that it can be listed on a screen others may see.

    ``owner`` is the officer who answers for it now; blank stands for whoever opened it.
    """

    ref: str
    opened_at: datetime
    opened_by: str
    stage: Stage
    person_language: str
    practice: bool = False
    owner: str = ""


@dataclass(frozen=True, slots=True)
class CaseOverview:
    """What the desk shows of a case; ``open_interview`` is the id of an unfinished interview, or empty.

    ``owner`` is the officer who answers for it.
    """

    ref: str
    opened_at: datetime
    person_language: str
    stage: Stage
    outcome: Outcome | None
    open_interview: str
    owner: str = ""


def new_reference(prefix: str) -> str:
    """Draw a random case reference such as RU-7K2M; the store refuses one that is taken."""
    drawn = "".join(secrets.choice(REFERENCE_ALPHABET) for _ in range(_REFERENCE_LENGTH))
    return f"{prefix}-{drawn}"
