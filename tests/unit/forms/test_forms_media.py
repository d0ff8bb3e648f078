"""Pictures and recordings of a form: found beside it, checked, and reaching questions and choices by language."""

import json
from pathlib import Path

import pytest

from tests.support.form_files import clock, written, xform
from tests.support.media import BMP, FLAC, JPEG_HEAD, OPUS, VORBIS_HEAD, png, wav
from victimid.errors import VictimIDError
from victimid.forms import limits, loading, steps
from victimid.forms.checking import check
from victimid.forms.form import Form
from victimid.forms.markup import Run
from victimid.forms.session import Session

EN, ES = "English (en)", "Español (es)"
SURVEY = [
    {
        "type": "select_one doors",
        "name": "door",
        f"label::{EN}": "Which **door**?",
        f"label::{ES}": "¿Qué **puerta**?",
        f"hint::{EN}": "Take *your* time",
        f"hint::{ES}": "Sin *prisa*",
        f"media::image::{EN}": "door.png",
        f"media::image::{ES}": "puerta.png",
        f"media::big-image::{EN}": "large.png",
        f"media::big-image::{ES}": "large.png",
        f"media::audio::{EN}": "door.wav",
        f"media::audio::{ES}": "puerta.wav",
    },
]
CHOICES = [
    {
        "list_name": "doors",
        "name": name,
        f"label::{EN}": f"**{name}** door",
        f"label::{ES}": f"puerta *{name}*",
        f"media::image::{EN}": f"{name}.png",
        f"media::image::{ES}": f"{name}.png",
        f"media::audio::{EN}": f"{name}.wav",
        f"media::audio::{ES}": f"{name}.wav",
    }
    for name in ("red", "blue")
]
PICTURES = ("door", "puerta", "large", "red", "blue")
RECORDINGS = ("door", "puerta", "red", "blue")


def fill(folder: Path) -> None:
    """Write every file the form names, each different."""
    folder.mkdir(exist_ok=True)
    for number, name in enumerate(PICTURES, 1):
        (folder / f"{name}.png").write_bytes(png(number * 10, 10))
    for number, name in enumerate(RECORDINGS, 1):
        (folder / f"{name}.wav").write_bytes(wav(number / 100))


def problems(path: Path) -> list[tuple[str, str, str, int, str]]:
    return [(each.code, str(each.fields.get("file")), each.sheet, each.row, each.column) for each in check(path)]


def one_image(folder: Path, name: str, column: str = "media::image") -> Path:
    return written(folder, [{"type": "note", "name": "n", "label": "N", column: name}])


@pytest.mark.parametrize("folder", [".", "form-media"])
def test_files_are_found_beside_the_form_or_in_its_folder(tmp_path: Path, folder: str) -> None:
    fill(tmp_path / folder)
    form = loading.load(written(tmp_path, SURVEY, CHOICES))
    assert set(form.model.files) == {f"{name}.png" for name in PICTURES} | {f"{name}.wav" for name in RECORDINGS}
    assert {form.media[sha256] for sha256 in form.model.files.values()} == set(form.media.values())
    assert check(tmp_path / "form.md") == ()


def test_media_follow_the_language_of_question_hint_and_choices(tmp_path: Path) -> None:
    fill(tmp_path)
    session = Session(loading.load(written(tmp_path, SURVEY, CHOICES)), clock=clock)
    spanish, english = session.question("/data/door", ES), session.question("/data/door", EN)
    assert spanish.media == {"image": "puerta.png", "big-image": "large.png", "audio": "puerta.wav"}
    assert english.media == {"image": "door.png", "big-image": "large.png", "audio": "door.wav"}
    assert spanish.hint_runs == (Run("Sin "), Run("prisa", emphasis=True))
    red = spanish.options[0]
    assert (red.value, red.label) == ("red", "puerta red")
    assert red.label_runs == (Run("puerta "), Run("red", emphasis=True))
    assert red.media == {"image": "red.png", "audio": "red.wav"}


