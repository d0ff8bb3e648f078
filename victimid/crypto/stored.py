"""Small files with exactly one accepted byte form: canonical JSON that ends in a checksum of the rest."""

import base64
import hashlib
import json
from collections.abc import Mapping
from errno import errorcode
from pathlib import Path
from typing import Any

from victimid.errors import VictimIDError
from victimid.paths import read_ordinary, write_durably


def canonical(value: object) -> bytes:
    """Return the one JSON form of a value: sorted, compact, ASCII."""
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def with_checksum(content: Mapping[str, object]) -> bytes:
    """Return the file; its checksum tells damage from a wrong passphrase and keeps nobody from forging."""
    return canonical({**content, "checksum": checksum(content)}) + b"\n"


def checksum(content: Mapping[str, object]) -> str:
    """Return the SHA-256 of the canonical form in hex."""
    return hashlib.sha256(canonical(content)).hexdigest()


def load(content: bytes) -> dict[str, Any]:
    """Return what the JSON of a file holds; `ValueError`, `TypeError` or `RecursionError` if it is no object."""
    stored = json.loads(content)
    if not isinstance(stored, dict):
        raise TypeError
    return stored


def read_bounded(path: Path, limit: int, missing: str, damaged: str) -> bytes:
    """Return a small file; raises the code ``missing``, or ``damaged`` if it cannot be read or exceeds the limit."""
    try:
        content = read_ordinary(path, limit + 1)
    except FileNotFoundError as error:
        raise VictimIDError(missing) from error
    except OSError as error:
        raise VictimIDError(damaged) from error
    if len(content) > limit:
        raise VictimIDError(damaged)
    return content


def replace_file(path: Path, content: bytes) -> None:
    """Replace a file durably; ``keyfile.not_written`` leaves the one before as it was."""
    try:
        write_durably(path, content)
    except OSError as error:
        raise not_written(error) from error


def not_written(error: OSError) -> VictimIDError:
    """Return what the disk refused as ``keyfile.not_written``."""
    return VictimIDError("keyfile.not_written", reason=errorcode.get(error.errno or 0, ""))


def text_of(value: bytes) -> str:
    """Return bytes as JSON holds them, in base64."""
    return base64.b64encode(value).decode("ascii")


def as_bytes(value: object) -> bytes:
    """Return what `text_of` wrote; `TypeError`, `ValueError`."""
    return base64.b64decode(as_text(value), validate=True)


def as_text(value: object) -> str:
    """Return a value that must be text; `TypeError`."""
    if not isinstance(value, str):
        raise TypeError
    return value
