"""From an officer's name and passphrase to a key: Argon2id (RFC 9106), its cost kept within bounds."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256
from time import perf_counter
from typing import Final

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from victimid.crypto.secret import KEY_BYTES, wipe
from victimid.errors import VictimIDError

_MIB: Final = 1024
# Marks, punctuation, separators and invisible characters do not tell officers apart.
_LEFT_OUT: Final = frozenset("MPZC")


@dataclass(frozen=True, slots=True)
class Cost:
    """Cost of Argon2id: memory in KiB, passes over it, lanes."""

    memory_kib: int
    iterations: int
    lanes: int

    def within(self, floor: "Cost", cap: "Cost") -> bool:
        """Tell whether no figure lies below the floor (weak) or above the cap (a machine brought to its knees)."""
        return (
            floor.memory_kib <= self.memory_kib <= cap.memory_kib
            and floor.iterations <= self.iterations <= cap.iterations
            and floor.lanes <= self.lanes <= cap.lanes
        )


FLOOR: Final = Cost(64 * _MIB, 3, 4)  # the second choice of RFC 9106
CAP: Final = Cost(1024 * _MIB, 20, 16)
_UNKNOWN_MEMORY: Final = 1024 * _MIB * 1024  # bytes: where nobody says, 256 MiB are used
_SHARE_OF_MEMORY: Final = 4
_QUICKEST, _SHORTEST, _AIM, _LONGEST = 0.01, 0.5, 0.75, 1.0  # seconds


def seconds(cost: Cost) -> float:
    """Measure one run here; without end if there is no memory for it."""
    start = perf_counter()
    try:
        wipe(stretch("measured", "", b"", cost))
    except VictimIDError:
        return float("inf")
    return perf_counter() - start


def tuned(free_memory: int | None, measure: Callable[[Cost], float] = seconds) -> Cost:
    """Choose the cost of a new vault: as much memory as takes no longer than a second, then passes.

    ``free_memory`` in bytes, of which at most a quarter is used; where it is not known, up to 256 MiB. Never less
    than `FLOOR`, however slow the machine.
    """
    share = (_UNKNOWN_MEMORY if free_memory is None else free_memory) // _SHARE_OF_MEMORY // 1024
    most = min(share, CAP.memory_kib)
    chosen, taken = FLOOR, measure(FLOOR)
    # Twice the memory takes about twice the time.
    while taken < _SHORTEST and chosen.memory_kib * 2 <= most:
        larger = replace(chosen, memory_kib=chosen.memory_kib * 2)
        if (longer := measure(larger)) > _LONGEST:
            break
        chosen, taken = larger, longer
    if taken < _SHORTEST:
        passes = int(chosen.iterations * _AIM / max(taken, _QUICKEST))
        chosen = replace(chosen, iterations=min(passes, CAP.iterations))
    return chosen


def name_key(name: str) -> str:
    """Return what is left of a name without marks, case, punctuation and spaces; ``keyfile.name_empty``."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    kept = "".join(c for c in folded if unicodedata.category(c)[0] not in _LEFT_OUT)
    if not kept:
        raise VictimIDError("keyfile.name_empty")
    return kept


def stretch(name: str, passphrase: str, salt: bytes, cost: Cost) -> bytearray:
    """Derive the 32-byte key of a slot; the name goes into the salt, so no name is kept anywhere."""
    own_salt = sha256(salt + name_key(name).encode()).digest()
    secret = bytearray(unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass"))
    derived = bytearray(KEY_BYTES)
    try:
        Argon2id(
            salt=own_salt,
            length=KEY_BYTES,
            iterations=cost.iterations,
            lanes=cost.lanes,
            memory_cost=cost.memory_kib,
        ).derive_into(secret, derived)  # type: ignore[arg-type]  # takes any buffer, the stub says bytes
    except MemoryError as error:
        raise VictimIDError("keyfile.memory_short", mebibytes=cost.memory_kib // _MIB) from error
    finally:
        wipe(secret)
    return derived
