"""Attachments in a real vault: whole or not at all, encrypted, a part at a time."""

import hashlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.media import JPEG_HEAD, MARKER, png
from tests.support.vaults import NOON, REF, begin, new_vault, reopened
from victimid.errors import VictimIDError
from victimid.model.attachment import LIMIT, PART, Attachment, fits, media_type
from victimid.store.vault import Vault

ARRIVING = Attachment("a1", "interview-1", "/data/photo", "officer-1", NOON)


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    made = new_vault(tmp_path / "vault")
    begin(made)
    yield made
    made.lock()


def parts(content: bytes, size: int = 7) -> Iterator[bytes]:
    yield from (content[at : at + size] for at in range(0, len(content), size))


def refused(vault: Vault, content: Iterator[bytes], wanted: str = "") -> str:
    with pytest.raises(VictimIDError) as error:
        vault.attachments.add(ARRIVING, content, wanted)
    assert vault.attachments.to_export(REF) == ()
    return error.value.code


def test_it_comes_back_as_it_went_in_after_a_lock(tmp_path: Path, vault: Vault) -> None:
    content = png()
    kept = vault.attachments.add(ARRIVING, iter([content[:20], content[20:]]), "image/*")
    assert (kept.name, kept.media_type, kept.size) == ("a1.png", "image/png", len(content))
    assert kept.sha256 == hashlib.sha256(content).hexdigest()
    vault.lock()
    again = reopened(tmp_path / "vault")
    found = again.attachments.find("a1.png")
    assert found == kept
    assert b"".join(again.attachments.read(found)) == content
    assert again.attachments.find("nothing.png") is None
    assert again.audit.verify()
    again.lock()


def test_nothing_of_it_lies_in_the_clear(tmp_path: Path, vault: Vault) -> None:
    vault.attachments.add(ARRIVING, iter([png() + MARKER * 50_000]))
    for _ in range(2):
        found = subprocess.run(["grep", "-rla", MARKER.decode(), str(tmp_path)], capture_output=True, text=True)
        assert (found.returncode, found.stdout) == (1, "")
        vault.lock()


@pytest.mark.parametrize(
    ("content", "wanted", "code"),
    [
        (b"", "", "attachment.empty"),
        (b"MZ program", "", "attachment.kind_refused"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/*", "attachment.kind_refused"),
        (png(), "audio/*", "attachment.wrong_kind"),
    ],
)
def test_what_is_not_wanted_leaves_nothing(vault: Vault, content: bytes, wanted: str, code: str) -> None:
    assert refused(vault, parts(content, 4096), wanted) == code


def test_too_large_leaves_nothing(vault: Vault) -> None:
    part = JPEG_HEAD.ljust(PART, b"x")
    assert refused(vault, (part for _ in range(LIMIT // PART + 1))) == "attachment.too_large"


def test_a_source_that_breaks_off_leaves_nothing(vault: Vault) -> None:
    def breaking() -> Iterator[bytes]:
        yield png()
        raise VictimIDError("attachment.unreadable")

    assert refused(vault, breaking()) == "attachment.unreadable"
    assert vault.attachments.add(ARRIVING, iter([png()])).name == "a1.png"


def test_an_unknown_interview_is_refused(vault: Vault) -> None:
    with pytest.raises(VictimIDError) as error:
        vault.attachments.add(Attachment("a1", "other", "/data/q", "officer-1", NOON), iter([png()]))
    assert error.value.code == "interview.unknown"


def test_damage_is_noticed(vault: Vault) -> None:
    kept = vault.attachments.add(ARRIVING, parts(png(), 50))
    vault._database.execute("DELETE FROM attachment_part WHERE number = 1")
    with pytest.raises(VictimIDError) as error:
        list(vault.attachments.read(kept))
    assert error.value.code == "attachment.damaged"
    with pytest.raises(VictimIDError):
        vault._database.execute("UPDATE attachment_part SET content = x'00'")


_GROWTH = """
import resource, sys
from pathlib import Path
from tests.support.media import JPEG_HEAD
from tests.support.vaults import begin, new_vault
from tests.unit.store.test_attachments import ARRIVING
from victimid.model.attachment import PART
vault = new_vault(Path(sys.argv[1]))
begin(vault)
part = JPEG_HEAD.ljust(PART, b"x")
vault.attachments.add(ARRIVING, iter([part]))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
from dataclasses import replace
kept = vault.attachments.add(replace(ARRIVING, id="a2"), (part for _ in range(100)))
assert sum(map(len, vault.attachments.read(kept))) == 100 * PART
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
vault.lock()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="measures with getrusage")
def test_a_hundred_megabytes_need_little_more_memory_than_the_page_cache(tmp_path: Path) -> None:
    """However large the file: SQLite keeps in its cache (64 MiB) what was written, and nothing keeps more."""
    done = subprocess.run(
        [sys.executable, "-c", _GROWTH, str(tmp_path / "vault")], capture_output=True, text=True, check=True
    )
    assert int(done.stdout) < 64 * 1024, done.stdout


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (JPEG_HEAD, "image/jpeg"),
        (png()[:16], "image/png"),
        (b"GIF89a", "image/gif"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "audio/wav"),
        (b"\x00\x00\x00\x18ftypM4A ", "audio/mp4"),
        (b"\x00\x00\x00\x18ftypheic", "image/heic"),
        (b"\x00\x00\x00\x18ftypisom", "video/mp4"),
        (b"\x00\x00\x00\x18ftyp3gp5", "video/3gpp"),
        (b"ID3\x03", "audio/mpeg"),
        (b"%PDF-1.7", "application/pdf"),
        (b"RIFF\x00\x00\x00\x00ACON", ""),
        (b"PK\x03\x04", ""),
        (b"", ""),
    ],
)
def test_kinds_are_told_by_their_bytes(head: bytes, kind: str) -> None:
    assert media_type(head) == kind


def test_what_a_question_takes() -> None:
    assert fits("image/png", "image/*")
    assert not fits("image/png", "video/*")
    assert fits("application/pdf", "application/*")
    assert fits("audio/ogg", "")
