"""Times as the database keeps them: ISO 8601 in UTC with microseconds, so that text sorts as time does."""

from datetime import UTC, datetime


def to_text(moment: datetime) -> str:
    """Write a moment."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def from_text(text: str) -> datetime:
    """Read a moment."""
    return datetime.fromisoformat(text)


def optional_to_text(moment: datetime | None) -> str | None:
    """Write a moment that may not have come."""
    return None if moment is None else to_text(moment)


def optional_from_text(text: str | None) -> datetime | None:
    """Read a moment that may not have come."""
    return None if text is None else from_text(text)
