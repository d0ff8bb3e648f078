"""A forgotten passphrase, seen from the laptop: a request goes out, an answer comes in, the data key is there again.

The one-time key pair of a request waits in the vault's folder under the officer's name and new passphrase, so that
the answer is of use to nobody else. Requests wait side by side: none takes the place of another. A rehearsal is the
same in a file of its own, after which nothing is changed; what was drawn for it recovers nothing.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from victimid.crypto import age, header, pending
from victimid.crypto.age_armor import dearmored
from victimid.crypto.escrow import Escrowed, parsed
from victimid.crypto.header import Header
from victimid.crypto.kdf import FLOOR, Cost
from victimid.crypto.passphrase import require_enough
from victimid.crypto.pending import OneTime, Purpose
from victimid.crypto.recovery_request import Request
from victimid.crypto.secret import DataKey, taken, wipe
from victimid.errors import VictimIDError

# Answers to posts far away take weeks, and may have to be sent twice. After that, one that was never used is no second
# passphrase that lies about.
ANSWERED_WITHIN: Final = timedelta(days=90)
_MAX_ANSWER_BYTES: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class Recovered:
    """The data key, and the next one if a rekey was not finished (see `keyfile.Unlocked`).

    ``requests`` are the one-time keys of the officer's requests, which are of no use any more.
    """

    key: DataKey
    next_key: DataKey | None = None
    requests: tuple[str, ...] = ()


def begin(
    header_path: Path,
    pending_path: Path,
    name: str,
    passphrase: str,
    at: datetime,
    *,
    purpose: Purpose = Purpose.RECOVERY,
    post_quantum: bool = False,
    floor: Cost = FLOOR,
) -> Request:
    """Draw a one-time key pair, keep it under name and new passphrase, and return the request.

    ``post_quantum`` takes age 1.3 at headquarters. Requests made before wait on. Raises what `header.read` raises,
    ``recovery.no_way``, ``passphrase.too_weak``, ``keyfile.name_empty``,
    ``keyfile.cost_out_of_range``, ``keyfile.not_written``.
    """
    require_enough(passphrase, name)
    stored = header.read(header_path)
    identity = age.new_identity(post_quantum=post_quantum)
    request = _request(stored, identity.recipient)
    begun = pending.begun(pending_path, purpose, stored.vault, stored.cost, floor)
    pending.add(pending_path, begun, identity, name, passphrase, at, floor)
    return request


def waiting(header_path: Path, pending_path: Path, purpose: Purpose = Purpose.RECOVERY) -> tuple[Request, ...]:
    """Return the requests that wait for their answers, oldest first.

    Raises ``recovery.no_request``, ``recovery.pending_damaged``, ``recovery.no_way``, what `header.read` raises.
    """
    stored = header.read(header_path)
    return tuple(_request(stored, each.recipient) for each in pending.read(pending_path, purpose).requests)


def open_answer(
    header_path: Path,
    pending_path: Path,
    name: str,
    passphrase: str,
    answer: bytes,
    at: datetime,
    *,
    purpose: Purpose = Purpose.RECOVERY,
    floor: Cost = FLOOR,
) -> Recovered:
    """Return the data key from headquarters' answer to a request that waits, with the new passphrase.

    Nothing is changed but that a request which is too old goes: `keyfile.replace_slot` lets the passphrase open the
    vault, `pending.forget` ends the requests. Raises what `header.read` and `pending.read` raise,
    ``keyfile.cost_out_of_range``, ``keyfile.wrong_passphrase``, ``recovery.answer_damaged``,
    ``recovery.other_request`` (encrypted to another one-time key), ``recovery.other_vault``, ``recovery.key_unfit``
    (a data key the vault no longer has), ``recovery.request_expired``.
    """
    stored = header.read(header_path)
    own = pending.read(pending_path, purpose).opened(name, passphrase, floor)
    request, escrowed = _answered(own, answer)
    try:
        _require_answered_in_time(pending_path, request, at)
        return replace(_fitting(stored, escrowed), requests=tuple(each.recipient for each, _ in own))
    except VictimIDError:
        escrowed.wipe()
        raise


def forget_expired(pending_path: Path, at: datetime) -> None:
    """Drop requests that are too old to be answered; what `pending.read` raises, ``keyfile.not_written``."""
    pending.forget_before(pending_path, at - ANSWERED_WITHIN)


def _request(stored: Header, recipient: str) -> Request:
    ways = stored.next.recovery if stored.next else stored.recovery
    if not ways:
        raise VictimIDError("recovery.no_way")
    return Request(stored.vault, recipient, ways)


def _require_answered_in_time(pending_path: Path, request: OneTime, at: datetime) -> None:
    if request.asked >= (at - ANSWERED_WITHIN).timestamp():
        return
    # Gone, so that a clock put back does not bring it back.
    with suppress(VictimIDError, OSError):
        pending.forget(pending_path, [request.recipient])
    raise VictimIDError("recovery.request_expired", days=ANSWERED_WITHIN.days)


def _answered(own: Sequence[tuple[OneTime, str]], answer: bytes) -> tuple[OneTime, Escrowed]:
    """Open an answer with the secret half of the request that it is encrypted to, and return both."""
    *others, (last, last_secret) = own
    for request, secret in others:
        try:
            return request, _escrowed(secret, answer)
        except VictimIDError as error:
            if error.code != "recovery.other_request":
                raise
    return last, _escrowed(last_secret, answer)


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
