"""The vault of one laptop while it is open: one object per kind of record, all on one encrypted database."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path

from victimid.clock import Clock
from victimid.crypto import age, keyfile, sshsig
from victimid.crypto.keyfile import Unlocked
from victimid.errors import VictimIDError
from victimid.model.audit import Action, Standing
from victimid.model.backup import Backup
from victimid.store.attachments import Attachments
from victimid.store.audit import Audit
from victimid.store.backups import Backups, outside_folder
from victimid.store.ballast import Ballast
from victimid.store.case_log import CaseLog
from victimid.store.cases import Cases
from victimid.store.connection import Database, open_database
from victimid.store.consents import Consents
from victimid.store.decisions import Decisions
from victimid.store.drafts import Drafts
from victimid.store.exports import Exports
from victimid.store.folder import VaultFiles
from victimid.store.handovers import Handovers
from victimid.store.interviews import Interviews
from victimid.store.laptop import Laptop
from victimid.store.migrations import STEPS, migrate, schema_version
from victimid.store.officers import Officers
from victimid.store.overview import Overview
from victimid.store.policies import Policies
from victimid.store.quick_check import quick_check
from victimid.store.referrals import Referrals
from victimid.store.watching import Watch


class Vault:
    """An unlocked vault; every change that matters is one durable transaction together with its audit entry.

    ``held`` is what locking lets go of: the database, the key, the folder.
    """

    def __init__(
        self, database: Database, files: VaultFiles, unlocked: Unlocked, clock: Clock, held: ExitStack
    ) -> None:
        self._held = held
        self._database = database
        self._header = files.header
        self._key = unlocked.key
        self._laptop = Laptop(database)
        self.ballast = Ballast(files.ballast)
        self.backups = Backups(files, unlocked.key, clock)
        held.callback(self.backups.stop)
        self.audit = Audit(database, clock)
        self.cases = Cases(database, self.audit)
        log = CaseLog(database, self.audit)
        self.interviews = Interviews(database, log)
        self.overview = Overview(database)
        self.attachments = Attachments(database, log)
        self.drafts = Drafts(database)
        self.handovers = Handovers(database, log)
        self.decisions = Decisions(database, log)
        self.consents = Consents(database, log)
        self.referrals = Referrals(database, log)
        self.exports = Exports(database, self.audit)
        self.officers = Officers(database, self.audit)
        self.policies = Policies(database, self.audit)
        self.officer = self.officers.of_slot(unlocked.slot_id)
        self.post = self._laptop.post()
        self.device_id = self._laptop.device_id()
        self.device_public_key = self._laptop.public_key()

    @property
    def recovery_keys(self) -> tuple[str, ...]:
        """Headquarters' age recipients: they recover the vault and open its exports."""
        return self._laptop.recovery_keys()

    def add_recovery_key(self, recipient: str) -> None:
        """Take on a key of headquarters after the vault was made; raises ``age.*``, ``vault.key_known``.

        The header comes first: a crash in between leaves a way to recover, never an export nobody recovers.
        """
        checked = age.check_recipient(recipient)
        if checked in self.recovery_keys:
            raise VictimIDError("vault.key_known")
        keyfile.add_recovery(self._header, self._key, checked)
        with self._database.transaction():
            self._laptop.add_recovery_key(checked)
            content = self._laptop.content()
            self.audit.append(
                Action.HEADQUARTERS_KEY_ADDED, self.officer.id, "", age.fingerprint(checked), content=content
            )

    @contextmanager
    def together(self) -> Iterator[None]:
        """Do several changes durably or none of them."""
        with self._database.transaction():
            yield

    def sign(self, namespace: str, message: bytes) -> bytes:
        """Sign with the key of this laptop, in OpenSSH's format."""
        return self._laptop.sign(namespace, message)

    def back_up(self, chosen: Path | None = None, watch: Watch | None = None) -> Backup:
        """Make a backup in the vault's folder, or in one that the officer chose; errors as of `Backups.make`."""
        target = outside_folder(chosen, self.device_id) if chosen else self.backups.own
        made = self.backups.make(target, watch)
        self.audit.append(Action.BACKUP_MADE, self.officer.id, "", f"{made.name} {'outside' if chosen else 'own'}")
        return made

    def quick_check(self, anchor: Standing | None = None) -> None:
        """Look at a sample of everything, in milliseconds; errors as of `quick_check.quick_check`."""
        quick_check(self._database, self.audit, anchor)

    def seal_audit(self) -> None:
        """Sign the audit as it stands with the key of this laptop."""
        self.audit.seal(partial(self.sign, sshsig.AUDIT_NAMESPACE))

    def lock(self) -> None:
        """Note and sign it, close the database, overwrite the key, let go of the folder; twice does no harm.

        Nothing holds it up: a disk so full that the note does not fit is no reason to stay open.
        """
        with suppress(VictimIDError), self._held, suppress(VictimIDError):
            self.ballast.retrying(self._note_lock)

    def _note_lock(self) -> None:
        with self.together():
            self.audit.append(Action.LOCKED, self.officer.id)
            self.seal_audit()


def open_vault(files: VaultFiles, unlocked: Unlocked, clock: Clock, held: ExitStack, wrong_tries: int = 0) -> Vault:
    """Open the database with a key that is there; ``held`` has the folder's lock and wipes the key.

    Raises ``vault.database_missing``, ``vault.database_damaged``, ``vault.newer_version``, ``officer.unknown``,
    ``vault.upgrade_needs_room`` where records of an earlier schema cannot be backed up first.
    """
    if not files.database.exists():
        raise VictimIDError("vault.database_missing")
    # A full disk refuses even to open a database with a journal.
    database = Ballast(files.ballast).retrying(lambda: open_database(files.database, unlocked.key))
    held.callback(database.close)
    if not schema_version(database):
        # A vault is never put in place without its schema, so this file was emptied.
        raise VictimIDError("vault.database_damaged")
    saved = _saved_before_upgrade(files, database, unlocked, clock)
    migrate(database)
    vault = Vault(database, files, unlocked, clock, held)
    detail = f"wrong_tries={wrong_tries}" if wrong_tries else ""
    vault.ballast.retrying(lambda: vault.audit.append(Action.UNLOCKED, vault.officer.id, "", detail))
    if saved:
        vault.audit.append(Action.BACKUP_MADE, vault.officer.id, "", f"{saved.name} own")
    return vault


def _saved_before_upgrade(files: VaultFiles, database: Database, unlocked: Unlocked, clock: Clock) -> Backup | None:
    """Make a backup of records of an earlier schema; without one they stay as they are."""
    if schema_version(database) >= len(STEPS):
        return None
    try:
        return Backups(files, unlocked.key, clock).make()
    except VictimIDError as error:
        if error.code in {"vault.no_room", "vault.disk_full"}:
            raise VictimIDError("vault.upgrade_needs_room") from error
        raise
