"""Media of forms in the vault: by their hash, once, and nothing where the bytes are others."""

import hashlib
from pathlib import Path

from tests.support.vaults import new_vault

SOUND = b"a recorded question"
HASH = hashlib.sha256(SOUND).hexdigest()


def test_media_are_kept_once_and_never_given_out_altered(tmp_path: Path) -> None:
    vault = new_vault(tmp_path / "vault")
    vault.form_media.keep({HASH: SOUND})
    vault.form_media.keep({HASH: b"another one"})
    assert vault.form_media.read(HASH) == SOUND
    other = "0" * 64
    assert vault.form_media.read(other) == b""
    vault.form_media.keep({other: SOUND})
    assert vault.form_media.read(other) == b""
    vault.lock()
