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

    def content(self) -> str:
        """Return the hash of what was set when the vault was made, and of headquarters' keys."""
        return digest_of([asdict(self.post()), self.public_key(), self.recovery_keys()])

    def sign(self, namespace: str, message: bytes) -> bytes:
        """Sign in OpenSSH's format; the private key leaves the database for this call only."""
        private = self._database.value("SELECT private_key FROM laptop")
        return sshsig.sign(private, namespace, message)
