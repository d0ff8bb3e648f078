"""Pictures and recordings of forms in the vault, kept with the form versions that name them by hash."""

import hashlib
from collections.abc import Mapping

from victimid.store.connection import Database


class FormMedia:
    """The media of all forms that interviews were begun on."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, contents: Mapping[str, bytes]) -> None:
        """Keep files by their SHA-256; keeping one again changes nothing."""
        for sha256, content in contents.items():
            self._database.execute(
                "INSERT INTO form_media (sha256, content) VALUES (?, ?) ON CONFLICT DO NOTHING", (sha256, content)
            )

    def read(self, sha256: str) -> bytes:
        """Return what is kept under a hash, nothing where that is not what was kept."""
        found = self._database.value("SELECT content FROM form_media WHERE sha256 = ?", (sha256,))
        content = bytes(found) if found is not None else b""
        return content if hashlib.sha256(content).hexdigest() == sha256 else b""
