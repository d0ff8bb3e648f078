"""The content pack that a laptop works with: headquarters' forms and its directory of services."""

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Final

from victimid.errors import VictimIDError
from victimid.model.audit import Action
from victimid.model.installed_content import Installed, PackForm
from victimid.model.interview import FormVersion
from victimid.store import form_versions
from victimid.store.audit import Audit
from victimid.store.connection import Database
from victimid.store.contents import digest_of
from victimid.store.form_media import FormMedia
from victimid.store.moments import from_text, to_text

_CURRENT: Final = "SELECT number, sha256, issued_at, signed_by, installed_at, installed_by FROM content_pack"
_INSERT: Final = """INSERT INTO content_pack
    (only_one, number, sha256, issued_at, signed_by, installed_at, installed_by, services)
    VALUES (1, ?, ?, ?, ?, ?, ?, ?)"""
# A form without its pack, as damage may leave it, is not offered.
_FORMS: Final = """SELECT form.id, title, version, languages, form.sha256 FROM content_pack, content_form
    JOIN form ON form.sha256 = form_sha256 ORDER BY position"""
_UNNEEDED: Final = """DELETE FROM form WHERE sha256 NOT IN (SELECT form_sha256 FROM interview)
    AND sha256 NOT IN (SELECT form_sha256 FROM content_form)"""
_NOTED: Final = "SELECT content FROM audit WHERE action = 'content_installed' ORDER BY sequence DESC LIMIT 1"
_SHORT: Final = 16
_HASH: Final = re.compile("(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")


class InstalledContent:
    """At most one pack; another takes its place as a whole."""

    def __init__(self, database: Database, audit: Audit) -> None:
        self._database = database
        self._audit = audit
        self._media = FormMedia(database)

    def current(self) -> Installed | None:
        """Return the pack in use; None before the first."""
        row = self._database.row(_CURRENT)
        if row is None:
            return None
        number, sha256, issued_at, signed_by, installed_at, by = row
        return Installed(number, sha256, from_text(issued_at), signed_by, from_text(installed_at), by)

    def services(self) -> str:
        """Return the directory of services as it came; empty where the pack brought none, or there is no pack."""
        return str(self._database.value("SELECT services FROM content_pack") or "")

    def forms(self) -> tuple[PackForm, ...]:
        """Return the forms of the pack in its order; their texts are read by their hashes."""
        return tuple(
            PackForm(form_id, title, version, tuple(json.loads(languages)), sha256)
            for form_id, title, version, languages, sha256 in self._database.rows(_FORMS)
        )

    def require_newer(self, number: int, signed_by: str) -> None:
        """Raise ``content.older`` (number, installed) or ``content.installed_already`` (number).

        Another key of headquarters is another register, which numbers its packs from one.
        """
        current = self.current()
        if current is None or current.signed_by != signed_by or number > current.number:
            return
        if number == current.number:
            raise VictimIDError("content.installed_already", number=number)
        raise VictimIDError("content.older", number=number, installed=current.number)

    def install(
        self, pack: Installed, services: str, forms: Mapping[PackForm, str], media: Mapping[str, bytes]
    ) -> None:
        """Put a pack in the place of the one before, what only that one needed removed; all of it or nothing.

        ``forms`` have their XForm texts, ``media`` are by SHA-256. Raises what `require_newer` does.
        """
        with self._database.transaction():
            self.require_newer(pack.number, pack.signed_by)
            self._database.execute("DELETE FROM content_form")
            self._database.execute("DELETE FROM content_pack")
            issued, installed = to_text(pack.issued_at), to_text(pack.installed_at)
            row = (pack.number, pack.sha256, issued, pack.signed_by, installed, pack.by, services)
            self._database.execute(_INSERT, row)
            for form, xform in forms.items():
                self._keep(form, xform)
            self._media.keep(media)
            self._forget_unneeded()
            detail = f"number={pack.number} sha256={pack.sha256[:_SHORT]}"
            self._audit.append(Action.CONTENT_INSTALLED, pack.by, "", detail, content=self.content())

    def content(self) -> str:
        """Return the hash of everything in use, of the texts of forms too; empty where nothing is."""
        current = self.current()
        if current is None:
            return ""
        return digest_of([current, self.services(), [(form, self._text_hash(form)) for form in self.forms()]])

    def noted(self) -> str:
        """Return the hash of what was installed last, as the audit has it; empty if nothing ever was."""
        return str(self._database.value(_NOTED) or "")

    def _keep(self, form: PackForm, xform: str) -> None:
        form_versions.keep(self._database, FormVersion(form.id, form.version, form.title, form.sha256, xform))
        self._database.execute(
            "INSERT INTO content_form (form_sha256, languages) VALUES (?, ?)", (form.sha256, json.dumps(form.languages))
        )

    def _text_hash(self, form: PackForm) -> str:
        return hashlib.sha256(form_versions.read(self._database, form.sha256).xform.encode()).hexdigest()

    def _forget_unneeded(self) -> None:
        """Remove the forms that neither the pack nor an interview needs, and the media that no form names."""
        self._database.execute(_UNNEEDED)
        named: set[str] = set()
        for (sha256,) in self._database.rows("SELECT sha256 FROM form"):
            named.update(_HASH.findall(form_versions.read(self._database, sha256).xform))
        self._database.execute(
            "DELETE FROM form_media WHERE sha256 NOT IN (SELECT value FROM json_each(?))", (json.dumps(sorted(named)),)
        )
