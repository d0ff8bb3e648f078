"""Policy of a laptop: what an administrator sets and the program keeps to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from victimid.model.finding import Outcome

# The least and the most of each setting.
IDLE_MINUTES: Final = (1, 15)
KEEP_DAYS: Final = (1, 36_500)


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
