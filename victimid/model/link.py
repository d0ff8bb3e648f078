"""Links: the same phone, plate or name in the answers of several cases."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class LinkKind(StrEnum):
    """What can be the same in two cases."""

    PHONE = "phone"
    PLATE = "plate"
    HANDLE = "handle"
    MAIL = "mail"
    ADDRESS = "address"
    PLACE = "place"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Identifier:
    """One thing in an answer, written in the one way in which it is compared."""

    kind: LinkKind
    value: str


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of an answer that an officer took for a thing of a kind; ``removed`` takes back what stood before."""

    interview_id: str
    ref: str
    kind: LinkKind
    text: str
    by: str
    at: datetime
    removed: bool = False


@dataclass(frozen=True, slots=True)
class Shared:
    """One thing that other cases hold too: those that may be named, newest first, and how many more there are."""

    identifier: Identifier
    cases: tuple[str, ...]
    others: int

    @property
    def count(self) -> int:
        """The number of other cases, named or not."""
        return len(self.cases) + self.others
