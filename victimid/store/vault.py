"""Making a vault and unlocking it; there is never half a vault, and guessing at the keyboard gets slow."""

import re
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from victimid.clock import Clock, Seconds, uptime
from victimid.crypto import age, keyfile
from victimid.crypto.kdf import FLOOR, Cost, tuned
from victimid.crypto.keyfile import Unlocked
from victimid.errors import VictimIDError
from victimid.model.audit import Action
from victimid.model.people import Officer, Post, Role
from victimid.model.wrong_try import TriedAt
from victimid.paths import sync_folder
from victimid.store.audit import Audit
from victimid.store.connection import open_database
from victimid.store.folder import ProcessLock, VaultFiles, named_disk_errors
from victimid.store.holding import let_go_on_failure
from victimid.store.keys import new_officer_id
from victimid.store.laptop import Laptop
from victimid.store.migrations import migrate
from victimid.store.officers import Officers, checked_name
from victimid.store.open_vault import Vault, open_vault
from victimid.store.tries import Tries
from victimid.store.workshop import put_in_place, require_free, tries_file, vault_exists, workshop
from victimid.system import free_memory

__all__ = ["Vault", "VaultSetup", "create_vault", "unlock_vault", "vault_exists", "wait_before_try"]

_PREFIX: Final = re.compile("[A-Z]{2}")


@dataclass(frozen=True, slots=True)
class VaultSetup:
    """What is asked at the first start; recovery keys are age recipients of headquarters.

    Where there is a ``recovery_pair``, it takes two persons to recover the vault.
    """

    post: Post
    officer_name: str
    passphrase: str = field(repr=False)
    recovery_keys: tuple[str, ...] = ()
    recovery_pair: tuple[str, str] | None = None


def wait_before_try(folder: Path, uptime: Seconds = uptime) -> int:
    """Return the seconds until a passphrase may be tried, be there a vault or not."""
    return Tries(tries_file(folder), uptime).wait()


def create_vault(folder: Path, setup: VaultSetup, clock: Clock, cost: Cost | None = None) -> Vault:
    """Make a vault with its first officer, a supervisor, and return it open.

    It is built beside its place and moved there as a whole. Raises ``vault.exists``,
    ``vault.folder_not_empty``, ``vault.prefix``, ``passphrase.too_weak``, ``keyfile.name_empty``,
    ``officer.name_unfit``, ``vault.disk_full``, ``recovery.persons``, and what age says of a recovery key.
    Without a cost the key derivation is tuned to this machine.
    """
    require_free(folder)
    checked = _checked(setup)
    with named_disk_errors(), workshop(folder) as files:
        unlocked = _build(files, checked, clock, cost or tuned(free_memory()))
        sync_folder(files.folder)
    try:
        with named_disk_errors():
            put_in_place(files.folder, folder)
    except VictimIDError:
        unlocked.key.wipe()
        raise
    return _opened(VaultFiles(folder), unlocked, clock)


def unlock_vault(
    folder: Path, name: str, passphrase: str, clock: Clock, floor: Cost = FLOOR, uptime: Seconds = uptime
) -> Vault:
    """Open the vault for the officer with this name and passphrase.

    Raises ``vault.in_use``, ``vault.wait`` (seconds), ``vault.wrong_passphrase`` (tries_left, wait), what
    ``keyfile.unlock`` says of the header, and what ``open_vault`` says of the database.
    """
    files = VaultFiles(folder)
    if not vault_exists(folder):
        raise VictimIDError("keyfile.missing")
    with let_go_on_failure() as held:
        held.callback(ProcessLock(files.lock).release)
        tries = Tries(files.tries, uptime, clock)
        tries.miss()
        with tries.one(TriedAt.UNLOCK) as wrong:
            unlocked = keyfile.unlock(files.header, name, passphrase, floor=floor)
            for key in filter(None, (unlocked.key, unlocked.next_key)):
                held.callback(key.wipe)
            vault = open_vault(files, unlocked, clock, held, wrong)
        tries.forget_listed()
        vault.officer = vault.officers.call(vault.officer, name)
        return vault


def _opened(files: VaultFiles, unlocked: Unlocked, clock: Clock) -> Vault:
    with let_go_on_failure() as held:
        held.callback(unlocked.key.wipe)
        held.callback(ProcessLock(files.lock).release)
        return open_vault(files, unlocked, clock, held)


def _checked(setup: VaultSetup) -> VaultSetup:
    """Return the setup with prefix, name and every key in their one spelling; headquarters' keys are of one kind."""
    prefix = setup.post.prefix.strip().upper()
    if not _PREFIX.fullmatch(prefix):
        raise VictimIDError("vault.prefix")
    post, name = replace(setup.post, prefix=prefix), checked_name(setup.officer_name)
    keys = age.check_recipients(setup.recovery_keys)
    checked = replace(setup, post=post, officer_name=name, recovery_keys=keys)
    if setup.recovery_pair is None:
        return checked
    first, second = map(age.check_recipient, setup.recovery_pair)
    return replace(checked, recovery_pair=(first, second))


def _build(files: VaultFiles, setup: VaultSetup, clock: Clock, cost: Cost) -> Unlocked:
    pair = setup.recovery_pair
    ways = [pair] if pair else [(recipient,) for recipient in setup.recovery_keys]
    unlocked = keyfile.create(files.header, setup.officer_name, setup.passphrase, recovery=ways, cost=cost)
    officer = Officer(new_officer_id(), setup.officer_name, Role.SUPERVISOR, clock())
    with let_go_on_failure() as held:
        held.callback(unlocked.key.wipe)
        with closing(open_database(files.database, unlocked.key)) as database:
            migrate(database)
            audit = Audit(database, clock)
            laptop = Laptop(database)
            with database.transaction():
                laptop.set_up(setup.post, setup.recovery_keys)
                if pair:
                    laptop.add_recovery_pair(*pair)
                audit.append(Action.VAULT_CREATED, officer.id, content=laptop.content())
                Officers(database, audit).add(officer, unlocked.slot_id, officer.id, unlocked.written)
        Tries(files.tries).reset()
    return unlocked
