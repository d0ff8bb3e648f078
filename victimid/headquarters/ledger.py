"""What the register keeps: enrolled laptops, the bundles they sent, and the records in them."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Final

from victimid.errors import VictimIDError
from victimid.headquarters import chain
from victimid.headquarters.chain import Gaps, Link
from victimid.model.bundle import DeviceStatus, Manifest, Receipt, Record
from victimid.model.content import ContentPack
from victimid.store.connection import Database, Row

_NEIGHBOURS: Final = """SELECT sequence, manifest_sha256, previous_sha256 FROM bundle
    WHERE device = ? AND sequence BETWEEN ? AND ?"""
_ADD_RECORD: Final = """INSERT INTO record (device, kind, id, revision, sequence, body)
    VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (device, kind, id, revision) DO NOTHING"""
_SAME_RECORD: Final = """SELECT count(*) FROM record
    WHERE device = ? AND kind = ? AND id = ? AND revision = ? AND body = ?"""
_ADD_DEVICE: Final = """INSERT INTO device (device, public_key, name, enrolled_at) VALUES (?, ?, ?, ?)
    ON CONFLICT (device) DO UPDATE SET name = excluded.name"""
_KEYS: Final = """SELECT body FROM record WHERE device = ? AND kind = 'keys' AND revision < ?
    ORDER BY revision DESC LIMIT 1"""
_STATUS: Final = """SELECT device, public_key, coalesce(max(sequence), 0), count(sequence),
        coalesce(sum(records), 0), max(received_at), name
    FROM device LEFT JOIN bundle USING (device) GROUP BY device ORDER BY device"""


class Ledger:
    """The tables of the register; whoever calls decides what is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add_device(self, device: str, public_key: str, name: str, at: datetime) -> None:
        """Enrol a laptop, or rename it; register.device_clash if another key has its id."""
        if self._database.value("SELECT public_key FROM device WHERE device = ?", (device,)) not in (
            None,
            public_key,
        ):
            raise VictimIDError("register.device_clash", device=device)
        self._database.execute(_ADD_DEVICE, (device, public_key, name, _text(at)))

    def public_key(self, device: str) -> str:
        """Return the key of an enrolled laptop; register.unknown_device."""
        found = self._database.value("SELECT public_key FROM device WHERE device = ?", (device,))
        if found is None:
            raise VictimIDError("register.unknown_device", device=device)
        return str(found)

    def neighbours(self, device: str, sequence: int) -> dict[int, Link]:
        """Return the bundles with this number and those beside it."""
        rows = self._database.rows(_NEIGHBOURS, (device, sequence - 1, sequence + 1))
        return {row[0]: Link(*row) for row in rows}

    def add_bundle(self, manifest: Manifest, manifest_sha256: str, at: datetime) -> None:
        """Keep what a bundle said about itself."""
        values = (
            manifest.device,
            manifest.sequence,
            manifest_sha256,
            manifest.previous_sha256,
            manifest.audit_head,
            _text(manifest.created_at),
            manifest.records,
            _text(at),
        )
        self._database.execute("INSERT INTO bundle VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)

    def add_record(self, device: str, sequence: int, record: Record) -> None:
        """Keep a record once; register.record_changed if it came before with other content."""
        key = (device, str(record["kind"]), str(record["id"]), _revision(record))
        body = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        added = self._database.execute(_ADD_RECORD, (*key, sequence, body))
        if not added and not self._database.value(_SAME_RECORD, (*key, body)):
            raise VictimIDError("register.record_changed", sequence=sequence)

    def keys(self, device: str, below: int) -> frozenset[str]:
        """Return the keys that open a laptop's bundles or its vault, as of its newest bundle below a number."""
        body = self._database.value(_KEYS, (device, below))
        return frozenset(_texts(json.loads(body).get("data"))) if body else frozenset()

    def receipt(self, device: str, sequence: int) -> Receipt:
        """Return the answer to a bundle that was received."""
        row = self._database.row(
            "SELECT manifest_sha256, records, received_at FROM bundle WHERE device = ? AND sequence = ?",
            (device, sequence),
        )
        manifest_sha256, records, received_at = row or ("", 0, "")
        return Receipt(device, sequence, manifest_sha256, records, datetime.fromisoformat(received_at))

    def next_publication(self) -> int:
        """Return the number of the next content pack."""
        return int(self._database.value("SELECT coalesce(max(number), 0) + 1 FROM publication"))

    def add_publication(self, pack: ContentPack) -> None:
        """Keep that a content pack has its number."""
        values = (pack.number, pack.sha256, _text(pack.issued_at))
        self._database.execute("INSERT INTO publication VALUES (?, ?, ?)", values)

    def gaps(self, device: str) -> Gaps:
        """Return the numbers that are missing in a laptop's chain."""
        rows = self._database.rows("SELECT sequence FROM bundle WHERE device = ? ORDER BY sequence", (device,))
        return chain.gaps(sequence for (sequence,) in rows)

    def status(self) -> tuple[DeviceStatus, ...]:
        """Return what is known of every laptop."""
        return tuple(self._status(row) for row in self._database.rows(_STATUS))

    def _status(self, row: Row) -> DeviceStatus:
        device, public_key, last, bundles, records, received_at, name = row
        when = None if received_at is None else datetime.fromisoformat(received_at)
        return DeviceStatus(device, public_key, last, bundles, records, when, name=name, missing=self.gaps(device))


def _texts(value: object) -> Iterator[str]:
    """Yield every text in a value, in whatever shape a laptop sent it."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | Mapping):
        for each in value.values() if isinstance(value, Mapping) else value:
            yield from _texts(each)


def _revision(record: Record) -> int:
    revision = record["revision"]
    return revision if isinstance(revision, int) else 0


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
