"""Opening the vault that a command is about, and locking it at its end."""

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager

from victimid.app.content import Content
from victimid.app.session import Door, Session
from victimid.cli.secrets import name, passphrase
from victimid.clock import now


def door(options: Namespace) -> Door:
    """Return the way into the vault named by the options."""
    return Door(options.vault, Content(), now)


@contextmanager
def opened(options: Namespace, *, passphrase_given: bool = False) -> Iterator[Session]:
    """Unlock the vault named by the options for one command; ``officer.passphrase_given`` unless that is allowed."""
    session = door(options).unlock(name(options), passphrase(options, "Passphrase"))
    try:
        if not passphrase_given:
            session.access.require_own_passphrase()
        yield session
    finally:
        session.lock()
