"""Workbooks as other programs write them, read as the converter reads them."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]  # has no stubs
import pytest
from pyxform.xls2json_backends import xlsx_to_dict

from victimid.errors import VictimIDError
from victimid.forms.loading import load
from victimid.forms.workbook import xlsx

SHEET = "xl/worksheets/sheet1.xml"
WORKBOOK = "xl/workbook.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
HEADINGS = "".join(
    f'<c r="{letter}1" t="inlineStr"><is><t>{heading}</t></is></c>'
    for letter, heading in zip("ABC", ("type", "name", "label"), strict=True)
)
STRINGS = f"""<sst xmlns="{MAIN}"><si><t>type</t></si><si><t xml:space="preserve"> name </t></si>
<si><r><t>la</t></r><r><rPr><b/></rPr><t>bel</t></r><rPh sb="0" eb="1"><t>spoken</t></rPh></si>
<si><t>a_x005F_x000D_b</t></si><si/><si><r/></si></sst>"""


def made(folder: Path, *sheets: str) -> Path:
    book = openpyxl.Workbook()
    for number, name in enumerate(sheets or ("survey",)):
        page = book.worksheets[0] if not number else book.create_sheet()
        page.title = name
        page.append(["type", "name", "label"])
        page.append(["text", f"{name}1", 5])
    path = folder / "form.xlsx"
    book.save(path)
    return path


def changed(path: Path, members: Mapping[str, str], replaced: Mapping[str, tuple[str, str]]) -> Path:
    """Put members into a workbook, or something else into one of them; a member without content is left out."""
    target = path.with_name(f"{path.stem}-changed.xlsx")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w") as out:
        contents = {name: source.read(name).decode() for name in source.namelist()} | dict(members)
        for name, content in contents.items():
            old, new = replaced.get(name, ("", ""))
            assert old in content
            if content:
                out.writestr(name, content.replace(old, new))
    return target


def with_rows(path: Path, rows: str, before: str = "", strings: str = "") -> Path:
    types = ("</Types>", "</Types>")
    if strings:
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
        types = ("</Types>", f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>')
    sheet = f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData></worksheet>'
    return changed(path, {SHEET: sheet, "xl/sharedStrings.xml": strings}, {"[Content_Types].xml": types})


def agreed(path: Path) -> dict[str, list[dict[str, str]]]:
    """Return what both readers see, which must be the same."""
    found = xlsx.sheets(path)
    theirs = xlsx_to_dict(str(path))
    del theirs["sheet_names"]
    assert found == {name: content or [{}] if name.endswith("_header") else content for name, content in theirs.items()}
    return found


def test_texts_may_be_shared_formatted_and_spoken(tmp_path: Path) -> None:
    row = "<row>" + "".join(f'<c t="s"><v>{number}</v></c>' for number in range(3)) + "</row>"
    text = '<row r="2"><c r="B2" t="s"><v>3</v></c><c t="s"><v>4</v></c><c t="s"><v>5</v></c></row>'
    found = agreed(with_rows(made(tmp_path), row + text, strings=STRINGS))
    assert found["survey"] == [{"name": "a_x000D_b"}]
    assert list(found["survey_header"][0]) == ["type", "name", "label"]


def test_cells_of_every_kind_are_read(tmp_path: Path) -> None:
    cells = {
        '<c t="b"><v>1</v></c>': "TRUE",
        '<c t="b"><v>0</v></c>': "FALSE",
        '<c t="e"><v>#REF!</v></c>': "#REF!",
        '<c t="str"><f>1+1</f><v> two </v></c>': "two",
        '<c t="n"><v>3.0</v></c>': "3",
        "<c><v>1E2</v></c>": "100",
        "<c><v>0.5</v></c>": "0.5",
        '<c s=""><v>7</v></c>': "7",
        '<c t="d"><v>2024-02-29</v></c>': "2024-02-29",
        '<c t="d"><v>2024-02-29T10:00:00Z</v></c>': "2024-02-29 10:00:00",
        '<c t="n"/>': None,
        "<c><v/></c>": None,
        '<c t="inlineStr"/>': None,
        '<c t="inlineStr"><is/></c>': None,
        "<c><f>A1</f></c>": None,
    }
    rows = "".join(f'<row r="{number}">{cell}<c><v>1</v></c></row>' for number, cell in enumerate(cells, 2))
    found = agreed(with_rows(made(tmp_path), f"<row>{HEADINGS}</row>{rows}"))
    assert [row.get("type") for row in found["survey"]] == list(cells.values())


def test_rows_may_be_missing_repeated_and_beyond_the_end(tmp_path: Path) -> None:
    one = '<row r="{}"><c r="A{}"><v>{}</v></c></row>'
    numbered = "".join(one.format(row, row, value) for row, value in ((4, 1), (4, 2), (3, 3), (7, 4)))
    rows = f"<row>{HEADINGS}</row>{numbered}"
    found = agreed(with_rows(made(tmp_path), rows, '<dimension ref="A1:B6"/>'))
    assert found["survey"] == [{}, {}, {"type": "1"}]
    assert list(found["survey_header"][0]) == ["type", "name"]
    endless = agreed(with_rows(made(tmp_path), f'<row r="2">{HEADINGS}</row>', '<dimension ref="A1:C1"/>'))
    assert endless["survey"] == []


def test_a_number_is_a_date_where_its_style_says_so(tmp_path: Path) -> None:
    styles = f"""<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="170" formatCode="yyyy"/></numFmts>
