"""Reading a bundle from a hostile medium: signature first, then hashes, then, with the key, records."""

import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from victimid.crypto import age, sshsig
from victimid.errors import VictimIDError
from victimid.exchange import container, lines, manifest, signed
from victimid.exchange.compression import heading, unfold
from victimid.exchange.container import Member, Step, no_step
from victimid.exchange.limits import MAX_DOCUMENT, PART_LIMIT
from victimid.model.bundle import Manifest, Part, Record


def claimed_signer(path: Path) -> str:
    """Return the public key a bundle claims to be signed with: only to look up whether it is enrolled."""
    with signed.opened(path) as stream:
        members = container.scan(stream, _limit)
        return sshsig.signer(container.content(stream, members, signed.signature_name(manifest.NAME)))


def read_manifest(path: Path, public_key: str) -> Manifest:
    """Return the manifest if the key signed it and the members are those it names.

    The parts are not hashed. Raises ``signature.*``, exchange.unreadable, exchange.damaged_container,
    exchange.foreign_member, exchange.missing_member, exchange.too_large, exchange.bad_manifest,
    exchange.newer_format, exchange.wrong_device and exchange.sums_differ.
    """
    with signed.opened(path) as stream:
        return _signed_manifest(stream, container.scan(stream, _limit), public_key)


def verify_bundle(path: Path, public_key: str, step: Step = no_step) -> Manifest:
    """Check a whole bundle without any secret; raises as `read_manifest`, and exchange.damaged_part.

    ``step`` is called all along and may raise.
    """
    with signed.opened(path) as stream:
        members = container.scan(stream, _limit)
        checked = _signed_manifest(stream, members, public_key)
        for part in checked.parts:
            _check_hash(part, container.region(stream, members, part.name), step)
    return checked


def read_records(path: Path, verified: Manifest, secret: str) -> Iterator[Record]:
    """Yield the records of a bundle, given its verified manifest and a secret age key.

    Every part is hashed again before anything of it is used, so a medium that changes between the two
    readings gains nothing. Take the records back if this raises: exchange.unreadable,
    exchange.damaged_container, exchange.damaged_part, exchange.wrapped_anew, exchange.wrong_count,
    exchange.unfolds_too_far, exchange.bad_record, ``age.*``.
    """
    counted = 0
    with signed.opened(path) as stream:
        members = container.scan(stream, _limit)
        for number, part in enumerate(verified.parts, 1):
            source = container.region(stream, members, part.name)
            for line in _part_lines(source, verified, number, secret):
                counted += 1
                if counted > verified.records:
                    raise VictimIDError("exchange.wrong_count")
                yield lines.decode(line)
    if counted != verified.records:
        raise VictimIDError("exchange.wrong_count")


def _part_lines(source: container.Region, verified: Manifest, number: int, secret: str) -> Iterator[bytes]:
    clear = io.BytesIO()
    age.decrypt_stream(source, clear, secret)
    _check_hash(verified.parts[number - 1], source)
    unfolded = unfold(clear.getvalue())
    expected = heading(verified.device, verified.sequence, number, verified.recipients)
    if next(unfolded, b"") != expected:
        raise VictimIDError("exchange.wrapped_anew")
    return unfolded


def _signed_manifest(stream: BinaryIO, members: Mapping[str, Member], public_key: str) -> Manifest:
    document = signed.read(stream, members, manifest.NAME, sshsig.MANIFEST_NAMESPACE, public_key)
    checked = manifest.decode(document)
    if checked.device != sshsig.device_id(public_key):
        raise VictimIDError("exchange.wrong_device")
    _check_members(checked, members)
    if container.content(stream, members, manifest.SUMS_NAME) != manifest.sums(checked):
        raise VictimIDError("exchange.sums_differ")
    return checked


def _check_members(checked: Manifest, members: Mapping[str, Member]) -> None:
    """Demand exactly the members the manifest names, in the one order, with the sizes it names."""
    parts = [part.name for part in checked.parts]
    expected = [*parts, manifest.NAME, signed.signature_name(manifest.NAME), manifest.SUMS_NAME]
    if set(expected) - set(members):
        raise VictimIDError("exchange.missing_member")
    if list(members) != expected:
        raise VictimIDError("exchange.foreign_member")
    for part in checked.parts:
        if members[part.name].size != part.size:
            raise VictimIDError("exchange.damaged_part")


def _check_hash(part: Part, source: container.Region, step: Step = no_step) -> None:
    if source.finish(step) != part.sha256:
        raise VictimIDError("exchange.damaged_part")


def _limit(name: str) -> int | None:
    if manifest.is_part_name(name):
        return PART_LIMIT
    return MAX_DOCUMENT if name == manifest.SUMS_NAME else signed.limit(name, manifest.NAME)
