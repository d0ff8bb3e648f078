"""A forgotten passphrase: the request of a locked vault, and the new passphrase once headquarters has answered."""

from contextlib import closing, suppress
from pathlib import Path
from typing import Final

from victimid.clock import Clock, Seconds, uptime
from victimid.crypto import header, keyfile, pending, recovery
from victimid.crypto.kdf import FLOOR, Cost
from victimid.crypto.keyfile import Unlocked
from victimid.crypto.recovery_request import Request
from victimid.errors import VictimIDError
from victimid.model.wrong_try import TriedAt
from victimid.store.audit import Audit
from victimid.store.connection import Database
from victimid.store.folder import ProcessLock, VaultFiles
from victimid.store.holding import let_go_on_failure
from victimid.store.officers import Officers
from victimid.store.open_vault import Vault, open_vault
from victimid.store.preparing import prepared_database
from victimid.store.tries import Tries

_ERASED: Final = "erased"


def request_recovery(folder: Path, name: str, passphrase: str, clock: Clock, floor: Cost = FLOOR) -> Request:
    """Begin the recovery of an officer's access under a new passphrase; what `recovery.begin` raises."""
    files = VaultFiles(folder)
    return recovery.begin(files.header, files.recovery, name, passphrase, clock(), floor=floor)


def waiting_requests(folder: Path) -> tuple[Request, ...]:
    """Return the requests that wait for an answer; what `recovery.waiting` raises."""
    files = VaultFiles(folder)
    return recovery.waiting(files.header, files.recovery)


def recoverable(folder: Path) -> bool:
    """Tell whether the header can be read and has a way to recover."""
    try:
        return bool(header.read(VaultFiles(folder).header).recovery)
    except VictimIDError:
        return False


def recover_vault(
    folder: Path,
    name: str,
    passphrase: str,
    answer: bytes,
    clock: Clock,
    floor: Cost = FLOOR,
    uptime: Seconds = uptime,
) -> Vault:
    """Let the officer in with the new passphrase and headquarters' answer, and return the vault open.

    Raises ``vault.in_use``, ``officer.unknown``, ``officer.disabled``, what `recovery.open_answer` and `open_vault`
    raise; until the new slot is written nothing has changed.
    """
    files = VaultFiles(folder)
    with let_go_on_failure() as held:
        held.callback(ProcessLock(files.lock).release)
        tries = Tries(files.tries, uptime, clock)
        tries.miss()
        with tries.one(TriedAt.RECOVERY) as wrong:
            found = recovery.open_answer(files.header, files.recovery, name, passphrase, answer, clock(), floor=floor)
            for key in filter(None, (found.key, found.next_key)):
                held.callback(key.wipe)
            stored = header.read(files.header)
            unlocked = Unlocked("", found.key, 0, stored.anchor, found.next_key)
            slot = _replaced_slot(files, unlocked, name, passphrase, clock)
            vault = open_vault(files, slot, clock, held, wrong)
        tries.forget_listed()
        called = vault.officers.call(vault.officer, name)
        vault.officer = vault.keys.note_recovered(called, "" if stored.slots else _ERASED)
        with suppress(VictimIDError):
            pending.forget(files.recovery, found.requests)
        return vault


def _replaced_slot(files: VaultFiles, unlocked: Unlocked, name: str, passphrase: str, clock: Clock) -> Unlocked:
    """Write the officer's new slot and return what unlocking with it would."""
    database, current = prepared_database(files, unlocked, clock)
    with closing(database):
        slot_id, above = _slot_of(database, name, clock)
        if slot_id in keyfile.state(files.header, current.key).slots:
            keyfile.replace_slot(files.header, current.key, slot_id, name, passphrase, above)
        else:
            keyfile.add_slot(files.header, current.key, name, passphrase, slot_id, above)
    written = keyfile.state(files.header, current.key).slots[slot_id]
    return Unlocked(slot_id, current.key, written, current.anchor)


def _slot_of(database: Database, name: str, clock: Clock) -> tuple[str, int]:
    """Return an officer's key slot and the revision with which it was last written, as the database knows them."""
    officers = Officers(database, Audit(database, clock))
    officer = officers.named(name)
    officers.require_enabled(officer)
    return officers.slot_of(officer.id), officers.slot_revision(officer)
