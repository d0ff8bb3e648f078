"""Policy of a laptop: what an administrator sets and the program keeps to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from victimid.model.finding import Outcome

# The least and the most of each setting.
IDLE_MINUTES: Final = (1, 15)
KEEP_DAYS: Final = (1, 36_500)


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
