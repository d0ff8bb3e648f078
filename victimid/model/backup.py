"""Backups of a vault, and what a restore made of one."""

from dataclasses import dataclass
from datetime import date, datetime

from victimid.model.audit import Standing


@dataclass(frozen=True, slots=True)
class BackupFile:
    """One file of a backup."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class BackupRecord:
    """What a backup says of itself: when it was made, of which schema, and how far the audit had come."""

    made_at: datetime
    schema: int
    standing: Standing
    header: BackupFile
    database: BackupFile


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup in a folder; ``record`` is None where what it says of itself cannot be read."""

    number: int
    day: date
    record: BackupRecord | None

    @property
    def name(self) -> str:
        """The name of its folder."""
        return f"{self.number:04d}-{self.day.isoformat()}"


@dataclass(frozen=True, slots=True)
class Restored:
    """What became of a backup: how far its audit had come, and the new device that headquarters has to enrol."""

    standing: Standing
    device_id: str
    public_key: str
