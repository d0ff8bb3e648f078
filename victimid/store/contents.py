"""The SHA-256 of a record, which the audit keeps, so that an old record put back in its place shows."""

import hashlib
import json
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from victimid.store.moments import to_text

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def digest(record: "DataclassInstance") -> str:
    """Return the hash of a record's canonical JSON: sorted, compact, ASCII, times as the database keeps them."""
    return digest_of(record)


def digest_of(value: object) -> str:
    """Return the hash of plain data, in which there may be records."""
    return hashlib.sha256(_canonical(value).encode("ascii")).hexdigest()


def _plain(value: object) -> object:
    """Return what JSON has no word for as something that it has."""
    if isinstance(value, datetime):
        return to_text(value)
    if not is_dataclass(value):
        raise TypeError
    return {each.name: getattr(value, each.name) for each in fields(value)}


_canonical: Final = json.JSONEncoder(sort_keys=True, separators=(",", ":"), default=_plain).encode
