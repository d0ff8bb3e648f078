"""How long a case is kept, and what remains known of one that was deleted."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from victimid.model.finding import Outcome


class Override(StrEnum):
    """Why a supervisor deletes a case of which headquarters has not confirmed the receipt."""

    PERSON_ASKED = "person_asked"
    COURT_ORDER = "court_order"
    OPENED_BY_MISTAKE = "opened_by_mistake"


@dataclass(frozen=True, slots=True)
class DueCase:
    """A case whose time is over; ``received``: headquarters has confirmed its last revision, or it is practice."""

    ref: str
    outcome: Outcome | None
    changed_at: datetime
    due_at: datetime
    received: bool


@dataclass(frozen=True, slots=True)
class Certificate:
    """What the audit keeps of a deleted case: how many records, the hash over theirs, the bundle that carried it.

    ``bundle`` is 0 where no received bundle carried the last revision; then ``override`` says why it was deleted.
    """

    ref: str
    records: int
    sha256: str
    bundle: int
    override: Override | None
