"""Content packs with invented services and forms, signed by an invented headquarters."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from tests.support.bundles import WHEN
from tests.support.colleagues import KEEPER, as_officer, enrol
from tests.support.form_files import written
from tests.support.media import png
from tests.support.vaults import NOON
from victimid.app import receipts
from victimid.app.session import Session
from victimid.crypto import sshsig
from victimid.crypto.sshsig import SigningKey
from victimid.exchange import content_pack
from victimid.forms.form import Form
from victimid.forms.loading import load
from victimid.model.content import PackContent
from victimid.model.people import Role

KEY = sshsig.new_key("headquarters")
SHELTER = """[[service]]
id = "{id}"
name = "{name}"
place = "Sample town"
country = "EC"
serves = ["women", "children"]
helps = ["shelter", "legal"]
languages = ["es", "qu"]
contact = "desk of the invented shelter"
hours = "day and night"
confirmed_on = "2026-11-01"
confirmed_by = "Ana Example"
"""

DIRECTORY = """
[[service]]
id = "harbour-house"
name = "Harbour house (invented)"
place = "Example port"
country = "ZZ"
serves = ["women", "families"]
helps = ["shelter", "legal"]
languages = ["ht", "qu-BO"]
contact = "invented – no real number"
hours = "invented – day and night"
confirmed_on = "2026-10-30"
confirmed_by = "Olga Example"
"""


def directory(**services: str) -> str:
    """Write a directory of services by id and name; underscores stand for hyphens."""
    return "\n".join(SHELTER.format(id=key.replace("_", "-"), name=name) for key, name in services.items())


HOUSE = directory(house_of_cranes="House of Cranes")


def a_form(folder: Path, form_id: str = "harbour", version: str = "1", *, picture: bool = True) -> Form:
    """Return a form of two questions, the first with a picture that differs with the version."""
    folder = folder / f"{form_id}-{version}"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "boat.png").write_bytes(png(10 + int(version), 10))
    first = {"type": "text", "name": "boat", "label": f"Which boat? ({version})"}
    second = {"type": "text", "name": "port", "label": "Which port?"}
    with_picture = {**first, "media::image": "boat.png"} if picture else first
    settings = {"form_id": form_id, "form_title": f"Talk at the {form_id}", "version": version}
    return load(written(folder, [with_picture, second], settings=settings))


def content_of(
    forms: Sequence[Form] = (), services: str = HOUSE, media: Mapping[str, bytes] | None = None
) -> PackContent:
    """Return what a pack with these brings; its media unless told otherwise are those that the forms name."""
    named = {sha256: data for form in forms for sha256, data in form.media.items()}
    return PackContent(services, tuple(form.xform for form in forms), named if media is None else media)


def sign(namespace: str, message: bytes) -> bytes:
    """Sign as headquarters does."""
    return sshsig.sign(KEY.private, namespace, message)


def content(services: str = DIRECTORY, forms: Sequence[str] = (), media: Sequence[bytes] = ()) -> PackContent:
    """Return content with media under their hashes."""
    return PackContent(services, tuple(forms), {hashlib.sha256(data).hexdigest(): data for data in media})


def written_pack(folder: Path, brings: PackContent, number: int = 1, at: datetime = WHEN) -> Path:
    """Write a signed pack into a folder."""
    return content_pack.write_pack(folder, content_pack.draft(number, at, brings), sign)


def packed(folder: Path, number: int, brings: PackContent, key: SigningKey = KEY) -> Path:
    """Write a pack that a key of headquarters signed."""
    folder.mkdir(parents=True, exist_ok=True)
    pack = content_pack.draft(number, NOON, brings)
    return content_pack.write_pack(folder, pack, partial(sshsig.sign, key.private))


def keeper(session: Session) -> Session:
    """Return the session, of a supervisor, with headquarters' key set and an administrator at work."""
    receipts.set_key(session, KEY.public)
    return as_officer(session, enrol(session, KEEPER, Role.ADMINISTRATOR))
