"""A forgotten passphrase: the request file for headquarters, their answer, and the rehearsal of both."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from victimid.app.failing import failure_noted
from victimid.app.permissions import Right
from victimid.app.session import Door, Session
from victimid.crypto import recovery_request
from victimid.crypto.recovery_request import Request
from victimid.errors import VictimIDError
from victimid.i18n import Words
from victimid.model.audit import Action
from victimid.paths import read_ordinary, write_once

REQUEST_NAME = "request.txt"
_ANSWER_LIMIT = 64 * 1024
_REQUEST_LIMIT = 1024 * 1024


@dataclass(frozen=True, slots=True)
class RequestFile:
    """The request on the medium the officer chose, and the code that headquarters compares by telephone."""

    path: Path
    code: str


@dataclass(frozen=True, slots=True)
class RecoveryView:
    """How this vault can be recovered; ``persons`` is how many it takes, ``waiting_code`` of a rehearsal.

    ``keys`` are those that exports go to, ``pairs`` recover together; without any, each key does so alone.
    """

    officer: str
    ways: int
    persons: int
    rehearsed_at: datetime | None
    waiting_code: str
    may_set_keys: bool
    keys: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]


def view(session: Session) -> RecoveryView:
    """Return how the vault of a session can be recovered."""
    vault = session.vault
    ways = vault.keys.recovery_ways
    waiting = vault.rehearsal.waiting()
    return RecoveryView(
        officer=vault.officer.name,
        ways=len(ways),
        persons=max(map(len, ways), default=0),
        rehearsed_at=vault.keys.rehearsed_at,
        waiting_code=waiting.code if waiting else "",
        may_set_keys=session.access.may(Right.MANAGE_KEYS),
        keys=vault.recovery_keys,
        pairs=vault.keys.recovery_pairs,
    )


def rehearsal_due(session: Session) -> bool:
    """Tell whether to remind an officer who looks after the keys that the recovery was never rehearsed."""
    keys = session.vault.keys
    return session.access.may(Right.RENEW_KEYS) and bool(keys.recovery_ways) and keys.rehearsed_at is None


def ask(door: Door, name: str, passphrase: str, folder: Path, words: Words) -> RequestFile:
    """Write the request of an officer who forgot the passphrase; the new one counts once the answer is taken.

    Raises what `Door.request_recovery` does, and errors of the disk.
    """
    return _written(door.request_recovery(name, passphrase), folder, words)


def take_answer(door: Door, name: str, passphrase: str, path: Path) -> Session:
    """Open the vault with headquarters' answer and the new passphrase; raises what `Door.recover` does."""
    return door.recover(name, passphrase, read_answer(path))


def rehearse(session: Session, passphrase: str, folder: Path, words: Words) -> RequestFile:
    """Write a request as if the passphrase were lost, so that the way is known to work before it is needed.

    Raises ``officer.not_allowed`` and what `Door.request_recovery` does.
    """
    session.access.require(Right.RENEW_KEYS)
    rehearsal = session.vault.rehearsal
    with failure_noted(session.vault, Action.RECOVERY_REHEARSED):
        return _written(rehearsal.begin(session.vault.officer, passphrase, session.floor), folder, words)


def end_rehearsal(session: Session, passphrase: str, path: Path) -> None:
    """Take headquarters' answer to a rehearsal; nothing changes but the date.

    Raises ``officer.not_allowed``, ``recovery.*``.
    """
    session.access.require(Right.RENEW_KEYS)
    with failure_noted(session.vault, Action.RECOVERY_REHEARSED):
        session.vault.rehearsal.end(session.vault.officer, passphrase, read_answer(path), session.floor)


def read_request(path: Path) -> bytes:
    """Read a request file of usual size; ``recovery.request_damaged``, ``file.not_there``."""
    return _read(path, _REQUEST_LIMIT, "recovery.request_damaged")


def asked_in(request: bytes) -> Request:
    """Return what a request file asks, for headquarters to compare its code; ``recovery.request_damaged``."""
    return recovery_request.read(request)


def answer(request: bytes, way: int, secret_keys: Sequence[str]) -> bytes:
    """Answer a request at headquarters without a shell: the way counted from 1 and the secret keys of its persons.

    Raises ``recovery.request_damaged``, ``recovery.no_way``, ``age.*``.
    """
    asked = recovery_request.read(request)
    if not 1 <= way <= len(asked.ways):
        raise VictimIDError("recovery.no_way")
    return recovery_request.answer(asked, asked.ways[way - 1], secret_keys)


def read_answer(path: Path) -> bytes:
    """Read an answer file of usual size; ``recovery.answer_damaged``, ``file.not_there``."""
    return _read(path, _ANSWER_LIMIT, "recovery.answer_damaged")


def _read(path: Path, limit: int, damaged: str) -> bytes:
    try:
        return read_ordinary(path, limit + 1)
    except FileNotFoundError as error:
        raise VictimIDError("file.not_there", name=path.name) from error
    except OSError as error:
        raise VictimIDError(damaged) from error


def _written(request: Request, folder: Path, words: Words) -> RequestFile:
    text = recovery_request.write(request, _explanation(words))
    path = folder / REQUEST_NAME
    write_once(path, text.encode("utf-8"))
    return RequestFile(path, request.code)


def _explanation(words: Words) -> list[str]:
    """Explain the file to whoever opens it at headquarters."""
    return [
        words.gettext("An officer forgot the passphrase of a laptop and asks headquarters for help."),
        words.gettext("First call the unit under a number you know and ask who needs this."),
        words.gettext("Compare the code that the next command prints with the one on the laptop's screen."),
        words.gettext(
            "Then take the way whose key you have, and send back the file answer.age; it is of use there only."
        ),
    ]
