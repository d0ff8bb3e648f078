"""What screens are given: words, jobs and, behind the lock, the open session."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from victimid.ui.destinations import Destination

if TYPE_CHECKING:  # the use cases load heavy libraries, which must not delay the first paint
    from collections.abc import Callable

    from victimid.app.session import Door, Session
    from victimid.i18n import Words
    from victimid.ui.jobs import Jobs
    from victimid.ui.sound import Sound


@dataclass(frozen=True, slots=True)
class Context:
    """Handed to every screen behind the lock; ``session`` is used inside jobs only."""

    words: Words
    jobs: Jobs
    session: Session
    sound: Sound


@dataclass(frozen=True, slots=True)
class Entrance:
    """Handed to the pages before the lock; ``door`` loads what is heavy and is called inside jobs only."""

    words: Words
    jobs: Jobs
    door: Callable[[], Door]
    sound: Sound


@dataclass(frozen=True, slots=True)
class Opened:
    """An open vault as the window needs it: the context of its screens, and what the policy says of idling.

    ``first`` is where the officer comes in, where that is not home.
    """

    context: Context
    idle_minutes: int
    first: Destination | None = None
