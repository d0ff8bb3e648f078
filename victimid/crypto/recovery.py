"""A forgotten passphrase, seen from the laptop: a request goes out, an answer comes in, the data key is there again.

The one-time key pair of a request waits in the vault's folder under the officer's name and new passphrase, so that
the answer is of use to nobody else. A rehearsal is the same, after which nothing is changed.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from victimid.crypto import age, header, pending
from victimid.crypto.age_armor import dearmored
from victimid.crypto.escrow import Escrowed, parsed
from victimid.crypto.header import Header
from victimid.crypto.kdf import FLOOR, Cost
from victimid.crypto.passphrase import require_enough
from victimid.crypto.recovery_request import Request
from victimid.crypto.secret import DataKey, taken, wipe
from victimid.errors import VictimIDError

_MAX_ANSWER_BYTES: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class Recovered:
    """The data key, and the next one if a rekey was not finished (see `keyfile.Unlocked`)."""

    key: DataKey
    next_key: DataKey | None = None


def begin(
    header_path: Path,
    pending_path: Path,
    name: str,
    passphrase: str,
    *,
    post_quantum: bool = False,
    floor: Cost = FLOOR,
) -> Request:
    """Draw a one-time key pair, keep it under name and new passphrase, and return the request.

    ``post_quantum`` takes age 1.3 at headquarters. A request made before is of no use any more. Raises what
    `header.read` raises, ``recovery.no_way``, ``passphrase.too_weak``, ``keyfile.name_empty``,
    ``keyfile.cost_out_of_range``, ``keyfile.not_written``.
    """
    require_enough(passphrase, name)
    stored = header.read(header_path)
    identity = age.new_identity(post_quantum=post_quantum)
    request = _request(stored, identity.recipient)
    pending.write(pending_path, stored.vault, stored.cost, identity, name, passphrase, floor)
    return request


def waiting(header_path: Path, pending_path: Path) -> Request:
    """Return the request that waits for its answer.

    Raises ``recovery.no_request``, ``recovery.pending_damaged``, ``recovery.no_way``, what `header.read` raises.
    """
    return _request(header.read(header_path), pending.read(pending_path).recipient)


def open_answer(
    header_path: Path, pending_path: Path, name: str, passphrase: str, answer: bytes, *, floor: Cost = FLOOR
) -> Recovered:
    """Return the data key from headquarters' answer to the request that waits, with the new passphrase.

    Nothing is changed: `keyfile.replace_slot` lets the passphrase open the vault. Raises what `header.read` and
    `pending.read` raise, ``keyfile.cost_out_of_range``, ``keyfile.wrong_passphrase``, ``recovery.answer_damaged``,
    ``recovery.other_request`` (encrypted to another one-time key), ``recovery.other_vault``, ``recovery.key_unfit``
    (a data key the vault no longer has).
    """
    stored = header.read(header_path)
    secret = pending.read(pending_path).secret(name, passphrase, floor)
    escrowed = _escrowed(secret, answer)
    try:
        return _fitting(stored, escrowed)
    except VictimIDError:
        escrowed.wipe()
        raise


def _request(stored: Header, recipient: str) -> Request:
    ways = stored.next.recovery if stored.next else stored.recovery
    if not ways:
        raise VictimIDError("recovery.no_way")
    return Request(stored.vault, recipient, ways)


def _escrowed(secret: str, answer: bytes) -> Escrowed:
    if len(answer) > _MAX_ANSWER_BYTES:
        raise VictimIDError("recovery.answer_damaged")
    try:
        content = taken(age.decrypt(dearmored(answer), secret))
    except VictimIDError as error:
        code = "recovery.other_request" if error.code == "age.wrong_key" else "recovery.answer_damaged"
        raise VictimIDError(code) from error
    escrowed = parsed(content)
    wipe(content)
    if not escrowed:
        raise VictimIDError("recovery.answer_damaged")
    return escrowed


def _fitting(stored: Header, escrowed: Escrowed) -> Recovered:
    """Tell which of the keys the header has; in the middle of a rekey it has both."""
    if escrowed.vault != stored.vault:
        raise VictimIDError("recovery.other_vault")
    key, next_key = (escrowed.former, escrowed.key) if stored.next else (escrowed.key, None)
    try:
        if key:
            stored.authenticate(key)
            return Recovered(key, next_key)
    except VictimIDError as error:
        raise VictimIDError("recovery.key_unfit") from error
    raise VictimIDError("recovery.key_unfit")
