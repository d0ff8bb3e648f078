"""Choices outside the form: select_one_external, from a workbook and beside an XForm."""

from pathlib import Path

from tests.support.form_files import table, xform_text
from victimid.forms.checking import check
from victimid.forms.loading import from_xform, load
from victimid.forms.session import Session

SHEETS = {
    "survey": [
        {"type": "select_one s", "name": "state", "label": "State"},
        {"type": "select_one_external towns", "name": "town", "label": "Town", "choice_filter": "state=${state}"},
    ],
    "choices": [{"list_name": "s", "name": name, "label": name.upper()} for name in "ab"],
    "external_choices": [
        {"list_name": "towns", "name": "x", "label": "Ex", "state": "a"},
        {"list_name": "towns", "name": "y", "label": "Why", "state": "b"},
    ],
}
QUERY = '<input ref="/data/town" query="instance(\'towns\')/root/item[state=/data/state]"><label>Town</label></input>'


def towns(session: Session, state: str) -> list[tuple[str, str]]:
    session.set("/data/state", state)
    return [(option.value, option.label) for option in session.node("/data/town").options]


def test_choices_of_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "form.md"
    path.write_text(table(SHEETS), "utf-8")
    form = load(path)
    session = Session(form)
    assert towns(session, "a") == [("x", "Ex")]
    assert towns(session, "b") == [("y", "Why")]
    session.set("/data/town", "y")
    assert session.question("/data/town", "default").type == "select1"
    assert towns(Session(from_xform(form.xform)), "a") == [("x", "Ex")]


def test_choices_beside_an_xform(tmp_path: Path) -> None:
    path = tmp_path / "form.xml"
    path.write_text(xform_text("<state/><town/>", '<bind nodeset="/data/town"/>', QUERY), "utf-8")
    assert [(each.code, each.fields["file"]) for each in check(path)] == [("form.missing_file", "itemsets.csv")]
    (tmp_path / "itemsets.csv").write_text(
        "list_name,name,label::English,state\ntowns,x,Ex,a\n\ntowns,y,Why,b\n", "utf-8"
    )
    assert check(path) == ()
    assert towns(Session(load(path)), "b") == [("y", "Why")]
