"""The embedded register of headquarters: an encrypted database that holds keys, laptops, bundles and records."""

import shutil
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from victimid import paths
from victimid.clock import Clock
from victimid.crypto import age, keyfile, sshsig
from victimid.crypto.kdf import FLOOR, Cost, tuned
from victimid.crypto.secret import DataKey
from victimid.errors import VictimIDError
from victimid.exchange import content_pack
from victimid.exchange.bundle import (
    claimed_signer,
    manifest_sha256,
    read_records,
    verify_bundle,
    write_receipt,
)
from victimid.headquarters import chain, schema
from victimid.headquarters.chain import Gaps, Link, Outcome
from victimid.headquarters.ledger import Ledger
from victimid.model.bundle import DeviceStatus, Manifest, Receipt
from victimid.model.content import ContentPack, PackContent
from victimid.store.connection import Database, open_database
from victimid.system import free_memory

SIGN_IN_NAME: Final = "headquarters"

_HEADER, _DATABASE = "header.json", "register.db"
_MAX_NAME: Final = 200


@dataclass(frozen=True, slots=True)
class Received:
    """What became of a bundle; ``gap`` holds first and last number of everything still missing before it.

    ``new_keys`` open the laptop's bundles or its vault and did not by the bundle before; by the first, all but the
    register's own. ``gone_keys`` do so no more.
    """

    receipt: Receipt
    outcome: Outcome
    gap: Gaps
    new_keys: frozenset[str]
    gone_keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class Published:
    """A content pack and where it was written."""

    path: Path
    pack: ContentPack


class Register:
    """The register while it is open."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._ledger = Ledger(database)
        self._clock = clock
        self.recipient = str(database.value("SELECT age_recipient FROM identity"))
        self.public_key = str(database.value("SELECT signing_public FROM identity"))

    def enrol(self, public_key: str, name: str) -> str:
        """Accept bundles of the laptop with this key from now on and return its device id.

        A laptop enrolled before is renamed. Raises signature.bad_public_key and register.device_clash.
        """
        checked = sshsig.check_public(public_key)
        device = sshsig.device_id(checked)
        with self._database.transaction():
            self._ledger.add_device(device, checked, name.strip()[:_MAX_NAME], self._clock())
        return device

    def receive(self, path: Path) -> Received:
        """Take a bundle as a whole or not at all; one that was received before is answered again.

        Raises register.unknown_device, register.fork, register.record_changed, and what `verify_bundle` and
        `read_records` raise.
        """
        device = sshsig.device_id(claimed_signer(path))
        manifest = verify_bundle(path, self._ledger.public_key(device))
        digest = manifest_sha256(manifest)
        link = Link(manifest.sequence, digest, manifest.previous_sha256)
        with self._database.transaction():
            outcome = chain.judge(link, self._ledger.neighbours(device, manifest.sequence))
            if outcome == "new":
                self._take(path, manifest, digest)
            receipt = self._ledger.receipt(device, manifest.sequence)
            before = self._ledger.keys(device, manifest.sequence) or frozenset({self.recipient})
            now = self._ledger.keys(device, manifest.sequence + 1) or before
            return Received(receipt, outcome, self._ledger.gaps(device), now - before, before - now)

    def write_receipt(self, folder: Path, receipt: Receipt) -> Path:
        """Sign a receipt and write it into a folder; raises as `exchange.bundle.write_receipt`."""
        return write_receipt(folder, receipt, self._sign)

    def publish(self, folder: Path, content: PackContent) -> Published:
        """Sign a content pack under the next number and write it into a folder.

        The number is on the disk before the file is, so that no two packs ever have the same; one that could not be
        written is lost. Raises as `content_pack.draft` and `content_pack.write_pack`.
        """
        with self._database.transaction():
            pack = content_pack.draft(self._ledger.next_publication(), self._clock(), content)
            self._ledger.add_publication(pack)
        return Published(content_pack.write_pack(folder, pack, self._sign), pack)

    def status(self) -> tuple[DeviceStatus, ...]:
        """Return what is known of every enrolled laptop, gaps included."""
        return self._ledger.status()

    def secret_identity(self) -> str:
        """Return the secret age key, to be printed on explicit request and kept in a safe."""
        return str(self._database.value("SELECT age_secret FROM identity"))

    def close(self) -> None:
        """Close the database."""
        self._database.close()

    def _take(self, path: Path, manifest: Manifest, digest: str) -> None:
        self._ledger.add_bundle(manifest, digest, self._clock())
        for record in read_records(path, manifest, self.secret_identity()):
            self._ledger.add_record(manifest.device, manifest.sequence, record)

    def _sign(self, namespace: str, message: bytes) -> bytes:
        private = self._database.value("SELECT signing_private FROM identity")
        return sshsig.sign(private, namespace, message)


def create_register(folder: Path, passphrase: str, clock: Clock, cost: Cost | None = None) -> Register:
    """Make a register with its two key pairs and return it open; a crash leaves a whole register or none.

    Raises register.exists (the folder is not empty), register.cannot_write, passphrase.too_weak, and what
    `open_database` raises.
    """
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise VictimIDError("register.exists")
        return _created(folder, passphrase, clock, cost or tuned(free_memory()))
    except OSError as error:
        raise VictimIDError("register.cannot_write") from error


def open_register(folder: Path, passphrase: str, clock: Clock, floor: Cost = FLOOR) -> Register:
    """Open a register.

    Raises register.missing, register.incomplete, register.newer_version, and what `keyfile.unlock` and
    `open_database` raise.
    """
    if not (folder / _HEADER).is_file():
        raise VictimIDError("register.missing")
    if not (folder / _DATABASE).is_file():
        raise VictimIDError("register.incomplete")
    key = keyfile.unlock(folder / _HEADER, SIGN_IN_NAME, passphrase, floor=floor).key
    try:
        return _opened(folder, key, clock)
    finally:
        key.wipe()


def _created(folder: Path, passphrase: str, clock: Clock, cost: Cost) -> Register:
    """Build the register beside its place and move it there as a whole."""
    workshop = folder.with_name(f".{folder.name}.new")
    if workshop.exists():
        shutil.rmtree(workshop)
    paths.private_folder(workshop)
    with ExitStack() as undo:
        undo.callback(shutil.rmtree, workshop, ignore_errors=True)
        key = keyfile.create(workshop / _HEADER, SIGN_IN_NAME, passphrase, cost=cost).key
        undo.callback(key.wipe)
        _furnish(workshop / _DATABASE, key)
        if folder.exists():
            folder.rmdir()
        workshop.rename(folder)
        paths.sync_folder(folder.parent)
        return _opened(folder, key, clock)


def _furnish(path: Path, key: DataKey) -> None:
    """Lay out the database and draw the keys of headquarters."""
    duty, signing = age.new_identity(), sshsig.new_key()
    database = open_database(path, key)
    try:
        with database.transaction():
            schema.lay_out(database)
            values = (duty.secret, duty.recipient, signing.private, signing.public)
            database.execute("INSERT INTO identity VALUES (1, ?, ?, ?, ?)", values)
    finally:
        database.close()


def _opened(folder: Path, key: DataKey, clock: Clock) -> Register:
    database = open_database(folder / _DATABASE, key)
    try:
        schema.bring_up(database)
        return Register(database, clock)
    except BaseException:
        database.close()
        raise
