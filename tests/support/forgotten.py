"""A laptop whose officer forgot the passphrase, and the keys of headquarters that help."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from tests.support.vaults import NAME, NOON, PASSPHRASE, TEST_COST
from victimid.crypto import age, keyfile, recovery
from victimid.crypto.keyfile import Unlocked
from victimid.crypto.recovery_request import Request

NEW = "seven copper lanterns drifting"
DUTY, FIRST, SECOND = (age.new_identity() for _ in range(3))
QUANTUM = age.new_identity(post_quantum=True)
WAYS = [(DUTY.recipient,), (FIRST.recipient, SECOND.recipient), (QUANTUM.recipient, DUTY.recipient)]


class Laptop:
    """A folder with a header whose officer forgot the passphrase."""

    def __init__(self, folder: Path, ways: Sequence[Sequence[str]] = WAYS) -> None:
        self.header = folder / "header.json"
        self.pending = folder / "recovery"
        self.made: Unlocked = keyfile.create(self.header, NAME, PASSPHRASE, recovery=ways, cost=TEST_COST)

    def ask(
        self, name: str = NAME, passphrase: str = NEW, at: datetime = NOON, *, post_quantum: bool = False
    ) -> Request:
        header, waiting = self.header, self.pending
        return recovery.begin(header, waiting, name, passphrase, at, post_quantum=post_quantum, floor=TEST_COST)

    def take(self, answer: bytes, passphrase: str = NEW, at: datetime = NOON) -> recovery.Recovered:
        return recovery.open_answer(self.header, self.pending, NAME, passphrase, answer, at, floor=TEST_COST)

    def material(self) -> bytes:
        return bytes(self.made.key.material())
