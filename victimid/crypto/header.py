"""The bytes of a header file: one canonical JSON form, so that any changed byte is noticed on reading."""

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from errno import errorcode
from pathlib import Path
from typing import Final

from victimid.crypto.kdf import Cost
from victimid.errors import VictimIDError
from victimid.paths import write_durably

FORMAT: Final = 1
_MAX_BYTES: Final = 256 * 1024


@dataclass(frozen=True, slots=True)
class Slot:
    """The data key wrapped for one officer: nonce, ciphertext and tag."""

    id: str
    wrapped: bytes


@dataclass(frozen=True, slots=True)
class Header:
    """What a header file says; ``mac`` is empty until it is sealed."""

    vault: str
    salt: bytes
    cost: Cost
    slots: tuple[Slot, ...]
    recovery: tuple[bytes, ...]
    mac: str = ""

    def cost_fields(self) -> dict[str, int]:
        """Return the cost as the file writes it."""
        return asdict(self.cost)

    def authenticated(self) -> bytes:
        """Return everything the MAC covers."""
        return canonical(self._content())

    def to_bytes(self) -> bytes:
        """Return the whole file; its checksum tells a damaged header from a wrong passphrase."""
        content = {**self._content(), "mac": self.mac}
        return canonical({**content, "checksum": _checksum(content)}) + b"\n"

    def _content(self) -> dict[str, object]:
        return {
            "format": FORMAT,
            "vault": self.vault,
            "salt": _text(self.salt),
            "cost": self.cost_fields(),
            "slots": [{"id": slot.id, "wrapped": _text(slot.wrapped)} for slot in self.slots],
            "recovery": [_text(file) for file in self.recovery],
        }


def read(path: Path) -> Header:
    """Read a header; ``keyfile.missing``, ``keyfile.damaged`` or ``keyfile.newer_version``."""
    try:
        with path.open("rb") as stream:
            content = stream.read(_MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise VictimIDError("keyfile.missing") from error
    header = _parsed(content)
    if header.to_bytes() != content:
        raise VictimIDError("keyfile.damaged")
    return header


def write(path: Path, header: Header) -> None:
    """Replace the header file durably; ``keyfile.not_written`` leaves the one before as it was."""
    try:
        write_durably(path, header.to_bytes())
    except OSError as error:
        raise VictimIDError("keyfile.not_written", reason=errorcode.get(error.errno or 0, "")) from error


def canonical(value: object) -> bytes:
    """Return the one JSON form of a value: sorted, compact, ASCII."""
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def _parsed(content: bytes) -> Header:
    try:
        stored = json.loads(content) if len(content) <= _MAX_BYTES else None
        if isinstance(stored, dict) and _newer(stored):
            raise VictimIDError("keyfile.newer_version", version=stored["format"])
        return _header(stored)
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise VictimIDError("keyfile.damaged") from error


def _newer(stored: Mapping[str, object]) -> bool:
    """Tell a whole header of a later version from a damaged one, by its checksum."""
    version = stored.get("format")
    content = {name: value for name, value in stored.items() if name != "checksum"}
    return isinstance(version, int) and version > FORMAT and stored.get("checksum") == _checksum(content)


def _header(stored: object) -> Header:
    """Build a header from what JSON gave; whatever does not fit raises one of four built-in errors."""
    if not isinstance(stored, dict):
        raise TypeError
    cost = stored["cost"]
    return Header(
        vault=_str(stored["vault"]),
        salt=_bytes(stored["salt"]),
        cost=Cost(*(_int(cost[field.name]) for field in fields(Cost))),
        slots=tuple(Slot(_str(slot["id"]), _bytes(slot["wrapped"])) for slot in stored["slots"]),
        recovery=tuple(_bytes(file) for file in stored["recovery"]),
        mac=_str(stored["mac"]),
    )


def _checksum(content: Mapping[str, object]) -> str:
    return hashlib.sha256(canonical(content)).hexdigest()


def _str(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _int(value: object) -> int:
    if type(value) is not int:
        raise TypeError
    return value


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode("ascii")


def _bytes(value: object) -> bytes:
    return base64.b64decode(_str(value), validate=True)
