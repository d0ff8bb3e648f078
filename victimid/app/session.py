"""An officer's open session: the unlocked vault with everything the use cases need, handed to each of them."""

import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from victimid.app.access import Access
from victimid.app.content import Content
from victimid.clock import Clock, Seconds, uptime
from victimid.crypto import age
from victimid.crypto import passphrase as passphrases
from victimid.crypto.kdf import FLOOR, Cost
from victimid.crypto.passphrase import Strength
from victimid.crypto.recovery_request import Request
from victimid.errors import VictimIDError
from victimid.store import recovering
from victimid.store import vault as vaults
from victimid.store.every_header import erase_slots
from victimid.store.folder import VaultFiles
from victimid.store.tries import Tries
from victimid.store.vault import Vault, VaultSetup
from victimid.store.workshop import finish_taking

__all__ = ["Door", "Session", "VaultSetup", "checked_recipient", "new_id", "passphrase_strength"]


@dataclass(frozen=True, slots=True)
class Sources:
    """What a case is read from once somebody was let in."""

    vault: Vault
    content: Content
    clock: Clock


@dataclass(frozen=True, slots=True)
class Session:
    """Lives from unlock to lock; belongs to the thread that opened it. ``tries`` are those at the lock."""

    vault: Vault
    content: Content
    clock: Clock
    access: Access
    tries: Tries
    floor: Cost = FLOOR

    @property
    def officer_id(self) -> str:
        """Id of the officer at work."""
        return self.vault.officer.id

    @property
    def sources(self) -> Sources:
        """What use cases read a case from, after asking `access`."""
        return Sources(self.vault, self.content, self.clock)

    def note_tries(self) -> None:
        """Write down the wrong tries of the officer at work; where that fails, the next unlocking does."""
        with suppress(VictimIDError):
            self.vault.note_tries(self.tries.listed(), self.officer_id)
            self.tries.forget_listed()

    def stop(self) -> None:
        """Let long work end at its next step, because a lock is to follow; from any thread, and at once."""
        self.vault.stop()

    def lock(self, why: str = "") -> None:
        """Write the lock to the audit, close the vault, drop its keys. Never asks."""
        self.vault.lock(why)


class Door:
    """The way into one vault: whether it exists, how to create it, how to unlock it."""

    def __init__(
        self,
        folder: Path,
        content: Content,
        clock: Clock,
        cost: Cost | None = None,
        floor: Cost = FLOOR,
        uptime: Seconds = uptime,
    ) -> None:
        self.folder = folder
        self.uptime = uptime
        self._opened: Session | None = None
        self._cost = cost
        self.floor = floor
        self._content = content
        self.clock = clock

    def exists(self) -> bool:
        """Tell whether there is a vault to unlock, once a restore or repair that a crash cut off is ended."""
        finish_taking(self.folder)
        return vaults.vault_exists(self.folder)

    def seconds_to_wait(self) -> int:
        """Return how long the next try has to wait after wrong ones."""
        return vaults.wait_before_try(self.folder, self.uptime)

    def create(self, setup: VaultSetup) -> Session:
        """Create the vault with its first officer and open it; raises ``passphrase.too_weak``, ``age.*``."""
        return self._session(vaults.create_vault(self.folder, setup, self.clock, self._cost))

    def unlock(self, name: str, passphrase: str) -> Session:
        """Open the vault; raises ``vault.wrong_passphrase``, ``vault.wait`` and errors of damage."""
        finish_taking(self.folder)
        vault = vaults.unlock_vault(self.folder, name, passphrase, self.clock, self.floor, self.uptime)
        return self._session(vault)

    def request_recovery(self, name: str, passphrase: str) -> Request:
        """Begin to recover access under a new passphrase; raises what `recovering.request_recovery` does."""
        return recovering.request_recovery(self.folder, name, passphrase, self.clock, self.floor)

    def awaits_answer(self) -> bool:
        """Tell whether a request waits for headquarters' answer."""
        try:
            return bool(recovering.waiting_requests(self.folder))
        except VictimIDError:
            return False

    def recover(self, name: str, passphrase: str, answer: bytes) -> Session:
        """Open the vault with headquarters' answer; raises what `recovering.recover_vault` does."""
        vault = recovering.recover_vault(self.folder, name, passphrase, answer, self.clock, self.floor, self.uptime)
        return self._session(vault)

    def recoverable(self) -> bool:
        """Tell whether headquarters can recover the vault, as far as its header can be read."""
        return recovering.recoverable(self.folder)

    def may_erase(self) -> bool:
        """Tell whether the locked screen may offer to destroy the keys.

        The policy allows it as of the last unlocking (it cannot be read now), and headquarters could recover.
        """
        return VaultFiles(self.folder).erasable.exists() and self.recoverable()

    def erase(self) -> None:
        """Destroy every officer's key slot, so that only headquarters can recover the vault.

        Those of its backups and of what stands beside it go too. Raises ``erase.not_allowed`` and what
        `every_header.erase_slots` does.
        """
        if not VaultFiles(self.folder).erasable.exists():
            raise VictimIDError("erase.not_allowed")
        erase_slots(self.folder)

    def lock(self, why: str = "") -> None:
        """Lock what was opened last, also if nobody took it: the officer may be gone before the vault is open."""
        session, self._opened = self._opened, None
        if session is not None:
            session.lock(why)

    def _session(self, vault: Vault) -> Session:
        tries = Tries(VaultFiles(self.folder).tries, self.uptime, self.clock)
        self._opened = Session(vault, self._content, self.clock, Access(vault), tries, self.floor)
        return self._opened


def passphrase_strength(passphrase: str, officer_name: str = "") -> Strength:
    """Estimate a passphrase while it is typed; the officer's own name in it is worth little."""
    return passphrases.strength(passphrase, officer_name)


def checked_recipient(text: str) -> str:
    """Return headquarters' public key, typed or pasted, in its one spelling; raises ``age.*``."""
    return age.check_recipient(text)


def new_id() -> str:
    """Return a random identifier for a record."""
    return secrets.token_hex(16)
