"""Headquarters' signed answer to one bundle, in the same kind of container."""

from dataclasses import asdict
from pathlib import Path
from typing import BinaryIO, Final

from victimid.crypto import sshsig
from victimid.errors import VictimIDError
from victimid.exchange import canonical, container, newfile, signed
from victimid.exchange.limits import MAX_RECORDS, MAX_SEQUENCE
from victimid.exchange.manifest import DEVICE, HASH
from victimid.exchange.signed import Sign
from victimid.model.bundle import Receipt

NAME: Final = "receipt.json"

_FORMAT: Final = 1
_BAD: Final = "exchange.bad_receipt"


def write_receipt(folder: Path, receipt: Receipt, sign: Sign) -> Path:
    """Write ``<device>-<sequence>.receipt.tar`` into a folder; the same receipt again replaces the file.

    Raises exchange.disk_full, exchange.cannot_write and exchange.bad_medium.
    """
    document = _encode(receipt)
    signature = sign(sshsig.RECEIPT_NAMESPACE, document)
    public_key = sshsig.signer(signature)
    path = folder / f"{receipt.device}-{receipt.sequence:06d}.receipt.tar"

    def check(partial: Path) -> None:
        try:
            read_receipt(partial, public_key)
        except VictimIDError as error:
            raise VictimIDError("exchange.bad_medium") from error

    newfile.create(path, lambda stream: _write(stream, document, signature), check)
    return path


def read_receipt(path: Path, public_key: str) -> Receipt:
    """Return a receipt that headquarters' key signed.

    Raises ``signature.*``, exchange.unreadable, exchange.damaged_container, exchange.foreign_member,
    exchange.missing_member, exchange.too_large, exchange.bad_receipt and exchange.newer_format.
    """
    with signed.opened(path) as stream:
        members = container.scan(stream, lambda name: signed.limit(name, NAME))
        if len(members) > 1 and list(members) != [NAME, signed.signature_name(NAME)]:
            raise VictimIDError("exchange.foreign_member")
        return _decode(signed.read(stream, members, NAME, sshsig.RECEIPT_NAMESPACE, public_key))


def _write(stream: BinaryIO, document: bytes, signature: bytes) -> None:
    signed.add(stream, NAME, document, signature)
    container.end(stream)


def _encode(receipt: Receipt) -> bytes:
    written = canonical.written_moment(receipt.received_at)
    return canonical.encode({**asdict(receipt), "received_at": written, "format": _FORMAT})


def _decode(data: bytes) -> Receipt:
    members = canonical.decode(data, _BAD)
    if members.number("format", 1, MAX_RECORDS) != _FORMAT:
        raise VictimIDError("exchange.newer_format")
    members.only("format", "device", "sequence", "manifest_sha256", "records", "received_at")
    return Receipt(
        device=members.text("device", DEVICE),
        sequence=members.number("sequence", 1, MAX_SEQUENCE),
        manifest_sha256=members.text("manifest_sha256", HASH),
        records=members.number("records", 0, MAX_RECORDS),
        received_at=members.moment("received_at"),
    )
