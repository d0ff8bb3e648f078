"""The bytes of a header file: one canonical JSON form, so that any changed byte is noticed on reading.

Two MACs under the data key: one over everything but the slots, one over both; so a header whose slots were
destroyed on purpose can still be told from a forged one by whoever recovers the key.
"""

import hmac
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

from victimid.crypto import hybrid, shapes
from victimid.crypto.envelope import ADDED_BYTES
from victimid.crypto.kdf import Cost
from victimid.crypto.secret import KEY_BYTES, DataKey
from victimid.crypto.stored import canonical, checksum, load, read_bounded, replace_file, text_of, with_checksum
from victimid.errors import VictimIDError

FORMAT: Final = 1
MOST_SLOTS: Final = 180
"""Officers with access at a time: so many fit in the middle of a rekey, beside a dozen ways to recover."""
PERSONS: Final = (1, 2)
SALT_BYTES: Final = 32
SEALED_KEY_BYTES: Final = hybrid.SHARE_BYTES + KEY_BYTES + 16
_MAX_BYTES: Final = 1024 * 1024
_MOST_WAYS: Final = 999
_WRAPPED_BYTES: Final = SEALED_KEY_BYTES + KEY_BYTES + ADDED_BYTES
_WAY_BYTES: Final = range(1, 64 * 1024)
_ID_DIGITS, _FINGERPRINT_DIGITS, _HASH_DIGITS = 32, 8, 64
_PURPOSE, _SLOTS_PURPOSE = "victimid keyfile header", "victimid keyfile slots"


@dataclass(frozen=True, slots=True)
class Slot:
    """One officer's key pair: the private key under the passphrase, the data key under the public one.

    ``next`` is the data key of an unfinished rekey, else empty. ``written`` is the revision of the header with which
    the slot came to be; 0 in headers of before 2026-11-22, whose slots are as old as the header.
    """

    id: str
    public: bytes
    sealed: bytes
    wrapped: bytes
    next: bytes = b""
    written: int = 0


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

    def written(self, slot: Slot) -> int:
        """Return the revision with which a slot was written."""
        return slot.written or self.revision

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
        slots = tuple(replace(slot, written=self.written(slot)) for slot in self.slots)
        raised = replace(self, revision=self.revision + 1, slots=slots)
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

    def _slots(self) -> list[dict[str, object]]:
        return [
            {
                "id": slot.id,
                "public": text_of(slot.public),
                "sealed": text_of(slot.sealed),
                "wrapped": text_of(slot.wrapped),
                "next": text_of(slot.next),
                **({"written": slot.written} if slot.written else {}),
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

    So does ``keyfile.too_large``: what is longer, or has more ways to recover, than a header may have could not be
    read again. Nor is anything written that is no header.
    """
    content = header.to_bytes()
    if len(content) > _MAX_BYTES or len(header.recovery) > _MOST_WAYS:
        raise VictimIDError("keyfile.too_large")
    parse(content)
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
    content = {name: value for name, value in stored.items() if name != "checksum"}
    return shapes.number(stored["format"]) > FORMAT and stored.get("checksum") == checksum(content)


def _header(stored: Mapping[str, Any]) -> Header:
    """Build a header from what JSON gave; whatever does not fit raises one of three built-in errors."""
    anchor, following, slots = stored["anchor"], stored["next"], stored["slots"]
    return Header(
        vault=shapes.hex_digits(stored["vault"], _ID_DIGITS),
        salt=shapes.bytes_of(stored["salt"], {SALT_BYTES}),
        cost=shapes.cost(stored["cost"]),
        revision=shapes.count(stored["revision"]),
        slots=tuple(map(_slot, slots)),
        recovery=_parsed_ways(stored["recovery"]),
        anchor=None if anchor is None else _anchor(anchor),
        next=None if following is None else _next(following),
        mac=shapes.hex_digits(stored["mac"], _HASH_DIGITS),
        slots_mac=shapes.hex_digits(stored["slots_mac"], *((_HASH_DIGITS,) if slots else (0, _HASH_DIGITS))),
    )


def _slot(stored: Any) -> Slot:
    return Slot(
        id=shapes.hex_digits(stored["id"], _ID_DIGITS),
        public=shapes.bytes_of(stored["public"], {hybrid.PUBLIC_BYTES}),
        sealed=shapes.bytes_of(stored["sealed"], {hybrid.SEED_BYTES + ADDED_BYTES}),
        wrapped=shapes.bytes_of(stored["wrapped"], {_WRAPPED_BYTES}),
        next=shapes.bytes_of(stored["next"], {0, _WRAPPED_BYTES}),
        written=shapes.count(stored.get("written", 0)),
    )


def _anchor(stored: Any) -> Anchor:
    return Anchor(shapes.count(stored["sequence"]), shapes.hex_digits(stored["hash"], _HASH_DIGITS))


def _next(stored: Any) -> Next:
    return Next(_parsed_ways(stored["recovery"]), shapes.hex_digits(stored["mac"], _HASH_DIGITS))


def _ways(ways: tuple[Way, ...]) -> list[dict[str, object]]:
    return [{"keys": list(way.keys), "file": text_of(way.file)} for way in ways]


def _parsed_ways(stored: Any) -> tuple[Way, ...]:
    if len(stored) > _MOST_WAYS:
        raise ValueError
    return tuple(map(_parsed_way, stored))


def _parsed_way(stored: Any) -> Way:
    keys = tuple(shapes.hex_digits(key, _FINGERPRINT_DIGITS) for key in stored["keys"])
    if len(keys) not in PERSONS:
        raise ValueError
    return Way(keys, shapes.bytes_of(stored["file"], _WAY_BYTES))
