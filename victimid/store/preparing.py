"""The database of a vault made ready for use: a rekey brought to its end, the schema brought up to date."""

from dataclasses import replace

from victimid.clock import Clock
from victimid.crypto import rekeying
from victimid.crypto.keyfile import Unlocked
from victimid.errors import VictimIDError
from victimid.model.audit import Action
from victimid.store.audit import Audit
from victimid.store.backups import Backups
from victimid.store.ballast import Ballast
from victimid.store.connection import Database, open_database
from victimid.store.folder import VaultFiles
from victimid.store.holding import let_go_on_failure
from victimid.store.keys import REKEY_CUT_OFF
from victimid.store.migrations import STEPS, migrate, schema_version


def prepared_database(files: VaultFiles, unlocked: Unlocked, clock: Clock) -> tuple[Database, Unlocked]:
    """Open the database, bring its schema up to date, and return it with the key that fits.

    Raises ``vault.database_missing``, ``vault.database_damaged``, ``vault.newer_version``, and
    ``vault.upgrade_needs_room`` where records of an earlier schema cannot be backed up first.
    """
    if not files.database.exists():
        raise VictimIDError("vault.database_missing")
    # A full disk refuses even to open a database with a journal.
    database, current = Ballast(files.ballast).retrying(lambda: _fitting(files, unlocked, clock))
    try:
        _bring_up_to_date(files, database, current, clock)
    except BaseException:
        database.close()
        raise
    return database, current


def _fitting(files: VaultFiles, unlocked: Unlocked, clock: Clock) -> tuple[Database, Unlocked]:
    """Open the database with the one key that fits; end a rekey that was cut off, and note which way."""
    if unlocked.next_key is None:
        return open_database(files.database, unlocked.key), unlocked
    with let_go_on_failure() as held:
        try:
            database = open_database(files.database, unlocked.next_key)
        except VictimIDError as error:
            if error.code != "vault.database_damaged":
                raise
            database = open_database(files.database, unlocked.key)
            held.callback(database.close)
            _note(database, clock, Action.FAILED, f"{Action.VAULT_REKEYED} {REKEY_CUT_OFF}")
            rekeying.abandon(files.header, unlocked.key)
            unlocked.next_key.wipe()
            return database, replace(unlocked, next_key=None)
        held.callback(database.close)
        _note(database, clock, Action.VAULT_REKEYED, "finished")
        rekeying.finish(files.header, unlocked.key, unlocked.next_key)
        unlocked.key.wipe()
        return database, replace(unlocked, key=unlocked.next_key, next_key=None)


def _note(database: Database, clock: Clock, action: Action, detail: str) -> None:
    """Write it down before the header forgets it: after a crash in between it stands there twice, never not at all."""
    if schema_version(database) == len(STEPS):
        Audit(database, clock).append(action, "", "", detail)


def _bring_up_to_date(files: VaultFiles, database: Database, unlocked: Unlocked, clock: Clock) -> None:
    version = schema_version(database)
    if not version:
        # A vault is never put in place without its schema, so this file was emptied.
        raise VictimIDError("vault.database_damaged")
    if version >= len(STEPS):
        migrate(database)
        return
    saved = _saved(files, unlocked, clock)
    migrate(database)
    Audit(database, clock).append(Action.BACKUP_MADE, "", "", f"{saved} own")


def _saved(files: VaultFiles, unlocked: Unlocked, clock: Clock) -> str:
    """Back up records of an earlier schema and return the backup's name; without one they stay as they are."""
    try:
        return Backups(files, lambda: unlocked.key, clock).make().name
    except VictimIDError as error:
        if error.code in {"vault.no_room", "vault.disk_full"}:
            raise VictimIDError("vault.upgrade_needs_room") from error
        raise
