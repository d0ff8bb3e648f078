"""Who gets into a vault: the header with its slots and ways to recover, and what the database knows of them.

The header is written first. A crash in between leaves a slot nobody owns, which the next unlocking removes, or a way
to recover that the database does not list yet; never an officer or an export without a key.
"""

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from victimid.crypto import age, keyfile, rekeying, sshsig
from victimid.crypto.header import Anchor
from victimid.crypto.kdf import FLOOR, Cost
from victimid.crypto.secret import DataKey
from victimid.errors import VictimIDError
from victimid.model.audit import Action, AuditQuery, Standing
from victimid.model.people import Officer, Role
from victimid.store.audit import Audit
from victimid.store.ballast import Ballast
from victimid.store.connection import Database
from victimid.store.disk_room import require_room
from victimid.store.every_header import keep_slots_beside
from victimid.store.laptop import Laptop
from victimid.store.officers import Officers, checked_name

REKEY_CUT_OFF: Final = "vault.rekey_cut_off"
_OFFICER_ID_BYTES: Final = 8


class Keys:
    """The keys of one open vault."""

    def __init__(self, header: Path, key: DataKey, database: Database, audit: Audit, ballast: Ballast) -> None:
        self._header = header
        self._key = key
        self._database = database
        self._audit = audit
        self._ballast = ballast
        self._laptop = Laptop(database)
        self._officers = Officers(database, audit)

    @property
    def key(self) -> DataKey:
        """The data key as it is now; this object wipes it."""
        return self._key

    def enrol(self, name: str, passphrase: str, role: Role, by: str, *, given: bool = True) -> Officer:
        """Let an officer in, under a passphrase that was ``given`` to them unless they chose it.

        Raises ``officer.name_taken``, ``officer.name_unfit``, ``passphrase.too_weak``, ``keyfile.name_empty``,
        ``keyfile.full``.
        """
        officer = Officer(new_officer_id(), checked_name(name), role, self._audit.now(), passphrase_given=given)
        self._officers.require_free(officer.name)
        slot_id = keyfile.add_slot(self._header, self._key, officer.name, passphrase)
        self._officers.add(officer, slot_id, by, self._written(slot_id))
        return officer

    def disable(self, officer_id: str, by: str, detail: str = "") -> tuple[Path, ...]:
        """Let an officer in no more, from now on, also into what stands beside the vault.

        Returns where they may still get in. Raises ``officer.unknown``, ``officer.last_manager``.
        """
        slot_id = self._officers.disable(officer_id, by, detail)
        if slot_id in self._state().slots:
            keyfile.remove_slot(self._header, self._key, slot_id)
        return keep_slots_beside(self._header.parent, self._key, self._wanted())

    def change_passphrase(self, officer: Officer, old: str, new: str, floor: Cost = FLOOR) -> Officer:
        """Exchange an officer's own passphrase, and return them as they now are.

        Raises ``vault.no_room``, ``keyfile.wrong_passphrase``, ``passphrase.too_weak``, ``keyfile.not_written``, where
        nothing was changed, and ``officer.passphrase_not_noted``, where it was.
        """
        require_room(self._header.parent, 0)
        keyfile.change_passphrase(self._header, officer.name, old, new, floor=floor)
        return self._own_passphrase(officer, Action.SLOT_CHANGED)

    def give_passphrase(self, officer_id: str, passphrase: str, by: str) -> Officer:
        """Give an officer who has not chosen a passphrase yet another one to begin with, in place of the last.

        Raises ``officer.unknown``, ``officer.disabled``, ``officer.own_passphrase``, ``passphrase.too_weak``.
        """
        officer = self._officers.get(officer_id)
        self._officers.require_enabled(officer)
        if not officer.passphrase_given:
            raise VictimIDError("officer.own_passphrase")
        slot_id, above = self._officers.slot_of(officer.id), self._officers.slot_revision(officer)
        keyfile.replace_slot(self._header, self._key, slot_id, officer.name, passphrase, above)
        self._ballast.retrying(lambda: self._officers.note_given(officer, by, self._written(slot_id)))
        return officer

    def note_recovered(self, officer: Officer, detail: str = "") -> Officer:
        """Write down that an officer's slot was replaced with headquarters' help, and what was there before.

        Raises ``officer.passphrase_not_noted``.
        """
        return self._own_passphrase(officer, Action.SLOT_RECOVERED, detail)

    def note_rehearsed(self, by: str) -> None:
        """Write down that headquarters' answer to a rehearsal gave the key of this vault."""
        self._audit.append(Action.RECOVERY_REHEARSED, by)

    @property
    def recovery_ways(self) -> list[tuple[str, ...]]:
        """Each way to recover: the keys of one person, or of two who do it together."""
        return self._laptop.recovery_ways()

    @property
    def recovery_pairs(self) -> tuple[tuple[str, str], ...]:
        """The keys of every two persons who recover the vault together."""
        return tuple(self._laptop.recovery_pairs())

    @property
    def rehearsed_at(self) -> datetime | None:
        """When the recovery was last rehearsed to its end, as the audit has it."""
        last = self._audit.entries(1, AuditQuery(actions=(Action.RECOVERY_REHEARSED,)))
        return last[0].at if last else None

    def add_headquarters_key(self, recipient: str, by: str) -> None:
        """Take on a key of headquarters for exports and recovery; raises ``age.*``, ``vault.key_known``.

        ``age.mixed_recipients`` refuses a key of another kind than those that are there: no export could be written.
        """
        *known, checked = age.check_recipients([*self._laptop.recovery_keys(), recipient])
        if checked in known:
            raise VictimIDError("vault.key_known")
        with self._database.transaction():
            self._laptop.add_recovery_key(checked)
            self._ways_changed(Action.HEADQUARTERS_KEY_ADDED, by, checked)

    def add_recovery_pair(self, first: str, second: str, by: str) -> None:
        """From now on it takes two persons to recover the vault.

        Raises ``age.*``, ``vault.key_known``, ``recovery.persons``.
        """
        pair = age.check_recipient(first), age.check_recipient(second)
        if pair in self._laptop.recovery_pairs():
            raise VictimIDError("vault.key_known")
        with self._database.transaction():
            self._laptop.add_recovery_pair(*pair)
            self._ways_changed(Action.HEADQUARTERS_KEY_ADDED, by, *pair)

    def remove_headquarters_key(self, recipient: str, by: str) -> None:
        """Let a key of headquarters open nothing that is written from now on, but never the last one.

        Raises ``age.*``, ``vault.key_unknown``, ``vault.last_key``.
        """
        checked = age.check_recipient(recipient)
        _require_another(checked, self._laptop.recovery_keys())
        with self._database.transaction():
            self._laptop.remove_recovery_key(checked)
            self._ways_changed(Action.HEADQUARTERS_KEY_REMOVED, by, checked)

    def replace_headquarters_keys(self, recipients: Sequence[str], by: str) -> None:
        """Take these keys of headquarters in place of all before, which may be of another kind.

        Raises ``age.*``, ``age.no_recipient`` for none, and ``vault.key_known`` where they are all there are already.
        """
        checked = age.check_recipients(recipients)
        before = self._laptop.recovery_keys()
        gone = [key for key in before if key not in checked]
        fresh = [key for key in dict.fromkeys(checked) if key not in before]
        if not checked:
            raise VictimIDError("age.no_recipient")
        if not gone and not fresh:
            raise VictimIDError("vault.key_known")
        with self._database.transaction():
            for key in gone:
                self._laptop.remove_recovery_key(key)
            for key in fresh:
                self._laptop.add_recovery_key(key)
            for action, keys in ((Action.HEADQUARTERS_KEY_REMOVED, gone), (Action.HEADQUARTERS_KEY_ADDED, fresh)):
                for key in keys:
                    self._ways_changed(action, by, key)

    def remove_recovery_pair(self, first: str, second: str, by: str) -> None:
        """Let two persons recover the vault no more, but never the last two: one alone could do it then.

        Raises ``age.*``, ``vault.key_unknown``, ``vault.last_key``.
        """
        pair = age.check_recipient(first), age.check_recipient(second)
        _require_another(pair, self._laptop.recovery_pairs())
        with self._database.transaction():
            self._laptop.remove_recovery_pair(*pair)
            self._ways_changed(Action.HEADQUARTERS_KEY_REMOVED, by, *pair)

    def set_receipt_key(self, public_key: str, by: str) -> None:
        """Take headquarters' receipts by this key alone; raises ``signature.bad_public_key``, ``vault.key_known``."""
        checked = sshsig.check_public(public_key)
        if checked == self._laptop.receipt_key():
            raise VictimIDError("vault.key_known")
        with self._database.transaction():
            self._laptop.set_receipt_key(checked)
            content = self._laptop.content()
            self._audit.append(Action.RECEIPT_KEY_SET, by, "", sshsig.fingerprint(checked), content=content)

    def rekey(self, by: str, detail: str = "") -> None:
        """Encrypt everything anew under a new data key; nobody's passphrase changes. Survives a crash anywhere.

        Raises ``vault.no_room`` and what `rekeying.begin` does where nothing was begun; ``vault.rekey_cut_off`` where
        the vault has to be closed, and the next unlocking ends it.
        """
        require_room(self._header.parent, self._database.room_for_rekey())
        new_key = rekeying.begin(self._header, self._key, self._laptop.recovery_ways())
        try:
            self._database.rekey(new_key)
            self._audit.append(Action.VAULT_REKEYED, by, "", detail)
            rekeying.finish(self._header, self._key, new_key)
        except VictimIDError as error:
            new_key.wipe()
            raise VictimIDError(REKEY_CUT_OFF) from error
        self._key.wipe()
        self._key = new_key

    def anchor(self, standing: Standing) -> None:
        """Note in the header how far the audit has come."""
        keyfile.set_anchor(self._header, self._key, Anchor(standing.sequence, standing.hash))

    def tidy(self) -> None:
        """Remove slots that belong to nobody or to a disabled officer: what a crash left."""
        for slot_id in set(self._state().slots) - self._wanted():
            keyfile.remove_slot(self._header, self._key, slot_id)

    def wipe(self) -> None:
        """Overwrite the data key."""
        self._key.wipe()

    def _wanted(self) -> set[str]:
        """Return the slots of all who may come in."""
        return {self._officers.slot_of(officer.id) for officer in self._officers.all() if not officer.disabled_at}

    def _own_passphrase(self, officer: Officer, action: Action, detail: str = "") -> Officer:
        """Note a passphrase that counts already, if need be in the room that was kept for this."""
        try:
            return self._ballast.retrying(lambda: self._noted(officer, action, detail))
        except VictimIDError as error:
            raise VictimIDError("officer.passphrase_not_noted") from error

    def _noted(self, officer: Officer, action: Action, detail: str) -> Officer:
        written = self._written(self._officers.slot_of(officer.id))
        return self._officers.note_own_passphrase(officer.id, action, detail, written)

    def _written(self, slot_id: str) -> int:
        """Return the revision of the header with which a slot was written."""
        return self._state().slots[slot_id]

    def _ways_changed(self, action: Action, by: str, *recipients: str) -> None:
        detail = " ".join(map(age.fingerprint, recipients))
        self._audit.append(action, by, "", detail, content=self._laptop.content())
        keyfile.set_recovery(self._header, self._key, self._laptop.recovery_ways())

    def _state(self) -> keyfile.State:
        return keyfile.state(self._header, self._key)


def _require_another(gone: object, known: Collection[object]) -> None:
    if gone not in known:
        raise VictimIDError("vault.key_unknown")
    if len(known) == 1:
        raise VictimIDError("vault.last_key")


def new_officer_id() -> str:
    """Draw the identifier of an officer."""
    return secrets.token_hex(_OFFICER_ID_BYTES)
