"""Forms are data: bombs, entities and endless patterns are refused, and quickly."""

import time
import zipfile
from pathlib import Path

import pytest

from tests.support.form_files import calculated, xform_text
from victimid.errors import VictimIDError
from victimid.forms import limits
from victimid.forms.effort import Effort
from victimid.forms.loading import from_xform, load
from victimid.forms.patterns.automaton import compile_pattern
from victimid.forms.session import Session

QUICKLY = 3.0


def refusal(path: Path) -> str:
    begun = time.perf_counter()
    with pytest.raises(VictimIDError) as refused:
        load(path)
    assert time.perf_counter() - begun < QUICKLY
    return refused.value.code


def archive(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in members.items():
            out.writestr(name, content)
    return path


def test_zip_bomb(tmp_path: Path) -> None:
    path = archive(tmp_path / "bomb.xlsx", {"xl/worksheets/sheet1.xml": b" " * 200_000_000})
    assert refusal(path) == "form.too_large"


def test_endless_sheet(tmp_path: Path) -> None:
    rows = b"".join(b'<row r="%d"><c><v>%d</v></c></row>' % (n, n * 7919) for n in range(200_000))
    path = archive(tmp_path / "long.xlsx", {"xl/worksheets/sheet1.xml": b"<sheetData>" + rows + b"</sheetData>"})
    assert refusal(path) == "form.too_large"


def test_many_members(tmp_path: Path) -> None:
    path = archive(tmp_path / "many.xlsx", {f"m{n}": b"" for n in range(3_000)})
    assert refusal(path) == "form.too_large"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_in_a_workbook(tmp_path: Path, encoding: str) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'.encode(encoding)
    assert refusal(archive(tmp_path / "entities.xlsx", {"xl/workbook.xml": bomb})) == "form.refused_xml"


def test_entities_and_outside_files_in_an_xform(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET")
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 20))
    for declared in (f'<!ENTITY l0 "ha">{laughs}', f'<!ENTITY l19 SYSTEM "{secret.as_uri()}">'):
        path = tmp_path / "form.xml"
        path.write_text(f"<!DOCTYPE h [{declared}]>" + xform_text("<a>&l19;</a>"))
        assert refusal(path) in {"form.refused_xml", "form.not_xml"}


def test_deep_nesting(tmp_path: Path) -> None:
    path = tmp_path / "form.xml"
    path.write_text(xform_text("<a>" * 200 + "</a>" * 200))
    assert refusal(path) in {"form.too_large", "form.not_xml"}


def test_very_many_nodes(tmp_path: Path) -> None:
    path = tmp_path / "form.xml"
    path.write_text(xform_text("<a/>" * limits.XML_NODES))
    assert refusal(path) == "form.too_large"


@pytest.mark.parametrize(
    "expression",
    [
        "(" * 5_000 + "1" + ")" * 5_000,
        "if(1, " * 500 + "1" + ", 0)" * 500,
        "not(" * 150 + "1" + ")" * 150,
        "1 + " * 20_000 + "1",
        "/data/it[" * 300 + "1" + "]" * 300,
    ],
)
def test_monstrous_expressions(expression: str) -> None:
    with pytest.raises(VictimIDError) as refused:
        calculated(expression)
    assert refused.value.code == "form.too_large"


def test_long_but_honest_expressions_work() -> None:
    assert calculated(" + ".join(["1"] * 3_000)) == "3000"
    assert calculated("if(false(), 0, " * 90 + "7" + ")" * 90) == "7"
    assert calculated("- " * 501 + "1") == "-1"


def test_texts_do_not_grow_without_end() -> None:
    doubled = "".join(
        f'<bind nodeset="/data/n{n}" calculate="concat(/data/n{n - 1}, /data/n{n - 1})"/>' for n in range(1, 60)
    )
    nodes = "".join(f"<n{n}>{'x' * (n == 0)}</n{n}>" for n in range(60))
    with pytest.raises(VictimIDError) as refused:
        Session(from_xform(xform_text(nodes, doubled)))
    assert refused.value.code == "form.too_large"


def test_an_answer_that_grows_by_itself_is_stopped() -> None:
    form = from_xform(xform_text("<x/>", '<bind nodeset="/data/x" calculate="coalesce(/data/x[true()], 0) + 1"/>'))
    with pytest.raises(VictimIDError) as refused:
        Session(form)
    assert refused.value.code == "form.endless"


def test_repeats_do_not_grow_without_end() -> None:
    body = (
        '<group ref="/data/r"><repeat nodeset="/data/r" jr:count="1000000000"><input ref="/data/r/a"/></repeat></group>'
    )
    with pytest.raises(VictimIDError) as refused:
        Session(from_xform(xform_text("<r><a/></r>", "", body)))
    assert refused.value.code == "form.too_large"


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|a)*b$", "(a|aa)+$", "(.*a){12}$", "^(([a-z])+.)+[A-Z]([a-z])+$"])
def test_catastrophic_patterns_stay_quick(pattern: str) -> None:
    begun = time.perf_counter()
    assert not compile_pattern(pattern).search("a" * 400 + "!", Effort())
    assert time.perf_counter() - begun < QUICKLY


@pytest.mark.parametrize(
    "pattern", ["(a)\\1", "(?<=a)b", "a{5000}", "((a{99}){99}){99}", "[z-a]", "(", "*", "\\p{L", "(" * 60 + ")" * 60]
)
def test_patterns_that_cannot_be_bounded_are_refused(pattern: str) -> None:
    with pytest.raises(VictimIDError) as refused:
        compile_pattern(pattern)
    assert refused.value.code in {"form.bad_pattern", "form.too_large"}


def test_markup_in_answers_stays_text() -> None:
    form = from_xform(
        xform_text("<a/>", "", '<input ref="/data/a"><label>Hi <output value="/data/a"/></label></input>')
    )
    session = Session(form)
    evil = '"><img src=x onerror=1>&amp;]]>'
    session.set("/data/a", evil)
    assert session.node("/data/a").label == f"Hi {evil}"
    assert Session(form, instance=session.instance_xml()).node("/data/a").value == evil
