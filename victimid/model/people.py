"""Officers of a laptop and what each may do."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """What an officer may do on this laptop."""

    OFFICER = "officer"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class Officer:
    """A person with an own passphrase on this laptop; one that was ``passphrase_given`` has to be changed first."""

    id: str
    name: str
    role: Role
    enrolled_at: datetime
    disabled_at: datetime | None = None
    passphrase_given: bool = False


@dataclass(frozen=True, slots=True)
class Post:
    """The unit a laptop belongs to; ``prefix`` (two letters) starts every case reference."""

    organisation: str
    unit: str
    place: str
    country: str
    prefix: str
    laptop: str
