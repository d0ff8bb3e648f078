"""What stands outside the laptop about its records: bundles that it wrote, receipts that it got."""

from collections.abc import Sequence
from pathlib import Path

from victimid.app import receipts
from victimid.app.permissions import Right
from victimid.app.session import Session
from victimid.crypto import sshsig
from victimid.errors import VictimIDError
from victimid.exchange.bundle import claimed_signer, manifest_sha256, verify_bundle
from victimid.model.bundle import Receipt
from victimid.model.checkup import OutsideAnchor


def anchors(session: Session, bundles: Sequence[Path] = (), answers: Sequence[Path] = ()) -> tuple[OutsideAnchor, ...]:
    """Read bundles and receipts to compare the records with, each checked against its signature first.

    Raises ``officer.not_allowed``, ``audit.bundle_foreign``, ``receipt.other_device``, and what `verify_bundle` and
    `receipts.read` do.
    """
    session.access.require(Right.CHECK_VAULT)
    keys = session.vault.device_keys()
    sent = tuple(_of_bundle(path, keys) for path in bundles)
    devices = {sshsig.device_id(key) for key in keys}
    return sent + tuple(_of_receipt(receipts.read(session.vault, path), devices) for path in answers)


def _of_bundle(path: Path, keys: Sequence[str]) -> OutsideAnchor:
    signers = {sshsig.device_id(key): key for key in keys}
    key = signers.get(sshsig.device_id(claimed_signer(path)))
    if key is None:
        raise VictimIDError("audit.bundle_foreign", name=path.name)
    manifest = verify_bundle(path, key)
    return OutsideAnchor(manifest.sequence, manifest_sha256(manifest), manifest.audit_head)


def _of_receipt(receipt: Receipt, devices: set[str]) -> OutsideAnchor:
    if receipt.device not in devices:
        raise VictimIDError("receipt.other_device")
    return OutsideAnchor(receipt.sequence, receipt.manifest_sha256)
