"""Headquarters' receipts, checked against the one key that a supervisor set: never one that comes with them."""

from pathlib import Path

from victimid.app.failing import failure_noted
from victimid.app.permissions import Right
from victimid.app.session import Session
from victimid.crypto import sshsig
from victimid.errors import VictimIDError
from victimid.exchange.bundle import read_receipt
from victimid.model.audit import Action
from victimid.model.bundle import Receipt
from victimid.store.vault import Vault


def fingerprint(public_key: str) -> str:
    """Return how ``ssh-keygen -l`` shows a public key, to be compared by telephone; ``signature.bad_public_key``."""
    return sshsig.fingerprint(public_key)


def set_key(session: Session, public_key: str) -> None:
    """Take receipts from now on only if this key signed them: cases are deleted on their word.

    Raises ``officer.not_allowed``, ``signature.bad_public_key``, ``vault.key_known``.
    """
    session.access.require(Right.MANAGE_KEYS)
    session.vault.keys.set_receipt_key(public_key, session.officer_id)


def key_is_set(session: Session) -> bool:
    """Tell whether a supervisor has set the key, which signs content packs too."""
    return bool(session.vault.receipt_key)


def read(vault: Vault, path: Path) -> Receipt:
    """Return a receipt that headquarters' key signed; raises ``receipt.no_key`` and what `read_receipt` does."""
    if not vault.receipt_key:
        raise VictimIDError("receipt.no_key")
    return read_receipt(path, vault.receipt_key)


def take(session: Session, path: Path) -> Receipt:
    """Take headquarters' signed answer and mark the bundle as received; what `read` raises, and ``receipt.*``."""
    session.access.require(Right.EXPORT)
    with failure_noted(session.vault, Action.EXPORT_RECEIVED):
        receipt = read(session.vault, path)
        if receipt.device != session.vault.device_id:
            raise VictimIDError("receipt.other_device")
        matching = {e.sequence: e for e in session.vault.exports.all()}.get(receipt.sequence)
        if matching is None or matching.manifest_sha256 != receipt.manifest_sha256:
            raise VictimIDError("receipt.other_bundle", sequence=receipt.sequence)
        session.vault.exports.mark_received(receipt.sequence, receipt.received_at, session.officer_id)
    return receipt
