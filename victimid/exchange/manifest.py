"""The manifest of a bundle as a canonical document, and the list of hashes that follows from it."""

import hashlib
import re
from dataclasses import asdict
from typing import Final

from victimid.errors import VictimIDError
from victimid.exchange import canonical
from victimid.exchange.limits import MAX_PARTS, MAX_RECORDS, MAX_SEQUENCE, PART_LIMIT
from victimid.model.bundle import Manifest, Part

FORMAT: Final = 1
NAME: Final = "manifest.json"
SUMS_NAME: Final = "SHA256SUMS"
DEVICE: Final = r"[0-9a-f]{16}"
HASH: Final = r"[0-9a-f]{64}"

_BAD: Final = "exchange.bad_manifest"
_PART_NAME: Final = r"data-[0-9]{4}\.age"
_HASH_OR_NONE: Final = rf"({HASH})?"
_MAX_RECIPIENTS: Final = 16
_MEMBERS: Final = (
    "format",
    "device",
    "sequence",
    "previous_sha256",
    "created_at",
    "audit_head",
    "records",
    "recipients",
    "parts",
)


def part_name(number: int) -> str:
    """Return the name of a part, counted from 1."""
    return f"data-{number:04d}.age"


def is_part_name(name: str) -> bool:
    """Tell whether a member's name is that of a part."""
    return re.fullmatch(_PART_NAME, name, re.ASCII) is not None


def encode(manifest: Manifest) -> bytes:
    """Return the one spelling of a manifest."""
    written = canonical.written_moment(manifest.created_at)
    return canonical.encode({**asdict(manifest), "created_at": written})


def decode(data: bytes) -> Manifest:
    """Read a manifest from outside; raises exchange.bad_manifest and exchange.newer_format."""
    members = canonical.decode(data, _BAD)
    _check_format(members)
    members.only(*_MEMBERS)
    manifest = Manifest(
        format=FORMAT,
        device=members.text("device", DEVICE),
        sequence=members.number("sequence", 1, MAX_SEQUENCE),
        previous_sha256=members.text("previous_sha256", _HASH_OR_NONE),
        created_at=members.moment("created_at"),
        audit_head=members.text("audit_head", _HASH_OR_NONE),
        records=members.number("records", 0, MAX_RECORDS),
        recipients=members.texts("recipients", HASH, _MAX_RECIPIENTS),
        parts=tuple(_part(entry) for entry in members.members("parts", MAX_PARTS)),
    )
    _check_consistency(manifest)
    return manifest


def sha256(manifest: Manifest) -> str:
    """Return the SHA-256 of the manifest's one spelling: what the next bundle and the receipt repeat."""
    return hashlib.sha256(encode(manifest)).hexdigest()


def sums(manifest: Manifest) -> bytes:
    """Return the file that ``sha256sum -c`` reads."""
    hashes = [(sha256(manifest), NAME), *((part.sha256, part.name) for part in manifest.parts)]
    return "".join(f"{digest}  {name}\n" for digest, name in hashes).encode("ascii")


def _check_format(members: canonical.Members) -> None:
    if members.number("format", 1, MAX_RECORDS) != FORMAT:
        raise VictimIDError("exchange.newer_format")


def _part(members: canonical.Members) -> Part:
    members.only("name", "size", "sha256")
    name = members.text("name", _PART_NAME)
    return Part(name, members.number("size", 1, PART_LIMIT), members.text("sha256", HASH))


def _check_consistency(manifest: Manifest) -> None:
    """Parts are numbered without a hole, and only the first bundle has none before it."""
    named = [part.name for part in manifest.parts]
    first = manifest.sequence == 1
    if named != [part_name(number + 1) for number in range(len(named))] or first == bool(manifest.previous_sha256):
        raise VictimIDError(_BAD)
