"""One record as one line of JSON, and back, within limits of size and depth."""

import json
from collections.abc import Mapping
from typing import NoReturn

from victimid.errors import VictimIDError
from victimid.exchange.limits import MAX_DEPTH, MAX_LINE
from victimid.model.bundle import Record

_BAD = "exchange.bad_record"
_MAX_NAME = 1000
_MAX_REVISION = 2**53


def encode(record: Record) -> bytes:
    """Return the line of a record; raises exchange.bad_record as `decode` would, so both sides agree."""
    try:
        text = json.dumps(record, ensure_ascii=False, allow_nan=False, separators=(",", ":"), sort_keys=True)
        line = text.encode("utf-8") + b"\n"
    except (TypeError, ValueError, RecursionError):
        raise VictimIDError(_BAD) from None
    _check(line, record)
    return line


def decode(line: bytes) -> Record:
    """Return the record of a line.

    Raises exchange.bad_record unless it is one JSON object within the limits that says what it is: ``kind``
    and ``id`` (texts), ``revision`` (a whole number from 1).
    """
    if len(line) > MAX_LINE or not line.endswith(b"\n"):
        raise VictimIDError(_BAD)
    try:
        record: object = json.loads(line, parse_constant=_refuse)
        if b"\\u" in line:
            # An escaped half of a surrogate pair is a str that nothing can store.
            json.dumps(record, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError):
        raise VictimIDError(_BAD) from None
    if not isinstance(record, Mapping):
        raise VictimIDError(_BAD)
    _check(line, record)
    return record


def _check(line: bytes, record: Record) -> None:
    named = all(_is_name(record.get(member)) for member in ("kind", "id"))
    if len(line) > MAX_LINE or not named or not _is_revision(record.get("revision")):
        raise VictimIDError(_BAD)
    # Too few brackets to be too deep: the usual case, told without walking through the record.
    if line.count(b"{") + line.count(b"[") > MAX_DEPTH and _deeper_than(record, MAX_DEPTH):
        raise VictimIDError(_BAD)


def _is_name(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= _MAX_NAME


def _is_revision(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < _MAX_REVISION


def _deeper_than(value: object, levels: int) -> bool:
    if isinstance(value, Mapping):
        inner = list(value.values())
    elif isinstance(value, list | tuple):
        inner = list(value)
    else:
        return False
    return levels == 0 or any(_deeper_than(item, levels - 1) for item in inner)


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)
