"""What a vault knows of its own laptop: the post it serves, its signing key, headquarters' public keys."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Final

from victimid.crypto import sshsig
from victimid.model.people import Post
from victimid.store import search_words
from victimid.store.connection import Database
from victimid.store.contents import digest_of

_INSERT: Final = """INSERT INTO laptop (only_one, organisation, unit, place, country, prefix, laptop,
    device_id, public_key, private_key, search_version) VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""


class Laptop:
    """The laptop's side of a vault; written when the vault is made, headquarters' keys also later."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def set_up(self, post: Post, recipients: Sequence[str]) -> None:
        """Keep the post and headquarters' keys, and draw the signing key of this device."""
        key = sshsig.new_key()
        place = (post.organisation, post.unit, post.place, post.country, post.prefix, post.laptop)
        device = (sshsig.device_id(key.public), key.public, key.private)
        with self._database.transaction():
            self._database.execute(_INSERT, (*place, *device, search_words.VERSION))
            for recipient in recipients:
                self._database.execute("INSERT INTO recovery_key (recipient) VALUES (?)", (recipient,))

    def post(self) -> Post:
        """Return the post this laptop belongs to."""
        [row] = self._database.rows("SELECT organisation, unit, place, country, prefix, laptop FROM laptop")
        return Post(*row)

    def device_id(self) -> str:
        """Return the name under which headquarters knows this laptop, derived from its public key."""
        return str(self._database.value("SELECT device_id FROM laptop"))

    def public_key(self) -> str:
        """Return the public signing key as an OpenSSH line."""
        return str(self._database.value("SELECT public_key FROM laptop"))

    def recovery_keys(self) -> tuple[str, ...]:
        """Return headquarters' age recipients."""
        rows = self._database.rows("SELECT recipient FROM recovery_key ORDER BY position")
        return tuple(recipient for (recipient,) in rows)

    def add_recovery_key(self, recipient: str) -> None:
        """Keep one more of headquarters' age recipients."""
        self._database.execute("INSERT INTO recovery_key (recipient) VALUES (?)", (recipient,))

    def remove_recovery_key(self, recipient: str) -> None:
        """Keep one of headquarters' age recipients no longer."""
        self._database.execute("DELETE FROM recovery_key WHERE recipient = ?", (recipient,))

    def draw_key(self) -> None:
        """Become another device, with a signing key of its own."""
        key = sshsig.new_key()
        values = (sshsig.device_id(key.public), key.public, key.private)
        self._database.execute("UPDATE laptop SET device_id = ?, public_key = ?, private_key = ?", values)

    def public_key_at(self, entry: int) -> str:
        """Return the public key of the device that signed the audit up to this entry, former or present."""
        former = "SELECT public_key FROM former_device WHERE last_entry >= ? ORDER BY last_entry LIMIT 1"
        return str(self._database.value(former, (entry,)) or self.public_key())

    def former_devices(self) -> tuple[tuple[int, str], ...]:
        """Return the last audit entry and the name of every device that these records were before, oldest first."""
        return tuple(self._database.rows("SELECT last_entry, device_id FROM former_device ORDER BY last_entry"))

    def device_keys(self) -> tuple[str, ...]:
        """Return the public key of this device, and those of the devices that these records were before."""
        former = self._database.rows("SELECT public_key FROM former_device ORDER BY last_entry DESC")
        return self.public_key(), *(key for (key,) in former)

    def content(self) -> str:
        """Return the hash of what was set when the vault was made, and of headquarters' keys."""
        keys = (self.public_key(), self.recovery_keys(), self.recovery_ways(), self.receipt_key())
        return digest_of([asdict(self.post()), *keys])

    def receipt_key(self) -> str:
        """Return the public key that signs headquarters' receipts and packs; empty until it was set."""
        return str(self._database.value("SELECT receipt_key FROM laptop"))

    def set_receipt_key(self, public_key: str) -> None:
        """Keep the public key that signs headquarters' receipts, in the place of the one before."""
        self._database.execute("UPDATE laptop SET receipt_key = ?", (public_key,))

    def add_recovery_pair(self, first: str, second: str) -> None:
        """Keep two recipients who recover the vault only together."""
        self._database.execute("INSERT INTO recovery_pair (first, second) VALUES (?, ?)", (first, second))

    def remove_recovery_pair(self, first: str, second: str) -> None:
        """Keep a pair no longer."""
        self._database.execute("DELETE FROM recovery_pair WHERE first = ? AND second = ?", (first, second))

    def recovery_pairs(self) -> list[tuple[str, str]]:
        """Return the pairs of recipients who recover the vault together."""
        return self._database.rows("SELECT first, second FROM recovery_pair ORDER BY position")

    def recovery_ways(self) -> list[tuple[str, ...]]:
        """Return the ways to recover: where there are pairs, nobody recovers the vault alone."""
        return [*self.recovery_pairs()] or [(recipient,) for recipient in self.recovery_keys()]

    def sign(self, namespace: str, message: bytes) -> bytes:
        """Sign in OpenSSH's format; the private key leaves the database for this call only."""
        private = self._database.value("SELECT private_key FROM laptop")
        return sshsig.sign(private, namespace, message)
