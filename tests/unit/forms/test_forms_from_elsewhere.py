"""Forms as other tools write them: parts that are about nothing, circles inside a group, lists that are missing."""

from pathlib import Path

import pytest

from tests.support.form_files import calculated, clock, written, xform, xform_text
from victimid.forms.checking import check
from victimid.forms.loading import load
from victimid.forms.session import Session


def problems(folder: Path, text: str) -> list[tuple[str, str]]:
    path = folder / "form.xml"
    path.write_text(text, "utf-8")
    return [(each.severity, each.code) for each in check(path)]


def asked(*names: str) -> str:
    return "".join(f'<input ref="/data/{name}"><label>{name}</label></input>' for name in names)


@pytest.mark.parametrize(
    ("binds", "body", "code"),
    [
        ('<bind nodeset="/data/gone" type="int"/>', "", "form.unknown_path"),
        ("", asked("gone"), "form.unknown_path"),
        ("", '<group><repeat nodeset="/data/gone"/></group>', "form.unknown_path"),
        ('<setvalue event="odk-instance-load" ref="/data/gone" value="1"/>', "", "form.unknown_path"),
        ('<bind nodeset="/data/a/@create" calculate="1"/>', "", "form.ignored_attribute"),
    ],
)
def test_what_is_about_nothing_is_left_out_with_a_warning(tmp_path: Path, binds: str, body: str, code: str) -> None:
    text = xform_text("<a>kept</a>", binds, asked("a") + body)
    assert problems(tmp_path, text) == [("warning", code)]
    session = Session(load(tmp_path / "form.xml"), clock=clock)
    assert session.questions() == ("/data/a",)
    assert session.node("/data/a").value == "kept"


def test_a_group_that_needs_its_own_inside_sees_it_blank_at_first(tmp_path: Path) -> None:
    binds = '<bind nodeset="/data/g" relevant="./source = \'user\'"/>'
    body = f'<group ref="/data/g">{asked("g/source")}</group>'
    text = xform_text("<g><source>user</source></g>", binds, body)
    assert problems(tmp_path, text) == [("warning", "form.cycle")]
    session = Session(load(tmp_path / "form.xml"), clock=clock)
    assert not session.node("/data/g/source").relevant


def test_a_group_of_a_workbook_that_needs_its_own_inside_is_a_warning(tmp_path: Path) -> None:
    survey = [
        {"type": "begin_group", "name": "g", "label": "G", "relevant": "${a} = ''"},
        {"type": "text", "name": "a", "label": "A"},
        {"type": "end_group"},
    ]
    assert [(each.severity, each.code) for each in check(written(tmp_path, survey))] == [("warning", "form.cycle")]


@pytest.mark.parametrize(
    ("calculation", "value"),
    [(".", "first"), ("concat(., '!')", "first!"), ("if(. = '', 'none', .)", "first")],
)
def test_a_calculation_may_read_what_it_replaces(calculation: str, value: str) -> None:
    session = Session(xform("<a>first</a>", f'<bind nodeset="/data/a" calculate="{calculation}"/>'), clock=clock)
    assert session.node("/data/a").value == value


def test_an_action_reaches_an_answer_that_is_not_shown_yet() -> None:
    binds = '<bind nodeset="/data/b" relevant="/data/c = \'yes\'"/>'
    action = '<setvalue event="xforms-value-changed" ref="/data/b" value="\'set\'"/>'
    body = f'<input ref="/data/a"><label>a</label>{action}</input>{asked("b", "c")}'
    session = Session(xform("<a/><b/><c/>", binds, body), clock=clock)
    session.set("/data/a", "x")
    assert session.node("/data/b").value == ""
    session.set("/data/c", "yes")
    assert session.node("/data/b").value == "set"


@pytest.mark.parametrize(
    ("inside", "value"),
    [('value="">ignored</setvalue>', ""), (">literal</setvalue>", "literal"), ("/>", "")],
)
def test_a_blank_value_sets_blank_and_text_counts_without_one(inside: str, value: str) -> None:
    action = f'<setvalue event="xforms-value-changed" ref="/data/b" {inside}'
    body = f'<input ref="/data/a"><label>a</label>{action}</input>{asked("b")}'
    session = Session(xform("<a/><b>before</b>", "", body), clock=clock)
    session.set("/data/a", "x")
    assert session.node("/data/b").value == value


def test_a_question_whose_list_is_nowhere_stays_an_input(tmp_path: Path) -> None:
    body = "<input ref=\"/data/a\" query=\"instance('towns')/root/item[state = 'x']\"><label>a</label></input>"
    assert problems(tmp_path, xform_text("<a/>", "", body)) == [("warning", "form.missing_file")]
    session = Session(load(tmp_path / "form.xml"), clock=clock)
    session.set("/data/a", "Springfield")
    assert (session.node("/data/a").kind, session.node("/data/a").value) == ("input", "Springfield")


def test_an_older_form_is_warned_of_absolute_paths_through_its_own_repeat(tmp_path: Path) -> None:
    binds = '<bind nodeset="/data/r/b" calculate="/data/r/a"/><bind nodeset="/data/r/n" calculate="count(/data/r)"/>'
    body = f'<group ref="/data/r"><repeat nodeset="/data/r">{asked("r/a")}</repeat></group>'
    text = xform_text("<r><a/><b/><n/></r>", binds, body)
    assert problems(tmp_path, text) == [("warning", "form.first_instance")]
    newer = text.replace("<model", '<model xmlns:odk="http://www.opendatakit.org/xforms" odk:xforms-version="1.0.0"', 1)
    assert problems(tmp_path, newer) == []


@pytest.mark.parametrize("declared", ["", ' xmlns:orx="http://openrosa.org/xforms"'])
def test_an_identifier_that_is_added_is_of_the_openrosa_namespace(tmp_path: Path, declared: str) -> None:
    path = tmp_path / "form.xml"
    path.write_text(xform_text("<a/>", "", asked("a")).replace("<h:html", f"<h:html{declared}", 1), "utf-8")
    written_out = Session(load(path), clock=clock).instance_xml()
    assert "http://openrosa.org/xforms" in written_out
    assert ":instanceID>uuid:" in written_out


@pytest.mark.parametrize(
    ("earlier", "later", "months"),
    [
        ("2024-01-31", "2024-02-29", "0"),
        ("2024-01-15", "2025-01-15", "12"),
        ("2024-03-10", "2024-01-10", "-2"),
        ("", "2024-01-10", ""),
        ("2024-01-10", "soon", ""),
    ],
)
def test_months_between_dates_are_whole(earlier: str, later: str, months: str) -> None:
    assert calculated(f"difference-in-months('{earlier}', '{later}')") == months
