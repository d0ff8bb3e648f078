"""Searching what was recorded: where something was found, and the words around it."""

from dataclasses import dataclass
from enum import StrEnum


class Place(StrEnum):
    """Which record a word stands in."""

    ANSWER = "answer"
    DECISION = "decision"
    HANDOVER = "handover"
    CONSENT = "consent"


@dataclass(frozen=True, slots=True)
class Found:
    """One record that holds what was looked for; ``number`` orders them, the newest has the highest.

    ``question`` is the wording of the question of an answer, blank elsewhere. ``snippet`` is a piece of the
    original text with what was found in it. Both are blank where not ``shown``: first the case has to be opened for a
    reason.
    """

    number: int
    case_ref: str
    place: Place
    question: str
    snippet: str
    shown: bool = True
