"""Writing a bundle: records are compressed, encrypted and hashed on the way, never in clear on a disk."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from victimid.crypto import age, sshsig
from victimid.errors import VictimIDError
from victimid.exchange import container, manifest, newfile, signed
from victimid.exchange.compression import PartSource, RecordQueue, heading
from victimid.exchange.container import Step, no_step
from victimid.exchange.limits import MAX_PARTS
from victimid.exchange.reading import verify_bundle
from victimid.exchange.signed import Sign
from victimid.model.bundle import Manifest, Part, Record


@dataclass(frozen=True, slots=True)
class BundleContent:
    """What a bundle says about itself; the first of a laptop has no hash before it."""

    device: str
    sequence: int
    previous_sha256: str
    audit_head: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class WrittenBundle:
    """A bundle on its medium, read back and verified."""

    path: Path
    manifest: Manifest
    manifest_sha256: str


def write_bundle(
    folder: Path,
    content: BundleContent,
    records: Iterable[Record],
    recipients: Sequence[str],
    sign: Sign,
    accept: Callable[[WrittenBundle], None] | None = None,
    step: Step = no_step,
) -> WrittenBundle:
    """Write ``<device>-<sequence>.bundle.tar`` into a folder, encrypted to every recipient.

    ``accept`` is called when the bundle is whole and verified but does not have its name yet: what it records
    is on disk before the bundle can be carried away, so a crash never lets a number be used twice. ``step`` is
    called all along while the bundle is read back. When one of them or ``records`` raises, nothing is left behind.
    Raises exchange.exists, exchange.disk_full, exchange.cannot_write, exchange.bad_record, exchange.bad_manifest,
    exchange.wrong_signer, exchange.bad_medium and what `age.check_recipient` raises.
    """
    keys = tuple(dict.fromkeys(age.check_recipient(recipient) for recipient in recipients))
    draft = _draft(content, keys)
    path = folder / f"{content.device}-{content.sequence:06d}.bundle.tar"
    if path.exists():
        raise VictimIDError("exchange.exists", name=path.name)
    job = _Job(draft, keys, sign, step)
    queue = RecordQueue(records)
    newfile.create(path, lambda stream: job.write(stream, queue), lambda partial: job.check(partial, path, accept))
    return job.written(path)


class _Job:
    """One bundle being written."""

    def __init__(self, draft: Manifest, keys: tuple[str, ...], sign: Sign, step: Step) -> None:
        self._manifest = draft
        self._keys = keys
        self._sign = sign
        self._step = step
        self._signer = ""

    def write(self, stream: BinaryIO, queue: RecordQueue) -> None:
        """Write all members: the parts first, then what can only be known after them."""
        parts: list[Part] = []
        while not parts or queue.next is not None:
            if len(parts) == MAX_PARTS:
                raise VictimIDError("exchange.too_large")
            parts.append(self._part(stream, len(parts) + 1, queue))
        self._manifest = replace(self._manifest, records=queue.taken, parts=tuple(parts))
        document = manifest.encode(self._manifest)
        signed.add(stream, manifest.NAME, document, self._signature(document))
        container.add(stream, manifest.SUMS_NAME, manifest.sums(self._manifest))
        container.end(stream)

    def check(self, partial: Path, path: Path, accept: Callable[[WrittenBundle], None] | None) -> None:
        """Verify the file as the medium gives it back, then let the caller record it."""
        try:
            read_back = verify_bundle(partial, self._signer, self._step)
        except VictimIDError as error:
            if error.code == "job.cancelled":
                raise
            raise VictimIDError("exchange.bad_medium") from error
        if read_back != self._manifest:
            raise VictimIDError("exchange.bad_medium")
        if accept is not None:
            accept(self.written(path))

    def written(self, path: Path) -> WrittenBundle:
        """Return the result."""
        return WrittenBundle(path, self._manifest, manifest.sha256(self._manifest))

    def _part(self, stream: BinaryIO, number: int, queue: RecordQueue) -> Part:
        draft = self._manifest
        source = PartSource(heading(draft.device, draft.sequence, number, draft.recipients), queue)
        name = manifest.part_name(number)
        with container.member(stream, name) as sink:
            age.encrypt_stream(source, sink, self._keys)
        return Part(name, sink.size, sink.sha256)

    def _signature(self, document: bytes) -> bytes:
        signature = self._sign(sshsig.MANIFEST_NAMESPACE, document)
        self._signer = sshsig.signer(signature)
        if sshsig.device_id(self._signer) != self._manifest.device:
            raise VictimIDError("exchange.wrong_signer")
        return signature


def _draft(content: BundleContent, keys: tuple[str, ...]) -> Manifest:
    """Return the manifest without its parts, checked before any work is done."""
    if not keys:
        raise VictimIDError("age.no_recipient")
    draft = Manifest(
        format=manifest.FORMAT,
        device=content.device,
        sequence=content.sequence,
        previous_sha256=content.previous_sha256,
        created_at=content.created_at.astimezone(UTC).replace(microsecond=0),
        audit_head=content.audit_head,
        records=0,
        recipients=tuple(age.fingerprint(key) for key in keys),
        parts=(),
    )
    return manifest.decode(manifest.encode(draft))
