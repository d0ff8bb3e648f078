"""Long work that tells how far it is and can be stopped between two steps."""

from collections.abc import Callable
from dataclasses import dataclass

from victimid.errors import VictimIDError

Progress = Callable[[int, int], None]


def _silent(_done: int, _all: int) -> None:
    """Tell nobody."""


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Watch:
    """Who looks on: ``progress`` hears how many of how many steps are done, ``cancelled`` says whether to stop."""

    progress: Progress = _silent
    cancelled: Callable[[], bool] = _never

    def until(self, stopped: Callable[[], bool]) -> "Watch":
        """Return who looks on at work that something else may stop as well, such as a lock."""
        return Watch(self.progress, lambda: stopped() or self.cancelled())

    def step(self, done: int, total: int) -> None:
        """Tell how far it is; ``job.cancelled`` if nobody wants it any more."""
        self.progress(done, total)
        if self.cancelled():
            raise VictimIDError("job.cancelled")
