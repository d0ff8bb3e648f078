"""Answers and the five non-answers, each kept with the exact wording shown and how it was put."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from victimid.model.link import LinkKind


class NonAnswer(StrEnum):
    """Why there is no answer; none of them ever feeds a sign."""

    DECLINED = "declined"
    UNKNOWN = "unknown"
    NOT_UNDERSTOOD = "not_understood"
    NOT_ASKED = "not_asked"
    DEFERRED = "deferred"


class Delivery(StrEnum):
    """How a question reached the person."""

    READ = "read"
    SHOWN = "shown"
    AUDIO = "audio"
    INTERPRETER = "interpreter"
    SELF = "self"


class Precision(StrEnum):
    """How exactly the person gave a date; the form's value stays a date, blank parts of it the first."""

    EXACT = ""
    MONTH = "month"
    YEAR = "year"
    ABOUT_DAY = "about_day"
    ABOUT_MONTH = "about_month"
    ABOUT_YEAR = "about_year"
    SPRING = "spring"
    SUMMER = "summer"
    AUTUMN = "autumn"
    WINTER = "winter"


class Kind(StrEnum):
    """Three things that are never mixed: said by the person, seen by the officer, judged by the officer."""

    STATEMENT = "statement"
    OBSERVATION = "observation"
    ASSESSMENT = "assessment"


@dataclass(frozen=True, slots=True)
class Wording:
    """A question as it stood on the screen in one language, with the chosen answer's words."""

    language: str
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One revision of the answer to one question; earlier revisions are kept.

    ``value`` is the XForms instance text, empty where ``non_answer`` says why there is none. ``withdrawn`` marks
    the revision by which an answer ceased to count because the repeat instance it stood in was removed. ``link`` is
    the kind of thing the question asks for, where it may be the same in other cases.
    """

    ref: str
    value: str
    non_answer: NonAnswer | None
    kind: Kind
    own_words: str
    officer_wording: Wording
    person_wording: Wording
    delivery: Delivery
    by: str
    at: datetime
    revision: int = 1
    precision: Precision = Precision.EXACT
    withdrawn: bool = False
    link: LinkKind | None = None
