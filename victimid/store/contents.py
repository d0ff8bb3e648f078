"""The SHA-256 of a record, which the audit keeps, so that an old record put back in its place shows."""

import hashlib
import json
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

from victimid.store.moments import to_text

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def digest(record: "DataclassInstance") -> str:
    """Return the hash of a record's canonical JSON: sorted, compact, ASCII, times as the database keeps them."""
    return digest_of(asdict(record))


def digest_of(value: object) -> str:
    """Return the hash of plain data."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), default=_plain)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _plain(value: object) -> str:
    if not isinstance(value, datetime):
        raise TypeError
    return to_text(value)
