"""Which cases a list asks for, and from where it goes on."""

from dataclasses import dataclass
from datetime import datetime

from victimid.model.case import Stage


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """What a case has to be to stand in the list; blank fields ask for everything.

    ``piece`` is part of a reference; ``owner`` the officer who answers for it, ``handed_over`` asks for those of
    this officer that somebody else opened; ``due`` for those to delete by the policy.
    """

    piece: str = ""
    owner: str | None = None
    handed_over: bool = False
    stage: Stage | None = None
    unfinished: bool = False
    not_exported: bool = False
    due: bool = False
    language: str = ""


@dataclass(frozen=True, slots=True)
class CaseMark:
    """The last case of a page; the next page begins below it."""

    opened_at: datetime
    ref: str