<fonts><font/></fonts><fills><fill><patternFill/></fill></fills><borders><border/></borders>
<cellStyleXfs><xf/></cellStyleXfs>
<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="46"/></cellXfs>
<cellStyles><cellStyle name="Normal" xfId="0"/></cellStyles></styleSheet>"""
    values = ((0, 1.5), (1, 60), (2, 45000), (3, 1.25), (1, 99999999))
    rows = "".join(f'<row><c s="{style}"><v>{value}</v></c></row>' for style, value in values)
    path = with_rows(made(tmp_path), f"<row>{HEADINGS}</row>{rows}")
    seen = {}
    for year, properties in (("1900", "<workbookPr/>"), ("1904", '<workbookPr date1904="1"/>')):
        counted = changed(path, {"xl/styles.xml": styles}, {WORKBOOK: ("<workbookPr/>", properties)})
        with pytest.warns(UserWarning, match="outside the limits for dates"):
            seen[year] = [row["type"] for row in agreed(counted)["survey"]]
    assert seen["1900"] == ["1.5", "1900-02-28 00:00:00", "2023-03-15 00:00:00", "1 day, 6:00:00", "#VALUE!"]
    assert seen["1904"][2] == "2027-03-16 00:00:00"


def test_sheets_are_found_by_what_the_workbook_says(tmp_path: Path) -> None:
    only = made(tmp_path, "My form")
    assert agreed(only)["survey"] == [{"type": "text", "name": "My form1", "label": "5"}]
    several = made(tmp_path, "Survey", "notes", "CHOICES")
    assert agreed(several).keys() == {"survey", "survey_header", "choices", "choices_header"}
    assert agreed(changed(several, {"xl/worksheets/sheet3.xml": ""}, {})).keys() == {"survey", "survey_header"}
    unnamed = {WORKBOOK: ('r:id="rId3"', "")}
    relations = {"xl/_rels/workbook.xml.rels": ('"/xl/worksheets/sheet1.xml"', '"worksheets/sheet1.xml"')}
    assert "choices" in agreed(changed(several, {"xl/styles.xml": ""}, relations))
    assert "choices" not in xlsx.sheets(changed(several, {}, unnamed))
    template = {"[Content_Types].xml": ("sheet.main+xml", "template.main+xml")}
    assert agreed(changed(made(tmp_path), {}, template))["survey"]


def test_a_workbook_with_broken_parts_is_refused(tmp_path: Path) -> None:
    path = made(tmp_path)
    bomb = '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    for members, code in (
        ({WORKBOOK: ""}, "form.unreadable_workbook"),
        ({SHEET: f'<worksheet xmlns="{MAIN}"><row>'}, "form.unreadable_workbook"),
        ({WORKBOOK: bomb}, "form.refused_xml"),
        ({WORKBOOK: "<a>"}, "form.not_xml"),
    ):
        with pytest.raises(VictimIDError) as refused:
            load(changed(path, members, {}))
        assert refused.value.code == code
