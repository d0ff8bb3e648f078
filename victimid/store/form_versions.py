"""Form versions by the SHA-256 of their text: those that interviews were begun on, and those of a content pack."""

from victimid.errors import VictimIDError
from victimid.model.interview import FormVersion
from victimid.store.connection import Database


def keep(database: Database, form: FormVersion) -> None:
    """Keep a form version as it is now; keeping it again changes nothing."""
    database.execute(
        "INSERT INTO form (sha256, id, version, title, xform) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (form.sha256, form.id, form.version, form.title, form.xform),
    )


def read(database: Database, sha256: str) -> FormVersion:
    """Return a kept form version; ``interview.form_unknown``."""
    row = database.row("SELECT id, version, title, sha256, xform FROM form WHERE sha256 = ?", (sha256,))
    if row is None:
        raise VictimIDError("interview.form_unknown")
    return FormVersion(*row)
