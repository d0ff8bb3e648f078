"""The vault of one laptop while it is open: one object per kind of record, all on one encrypted database."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from victimid.clock import Clock
from victimid.crypto import rekeying, sshsig
from victimid.crypto.keyfile import Unlocked
from victimid.errors import VictimIDError
from victimid.model.audit import Action, Standing
from victimid.model.checkup import Checkup, OutsideAnchor
from victimid.store.attachments import Attachments
from victimid.store.audit import Audit
from victimid.store.case_log import CaseLog
from victimid.store.cases import Cases
from victimid.store.connection import Database, open_database
from victimid.store.consents import Consents
from victimid.store.decisions import Decisions
from victimid.store.drafts import Drafts
from victimid.store.exports import Exports
from victimid.store.folder import VaultFiles
from victimid.store.form_media import FormMedia
from victimid.store.handovers import Handovers
from victimid.store.interviews import Interviews
from victimid.store.keys import Keys
from victimid.store.laptop import Laptop
from victimid.store.migrations import migrate, schema_version
from victimid.store.officers import Officers
from victimid.store.overview import Overview
from victimid.store.policies import Policies
from victimid.store.referrals import Referrals
from victimid.store.retention import Retention
from victimid.store.reviews import Reviews
from victimid.store.verifying import Progress, Verifying


class Vault:
    """An unlocked vault; every change that matters is one durable transaction together with its audit entry.

    ``held`` is what locking lets go of: the database, the key, the folder. ``rolled_back`` tells that the database
    is older than the anchor in the header: nothing is exported until a supervisor has accepted that.
    """

    def __init__(self, database: Database, header: Path, unlocked: Unlocked, clock: Clock, held: ExitStack) -> None:
        self._held = held
        self._database = database
        self._laptop = Laptop(database)
        self.audit = Audit(database, clock)
        log = CaseLog(database, self.audit)
        self.keys = Keys(header, unlocked.key, database, self.audit)
        self.cases = Cases(database, self.audit)
        self.interviews = Interviews(database, log)
        self.form_media = FormMedia(database)
        self.overview = Overview(database)
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
        self._anchor = unlocked.anchor
        self.rolled_back = self._behind_anchor()

    @property
    def recovery_keys(self) -> tuple[str, ...]:
        """Headquarters' age recipients: they recover the vault and open its exports."""
        return self._laptop.recovery_keys()

    @contextmanager
    def together(self) -> Iterator[None]:
        """Do several changes durably or none of them."""
        with self._database.transaction():
            yield

    def sign(self, namespace: str, message: bytes) -> bytes:
        """Sign with the key of this laptop, in OpenSSH's format."""
        return self._laptop.sign(namespace, message)

    def seal_audit(self) -> None:
        """Sign the audit as it stands with the key of this laptop, and anchor it in the header."""
        self.audit.seal(partial(self.sign, sshsig.AUDIT_NAMESPACE))
        if not self.rolled_back:
            self.keys.anchor(self.audit.standing())

    def accept_rollback(self) -> None:
        """Go on with a database that is older than its anchor; the entry says how far the audit had been."""
        known = self._anchor.sequence if self._anchor else 0
        self.audit.append(Action.ROLLBACK_ACCEPTED, self.officer.id, "", f"anchor={known}")
        self.rolled_back = False
        self.seal_audit()

    def verify(self, outside: Sequence[OutsideAnchor] = (), progress: Progress = lambda _done, _all: None) -> Checkup:
        """Check everything against the audit and the audit against its anchors; see `verifying`."""
        anchor = Standing(self._anchor.sequence, self._anchor.hash) if self._anchor else None
        return Verifying(self._database, self.audit, anchor, outside).run(progress)

    def lock(self) -> None:
        """Note and sign it, close the database, overwrite the key, let go of the folder; twice does no harm.

        Nothing holds it up: a disk so full that the note does not fit is no reason to stay open.
        """
        with suppress(VictimIDError), self._held, suppress(VictimIDError):
            self.audit.append(Action.LOCKED, self.officer.id)
            self.seal_audit()

    def _behind_anchor(self) -> bool:
        return self._anchor is not None and self.audit.hash_at(self._anchor.sequence) != self._anchor.hash


def open_vault(files: VaultFiles, unlocked: Unlocked, clock: Clock, held: ExitStack, wrong_tries: int = 0) -> Vault:
    """Open the database with a key that is there; ``held`` has the folder's lock and wipes the key.

    Raises ``vault.database_missing``, ``vault.database_damaged``, ``vault.newer_version``, ``officer.unknown``,
    ``officer.disabled``, ``officer.slot_outdated``.
    """
    database, current = prepared_database(files, unlocked)
    held.callback(database.close)
    vault = Vault(database, files.header, current, clock, held)
    held.callback(vault.keys.wipe)
    vault.officers.require_current(vault.officer, unlocked.revision)
    vault.keys.tidy()
    noted = {"wrong_tries": wrong_tries, "rolled_back": int(vault.rolled_back)}
    detail = " ".join(f"{name}={value}" for name, value in noted.items() if value)
    vault.audit.append(Action.UNLOCKED, vault.officer.id, "", detail)
    return vault


def prepared_database(files: VaultFiles, unlocked: Unlocked) -> tuple[Database, Unlocked]:
    """Open the database, bring its schema up to date, and return it with the key that fits; see `open_vault`."""
    if not files.database.exists():
        raise VictimIDError("vault.database_missing")
    database, current = _fitting(files, unlocked)
    try:
        _bring_up_to_date(database)
    except VictimIDError:
        database.close()
        raise
    return database, current


def _bring_up_to_date(database: Database) -> None:
    if not schema_version(database):
        # A vault is never put in place without its schema, so this file was emptied.
        raise VictimIDError("vault.database_damaged")
    migrate(database)


def _fitting(files: VaultFiles, unlocked: Unlocked) -> tuple[Database, Unlocked]:
    """Open the database with the one key that fits, and end a rekey that was cut off."""
    if unlocked.next_key is None:
        return open_database(files.database, unlocked.key), unlocked
    try:
        database = open_database(files.database, unlocked.next_key)
    except VictimIDError as error:
        if error.code != "vault.database_damaged":
            raise
        database = open_database(files.database, unlocked.key)
        rekeying.abandon(files.header, unlocked.key)
        unlocked.next_key.wipe()
        return database, replace(unlocked, next_key=None)
    rekeying.finish(files.header, unlocked.key, unlocked.next_key)
    unlocked.key.wipe()
    return database, replace(unlocked, key=unlocked.next_key, next_key=None)
