"""The file ``backup.json``: one canonical JSON form, authenticated with a key derived from the data key.

It is read before anything is unlocked, so everything in it is taken as coming from a stranger.
"""

import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any, Final

from victimid.crypto.secret import DataKey
from victimid.errors import VictimIDError
from victimid.model.audit import Standing
from victimid.model.backup import BackupFile, BackupRecord
from victimid.store.moments import to_text

FORMAT: Final = 1
MAX_BYTES: Final = 4096
_PURPOSE: Final = "victimid backup"
_LARGEST: Final = 2**53
_HASH: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)


def encode(record: BackupRecord, key: DataKey) -> bytes:
    """Write what a backup says of itself."""
    content = _content(record)
    return _canonical({**content, "mac": key.authenticate(_PURPOSE, _canonical(content))}) + b"\n"


def decode(data: bytes) -> BackupRecord:
    """Read it; ``backup.damaged``, ``backup.newer_version``. Nothing is authenticated yet."""
    return _record(_members(data))


def authenticate(data: bytes, key: DataKey) -> BackupRecord:
    """Read it and check that this vault wrote it; also ``backup.altered``."""
    members = _members(data)
    record = _record(members)
    expected = key.authenticate(_PURPOSE, _canonical(_content(record)))
    if not hmac.compare_digest(expected.encode(), str(members["mac"]).encode()):
        raise VictimIDError("backup.altered")
    return record


def _content(record: BackupRecord) -> dict[str, object]:
    return {
        "format": FORMAT,
        "made_at": to_text(record.made_at),
        "schema": record.schema,
        "audit": asdict(record.standing),
        "header": asdict(record.header),
        "database": asdict(record.database),
    }


def _canonical(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode("ascii")


def _members(data: bytes) -> Mapping[str, Any]:
    """Return the members of the one form in which a document may be written."""
    try:
        members = json.loads(data) if len(data) <= MAX_BYTES else None
        if isinstance(members, dict) and data == _canonical(members) + b"\n":
            return members
    except (ValueError, RecursionError) as error:
        raise VictimIDError("backup.damaged") from error
    raise VictimIDError("backup.damaged")


def _record(members: Mapping[str, Any]) -> BackupRecord:
    try:
        if _number(members["format"]) > FORMAT:
            raise VictimIDError("backup.newer_version")
        record = BackupRecord(
            made_at=datetime.fromisoformat(members["made_at"]).astimezone(UTC),
            schema=_number(members["schema"]),
            standing=Standing(_number(members["audit"]["sequence"]), _hash(members["audit"]["hash"])),
            header=_file(members["header"]),
            database=_file(members["database"]),
        )
        complete = {**_content(record), "mac": _hash(members["mac"])}
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise VictimIDError("backup.damaged") from error
    if complete != members:
        raise VictimIDError("backup.damaged")
    return record


def _file(members: Mapping[str, Any]) -> BackupFile:
    return BackupFile(_number(members["size"]), _hash(members["sha256"]))


def _number(value: object) -> int:
    if type(value) is not int or not 0 < value < _LARGEST:
        raise TypeError
    return value


def _hash(value: object) -> str:
    if not isinstance(value, str) or not _HASH.fullmatch(value):
        raise TypeError
    return value
