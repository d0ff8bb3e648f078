"""Export to headquarters: one numbered, signed, encrypted bundle of every case changed since the last."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path

from victimid.app import export_records, receipts
from victimid.app.failing import failure_noted
from victimid.app.permissions import Right
from victimid.app.session import Session
from victimid.crypto import sshsig
from victimid.errors import VictimIDError
from victimid.exchange.bundle import BundleContent, WrittenBundle, verify_bundle, write_bundle
from victimid.model.audit import Action
from victimid.model.bundle import Export, Manifest
from victimid.store.watching import Watch

BUNDLE_NAMESPACE = sshsig.MANIFEST_NAMESPACE


@dataclass(frozen=True, slots=True)
class ExportView:
    """What the export screen shows before and after a bundle is written.

    ``receipt_fingerprint`` is that of the key which signs headquarters' receipts; empty until it was set.
    """

    waiting_cases: int
    headquarters_keys: tuple[str, ...]
    receipt_fingerprint: str
    device_id: str
    device_public_key: str
    exports: tuple[Export, ...]


@dataclass(frozen=True, slots=True)
class WrittenExport:
    """A bundle on the medium the officer chose."""

    path: Path
    export: Export


def view(session: Session) -> ExportView:
    """Return what waits for headquarters and what has gone there."""
    vault = session.vault
    return ExportView(
        waiting_cases=len(vault.exports.changed_cases()),
        headquarters_keys=vault.recovery_keys,
        receipt_fingerprint=receipts.fingerprint(vault.receipt_key) if vault.receipt_key else "",
        device_id=vault.device_id,
        device_public_key=vault.device_public_key,
        exports=vault.exports.all(),
    )


def add_headquarters_key(session: Session, recipient: str) -> ExportView:
    """Take on a key of headquarters after the first start; whoever holds its secret half can read everything.

    Raises ``officer.not_allowed``, ``age.*``, ``vault.key_known``.
    """
    session.access.require(Right.MANAGE_KEYS)
    with failure_noted(session.vault, Action.HEADQUARTERS_KEY_ADDED):
        session.vault.keys.add_headquarters_key(recipient, session.officer_id)
    return view(session)


def remove_headquarters_key(session: Session, recipient: str) -> ExportView:
    """Let a key of headquarters open nothing written from now on; what its holder has, stays readable to them.

    Raises ``officer.not_allowed``, ``age.*``, ``vault.key_unknown``, ``vault.last_key``.
    """
    session.access.require(Right.MANAGE_KEYS)
    with failure_noted(session.vault, Action.HEADQUARTERS_KEY_REMOVED):
        session.vault.keys.remove_headquarters_key(recipient, session.officer_id)
    return view(session)


def replace_headquarters_keys(session: Session, recipients: Sequence[str]) -> ExportView:
    """Take these keys in place of all of headquarters' before: after theft, or for keys of another kind.

    Raises ``officer.not_allowed``, ``age.*``, ``vault.key_known``.
    """
    session.access.require(Right.MANAGE_KEYS)
    with failure_noted(session.vault, Action.HEADQUARTERS_KEY_ADDED):
        session.vault.keys.replace_headquarters_keys(recipients, session.officer_id)
    return view(session)


def write(session: Session, folder: Path, watch: Watch | None = None) -> WrittenExport:
    """Write the next bundle into a folder.

    Raises ``export.rolled_back``, ``export.no_headquarters_key``, ``export.nothing_to_send``, ``job.cancelled`` and
    errors of the disk; the number is used up only when the bundle is whole on the medium.
    """
    session.access.require(Right.EXPORT)
    vault = session.vault
    if vault.rolled_back:
        raise VictimIDError("export.rolled_back")
    changed = vault.exports.changed_cases()
    if not vault.recovery_keys:
        raise VictimIDError("export.no_headquarters_key")
    if not changed:
        raise VictimIDError("export.nothing_to_send")
    content = BundleContent(
        device=vault.device_id,
        sequence=vault.exports.next_sequence(),
        previous_sha256=vault.exports.last_manifest_sha256(),
        audit_head=vault.audit.head(),
        created_at=session.clock(),
    )
    noted: list[Export] = []

    def accept(written: WrittenBundle) -> None:
        """Use up the number before the bundle gets its name: a crash never lets it be used twice."""
        export = Export(
            sequence=content.sequence,
            manifest_sha256=written.manifest_sha256,
            records=written.manifest.records,
            written_at=content.created_at,
            by=session.officer_id,
            audit_head=content.audit_head,
        )
        vault.exports.record(export, changed, session.officer_id)
        vault.seal_audit()
        noted.append(export)

    watch = vault.watching(watch)
    of_cases = export_records.of_cases(session, changed, watch)
    records = chain(export_records.of_laptop(session, content.sequence), of_cases)
    reading_back = partial(watch.step, len(changed), len(changed))
    with failure_noted(vault, Action.EXPORT_WRITTEN):
        written = write_bundle(folder, content, records, vault.recovery_keys, vault.sign, accept, reading_back)
    return WrittenExport(written.path, noted[0])


def verify(path: Path, device_public_key: str) -> Manifest:
    """Check signature, sizes and hashes of a bundle without opening it; raises ``bundle.*``, ``signature.*``."""
    return verify_bundle(path, device_public_key)
