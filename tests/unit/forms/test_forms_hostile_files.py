"""Files that are no forms at all: pipes, devices, damaged and protected workbooks, endless tables."""

import io
import json
import os
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook  # type: ignore[import-untyped]  # has no stubs

from tests.support.form_files import xform_text
from victimid.errors import VictimIDError
from victimid.forms.loading import load

SHEET = "xl/worksheets/sheet1.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
CELL = b'<c r="%s" t="inlineStr"><is><t>z</t></is></c>'


def refusal(path: Path) -> VictimIDError:
    with pytest.raises(VictimIDError) as refused:
        load(path)
    return refused.value


def code_of(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    return refusal(path).code


def workbook() -> bytes:
    book = Workbook()
    page = book.worksheets[0]
    page.title = "survey"
    page.append(["type", "name", "label"])
    page.append(["text", "a", "A"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def changed(old: bytes, new: bytes, name: str = SHEET, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Change the sheet of a workbook, and perhaps its name."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook())) as source, zipfile.ZipFile(out, "w", method) as target:
        for member in source.namelist():
            content = source.read(member)
            if member == SHEET:
                assert old in content
                target.writestr(name, content.replace(old, new))
            else:
                target.writestr(member, content.replace(SHEET.encode(), name.encode()))
    return out.getvalue()


def rows(content: bytes) -> bytes:
    return changed(b"</sheetData>", content + b"</sheetData>")


@pytest.mark.parametrize("suffix", [".xml", ".xlsx", ".xls", ".md", ".csv"])
def test_what_is_no_ordinary_file(tmp_path: Path, suffix: str) -> None:
    pipe, device, folder = (tmp_path / f"{name}{suffix}" for name in ("pipe", "device", "folder"))
    os.mkfifo(pipe)
    device.symlink_to("/dev/zero")
    folder.mkdir()
    for path in (pipe, device, folder, tmp_path / f"nothing{suffix}", tmp_path / f"nul\0{suffix}"):
        assert refusal(path).code == "form.file_not_found"


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "form.xml"
    path.write_text(xform_text("<a/>"))

    def refuse(_path: Path) -> bytes:
        raise PermissionError

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert refusal(path).code == "form.file_not_found"


def test_protected_workbooks(tmp_path: Path) -> None:
    assert code_of(tmp_path / "form.xlsx", OLE + bytes(5_000)) == "form.encrypted_workbook"


@pytest.mark.parametrize("content", [b"", OLE + bytes(5_000), b"\x09\x08\x10\x00\x00\x06\x05\x00" + bytes(500), b"PK"])
def test_damaged_old_workbooks(tmp_path: Path, content: bytes) -> None:
    assert code_of(tmp_path / "form.xls", content) == "form.unreadable_workbook"


def test_damaged_sheets(tmp_path: Path) -> None:
    assert code_of(tmp_path / "form.xlsx", changed(b"</sheetData>", b"</wrong>")) == "form.unreadable_workbook"


def test_other_compression_than_workbooks_have(tmp_path: Path) -> None:
    content = changed(b"", b"", method=zipfile.ZIP_BZIP2)
    assert code_of(tmp_path / "form.xlsx", content) == "form.unreadable_workbook"


@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.dat", "xl/worksheets/sheet1.png"])
def test_entities_under_another_name(tmp_path: Path, name: str) -> None:
    content = changed(b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet', name)
    assert code_of(tmp_path / "form.xlsx", content) == "form.refused_xml"


def test_entities_in_an_encoding_that_hides_them(tmp_path: Path) -> None:
    hidden = b'<?xml version="1.0" encoding="utf-7"?>+ADwAIQ-DOCTYPE x [+ADwAIQ-ENTITY a "aaaa">]>'
    assert code_of(tmp_path / "form.xlsx", changed(b"<worksheet", hidden + b"<worksheet")) == "form.refused_xml"


@pytest.mark.parametrize(
    "content",
    [
        b'<row r="1048576">' + CELL % b"XFD1048576" + b"</row>",
        b"".join(b'<row r="%d"/>' % n for n in range(3, 70_000)),
        b"".join(b'<x:row r="%d"/>' % n for n in range(3, 70_000)),
        b'<row r="3">' + b"".join(b"<c><v>%d</v></c>" % (n * 7919) for n in range(800_000)) + b"</row>",
    ],
    ids=["far", "rows", "rows with a prefix", "cells"],
)
def test_endless_sheets(tmp_path: Path, content: bytes) -> None:
    assert code_of(tmp_path / "form.xlsx", rows(content)) == "form.too_large"


def test_the_last_row_may_have_a_style(tmp_path: Path) -> None:
    """Some spreadsheet programs write it into every sheet."""
    path = tmp_path / "form.xlsx"
    path.write_bytes(rows(b'<row r="1048576"><c r="A1048576" s="0"/></row>'))
    assert load(path).id == "form"


HEAD = "| survey |\n| | type | name | label |\n"


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("form.md", HEAD + "| | text | a | A |\n" * 70_000, "form.too_large"),
        ("form.md", HEAD + "".join(f"| | text | a{n} | A |\n" for n in range(11_000)), "form.too_large"),
        ("form.md", HEAD + "| | text | a | " + "#" * 100_000 + " |\n", "form.too_large"),
        ("form.md", HEAD + "| | text | a | " + "a" * 1_000_000 + " |\n", "form.too_large"),
        ("form.csv", "survey\n,type,name,label\n" + ",text,a,A\n" * 70_000, "form.too_large"),
        ("form.csv", 'survey\n,type,name,label\n,text,a,"' + "x" * 200_000, "form.unreadable_workbook"),
    ],
    ids=["rows", "questions", "comments", "line", "csv rows", "csv cell"],
)
def test_endless_tables(tmp_path: Path, name: str, text: str, code: str) -> None:
    assert code_of(tmp_path / name, text.encode()) == code


def beside(folder: Path, name: str, content: str) -> Path:
    (folder / name).write_text(content, "utf-8")
    path = folder / "form.xml"
    path.write_text(xform_text("<a/>", extra=f'<instance id="i" src="jr://file/{name}"/>'))
    return path


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.csv", 'name\n"' + "x" * 200_000, "form.bad_attachment"),
        ("a.csv", ",".join(f"c{n}" for n in range(600)), "form.too_large"),
        ("a.csv", ",".join(f"c{n}" for n in range(400)) + "\n1" * 2_000, "form.too_large"),
        (
            "a.geojson",
            json.dumps(
                {
                    "features": [
                        {
                            "geometry": {"type": "Point", "coordinates": [1, 2]},
                            "properties": {f"k{n}": 1 for n in range(600)},
                        }
                    ]
                }
            ),
            "form.too_large",
        ),
        ("a.geojson", '{"features":' + "[" * 100_000, "form.bad_attachment"),
        ("a.xml", "<a>" * 300 + "</a>" * 300, "form.too_large"),
        ("a.xml", '<!DOCTYPE a [<!ENTITY x "' + "y" * 1_000 + '">]><a>' + "&x;" * 1_000 + "</a>", "form.refused_xml"),
    ],
    ids=["cell", "columns", "cells", "properties", "depth", "xml depth", "entities"],
)
def test_endless_attachments(tmp_path: Path, name: str, content: str, code: str) -> None:
    assert refusal(beside(tmp_path, name, content)).code == code


def test_many_attributes(tmp_path: Path) -> None:
    attributes = " ".join(f'a{n}="x"' for n in range(5_000))
    path = tmp_path / "form.xml"
    assert code_of(path, xform_text(f"<a {attributes}/>").encode()) == "form.too_large"


def test_many_questions_in_an_xform(tmp_path: Path) -> None:
    assert code_of(tmp_path / "form.xml", xform_text("".join(f"<a{n}/>" for n in range(21_000))).encode()) == (
        "form.too_large"
    )
