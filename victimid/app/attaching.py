"""Taking a file the officer names into the vault, as an attachment of an answer."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from victimid.app.failing import failure_noted
from victimid.app.session import Session, new_id
from victimid.errors import VictimIDError
from victimid.model.attachment import LIMIT, PART, Attachment
from victimid.model.audit import Action
from victimid.paths import open_ordinary
from victimid.store.watching import Watch

_SHOWN_AT_MOST = 24 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class AttachmentView:
    """An attachment on screen; ``picture`` holds the bytes of one that can be shown, else none."""

    name: str
    media_type: str
    size: int
    picture: bytes


def keep(session: Session, interview_id: str, ref: str, path: Path, wanted: str) -> Attachment:
    """Keep a file in the vault; the file itself stays where it is.

    A lock stops it, and then nothing is kept. Raises what `Access.case` does, ``attachment.unreadable``,
    ``attachment.too_large``, ``job.cancelled`` and what the vault says of its content.
    """
    case_ref = _let_in(session, interview_id)
    arriving = Attachment(new_id(), interview_id, ref, session.officer_id, session.clock())
    watch = session.vault.watching()
    with failure_noted(session.vault, Action.ATTACHED, case_ref):
        return session.vault.attachments.add(arriving, _watched(_parts(path), watch), wanted)


def view(session: Session, name: str) -> AttachmentView | None:
    """Return what the screen shows of an attachment, its bytes only if it is a picture of usual size.

    Raises what `Access.case` does for the case it belongs to.
    """
    kept = session.vault.attachments.find(name) if name else None
    if kept is None:
        return None
    _let_in(session, kept.interview_id)
    shown = kept.media_type.startswith("image/") and kept.size <= _SHOWN_AT_MOST
    picture = b"".join(session.vault.attachments.read(kept)) if shown else b""
    return AttachmentView(kept.name, kept.media_type, kept.size, picture)


def _let_in(session: Session, interview_id: str) -> str:
    return session.access.case(session.vault.interviews.get(interview_id).case_ref).ref


def _watched(parts: Iterator[bytes], watch: Watch) -> Iterator[bytes]:
    for number, part in enumerate(parts):
        watch.step(number, LIMIT // PART)
        yield part


def _parts(path: Path) -> Iterator[bytes]:
    """Read an ordinary file a part at a time; anything else, such as a pipe, could hold up the worker for ever."""
    try:
        with os.fdopen(open_ordinary(path, os.O_RDONLY), "rb") as stream:
            if os.fstat(stream.fileno()).st_size > LIMIT:
                raise VictimIDError("attachment.too_large", megabytes=LIMIT // 1024**2)
            while part := stream.read(PART):
                yield part
    except (OSError, ValueError):
        raise VictimIDError("attachment.unreadable") from None
