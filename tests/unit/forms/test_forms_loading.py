"""Loading: every format, files beside the form, translations, what the vault keeps."""

import hashlib
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]  # has no stubs
import pytest

from tests.support.form_files import DATA, clock, table, written, xform_text
from victimid.errors import VictimIDError
from victimid.forms.converting import write_xlsx
from victimid.forms.loading import Translation, from_xform, load
from victimid.forms.session import Session

SURVEY = [
    {"type": "text", "name": "who", "label": "Name", "hint": "As in the passport"},
    {"type": "select_one yn", "name": "ok", "label": "All well with ${who}?", "constraint_message": "=1+1"},
]
CHOICES = [{"list_name": "yn", "name": "yes", "label": "Yes"}, {"list_name": "yn", "name": "no", "label": "No"}]
SPANISH = Translation(
    "Español (es)", {"Name": "Nombre", "Yes": "Sí", "All well with ${who}?": "¿${who} está bien?"}.get
)


def test_iom_questionnaire_end_to_end() -> None:
    form = load(DATA / "htcds_xlsform.xlsx")
    assert (form.id, form.version, form.languages) == ("htcds_xlsform", "vSmt4GQA3C9uBMLPEVfgND", ("default",))
    session = Session(form, clock=clock)
    assert len(session.questions()) == 31
    session.set("/data/con_Consent", "TRUE")
    session.set("/data/prs_Birthdate", "1990-05-17")
    session.set("/data/prs_Citizenship", "HT")
    session.set("/data/vic_Methods_of_Control", "DebtBondage WithholdsDocuments")
    states = {state.ref: state for state in session.state()}
    assert len(states["/data/prs_Citizenship"].options) == 249
    assert states["/data/vic_Methods_of_Control"].value == "DebtBondage WithholdsDocuments"
    again = Session(from_xform(form.xform), instance=session.instance_xml(), clock=clock)
    assert again.state() == session.state()


def test_translations_become_languages(tmp_path: Path) -> None:
    form = load(written(tmp_path, SURVEY, CHOICES), [SPANISH])
    assert form.languages == ("English (en)", "Español (es)")
    assert form.default_language == "English (en)"
    session = Session(form, language="Español (es)")
    session.set("/data/who", "Ana")
    asked = session.question("/data/ok", "Español (es)")
    assert asked.label == "¿Ana está bien?"
    assert [option.label for option in asked.options] == ["Sí", "No"]
    assert session.question("/data/who", "Español (es)").hint == "As in the passport"
    assert session.question("/data/ok", "English (en)").label == "All well with Ana?"


def test_workbook_for_other_tools_loads_to_the_same_form(tmp_path: Path) -> None:
    source = written(tmp_path, SURVEY, CHOICES, {"form_id": "f", "version": "2"})
    target = tmp_path / "out.xlsx"
    write_xlsx(source, [SPANISH], target)
    assert load(target).sha256 == load(source, [SPANISH]).sha256
    cells = openpyxl.load_workbook(target)["survey"]
    formulas = [cell for row in cells.iter_rows() for cell in row if cell.data_type == "f"]
    assert formulas == []


def test_form_kept_in_the_vault_needs_no_files(tmp_path: Path) -> None:
    (tmp_path / "towns.csv").write_text('name,label\na,Alba\nb,"Bo, la"\n', "utf-8")
    survey = [
        {"type": "select_one_from_file towns.csv", "name": "town", "label": "Town"},
        {"type": "calculate", "name": "told", "calculation": "pulldata('towns', 'label', 'name', ${town})"},
    ]
    form = load(written(tmp_path, survey))
    assert form.sha256 == hashlib.sha256(form.xform.encode()).hexdigest()
    (tmp_path / "towns.csv").unlink()
    session = Session(from_xform(form.xform))
    session.set("/data/town", "b")
    assert session.node("/data/told").value == "Bo, la"


def test_files_outside_the_folder_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("name,label\na,SECRET\n")
    inner = tmp_path / "inner"
    inner.mkdir()
    path = written(inner, [{"type": "select_one_from_file ../secret.csv", "name": "a", "label": "A"}])
    assert "SECRET" not in load(path).xform


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".md"])
def test_formats_are_equal(tmp_path: Path, suffix: str) -> None:
    sheets = {"survey": SURVEY, "choices": CHOICES, "settings": [{"form_id": "f", "form_title": "F"}]}
    path = tmp_path / f"form{suffix}"
    if suffix == ".md":
        path.write_text(table(sheets), "utf-8")
    elif suffix == ".csv":
        path.write_text(_csv(sheets), "utf-8")
    else:
        _xlsx(sheets, path)
    form = load(path)
    assert (form.id, form.title, form.model.definitions[2].path) == ("f", "F", "/data/who")
    assert len(Session(form).questions()) == 2


def _csv(sheets: dict[str, list[dict[str, str]]]) -> str:
    lines = []
    for name, rows in sheets.items():
        headings = list(dict.fromkeys(heading for row in rows for heading in row))
        lines.append(f'"{name}"')
        lines.append("," + ",".join(headings))
        lines.extend("," + ",".join(row.get(heading, "") for heading in headings) for row in rows)
    return "\n".join(lines) + "\n"


def _xlsx(sheets: dict[str, list[dict[str, str]]], path: Path) -> None:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        headings = list(dict.fromkeys(heading for row in rows for heading in row))
        page.append(headings)
        for row in rows:
            page.append([row.get(heading) for heading in headings])
    book.save(path)


def test_what_is_no_form_is_refused(tmp_path: Path) -> None:
    cases = {
        "a.pdf": (b"%PDF", "form.unknown_format"),
        "b.xlsx": (b"not a zip", "form.unreadable_workbook"),
        "c.xls": (b"not a workbook", "form.unreadable_workbook"),
        "d.md": (b"# only words", "form.unreadable_workbook"),
        "e.xml": (b"<html/>", "form.not_xform"),
        "f.xml": (b"<html>", "form.not_xml"),
        "g.md": (
            b"| choices |\n| | list_name | name |\n| | a | b |\n| settings |\n| | form_id |\n| | x |\n",
            "form.no_survey_sheet",
        ),
    }
    for name, (content, code) in cases.items():
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(VictimIDError) as refused:
            load(path)
        assert refused.value.code == code
    with pytest.raises(VictimIDError) as refused:
        load(tmp_path / "missing.xlsx")
    assert refused.value.code == "form.file_not_found"


def test_comments_are_no_part_of_a_form() -> None:
    text = "<label>Who <!-- the person --> are <?see this?>you?</label>"
    body = f'<!-- first --><input ref="/data/a"><!-- second -->{text}</input>'
    session = Session(from_xform(xform_text("<!-- third --><a>some<!-- fourth -->one</a>", body=body)))
    node = session.node("/data/a")
    assert (node.label, node.value, len(session.state())) == ("Who  are you?", "someone", 3)
