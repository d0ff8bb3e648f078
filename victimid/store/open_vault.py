"""The vault of one laptop while it is open: one object per kind of record, all on one encrypted database."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path

from victimid.clock import Clock
from victimid.crypto import sshsig
from victimid.crypto.kdf import Cost
from victimid.crypto.keyfile import Unlocked
from victimid.errors import VictimIDError
from victimid.model.audit import Action
from victimid.model.backup import Backup
from victimid.model.checkup import Checkup, OutsideAnchor
from victimid.model.wrong_try import WrongTry
from victimid.store.anchors import Anchors
from victimid.store.answers import Answers
from victimid.store.attachments import Attachments
from victimid.store.audit import Audit
from victimid.store.backup_folder import BackupFolder
from victimid.store.backups import Backups, outside_folder
from victimid.store.ballast import Ballast
from victimid.store.case_log import CaseLog
from victimid.store.cases import Cases
from victimid.store.connection import Database
from victimid.store.consents import Consents
from victimid.store.decisions import Decisions
from victimid.store.drafts import Drafts
from victimid.store.every_header import records_beside
from victimid.store.exports import Exports
from victimid.store.folder import VaultFiles
from victimid.store.form_media import FormMedia
from victimid.store.handovers import Handovers
from victimid.store.installed_content import InstalledContent
from victimid.store.interviews import Interviews
from victimid.store.keys import REKEY_CUT_OFF, Keys
from victimid.store.laptop import Laptop
from victimid.store.links import Links
from victimid.store.officers import Officers
from victimid.store.overview import Overview
from victimid.store.policies import Policies
from victimid.store.preparing import prepared_database
from victimid.store.quick_check import quick_check
from victimid.store.referrals import Referrals
from victimid.store.rehearsal import Rehearsal
from victimid.store.retention import Retention
from victimid.store.reviews import Reviews
from victimid.store.search import Search
from victimid.store.search_upkeep import SearchUpkeep
from victimid.store.tries import Wrong
from victimid.store.verifying import Verifying
from victimid.store.watching import Progress, Watch


class Vault:
    """An unlocked vault; every change that matters is one durable transaction together with its audit entry.

    ``held`` is what locking lets go of: the database, the key, the folder.
    """

    def __init__(
        self, database: Database, files: VaultFiles, unlocked: Unlocked, clock: Clock, held: ExitStack
    ) -> None:
        self._held = held
        self._stopped = threading.Event()
        self._files = files
        self._database = database
        self._laptop = Laptop(database)
        self.ballast = Ballast(files.ballast)
        self.audit = Audit(database, clock)
        log = CaseLog(database, self.audit)
        self.keys = Keys(files.header, unlocked.key, database, self.audit, self.ballast)
        held.callback(self.keys.wipe)
        self.rehearsal = Rehearsal(files, self.keys, clock)
        self.backups = Backups(files, lambda: self.keys.key, clock, self._stopped)
        held.callback(self.backups.stop)
        self.cases = Cases(database, self.audit)
        self.interviews = Interviews(database, log)
        self.form_media = FormMedia(database)
        self.content = InstalledContent(database, self.audit)
        self.overview = Overview(database)
        self.search_upkeep = SearchUpkeep(database, Answers(database, log), self.watching())
        self.search = Search(database, self.search_upkeep)
        self.links = Links(database, log)
        self.attachments = Attachments(database, log)
        self.drafts = Drafts(database)
        self.handovers = Handovers(database, log)
        self.decisions = Decisions(database, log)
        self.reviews = Reviews(database, log)
        self.consents = Consents(database, log)
        self.referrals = Referrals(database, log)
        self.exports = Exports(database, self.audit)
        self.officers = Officers(database, self.audit)
        self.retention = Retention(database, self.audit)
        self.policies = Policies(database, self.audit)
        self.officer = self.officers.of_slot(unlocked.slot_id)
        self.post = self._laptop.post()
        self.device_id = self._laptop.device_id()
        self.device_public_key = self._laptop.public_key()
        self.anchors = Anchors(unlocked.anchor, self.keys, database, self.audit)

    @property
    def rolled_back(self) -> bool:
        """Whether the database is older than its anchor: nothing is exported until a supervisor has accepted that."""
        return self.anchors.behind

    @property
    def recovery_keys(self) -> tuple[str, ...]:
        """Headquarters' age recipients: they recover the vault and open its exports."""
        return self._laptop.recovery_keys()

    @property
    def receipt_key(self) -> str:
        """The public key that signs headquarters' receipts and packs; empty until a supervisor has set it."""
        return self._laptop.receipt_key()

    @property
    def recovers(self) -> bool:
        """Whether there is a way for headquarters to recover this vault."""
        return bool(self._laptop.recovery_ways())

    @property
    def beside(self) -> tuple[Path, ...]:
        """What restores and repairs put beside this vault, with records of another time in it."""
        return records_beside(self._files.folder)

    @contextmanager
    def together(self) -> Iterator[None]:
        """Do several changes durably or none of them."""
        with self._database.transaction():
            yield

    @property
    def in_transaction(self) -> bool:
        """Whether several changes are being done together."""
        return self._database.in_transaction()

    def sign(self, namespace: str, message: bytes) -> bytes:
        """Sign with the key of this laptop, in OpenSSH's format."""
        return self._laptop.sign(namespace, message)

    def change_passphrase(self, old: str, new: str, floor: Cost) -> None:
        """Exchange the passphrase of the officer at work; what `Keys.change_passphrase` raises."""
        self.officer = self.keys.change_passphrase(self.officer, old, new, floor)

    def rekey(self, why: str = "") -> None:
        """Encrypt everything anew under a new data key; what `Keys.rekey` raises, locked where it was cut off."""
        try:
            self.keys.rekey(self.officer.id, why)
        except VictimIDError as error:
            if error.code == REKEY_CUT_OFF:
                self.lock()
            raise

    def back_up(self, chosen: Path | None = None, watch: Watch | None = None) -> Backup:
        """Make a backup in the vault's folder, or in one that the officer chose; errors as of `Backups.make`."""
        made = self.backups.make(self.backups_in(chosen), watch)
        self.audit.append(Action.BACKUP_MADE, self.officer.id, "", f"{made.name} {'outside' if chosen else 'own'}")
        return made

    def backups_in(self, chosen: Path | None) -> BackupFolder:
        """Return the backups of this vault in a folder that the officer chose, or in the vault's own."""
        return outside_folder(chosen, self.device_id) if chosen else self.backups.own

    def seal_audit(self) -> None:
        """Sign the audit as it stands with the key of this laptop, and anchor it in the header."""
        self._sign_audit()
        self.anchors.renew()

    def mark_erasable(self) -> None:
        """Let the locked screen offer to destroy the keys, or no longer, as the policy says.

        The mark is no protection and needs none: whoever can write it can delete the header as well.
        """
        allowed = self.policies.read().erase_allowed and bool(self.keys.recovery_ways)
        with suppress(OSError):
            if allowed:
                self._files.erasable.touch(mode=0o600)
            else:
                self._files.erasable.unlink(missing_ok=True)

    def accept_rollback(self, why: str = "") -> None:
        """Go on with a database that is older than its anchor; the entry says how far the audit had been, and why.

        Raises ``audit.not_rolled_back``.
        """
        if self.anchors.newest is None or not self.rolled_back:
            raise VictimIDError("audit.not_rolled_back")
        detail = f"{why} anchor={self.anchors.newest.sequence}".strip()
        self.audit.append(Action.ROLLBACK_ACCEPTED, self.officer.id, "", detail)
        self._sign_audit()
        self.anchors.accept()

    def verify(
        self,
        outside: Sequence[OutsideAnchor] = (),
        progress: Progress = lambda _done, _all: None,
        *,
        full: bool = True,
    ) -> Checkup:
        """Check everything against the audit and the audit against its anchors; see `verifying`."""
        # Where that cannot be done, the check itself tells why.
        with suppress(VictimIDError):
            self.search_upkeep.before_search()
        checking = Verifying(
            self._database, self.audit, self.keys.key, self.anchors.newest, outside, self._stopped.is_set
        )
        return checking.run(self.watching(Watch(progress)).step, full=full)

    def quick_check(self) -> None:
        """Check a sample of everything; raises what `quick_check.quick_check` does."""
        quick_check(self._database, self.audit, None if self.rolled_back else self.anchors.newest)

    def device_keys(self) -> tuple[str, ...]:
        """Return the public keys of this device and of those that these records were before."""
        return self._laptop.device_keys()

    def note_tries(self, tries: Sequence[WrongTry], officer: str = "") -> None:
        """Write wrong tries down, all or none, each with the time it was made; mostly nobody knows by whom."""
        with self.together():
            for each in tries:
                self.audit.append(Action.REFUSED, officer, "", each.detail)

    def note_unlocked(self, wrong: Wrong) -> None:
        """Write down, and anchor if possible, that the vault was unlocked and what was wrong before that."""
        noted = {"wrong_tries": wrong.count, "rolled_back": int(self.rolled_back)}
        detail = " ".join(f"{name}={value}" for name, value in noted.items() if value)
        with self.together():
            self.note_tries(wrong.listed)
            self.audit.append(Action.UNLOCKED, self.officer.id, "", detail)
        # Not before: no power loss may leave an anchor that is ahead of the database.
        with suppress(VictimIDError):
            self.anchors.renew()

    def watching(self, watch: Watch | None = None) -> Watch:
        """Return who looks on at long work on this vault: it ends when `stop` says so too."""
        return (watch or Watch()).until(self._stopped.is_set)

    def stop(self) -> None:
        """Let long work end at its next step, on whatever thread, because a lock is to follow; returns at once."""
        self._stopped.set()

    def lock(self, why: str = "") -> None:
        """Note and sign it, close the database, overwrite the key, let go of the folder; twice does no harm.

        Nothing holds it up: a disk so full that the note does not fit is no reason to stay open.
        """
        with suppress(VictimIDError), self._held, suppress(VictimIDError):
            self.ballast.retrying(lambda: self._note_lock(why))

    def _note_lock(self, why: str) -> None:
        with self.together():
            self.audit.append(Action.LOCKED, self.officer.id, "", why)
            self._sign_audit()
        # Only now: had the power gone between, the database would seem older than its anchor.
        self.anchors.renew()

    def _sign_audit(self) -> None:
        self.audit.seal(partial(self.sign, sshsig.AUDIT_NAMESPACE))


def open_vault(
    files: VaultFiles, unlocked: Unlocked, clock: Clock, held: ExitStack, wrong: Wrong | None = None
) -> Vault:
    """Open the database with a key that is there; ``held`` has the folder's lock and wipes the key.

    The audit then has the wrong tries before this one, each by itself as far as they are listed.
    Raises ``vault.database_missing``, ``vault.database_damaged``, ``vault.newer_version``, ``officer.unknown``,
    ``officer.disabled``, ``officer.slot_outdated``, ``vault.upgrade_needs_room``.
    """
    database, current = prepared_database(files, unlocked, clock)
    held.callback(database.close)
    vault = Vault(database, files, current, clock, held)
    vault.officers.require_current(vault.officer, unlocked.written)
    if not vault.rolled_back:
        # An older database does not know who was enrolled since.
        vault.keys.tidy()
    vault.mark_erasable()
    vault.rehearsal.forget_expired()
    vault.ballast.retrying(lambda: vault.note_unlocked(wrong or Wrong(0, 0)))
    return vault
