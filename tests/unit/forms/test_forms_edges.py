"""Edges of loading and answering forms: odd files, odd references, odd repeats."""

import gc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.form_files import calculated, clock, session_of, table, written, xform, xform_text
from victimid.errors import VictimIDError
from victimid.forms.checking import check
from victimid.forms.converting import write_xlsx
from victimid.forms.effort import Effort
from victimid.forms.loading import Translation, from_xform, load
from victimid.forms.patterns.automaton import compile_pattern
from victimid.forms.session import Session
from victimid.forms.xpath.syntax import Literal

INPUT = '<input ref="/data/a"/>'


def codes(path: Path) -> list[str]:
    return [each.code for each in check(path)]


def refusal(action: Callable[[], object]) -> str:
    with pytest.raises(VictimIDError) as refused:
        action()
    return refused.value.code


def xml(folder: Path, instance: str, binds: str = "", body: str = "", extra: str = "") -> Path:
    path = folder / "form.xml"
    path.write_text(xform_text(instance, binds, body, extra), "utf-8")
    return path


def test_rows_that_do_not_fit_together(tmp_path: Path) -> None:
    rows = [
        {"type": "end_group"},
        {"type": "# a comment", "name": "x"},
        {"type": "text", "name": "a", "label": "A"},
        {"type": "begin_group", "name": "g", "label": "G"},
        {"type": "text", "name": "a", "label": "A", "relevant": "${a} = 1"},
        {"type": "text", "name": "b", "label": "B", "relevant": "not(1, 2)"},
        {"type": "end_group"},
    ]
    choices = [{"list_name": "", "name": "x", "label": "X"}, {"list_name": "l", "name": "", "label": "X"}]
    assert codes(written(tmp_path, rows, choices)) == [
        "form.end_without_begin",
        "form.choice_without_name",
        "form.ambiguous_reference",
        "form.argument_count",
        "form.unknown_choice",
    ]


def test_files_that_are_not_there(tmp_path: Path) -> None:
    assert codes(tmp_path / "none.xml") == ["form.file_not_found"]
    assert refusal(lambda: load(tmp_path / "none.xml")) == "form.file_not_found"
    path = xml(tmp_path, "<a/>", extra='<instance id="h" src="jr://file/.hidden"/>')
    assert codes(path) == ["form.missing_file"]
    broken = written(tmp_path, [{"type": "nonsense", "name": "a", "label": "A"}])
    assert refusal(lambda: write_xlsx(broken, (), tmp_path / "out.xlsx")) == "form.unknown_type"


