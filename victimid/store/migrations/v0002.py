"""Pictures and recordings of forms, each once, whatever the number of forms that name it."""

from typing import Final

STATEMENTS: Final = (
    """CREATE TABLE form_media (
        sha256 TEXT PRIMARY KEY, content BLOB NOT NULL
    ) STRICT""",
    """CREATE TRIGGER form_media_kept BEFORE UPDATE ON form_media
        BEGIN SELECT RAISE (ABORT, 'media of forms are never overwritten'); END""",
)
