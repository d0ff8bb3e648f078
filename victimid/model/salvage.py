"""What a salvage brought over from a damaged database, and what it could not read."""

from collections.abc import Mapping
from dataclasses import dataclass

from victimid.model.checkup import Checkup


@dataclass(frozen=True, slots=True)
class TableCount:
    """Rows of one table: read, taken from a backup instead, or known to be lost.

    ``unknown`` counts damaged places of which nothing tells how many rows were there.
    """

    read: int
    from_backup: int
    lost: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Salvaged:
    """The report of a salvage; ``checkup`` compares what was brought over with what the audit says there was."""

    tables: Mapping[str, TableCount]
    unreadable_blocks: int
    audit_gaps: tuple[tuple[int, int], ...]
    checkup: Checkup
    device_id: str
    public_key: str

    @property
    def read(self) -> int:
        """How many rows were brought over."""
        return sum(count.read + count.from_backup for count in self.tables.values())

    @property
    def lost(self) -> int:
        """How many rows are known to be lost."""
        return sum(count.lost for count in self.tables.values())

    @property
    def whole(self) -> bool:
        """Whether everything was brought over."""
        return not any(count.lost or count.unknown for count in self.tables.values())

    @property
    def cases(self) -> tuple[str, ...]:
        """The cases that are not as the audit says they were left."""
        named = {str(flaw.fields["case"]) for flaw in self.checkup.flaws if "case" in flaw.fields}
        return tuple(sorted(named))

    @property
    def attachments(self) -> tuple[str, ...]:
        """The attachments that cannot be read whole."""
        return tuple(str(flaw.fields["name"]) for flaw in self.checkup.flaws if flaw.code == "attachment.damaged")
