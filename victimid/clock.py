"""Time as a value that is handed in, so that tests can hold it still."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def now() -> datetime:
    """Return the current moment in UTC."""
    return datetime.now(UTC)
