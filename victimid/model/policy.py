"""Policy of a laptop: what an administrator sets and the program keeps to."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from victimid.model.finding import Outcome

# The least and the most of each setting.
IDLE_MINUTES: Final = (1, 15)
KEEP_DAYS: Final = (1, 36_500)


NOTHING_DECIDED: Final = "undecided"


@dataclass(frozen=True, slots=True)
class Due:
    """Cases of an outcome are due that were opened and last changed no later than this."""

    outcome: Outcome | None
    until: datetime


@dataclass(frozen=True, slots=True)
class Policy:
    """The settings of one vault.

    ``keep_days`` says how many days after the last change a case is due for deletion, by its outcome (None while
    nothing is decided); where it says nothing, no case is due. ``idle_minutes`` is the time without a touch after
    which the program locks. ``erase_allowed`` offers destroying the keys in an emergency.
    """

    keep_days: Mapping[Outcome | None, int] = field(default_factory=dict)
    idle_minutes: int = 3
    erase_allowed: bool = False

    def due(self, now: datetime) -> tuple[Due, ...]:
        """Return which cases are due at a moment."""
        return tuple(Due(outcome, now - timedelta(days=days)) for outcome, days in self.keep_days.items())

    def settings(self) -> dict[str, str]:
        """Return every setting by its name, as it is written; what is not set is not there."""
        days = {f"keep_days.{outcome or NOTHING_DECIDED}": str(number) for outcome, number in self.keep_days.items()}
        return {"idle_minutes": str(self.idle_minutes), "erase": "yes" if self.erase_allowed else "no", **days}


@dataclass(frozen=True, slots=True)
class Changed:
    """One setting that was changed; blank stands for not set."""

    name: str
    before: str
    now: str


def changes(before: Policy, now: Policy) -> str:
    """Say in codes which settings differ, for the audit: ``idle_minutes=3>5 keep_days.refer=>365``."""
    old, new = before.settings(), now.settings()
    differing = (name for name in sorted({**old, **new}) if old.get(name) != new.get(name))
    return " ".join(f"{name}={old.get(name, '')}>{new.get(name, '')}" for name in differing)


def changes_in(detail: str) -> tuple[Changed, ...]:
    """Read what `changes` wrote; what is anything else is left out."""
    found = (re.fullmatch(r"([a-z_.]+)=([a-z0-9]*)>([a-z0-9]*)", part) for part in detail.split())
    return tuple(Changed(each[1], each[2], each[3]) for each in found if each)
