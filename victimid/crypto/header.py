"""The bytes of a header file: one canonical JSON form, so that any changed byte is noticed on reading.

Two MACs under the data key: one over everything but the slots, one over both; so a header whose slots were
destroyed on purpose can still be told from a forged one by whoever recovers the key.
"""

import hmac
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any, Final

from victimid.crypto.kdf import Cost
from victimid.crypto.secret import DataKey
from victimid.crypto.stored import (
    as_bytes,
    as_int,
    as_text,
    canonical,
    checksum,
    load,
    read_bounded,
    replace_file,
    text_of,
    with_checksum,
)
from victimid.errors import VictimIDError

FORMAT: Final = 1
MOST_SLOTS: Final = 180
"""Officers with access at a time: so many fit in the middle of a rekey, beside a dozen ways to recover."""
_MAX_BYTES: Final = 1024 * 1024
_PURPOSE, _SLOTS_PURPOSE = "victimid keyfile header", "victimid keyfile slots"


@dataclass(frozen=True, slots=True)
class Slot:
    """One officer's key pair: the private key under the passphrase, the data key under the public one.

    ``next`` is the data key of an unfinished rekey, else empty.
    """

    id: str
    public: bytes
    sealed: bytes
    wrapped: bytes
    next: bytes = b""


@dataclass(frozen=True, slots=True)
class Way:
    """A way to recover: an age file for one person, or one within another for two; fingerprints of their keys."""

    keys: tuple[str, ...]
    file: bytes


@dataclass(frozen=True, slots=True)
class Anchor:
    """How many entries the record of actions had, and the hash of the last."""

    sequence: int
    hash: str


@dataclass(frozen=True, slots=True)
class Next:
    """An unfinished rekey: the ways to recover the new key, and a MAC by which it is known."""

    recovery: tuple[Way, ...]
    mac: str


@dataclass(frozen=True, slots=True)
class Header:
    """What a header file says; the MACs are empty until it is sealed."""

    vault: str
    salt: bytes
    cost: Cost
    revision: int = 0
    slots: tuple[Slot, ...] = ()
    recovery: tuple[Way, ...] = ()
    anchor: Anchor | None = None
    next: Next | None = None
    mac: str = ""
    slots_mac: str = ""

    def cost_fields(self) -> dict[str, int]:
        """Return the cost as the file writes it."""
        return asdict(self.cost)

    def macs(self, key: DataKey) -> tuple[str, str]:
        """Return both MACs of what the header says."""
        mac = key.authenticate(_PURPOSE, canonical(self._content()))
        return mac, key.authenticate(_SLOTS_PURPOSE, canonical({"mac": mac, "slots": self._slots()}))

    def authenticate(self, key: DataKey) -> None:
        """Refuse a header that this key did not seal; ``keyfile.damaged``."""
        mac, slots_mac = self.macs(key)
        # Whoever can destroy the slots can destroy the file; so a header without any needs no second MAC.
        destroyed = not self.slots and not self.slots_mac
        if not hmac.compare_digest(self.mac, mac) or not (destroyed or hmac.compare_digest(self.slots_mac, slots_mac)):
            raise VictimIDError("keyfile.damaged")

    def sealed(self, key: DataKey) -> "Header":
        """Return the header of the next revision with its MACs."""
        raised = replace(self, revision=self.revision + 1)
        mac, slots_mac = raised.macs(key)
        return replace(raised, mac=mac, slots_mac=slots_mac)

    def to_bytes(self) -> bytes:
        """Return the whole file."""
        slots = {"slots": self._slots(), "mac": self.mac, "slots_mac": self.slots_mac}
        return with_checksum({**self._content(), **slots})

    def _content(self) -> dict[str, object]:
        return {
            "format": FORMAT,
            "vault": self.vault,
            "salt": text_of(self.salt),
            "cost": self.cost_fields(),
            "revision": self.revision,
            "recovery": _ways(self.recovery),
            "anchor": self.anchor and asdict(self.anchor),
            "next": self.next and {"recovery": _ways(self.next.recovery), "mac": self.next.mac},
        }

    def _slots(self) -> list[dict[str, str]]:
        return [
            {
                "id": slot.id,
                "public": text_of(slot.public),
                "sealed": text_of(slot.sealed),
                "wrapped": text_of(slot.wrapped),
                "next": text_of(slot.next),
            }
            for slot in self.slots
        ]


def read(path: Path) -> Header:
    """Read a header; ``keyfile.missing``, ``keyfile.damaged`` or ``keyfile.newer_version``."""
    return parse(read_bounded(path, _MAX_BYTES, "keyfile.missing", "keyfile.damaged"))


def parse(content: bytes) -> Header:
    """Read the bytes of a header; ``keyfile.damaged`` or ``keyfile.newer_version``."""
    header = _parsed(content)
    if header.to_bytes() != content:
        raise VictimIDError("keyfile.damaged")
    return header


def write(path: Path, header: Header) -> None:
    """Replace the header file durably; ``keyfile.not_written`` leaves the one before as it was.

    So does ``keyfile.too_large``: what is longer than a header may be could not be read again.
    """
    content = header.to_bytes()
    if len(content) > _MAX_BYTES:
        raise VictimIDError("keyfile.too_large")
    replace_file(path, content)


def _parsed(content: bytes) -> Header:
    try:
        stored = load(content)
        if _newer(stored):
            raise VictimIDError("keyfile.newer_version", version=stored["format"])
        return _header(stored)
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise VictimIDError("keyfile.damaged") from error


def _newer(stored: Mapping[str, object]) -> bool:
    """Tell a whole header of a later version from a damaged one, by its checksum."""
    version = stored.get("format")
    content = {name: value for name, value in stored.items() if name != "checksum"}
    return isinstance(version, int) and version > FORMAT and stored.get("checksum") == checksum(content)


def _header(stored: Mapping[str, Any]) -> Header:
    """Build a header from what JSON gave; whatever does not fit raises one of three built-in errors."""
    cost, anchor, following = stored["cost"], stored["anchor"], stored["next"]
    return Header(
        vault=as_text(stored["vault"]),
        salt=as_bytes(stored["salt"]),
        cost=Cost(*(as_int(cost[field.name]) for field in fields(Cost))),
        revision=as_int(stored["revision"]),
        slots=tuple(
            Slot(as_text(slot["id"]), *(as_bytes(slot[name]) for name in ("public", "sealed", "wrapped", "next")))
            for slot in stored["slots"]
        ),
        recovery=_parsed_ways(stored["recovery"]),
        anchor=None if anchor is None else Anchor(as_int(anchor["sequence"]), as_text(anchor["hash"])),
        next=None if following is None else Next(_parsed_ways(following["recovery"]), as_text(following["mac"])),
        mac=as_text(stored["mac"]),
        slots_mac=as_text(stored["slots_mac"]),
    )


def _ways(ways: tuple[Way, ...]) -> list[dict[str, object]]:
    return [{"keys": list(way.keys), "file": text_of(way.file)} for way in ways]


def _parsed_ways(stored: Any) -> tuple[Way, ...]:
    return tuple(Way(tuple(map(as_text, way["keys"])), as_bytes(way["file"])) for way in stored)
