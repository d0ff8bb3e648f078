"""How far the audit had come, kept in the header beside the database, so that older records show.

An anchor names an entry that is on the disk already: no crash makes the records look older than their anchor.
"""

from contextlib import suppress
from datetime import timedelta
from typing import Final

from victimid.crypto.header import Anchor
from victimid.errors import VictimIDError
from victimid.model.audit import Standing
from victimid.store.audit import Audit
from victimid.store.connection import Database
from victimid.store.keys import Keys

_EVERY: Final = timedelta(minutes=2)


class Anchors:
    """The anchor of one open vault. While the database is ``behind`` it, it stays: it is what shows that."""

    def __init__(self, found: Anchor | None, keys: Keys, database: Database, audit: Audit) -> None:
        self._keys = keys
        self._database = database
        self._audit = audit
        self._renewed_at = audit.now()
        self.newest = Standing(found.sequence, found.hash) if found else None
        self.behind = self.newest is not None and audit.hash_at(self.newest.sequence) != self.newest.hash

    def renew(self) -> None:
        """Anchor the audit as it stands; never within a transaction, whose entries are not on the disk yet."""
        if not self.behind:
            standing = self._audit.standing()
            self._keys.anchor(standing)
            self.newest = standing

    def renew_now_and_then(self) -> None:
        """Do so every few minutes, and take the journal over into the database, so that losing it loses little.

        What cannot be written now is written the next time. A clock that is set back counts as time that passed.
        """
        now = self._audit.now()
        if abs(now - self._renewed_at) < _EVERY or self._audit.standing() == self.newest:
            return
        self._renewed_at = now
        with suppress(VictimIDError):
            self._database.take_journal_over()
            self.renew()

    def accept(self) -> None:
        """Go on with a database that was behind its anchor."""
        self.behind = False
        self.renew()