def test_last_saved_is_blank(tmp_path: Path) -> None:
    rows = [{"type": "text", "name": "a", "label": "A", "default": "${last-saved#a}"}]
    path = written(tmp_path, rows)
    assert codes(path) == []
    assert Session(load(path), clock=clock).node("/data/a").value == ""


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("d.csv", b"\xff\xfe\xff"),
        ("d.geojson", b"[]"),
        ("d.geojson", b'{"features": [{"geometry": 1}]}'),
        ("d.geojson", b'{"features": [{"geometry": {"type": "LineString", "coordinates": 5}}]}'),
        ("d.geojson", b'{"features": [{"geometry": {"type": "Point", "coordinates": 5}}]}'),
    ],
)
def test_attachments_that_cannot_be_read(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    assert codes(xml(tmp_path, "<a/>", extra=f'<instance id="d" src="jr://file/{name}"/>')) == ["form.bad_attachment"]


def test_attachments_with_holes(tmp_path: Path) -> None:
    (tmp_path / "d.csv").write_text("name;1 size\na;1\n;\nb\n", "utf-8")
    shape = '{"type": "Polygon", "coordinates": [[[1, 2], [3, 4]]]}'
    (tmp_path / "d.geojson").write_text(
        f'{{"features": [{{"id": 7, "geometry": {shape}, "properties": {{"n": 5}}}}]}}', "utf-8"
    )
    extra = '<instance id="d" src="jr://file/d.csv"/><instance id="g" src="jr://file/d.geojson"/>'
    bind = (
        "<bind nodeset=\"/data/a\" calculate=\"join('-', instance('d')/root/item/name, instance('d')/root/item/_1_size)\"/>"  # noqa: E501 - one piece
        "<bind nodeset=\"/data/b\" calculate=\"concat(instance('g')/root/item/geometry, '/', instance('g')/root/item/id)\"/>"  # noqa: E501 - one piece
    )
    session = Session(load(xml(tmp_path, "<a/><b/>", bind, extra=extra)), clock=clock)
    assert session.node("/data/a").value == "a-b-1-"
    assert session.node("/data/b").value == "2 1 0 0; 4 3 0 0/7"


def test_pictures_in_a_workbook_are_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    write_xlsx(written(tmp_path, [{"type": "text", "name": "a", "label": "A"}]), (), path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/media/picture.png", b"\x89PNG\r\n\x1a\n<!DOCTYPE is just bytes here")
    assert codes(path) == []


def test_a_form_without_choices_is_translated(tmp_path: Path) -> None:
    path = written(tmp_path, [{"type": "text", "name": "a", "label": "Name"}])
    form = load(path, (Translation("Français (fr)", {"Name": "Nom"}.get),))
    assert Session(form, clock=clock).question("/data/a", "Français (fr)").label == "Nom"


def test_what_the_converter_stumbles_over_is_a_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(*_arguments: object) -> None:
        raise KeyError

    monkeypatch.setattr("pyxform.builder.create_survey_element_from_dict", stumble)
    assert codes(written(tmp_path, [{"type": "text", "name": "a", "label": "A"}])) == ["form.refused_by_converter"]


def test_a_collector_that_rests_stays_at_rest() -> None:
    gc.disable()
    try:
        from_xform(xform_text("<rests/>"))
        assert not gc.isenabled()
    finally:
        gc.enable()
    from_xform(xform_text("<works/>"))
    assert gc.isenabled()


@pytest.mark.parametrize(
    ("binds", "body", "found"),
    [
        ('<bind nodeset="/data/a" vid:sign="s" vid:when="("/>', "", ["form.syntax"]),
        ('<setvalue event="odk-instance-load" ref="/data/none" value="1"/>', "", ["form.unknown_path"]),
        ('<setvalue event="odk-instance-load" ref="/data/a" value="("/>', "", ["form.syntax"]),
        ("", '<group><repeat nodeset="/data/none"/></group>', ["form.unknown_path"]),
        ("", '<select1 ref="/data/a"><itemset nodeset="\'x\'"><value ref="n"/></itemset></select1>', []),
        ("", '<input ref="/data/a"><label>A <output value="("/></label></input>', ["form.syntax"]),
    ],
)
def test_problems_of_an_xform(tmp_path: Path, binds: str, body: str, found: list[str]) -> None:
    assert codes(xml(tmp_path, "<a/>", binds, body)) == found


def test_labels_may_hold_other_elements() -> None:
    body = '<input ref="/data/a"><label>One <b>bold</b> two</label></input>'
    assert Session(xform("<a/>", body=body), clock=clock).node("/data/a").label == "One  two"


def test_references_relative_to_the_group_around() -> None:
    body = '<group ref="/data/g"><input ref="./a"><label>A</label></input><input ref="../b"><label>B</label></input></group>'  # noqa: E501 - one piece
    session = Session(xform("<g><a/></g><b/>", body=body), clock=clock)
    assert [session.node(ref).kind for ref in ("/data/g/a", "/data/b")] == ["input", "input"]


def test_choices_from_the_answers_themselves() -> None:
    people = '<p jr:template=""><name/></p><p><name/></p><who/>'
    body = (
        '<group ref="/data/p"><repeat nodeset="/data/p"><input ref="/data/p/name"/></repeat></group>'
        '<select1 ref="/data/who"><itemset nodeset="/data/p[name != \'\']"><value ref="name"/></itemset></select1>'
    )
    session = Session(xform(people, body=body), clock=clock)
    session.set("/data/p[1]/name", "Ana")
    assert [option.label for option in session.node("/data/who").options] == ["Ana"]
    worded = body.replace('<value ref="name"/>', '<value ref="name"/><label ref="jr:itext(name)"/>')
    session = Session(xform(people, body=worded), clock=clock)
    session.set("/data/p[1]/name", "Ana")
    assert [option.value for option in session.node("/data/who").options] == ["Ana"]


def test_a_form_that_decides_how_many_there_are_starts_with_one() -> None:
    body = '<group ref="/data/p"><repeat nodeset="/data/p" jr:noAddRemove="true()"><input ref="/data/p/name"/></repeat></group>'  # noqa: E501 - one piece
    session = Session(xform('<p jr:template=""><name>x</name></p>', body=body), clock=clock)
    assert session.node("/data/p[1]/name").value == "x"


def test_references_within_a_repeat() -> None:
    inside = "<r><g><x>1</x><y/><z/></g><c/></r><n/>"
    binds = (
        '<bind nodeset="/data/r/g/y" calculate="count(/data/r/g/x)"/>'
        '<bind nodeset="/data/r/c" calculate="string(/data/r/g)"/>'
        '<bind nodeset="/data/r/g/z" constraint="count(/data/r/g/..) = 1 and current() != \'no\'"/>'
    )
    body = '<group ref="/data/r"><repeat nodeset="/data/r"><input ref="/data/r/g/x"/><input ref="/data/r/g/z"/></repeat></group>'  # noqa: E501 - one piece
    session = Session(xform(inside, binds, body), clock=clock)
    assert session.node("/data/r[1]/g/y").value == "1"
    assert session.node("/data/r[1]/c").value == "11"
    session.set("/data/r[1]/g/z", "no")
    assert not session.node("/data/r[1]/g/z").valid


def test_counts_inside_repeats(tmp_path: Path) -> None:
    rows = [
        {"type": "begin_repeat", "name": "r", "label": "R"},
        {"type": "integer", "name": "n", "label": "N"},
        {"type": "begin_repeat", "name": "s", "label": "S", "repeat_count": "${n}"},
        {"type": "text", "name": "t", "label": "T"},
        {"type": "calculate", "name": "of", "calculation": "count(${s})"},
        {"type": "end_repeat"},
        {"type": "end_repeat"},
    ]
    session = session_of(tmp_path, rows)
    session.set("/data/r[1]/n", "3")
    assert session.node("/data/r[1]/s[3]/of").value == "3"
    session.set("/data/r[1]/n", "1")
    assert refusal(lambda: session.node("/data/r[1]/s[2]")) == "form.unknown_question"


def test_an_entered_answer_stands_until_what_is_calculated_changes(tmp_path: Path) -> None:
    rows = [
        {"type": "integer", "name": "a", "label": "A"},
        {"type": "integer", "name": "b", "label": "B", "calculation": "if(${a} > 10, 1, 0)"},
    ]
    session = session_of(tmp_path, rows)
    session.set("/data/b", "7")
    session.set("/data/a", "5")
    assert session.node("/data/b").value == "7"
    again = Session(session.form, instance=session.instance_xml(), clock=clock)
    assert again.state() == session.state()
    again.set("/data/a", "11")
    assert again.node("/data/b").value == "1"


def test_the_other_language_sees_the_same_world(tmp_path: Path) -> None:
    rows = [
        {"type": "select_one c", "name": "s", "label::English (en)": "Pick", "label::Español (es)": "Elija"},
        {
            "type": "note",
            "name": "n",
            "label::English (en)": "Today ${day}",
            "label::Español (es)": "Hoy ${day}",
        },
        {"type": "calculate", "name": "day", "calculation": "today()"},
    ]
    choices = [{"list_name": "c", "name": "y", "label::English (en)": "Yes", "label::Español (es)": "Sí"}]
    form = load(written(tmp_path, rows, choices, {"default_language": "English (en)"}))
    said = "concat(jr:choice-name(/data/s, '/data/s'), format-date(today(), '%Y'), jr:choice-name('', '/data/n'), jr:choice-name('q', '/data/s'))"  # noqa: E501 - one piece
    quoted = form.xform.replace('<output value=" /data/day "/>', f'<output value="{said}"/>')
    session = Session(from_xform(quoted), clock=clock)
    session.set("/data/s", "y")
    assert session.language == "English (en)"
    assert session.question("/data/n", "English (en)").label == "Today Yes2026"
    assert session.question("/data/n", "Español (es)").label == "Hoy Sí2026"


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("count(instance('l')/root/item[missing + 1 = 2])", "0"),
        ("count(instance('l')/root/item[concat(missing, 'a') = 'a'])", "20"),
        ("count(instance('l')/root/item[missing = 'x'])", "0"),
        ("count(instance('l')/root/item[missing != 'x'])", "0"),
        ("count(instance('l')/root/item[starts-with(missing, 'a')])", "0"),
        ("count(instance('l')/root/item[n = n])", "20"),
        ("concat(instance('l')/root/item[n = 'v3']/n, instance('l')/root/item[n = 'v4']/n)", "v3v4"),
        ("instance('l')/root/item[n = /data/a]/n", "v7"),
        ("count(if(true(), /data/a, 'x'))", "1"),
        ("count(if(false(), /data/a, 'x'))", "0"),
        ("jr:choice-name('x', instance('l')/root/item)", ""),
        ("position(/)", "1"),
        ("string(date('0001-01-01T05:00:00.000Z')) != ''", "true"),
        ("number('2001-xx-xx')", ""),
    ],
)
def test_expressions_over_a_long_list(expression: str, value: str) -> None:
    items = "".join(f"<item><n>v{i}</n></item>" for i in range(20))
    quoted = expression.replace("<", "&lt;")
    form = xform(
        "<a>v7</a><b/><it/>",
        f'<bind nodeset="/data/it" calculate="{quoted}"/>',
        extra=f'<instance id="l"><root>{items}</root></instance>',
    )
    assert Session(form, clock=clock).node("/data/it").value == value


def test_a_list_is_looked_up_again_and_again(tmp_path: Path) -> None:
    rows = [
        {"type": "text", "name": "q", "label": "Q"},
        {"type": "select_one c", "name": "s", "label": "S", "choice_filter": "g = ${q}"},
    ]
    choices = [{"list_name": "c", "name": f"n{i}", "label": "N", "g": str(i % 3)} for i in range(30)]
    session = session_of(tmp_path, rows, choices)
    for group in "0120":
        session.set("/data/q", group)
        assert session.node("/data/s").options[0].value == f"n{group}"


@pytest.mark.parametrize("pattern", [")", "^*", "a)"])
def test_patterns_out_of_place_are_refused(pattern: str) -> None:
    assert refusal(lambda: compile_pattern(pattern)) == "form.bad_pattern"


def test_patterns_with_odd_escapes() -> None:
    assert compile_pattern("\\xZZ").search("xZZ", Effort())
    assert compile_pattern("[a-\\d]").search("-", Effort())


def test_literals_are_plain_data() -> None:
    assert Literal("x") == ("x",)
    assert calculated("'x'") == "x"
    assert table({"survey": [{"a": "b"}]}).startswith("| survey |")
