"""Who gets into a vault: the header with its slots and ways to recover, and what the database knows of them.

The header is written first. A crash in between leaves a slot nobody owns, which the next unlocking removes, or a way
to recover that the database does not list yet; never an officer or an export without a key.
"""

import secrets
from datetime import datetime
from pathlib import Path
from typing import Final

from victimid.crypto import age, keyfile, rekeying
from victimid.crypto.header import Anchor
from victimid.crypto.kdf import FLOOR, Cost
from victimid.crypto.secret import DataKey
from victimid.errors import VictimIDError
from victimid.model.audit import Action, Standing
from victimid.model.people import Officer, Role
from victimid.store.audit import Audit
from victimid.store.connection import Database
from victimid.store.laptop import Laptop
from victimid.store.officers import Officers

_OFFICER_ID_BYTES: Final = 8


class Keys:
    """The keys of one open vault."""

    def __init__(self, header: Path, key: DataKey, database: Database, audit: Audit) -> None:
        self._header = header
        self._key = key
        self._database = database
        self._audit = audit
        self._laptop = Laptop(database)
        self._officers = Officers(database, audit)

    @property
    def key(self) -> DataKey:
        """The data key as it is now; this object wipes it."""
        return self._key

    def enrol(self, name: str, passphrase: str, role: Role, by: str, *, given: bool = True) -> Officer:
        """Let an officer in, under a passphrase that was ``given`` to them unless they chose it.

        Raises ``officer.name_taken``, ``passphrase.too_weak``, ``keyfile.name_empty``.
        """
        officer = Officer(new_officer_id(), name.strip(), role, self._audit.now(), passphrase_given=given)
        self._officers.require_free(officer.name)
        slot_id = keyfile.add_slot(self._header, self._key, officer.name, passphrase)
        self._officers.add(officer, slot_id, by, self._state().slots[slot_id])
        return officer

    def disable(self, officer_id: str, by: str) -> None:
        """Let an officer in no more, from now on; ``officer.unknown``, ``officer.last_manager``."""
        slot_id = self._officers.disable(officer_id, by)
        if slot_id in self._state().slots:
            keyfile.remove_slot(self._header, self._key, slot_id)

    def change_passphrase(self, officer: Officer, old: str, new: str, floor: Cost = FLOOR) -> Officer:
        """Exchange an officer's own passphrase, and return them as they now are.

        Raises ``keyfile.wrong_passphrase``, ``passphrase.too_weak``.
        """
        keyfile.change_passphrase(self._header, officer.name, old, new, floor=floor)
        return self._own_passphrase(officer, Action.SLOT_CHANGED)

    def note_recovered(self, officer: Officer, detail: str = "") -> Officer:
        """Write down that an officer's slot was replaced with headquarters' help, and what was there before."""
        return self._own_passphrase(officer, Action.SLOT_RECOVERED, detail)

    def note_rehearsed(self, by: str) -> None:
        """Write down that headquarters' answer to a rehearsal gave the key of this vault."""
        with self._database.transaction():
            self._laptop.note_rehearsal(self._audit.now())
            self._audit.append(Action.RECOVERY_REHEARSED, by)

    @property
    def recovery_ways(self) -> list[tuple[str, ...]]:
        """Each way to recover: the keys of one person, or of two who do it together."""
        return self._laptop.recovery_ways()

    @property
    def rehearsed_at(self) -> datetime | None:
        """When the recovery was last rehearsed to its end."""
        return self._laptop.rehearsed_at()

    def add_headquarters_key(self, recipient: str, by: str) -> None:
        """Take on a key of headquarters for exports and recovery; raises ``age.*``, ``vault.key_known``."""
        checked = age.check_recipient(recipient)
        if checked in self._laptop.recovery_keys():
            raise VictimIDError("vault.key_known")
        with self._database.transaction():
            self._laptop.add_recovery_key(checked)
            self._note_keys(by, age.fingerprint(checked))
            keyfile.set_recovery(self._header, self._key, self._laptop.recovery_ways())

    def add_recovery_pair(self, first: str, second: str, by: str) -> None:
        """From now on it takes two persons to recover the vault; raises ``age.*``, ``recovery.persons``."""
        pair = age.check_recipient(first), age.check_recipient(second)
        with self._database.transaction():
            self._laptop.add_recovery_pair(*pair)
            self._note_keys(by, " ".join(map(age.fingerprint, pair)))
            keyfile.set_recovery(self._header, self._key, self._laptop.recovery_ways())

    def rekey(self, by: str) -> None:
        """Encrypt everything anew under a new data key; nobody's passphrase changes. Survives a crash anywhere."""
        new_key = rekeying.begin(self._header, self._key, self._laptop.recovery_ways())
        self._audit.append(Action.VAULT_REKEYED, by)
        self._database.rekey(new_key)
        rekeying.finish(self._header, self._key, new_key)
        self._key.wipe()
        self._key = new_key

    def anchor(self, standing: Standing) -> None:
        """Note in the header how far the audit has come."""
        keyfile.set_anchor(self._header, self._key, Anchor(standing.sequence, standing.hash))

    def tidy(self) -> None:
        """Remove slots that belong to nobody or to a disabled officer: what a crash left."""
        wanted = {self._officers.slot_of(officer.id) for officer in self._officers.all() if not officer.disabled_at}
        for slot_id in set(self._state().slots) - wanted:
            keyfile.remove_slot(self._header, self._key, slot_id)

    def wipe(self) -> None:
        """Overwrite the data key."""
        self._key.wipe()

    def _own_passphrase(self, officer: Officer, action: Action, detail: str = "") -> Officer:
        written = self._state().slots[self._officers.slot_of(officer.id)]
        return self._officers.note_own_passphrase(officer.id, action, detail, written)

    def _note_keys(self, by: str, detail: str) -> None:
        content = self._laptop.content()
        self._audit.append(Action.HEADQUARTERS_KEY_ADDED, by, "", detail, content=content)

    def _state(self) -> keyfile.State:
        return keyfile.state(self._header, self._key)


def new_officer_id() -> str:
    """Draw the identifier of an officer."""
    return secrets.token_hex(_OFFICER_ID_BYTES)