def test_the_trace_says_nothing_of_media(tmp_path: Path) -> None:
    fill(tmp_path)
    form = loading.load(written(tmp_path, SURVEY, CHOICES))
    node = json.loads(json.dumps(steps.run(form, [], language=EN)))["states"][0][0]
    assert node["options"] == [{"value": "red", "label": "**red** door"}, {"value": "blue", "label": "**blue** door"}]
    assert set(node) == {
        "ref", "kind", "relevant", "readonly", "required", "value", "valid", "label", "hint", "options",
    }  # fmt: skip


def test_another_picture_makes_another_form_and_the_text_alone_names_them(tmp_path: Path) -> None:
    fill(tmp_path)
    path = written(tmp_path, SURVEY, CHOICES)
    first = loading.load(path)
    (tmp_path / "red.png").write_bytes(png(99, 9))
    second = loading.load(path)
    assert first.sha256 != second.sha256
    assert loading.from_xform(first.xform).model.files == first.model.files
    assert loading.from_xform(first.xform).media == {}


def test_missing_files_are_warned_of_at_every_cell(tmp_path: Path) -> None:
    fill(tmp_path)
    (tmp_path / "red.wav").unlink()
    (tmp_path / "large.png").unlink()
    assert sorted(problems(written(tmp_path, SURVEY, CHOICES)), key=str) == [
        ("form.missing_media", "large.png", "survey", 2, f"media::big-image::{EN}"),
        ("form.missing_media", "large.png", "survey", 2, f"media::big-image::{ES}"),
        ("form.missing_media", "red.wav", "choices", 2, f"media::audio::{EN}"),
        ("form.missing_media", "red.wav", "choices", 2, f"media::audio::{ES}"),
    ]


@pytest.mark.parametrize(
    ("content", "column", "code"),
    [
        (b"MZ executable", "media::image", "form.media_refused"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "media::image", "form.media_refused"),
        (b"%PDF-1.7", "media::image", "form.media_refused"),
        (b"", "media::image", "form.media_refused"),
        (png(), "media::audio", "form.media_refused"),
        (wav(0.01), "media::image", "form.media_refused"),
        (b"\0\0\0\x18ftypmp42", "media::video", "form.media_refused"),
        (OPUS, "media::audio", "form.media_opus"),
        (png() + b"\0" * limits.MEDIA_FILE_BYTES, "media::image", "form.media_too_large"),
    ],
    ids=["program", "svg", "pdf", "empty", "picture as sound", "sound as picture", "video", "opus", "large"],
)
def test_what_is_of_another_kind_or_too_large_is_left_out_with_a_warning(
    tmp_path: Path, content: bytes, column: str, code: str
) -> None:
    (tmp_path / "x.png").write_bytes(content)
    path = one_image(tmp_path, "x.png", column)
    assert problems(path) == [(code, "x.png", "survey", 2, column)]
    assert loading.load(path).media == {}


@pytest.mark.parametrize("content", [BMP, JPEG_HEAD, b"GIF89a", b"RIFF\0\0\0\0WEBPVP8 "])
def test_a_picture_is_known_by_its_bytes_not_by_its_name(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.txt").write_bytes(content)
    assert list(loading.load(one_image(tmp_path, "x.txt")).media.values()) == [content]


@pytest.mark.parametrize("content", [FLAC, VORBIS_HEAD, b"ID3", wav(0.01)])
def test_a_recording_too(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.wav").write_bytes(content)
    assert list(loading.load(one_image(tmp_path, "x.wav", "media::audio")).media.values()) == [content]


@pytest.mark.parametrize("name", ["../secret.png", "/secret.png", "..\\secret.png", "a/../../secret.png", ".png", ".."])
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.png").write_bytes(png())
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / ".png").write_bytes(png())
    path = one_image(inside, name)
    assert [each.code for each in check(path)] == ["form.missing_media"]
    assert loading.load(path).media == {}


def test_nor_does_a_link(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(png())
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "x.png").symlink_to(tmp_path / "secret.png")
    assert loading.load(one_image(inside, "x.png")).media == {}


def test_a_file_that_may_not_be_read_is_as_good_as_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "x.png").write_bytes(png())
    path = one_image(tmp_path, "x.png")

    read = Path.read_bytes

    def refuse(file: Path) -> bytes:
        if file.suffix == ".png":
            raise PermissionError
        return read(file)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert [each.code for each in check(path)] == ["form.missing_media"]


