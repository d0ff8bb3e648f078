"""Rehearsing the recovery by headquarters with the vault open: what is answered changes nothing but a date."""

from contextlib import suppress

from victimid.clock import Clock
from victimid.crypto import recovery
from victimid.crypto.kdf import Cost
from victimid.crypto.pending import Purpose
from victimid.crypto.recovery_request import Request
from victimid.errors import VictimIDError
from victimid.model.people import Officer
from victimid.store.folder import VaultFiles
from victimid.store.keys import Keys


class Rehearsal:
    """The rehearsal of one vault: whatever is answered, nobody's passphrase changes."""

    def __init__(self, files: VaultFiles, keys: Keys, clock: Clock) -> None:
        self._files, self._keys, self._clock = files, keys, clock

    def begin(self, officer: Officer, passphrase: str, floor: Cost) -> Request:
        """Write a request for recovery as if the officer's passphrase were lost; what `recovery.begin` raises."""
        header, waiting, at = self._files.header, self._files.rehearsal, self._clock()
        waiting.unlink(missing_ok=True)
        return recovery.begin(header, waiting, officer.name, passphrase, at, purpose=Purpose.REHEARSAL, floor=floor)

    def waiting(self) -> Request | None:
        """Return the request that waits for headquarters' answer, if any."""
        try:
            return recovery.waiting(self._files.header, self._files.rehearsal, Purpose.REHEARSAL)[-1]
        except VictimIDError:
            return None

    def end(self, officer: Officer, passphrase: str, answer: bytes, floor: Cost) -> None:
        """Check that headquarters' answer gives the key of this vault; what `recovery.open_answer` raises."""
        header, waiting, at, purpose = self._files.header, self._files.rehearsal, self._clock(), Purpose.REHEARSAL
        found = recovery.open_answer(
            header, waiting, officer.name, passphrase, answer, at, purpose=purpose, floor=floor
        )
        for key in filter(None, (found.key, found.next_key)):
            key.wipe()
        waiting.unlink(missing_ok=True)
        self._keys.note_rehearsed(officer.id)

    def forget_expired(self) -> None:
        """Drop the one-time keys of requests to headquarters that are too old to be answered, of recoveries too."""
        for waiting in (self._files.recovery, self._files.rehearsal):
            with suppress(VictimIDError, OSError):
                recovery.forget_expired(waiting, self._clock())
