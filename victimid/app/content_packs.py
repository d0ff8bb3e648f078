"""Content packs on the laptop: what headquarters sent is checked, shown, and put in the place of what was in use."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from victimid.app import officers, pack_content, service_directory
from victimid.app.failing import failure_noted
from victimid.app.pack_content import ReadContent
from victimid.app.permissions import Right
from victimid.app.session import Session
from victimid.errors import VictimIDError
from victimid.exchange.content_pack import read_pack
from victimid.model.audit import Action
from victimid.model.content import ContentPack
from victimid.model.installed_content import Installed, PackForm
from victimid.model.referral import Service
from victimid.store.watching import Watch

__all__ = ["InstalledView", "PackContents", "PackForm", "check", "examine", "install", "installed"]


@dataclass(frozen=True, slots=True)
class PackContents:
    """What a pack would bring; ``services`` is None where it brings no directory."""

    number: int
    issued_at: datetime
    sha256: str
    forms: tuple[PackForm, ...]
    services: tuple[Service, ...] | None


@dataclass(frozen=True, slots=True)
class InstalledView:
    """The pack in use and what it brought; ``by`` is the officer's name."""

    number: int
    issued_at: datetime
    installed_at: datetime
    by: str
    forms: tuple[PackForm, ...]
    services: tuple[Service, ...] | None


def check(path: Path, public_key: str) -> PackContents:
    """Return what is in a pack that this key signed, every form built and the directory read.

    Raises what `read_pack` and `pack_content.read` do.
    """
    pack = read_pack(path, public_key)
    return _contents(pack, pack_content.read(pack.content))


def examine(session: Session, path: Path, watch: Watch | None = None) -> PackContents:
    """Return what a pack would bring to this laptop.

    Raises ``officer.not_allowed``, ``content.no_key`` until a supervisor has set headquarters' signing key,
    ``content.older``, ``content.installed_already``, what `check` does, and ``job.cancelled``, as before a lock.
    """
    session.access.require(Right.MANAGE_CONTENT)
    return _contents(*_read(session, path, watch))


def install(session: Session, path: Path, watch: Watch | None = None) -> PackContents:
    """Put a pack in the place of the one in use, whole or not at all; raises what `examine` does.

    An interview that was begun before goes on with its own version of its form.
    """
    session.access.require(Right.MANAGE_CONTENT)
    with failure_noted(session.vault, Action.CONTENT_INSTALLED):
        pack, read = _read(session, path, watch)
        key, at, by = session.vault.receipt_key, session.clock(), session.officer_id
        record = Installed(pack.number, pack.sha256, pack.issued_at, key, at, by)
        session.vault.content.install(record, pack.content.services, read.forms, pack.content.media)
    return _contents(pack, read)


def installed(session: Session) -> InstalledView | None:
    """Return the pack in use; None while our own forms and the examples of services are all there is."""
    content = session.vault.content
    pack, services = content.current(), content.services()
    if pack is None:
        return None
    return InstalledView(
        number=pack.number,
        issued_at=pack.issued_at,
        installed_at=pack.installed_at,
        by=officers.names(session).get(pack.by, ""),
        forms=content.forms(),
        services=service_directory.read(services) if services else None,
    )


def _read(session: Session, path: Path, watch: Watch | None) -> tuple[ContentPack, ReadContent]:
    key = session.vault.receipt_key
    if not key:
        raise VictimIDError("content.no_key")
    pack = read_pack(path, key)
    session.vault.content.require_newer(pack.number, key)
    return pack, pack_content.read(pack.content, session.vault.watching(watch))


def _contents(pack: ContentPack, read: ReadContent) -> PackContents:
    return PackContents(pack.number, pack.issued_at, pack.sha256, tuple(read.forms), read.services)
