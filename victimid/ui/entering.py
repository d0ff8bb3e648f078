"""Work that opens a vault, run inside a job."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from victimid.ui.context import Context, Entrance, Opened
from victimid.ui.destinations import ToRecovery

if TYPE_CHECKING:
    from pathlib import Path

    from victimid.app.session import Session, VaultSetup


def unlock(entrance: Entrance, name: str, passphrase: str) -> Opened:
    """Open the vault; raises what ``Door.unlock`` raises."""
    return _opened(entrance, entrance.door().unlock(name, passphrase))


def recover(entrance: Entrance, name: str, passphrase: str, answer: Path) -> Opened:
    """Open the vault with headquarters' answer; raises what ``recovering.take_answer`` raises."""
    from victimid.app import recovering

    return _opened(entrance, recovering.take_answer(entrance.door(), name, passphrase, answer))


def create(entrance: Entrance, setup: VaultSetup) -> Opened:
    """Create the vault and open it where its recovery is rehearsed, if it has one; raises as ``Door.create``."""
    opened = _opened(entrance, entrance.door().create(setup))
    return replace(opened, first=ToRecovery()) if setup.recovery_keys or setup.recovery_pair else opened


def _opened(entrance: Entrance, session: Session) -> Opened:
    from victimid.app import vault_care

    context = Context(entrance.words, entrance.jobs, session, entrance.sound)
    return Opened(context, vault_care.policy(session).idle_minutes)
