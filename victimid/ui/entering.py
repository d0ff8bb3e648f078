"""Work that opens a vault, run inside a job."""

from __future__ import annotations

from typing import TYPE_CHECKING

from victimid.ui.context import Context, Entrance, Opened

if TYPE_CHECKING:
    from victimid.app.session import Session
    from victimid.model.people import Post


def unlock(entrance: Entrance, name: str, passphrase: str) -> Opened:
    """Open the vault; raises what ``Door.unlock`` raises."""
    return _opened(entrance, entrance.door().unlock(name, passphrase))


def create(entrance: Entrance, post: Post, name: str, passphrase: str, keys: tuple[str, ...]) -> Opened:
    """Create the vault and open it; raises what ``Door.create`` raises."""
    from victimid.app.session import VaultSetup

    setup = VaultSetup(post=post, officer_name=name, passphrase=passphrase, recovery_keys=keys)
    return _opened(entrance, entrance.door().create(setup))


def _opened(entrance: Entrance, session: Session) -> Opened:
    from victimid.app import vault_care

    context = Context(entrance.words, entrance.jobs, session, entrance.sound)
    return Opened(context, vault_care.policy(session).idle_minutes)