def test_all_together_are_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path)
    path = written(tmp_path, SURVEY, CHOICES)
    monkeypatch.setattr(limits, "MEDIA_BYTES", 500)
    with pytest.raises(VictimIDError, match=r"form\.too_large"):
        loading.load(path)


def test_a_form_cannot_claim_files_it_does_not_have(tmp_path: Path) -> None:
    noted = '<vid:media xmlns:vid="https://victimid.example/xforms" name="x.png" sha256="00"/>'
    path = tmp_path / "form.xml"
    path.write_text(written_xml(noted), "utf-8")
    assert loading.load(path).model.files == {}


def written_xml(extra: str) -> str:
    return (
        '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><h:title>t</h:title>'
        f'<model><instance><data id="t"><a/></data></instance>{extra}</model></h:head><h:body>'
        '<input ref="/data/a"><label ref="jr:itext(\'a\')"/><hint ref="jr:itext(\'h\')"/></input></h:body></h:html>'
    )


def test_hints_may_speak_in_an_xform_and_names_may_not_depend_on_answers(tmp_path: Path) -> None:
    (tmp_path / "h.wav").write_bytes(wav(0.01))
    itext = (
        '<itext><translation lang="en"><text id="a"><value>A</value>'
        '<value form="image">jr://images/<output value="/data/a"/>.png</value>'
        '<value form="audio">jr://audio/gone.mp3</value></text>'
        '<text id="h"><value>H</value><value form="audio">jr://audio/h.wav</value></text></translation></itext>'
    )
    path = tmp_path / "form.xml"
    path.write_text(written_xml(itext), "utf-8")
    question = Session(loading.load(path), clock=clock).question("/data/a", "en")
    assert question.media == {"audio": "gone.mp3"}
    assert question.hint_media == {"audio": "h.wav"}
    assert problems(path) == [("form.missing_media", "gone.mp3", "", 0, "")]


def test_answers_quoted_in_choices_are_never_markup() -> None:
    form: Form = xform(
        "<name>**bold**</name><pick/>",
        '<bind nodeset="/data/pick" type="string"/>',
        '<input ref="/data/name"><label>Name</label></input>'
        '<select1 ref="/data/pick"><label>Pick</label><item><label>*This:* <output value="/data/name"/></label>'
        "<value>a</value></item></select1>",
    )
    option = Session(form, clock=clock).question("/data/pick", "default").options[0]
    assert option.label == "This: **bold**"
    assert option.label_runs == (Run("This:", emphasis=True), Run(" **bold**"))


def test_choices_that_are_answers_are_never_markup_and_those_of_a_list_are() -> None:
    form = xform(
        '<row jr:template=""><name/></row><row><name>*x*</name></row><pick/><other/>',
        "",
        '<group ref="/data/row"><repeat nodeset="/data/row"><input ref="/data/row/name"><label>N</label></input>'
        "</repeat></group>"
        '<select1 ref="/data/pick"><label>P</label><itemset nodeset="/data/row"><value ref="name"/><label ref="name"/>'
        "</itemset></select1>"
        '<select1 ref="/data/other"><label>O</label><itemset nodeset="instance(\'l\')/root/item"><value ref="name"/>'
        '<label ref="label"/></itemset></select1>',
        '<instance id="l"><root><item><name>a</name><label>*A*</label></item></root></instance>',
    )
    session = Session(form, clock=clock)
    assert session.question("/data/pick", "default").options[0].label_runs == (Run("*x*"),)
    assert session.question("/data/other", "default").options[0].label_runs == (Run("A", emphasis=True),)
