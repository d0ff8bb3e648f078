"""The vault of one laptop while it is open: one object per kind of record, all on one encrypted database."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path

from victimid.clock import Clock
from victimid.crypto import age, keyfile, sshsig
from victimid.crypto.keyfile import Unlocked
from victimid.errors import VictimIDError
from victimid.model.audit import Action
from victimid.store.answers import Answers
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
from victimid.store.laptop import Laptop
from victimid.store.links import Links
from victimid.store.migrations import migrate, schema_version
from victimid.store.officers import Officers
from victimid.store.overview import Overview
from victimid.store.policies import Policies
from victimid.store.referrals import Referrals
from victimid.store.search import Search
from victimid.store.search_upkeep import SearchUpkeep


class Vault:
    """An unlocked vault; every change that matters is one durable transaction together with its audit entry.

    ``held`` is what locking lets go of: the database, the key, the folder.
    """

    def __init__(self, database: Database, header: Path, unlocked: Unlocked, clock: Clock, held: ExitStack) -> None:
        self._held = held
        self._database = database
        self._header = header
        self._key = unlocked.key
        self._laptop = Laptop(database)
        self.audit = Audit(database, clock)
        self.cases = Cases(database, self.audit)
        log = CaseLog(database, self.audit)
        self.interviews = Interviews(database, log)
        self.form_media = FormMedia(database)
        self.overview = Overview(database)
        self.search = Search(database)
        self.search_upkeep = SearchUpkeep(database, Answers(database, log))
        self.links = Links(database, self.audit)
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

    def seal_audit(self) -> None:
        """Sign the audit as it stands with the key of this laptop."""
        self.audit.seal(partial(self.sign, sshsig.AUDIT_NAMESPACE))

    def lock(self) -> None:
        """Note and sign it, close the database, overwrite the key, let go of the folder; twice does no harm.

        Nothing holds it up: a disk so full that the note does not fit is no reason to stay open.
        """
        with suppress(VictimIDError), self._held, suppress(VictimIDError):
            self.audit.append(Action.LOCKED, self.officer.id)
            self.seal_audit()


def open_vault(files: VaultFiles, unlocked: Unlocked, clock: Clock, held: ExitStack, wrong_tries: int = 0) -> Vault:
    """Open the database with a key that is there; ``held`` has the folder's lock and wipes the key.

    Raises ``vault.database_missing``, ``vault.database_damaged``, ``vault.newer_version``, ``officer.unknown``.
    """
    if not files.database.exists():
        raise VictimIDError("vault.database_missing")
    database = open_database(files.database, unlocked.key)
    held.callback(database.close)
    if not schema_version(database):
        # A vault is never put in place without its schema, so this file was emptied.
        raise VictimIDError("vault.database_damaged")
    migrate(database)
    vault = Vault(database, files.header, unlocked, clock, held)
    detail = f"wrong_tries={wrong_tries}" if wrong_tries else ""
    vault.audit.append(Action.UNLOCKED, vault.officer.id, "", detail)
    return vault
