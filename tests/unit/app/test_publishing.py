"""What headquarters gathers to publish: forms with what they show and a directory, or the reason why not."""

import hashlib
from pathlib import Path

import pytest

from tests.support.form_files import xform_text
from tests.support.media import OPUS, png, wav
from tests.support.packs import DIRECTORY
from victimid.app.publishing import gather
from victimid.errors import VictimIDError
from victimid.forms import limits, loading

QUESTION = '<input ref="/data/a"><label ref="jr:itext(\'a\')"/></input>'
TEXTS = (
    '<itext><translation lang="default"><text id="a"><value>A</value><value form="image">jr://images/a.png</value>'
    '<value form="audio">jr://audio/a.wav</value></text></translation></itext>'
)


def form(folder: Path, form_id: str = "agency", title: str = "Agency questions") -> Path:
    text = xform_text("<a/>", '<bind nodeset="/data/a"/>', QUESTION, TEXTS)
    path = folder / f"{form_id}.xml"
    path.write_text(text.replace('id="t"', f'id="{form_id}"').replace(">t<", f">{title}<"), "utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.png").write_bytes(png())
    (tmp_path / "a.wav").write_bytes(wav())
    (tmp_path / "services.toml").write_text(DIRECTORY, "utf-8")
    return tmp_path


def refusal(directory: Path | None, *forms: Path) -> VictimIDError:
    with pytest.raises(VictimIDError) as refused:
        gather(directory, forms)
    return refused.value


def test_forms_come_whole_with_their_pictures_each_once(folder: Path) -> None:
    new = gather(folder / "services.toml", [form(folder), form(folder, "second")])
    assert [service.id for service in new.services] == ["harbour-house"]
    assert new.content.services == DIRECTORY
    assert [(each.id, each.title, each.version) for each in new.forms] == [
        ("agency", "Agency questions", "7"),
        ("second", "Agency questions", "7"),
    ]
    for given, kept in zip(new.forms, new.content.forms, strict=True):
        assert loading.from_xform(kept).sha256 == given.sha256
    assert new.content.media == {hashlib.sha256(data).hexdigest(): data for data in (png(), wav())}


def test_a_directory_or_a_form_alone_is_enough(folder: Path) -> None:
    alone = gather(folder / "services.toml", [])
    assert (len(alone.services), alone.forms, alone.content.forms, alone.content.media) == (1, (), (), {})
    only = gather(None, [form(folder)])
    assert (only.services, only.content.services, len(only.forms)) == ((), "", 1)
    assert refusal(None).code == "content.empty"


def test_a_directory_from_a_windows_editor_is_read(folder: Path) -> None:
    saved = folder / "windows.toml"
    saved.write_bytes(b"\xef\xbb\xbf" + DIRECTORY.replace("\n", "\r\n").encode())
    assert gather(saved, []).content.services == DIRECTORY


def test_files_that_cannot_be_read_are_named(folder: Path) -> None:
    (folder / "latin.toml").write_bytes("ñ".encode("latin-1"))
    for name, code in (("none.toml", "file.not_there"), ("latin.toml", "program.file_missing")):
        refused = refusal(folder / name)
        assert (refused.code, refused.fields) == (code, {"name": name})
    assert refusal(folder).code == "program.file_missing"
    assert refusal(None, folder / "none.xlsx").code == "form.file_not_found"
    assert refusal(form(folder)).code == "content.not_services"


def test_ids_are_those_of_no_other_form(folder: Path) -> None:
    again = folder / "again.xml"
    again.write_text(form(folder).read_text("utf-8"), "utf-8")
    refused = refusal(None, form(folder), again)
    assert (refused.code, refused.fields) == ("content.form_twice", {"form": "agency"})
    refused = refusal(None, form(folder, "second_line"))
    assert (refused.code, refused.fields) == ("content.own_form", {"form": "second_line"})


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "form.missing_media_in_xform"),
        (OPUS, "form.media_opus_in_xform"),
        (b"text", "form.media_refused_in_xform"),
        (b"RIFF" + bytes(limits.MEDIA_FILE_BYTES), "form.media_too_large_in_xform"),
    ],
    ids=["missing", "opus", "text", "large"],
)
def test_no_form_is_published_without_what_it_shows(folder: Path, content: bytes | None, code: str) -> None:
    recording = folder / "a.wav"
    recording.unlink() if content is None else recording.write_bytes(content)
    assert refusal(None, form(folder)).code == code


def test_a_form_with_an_error_is_refused_as_the_checker_does(folder: Path) -> None:
    broken = form(folder)
    broken.write_text(
        broken.read_text("utf-8").replace('nodeset="/data/a"', 'nodeset="/data/a" relevant="1 +"'), "utf-8"
    )
    assert refusal(None, broken).code == "form.syntax_at_node"
