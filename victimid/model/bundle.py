"""Bundles: numbered, signed, encrypted exports to headquarters, and the receipts that answer them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

Record = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Part:
    """One encrypted part of a bundle; ``sha256`` is that of the ciphertext, ``size`` its bytes."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a courier may read: numbers and hashes, nothing personal."""

    format: int
    device: str
    sequence: int
    previous_sha256: str
    created_at: datetime
    audit_head: str
    records: int
    recipients: tuple[str, ...]
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Export:
    """A bundle this laptop wrote with the audit head it carried, and whether headquarters has answered."""

    sequence: int
    manifest_sha256: str
    records: int
    written_at: datetime
    by: str
    received_at: datetime | None = None
    audit_head: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """Headquarters' answer to one bundle."""

    device: str
    sequence: int
    manifest_sha256: str
    records: int
    received_at: datetime


@dataclass(frozen=True, slots=True)
class DeviceStatus:
    """What headquarters knows about one laptop's chain; ``missing`` holds first and last number of each gap."""

    device: str
    public_key: str
    last_sequence: int
    bundles: int
    records: int
    last_received_at: datetime | None
    name: str = ""
    missing: tuple[tuple[int, int], ...] = ()
