"""Invented laptops and bundles for tests of the exchange and of headquarters."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from victimid.crypto import age, sshsig
from victimid.exchange.bundle import BundleContent, WrittenBundle, write_bundle
from victimid.model.bundle import Record

WHEN = datetime(2026, 11, 21, 8, 30, tzinfo=UTC)
MARKER = "Zanfan-Marker-Ayiti"
HEADQUARTERS = age.new_identity()
AUDIT_HEAD = "ab" * 32


def record(number: int, text: str = MARKER, revision: int = 1) -> Record:
    """Return an invented record."""
    return {"kind": "answer", "id": f"case-{number}", "revision": revision, "text": text}


@dataclass
class Laptop:
    """A laptop that numbers and chains what it writes."""

    key: sshsig.SigningKey = field(default_factory=sshsig.new_key)
    recipients: Sequence[str] = (HEADQUARTERS.recipient,)
    sequence: int = 0
    previous_sha256: str = ""

    @property
    def device(self) -> str:
        """The device id headquarters knows it by."""
        return sshsig.device_id(self.key.public)

    def sign(self, namespace: str, message: bytes) -> bytes:
        """Sign as the vault does."""
        return sshsig.sign(self.key.private, namespace, message)

    def content(self) -> BundleContent:
        """Return what the next bundle says about itself."""
        return BundleContent(self.device, self.sequence + 1, self.previous_sha256, AUDIT_HEAD, WHEN)

    def write(self, folder: Path, records: Iterable[Record]) -> WrittenBundle:
        """Write the next bundle."""
        written = write_bundle(folder, self.content(), records, self.recipients, self.sign)
        self.sequence += 1
        self.previous_sha256 = written.manifest_sha256
        return written
