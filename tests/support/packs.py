"""Content packs with invented services and forms, signed by an invented headquarters."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from tests.support.bundles import WHEN
from victimid.crypto import sshsig
from victimid.exchange.content_pack import draft, write_pack
from victimid.model.content import PackContent

SIGNING = sshsig.new_key()

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


def sign(namespace: str, message: bytes) -> bytes:
    """Sign as headquarters does."""
    return sshsig.sign(SIGNING.private, namespace, message)


def content(services: str = DIRECTORY, forms: Sequence[str] = (), media: Sequence[bytes] = ()) -> PackContent:
    """Return content with media under their hashes."""
    return PackContent(services, tuple(forms), {hashlib.sha256(data).hexdigest(): data for data in media})


def written_pack(folder: Path, brings: PackContent, number: int = 1, at: datetime = WHEN) -> Path:
    """Write a signed pack into a folder."""
    return write_pack(folder, draft(number, at, brings), sign)
