"""Texts with references, which the converter does not see as it would, become what it would have made of them."""

from pathlib import Path

import pytest

from tests.support.form_files import written
from victimid.errors import VictimIDError
from victimid.forms.checking import check
from victimid.forms.loading import load
from victimid.forms.safexml import parse, to_text
from victimid.forms.workbook import book, converter

Row = dict[str, str]
PLAIN: list[Row] = [{"type": "text", "name": "a", "label": "A"}, {"type": "today", "name": "day"}]
REPEAT: list[Row] = [
    {"type": "begin_repeat", "name": "r", "label": "R ${a}"},
    {"type": "begin group", "name": "g", "label": "G"},
    {"type": "text", "name": "b", "label": "B ${a} ${day}"},
    {"type": "text", "name": "c", "label": "C ${b}, ${a}"},
    {"type": "end group"},
    {"type": "end_repeat"},
    {"type": "note", "name": "d", "label": "D ${b}"},
]


def both(folder: Path, rows: list[Row], choices: list[Row] | None = None) -> str:
    """Convert a form in both ways, which must agree."""
    form = book.read(written(folder, rows, choices))
    ours = to_text(converter.xform(form))
    assert ours == to_text(parse(converter._converted(form).encode()))
    return ours


@pytest.mark.parametrize(
    "text", ["${a}", "${a}${day}", "${a} ${day}", " ${a} <b>&amp; ${a}.", "**${day}** ends", "x > ${a}"]
)
def test_text_and_outputs_in_turn(tmp_path: Path, text: str) -> None:
    note = {"type": "note", "name": "n", "label": text, "hint": text, "guidance_hint": text}
    assert both(tmp_path, [*PLAIN, note]).count("<output") == 3 * text.count("${")


def test_references_into_repeats_and_out_of_them(tmp_path: Path) -> None:
    assert '<output value=" ../b "/>' in both(tmp_path, [*PLAIN, *REPEAT])


@pytest.mark.parametrize(
    "text",
    ["${last-saved#a} ${a}", "instance('c')/root/item[name = ${a}]/label", "\ue000a\ue000 ${a}", "${a} ${größe}"],
)
def test_what_the_converter_reads_in_its_own_way_is_left_to_it(tmp_path: Path, text: str) -> None:
    rows = [
        *PLAIN,
        {"type": "text", "name": "größe", "label": "G"},
        {"type": "select_one c", "name": "s", "label": text},
    ]
    assert "<output" in both(tmp_path, rows, [{"list_name": "c", "name": "1", "label": "One"}])


def test_a_form_named_otherwise_has_its_own_paths(tmp_path: Path) -> None:
    rows = [*PLAIN, {"type": "note", "name": "n", "label": "N ${a}"}]
    assert '<output value=" /odd/a "/>' in load(written(tmp_path, rows, settings={"name": "odd"})).xform


def test_a_text_that_refers_to_what_the_form_leaves_out_is_refused(tmp_path: Path) -> None:
    rows = [
        {"type": "text", "name": "a", "label": "A", "disabled": "yes"},
        {"type": "text", "name": "b", "label": "${a}", "disabled": ""},
    ]
    with pytest.raises(VictimIDError) as refused:
        load(written(tmp_path, rows))
    assert refused.value.code == "form.refused_by_converter"


def test_a_broken_comparison_with_a_choice_is_reported_once(tmp_path: Path) -> None:
    rows = [
        {"type": "select_one c", "name": "s", "label": "S", "relevant": ""},
        {"type": "text", "name": "t", "label": "T", "relevant": "${s} = = 'x'"},
        {"type": "text", "name": "u", "label": "U", "relevant": "${s} = 'x'"},
    ]
    problems = check(written(tmp_path, rows, [{"list_name": "c", "name": "1", "label": "One"}]))
    assert [(each.code, each.row) for each in problems] == [("form.syntax", 3), ("form.unknown_choice", 4)]
