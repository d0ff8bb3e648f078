"""Checking reports every problem at once, with sheet, row and column."""

from gettext import NullTranslations
from pathlib import Path

import pytest

from tests.support.form_files import DATA, written, xform_text
from victimid.app.messages import sentence
from victimid.errors import VictimIDError
from victimid.forms import limits
from victimid.forms.checking import FormProblem, check
from victimid.forms.loading import load
from victimid.i18n import Words


def found(problems: tuple[FormProblem, ...]) -> set[tuple[str, str, int, str]]:
    return {(each.code, each.sheet, each.row, each.column) for each in problems}


def test_all_problems_in_one_go(tmp_path: Path) -> None:
    survey = [
        {"type": "text", "name": "a", "label": "A ${nobody}"},
        {"type": "integer", "name": "b", "label": "B", "relevant": "${nowhere} > 1"},
        {"type": "select_one nolist", "name": "c", "label": "C"},
        {"type": "text", "name": "a", "label": "again"},
        {"type": "strange", "name": "d", "label": "D"},
        {"type": "text", "name": "e", "label": "E", "constraint": ". > "},
        {"type": "text", "name": "f", "label": "F", "calculation": "nosuch(.)"},
        {"type": "text", "name": "9g", "label": "G"},
        {"type": "text", "label": "H"},
        {"name": "i", "label": "I"},
        {"type": "begin_group", "name": "j", "label": "J"},
        {"type": "text", "name": "k", "label": "K", "bind::vid:when": ". = 'a'; ("},
    ]
    choices = [
        {"list_name": "x", "name": "1", "label": "One"},
        {"list_name": "x", "name": "1", "label": "Again"},
        {"list_name": "x", "label": "Nameless"},
    ]
    assert found(check(written(tmp_path, survey, choices))) == {
        ("form.unknown_reference", "survey", 2, "label"),
        ("form.unknown_reference", "survey", 3, "relevant"),
        ("form.unknown_list", "survey", 4, "type"),
        ("form.duplicate_name", "survey", 5, "name"),
        ("form.unknown_type", "survey", 6, "type"),
        ("form.syntax", "survey", 7, "constraint"),
        ("form.unknown_function", "survey", 8, "calculation"),
        ("form.bad_name", "survey", 9, "name"),
        ("form.no_name", "survey", 10, "name"),
        ("form.no_type", "survey", 11, "type"),
        ("form.begin_without_end", "survey", 12, "type"),
        ("form.syntax", "survey", 13, "bind::vid:when"),
        ("form.duplicate_choice", "choices", 3, "name"),
        ("form.choice_without_name", "choices", 4, "name"),
    }


def test_rows_with_faults_hide_no_other_fault(tmp_path: Path) -> None:
    survey = [
        {"type": "text", "name": "a", "label": "A ${nobody}"},
        {"type": "strange", "name": "b", "label": "B", "relevant": "${b} > "},
        {"type": "text", "name": "b", "label": "again"},
        {"type": "end_group"},
        {"type": "calculate", "name": "x", "calculation": "${y} + 1"},
        {"type": "calculate", "name": "y", "calculation": "${x} + 1"},
        {"type": "text", "name": "never", "label": "N", "relevant": "false()"},
        {"type": "text", "name": "dead", "label": "D", "relevant": "/data/gone = ''"},
        {"type": "begin_group", "name": "g", "label": "G"},
        {"type": "begin_repeat", "name": "r", "label": "R"},
        {"type": "text", "label": "nameless"},
    ]
    choices = [{"list_name": "x", "name": "1", "label": "One"}, {"list_name": "x", "label": "Nameless"}]
    assert found(check(written(tmp_path, survey, choices))) >= {
        ("form.unknown_reference", "survey", 2, "label"),
        ("form.unknown_type", "survey", 3, "type"),
        ("form.syntax", "survey", 3, "relevant"),
        ("form.duplicate_name", "survey", 4, "name"),
        ("form.end_without_begin", "survey", 5, "type"),
        ("form.cycle", "survey", 6, "calculation"),
        ("form.unreachable", "survey", 8, "relevant"),
        ("form.dead_reference", "survey", 9, "relevant"),
        ("form.begin_without_end", "survey", 10, "type"),
        ("form.begin_without_end", "survey", 11, "type"),
        ("form.no_name", "survey", 12, "name"),
        ("form.choice_without_name", "choices", 3, "name"),
    }


def test_load_raises_the_first_error_with_its_place(tmp_path: Path) -> None:
    path = written(tmp_path, [{"type": "text", "name": "a", "label": "A", "relevant": "${gone} = 1"}])
    with pytest.raises(VictimIDError) as refused:
        load(path)
    assert refused.value.code == "form.unknown_reference"
    assert refused.value.fields == {"reference": "gone", "sheet": "survey", "row": 2, "column": "relevant"}


def test_cycle_names_its_fields_and_row(tmp_path: Path) -> None:
    survey = [
        {"type": "text", "name": "x", "label": "X"},
        {"type": "calculate", "name": "a", "calculation": "${b} + 1"},
        {"type": "calculate", "name": "b", "calculation": "${a} + 1"},
    ]
    (problem,) = check(written(tmp_path, survey))
    assert (problem.code, problem.sheet, problem.row) == ("form.cycle", "survey", 3)
    assert problem.fields["fields"] == "/data/a /data/b"


@pytest.mark.parametrize(
    "row",
    [
        {"type": "integer", "name": "a", "label": "A", "calculation": "${a} + 1"},
        {"type": "text", "name": "a", "label": "A", "relevant": "${a} != ''"},
    ],
)
def test_a_question_that_needs_itself_is_a_cycle(tmp_path: Path, row: dict[str, str]) -> None:
    assert [each.code for each in check(written(tmp_path, [row]))] == ["form.cycle"]


def test_own_value_in_a_constraint_is_no_cycle(tmp_path: Path) -> None:
    row = {"type": "integer", "name": "a", "label": "A", "constraint": "${a} > 1", "required": "${a} = ''"}
    assert check(written(tmp_path, [row])) == ()


def test_missing_translations_are_warnings(tmp_path: Path) -> None:
    survey = [{"type": "text", "name": "a", "label::English (en)": "A", "label::Español (es)": ""}]
    survey.append({"type": "text", "name": "b", "label::English (en)": "B", "label::Español (es)": "Be"})
    (problem,) = check(written(tmp_path, survey))
    assert (problem.severity, problem.code, problem.row) == ("warning", "form.missing_translation", 2)
    assert problem.fields == {"language": "Español (es)"}
    assert load(written(tmp_path, survey)).languages == ("English (en)", "Español (es)")


def test_dead_references_and_missing_files_are_warnings(tmp_path: Path) -> None:
    survey = [
        {"type": "text", "name": "a", "label": "A", "relevant": "/data/gone = ''"},
        {"type": "select_one_from_file towns.csv", "name": "b", "label": "B"},
    ]
    problems = check(written(tmp_path, survey))
    assert {(each.severity, each.code) for each in problems} == {
        ("warning", "form.dead_reference"),
        ("warning", "form.unreachable"),
        ("warning", "form.missing_file"),
        ("warning", "form.unreachable"),
    }
    assert next(each for each in problems if each.code == "form.dead_reference").row == 2


def test_what_only_the_converter_sees_is_a_code(tmp_path: Path) -> None:
    path = written(tmp_path, [{"type": "select_one_from_file towns.txt", "name": "a", "label": "A"}])
    (problem,) = check(path)
    assert problem.code == "form.refused_by_converter"
    assert set(problem.fields) == {"reason"}


def test_xform_problems_name_the_node(tmp_path: Path) -> None:
    path = tmp_path / "form.xml"
    path.write_text(
        xform_text(
            "<a/>",
            '<bind nodeset="/data/a" relevant="nosuch()" constraint="("/><bind nodeset="/data/b"/>',
            '<input ref="/data/c"/><range ref="/data/a" start="low"/>',
        )
    )
    codes = [each.code for each in check(path)]
    assert sorted(codes) == [
        "form.bad_range",
        "form.syntax",
        "form.unknown_function",
        "form.unknown_path",
        "form.unknown_path",
    ]


def test_iom_questionnaire_has_no_fault() -> None:
    assert check(DATA / "htcds_xlsform.xlsx") == ()


def test_questions_that_are_never_shown_are_warnings(tmp_path: Path) -> None:
    rows = [
        {"type": "select_one c", "name": "s", "label": "S"},
        {"type": "text", "name": "never", "label": "N", "relevant": "false()"},
        {"type": "text", "name": "sums", "label": "N", "relevant": "1 + 1 = 3"},
        {"type": "text", "name": "always", "label": "N", "relevant": "1 + 1 = 2"},
        {"type": "text", "name": "typo", "label": "N", "relevant": "${s} = 'yess'"},
        {"type": "text", "name": "typos", "label": "N", "relevant": "not(selected(${s}, 'noo')) and 'ja' != ${s}"},
        {"type": "text", "name": "right", "label": "N", "relevant": "${s} = 'yes' or ${s} = '' or ${typo} = 'x'"},
        {"type": "text", "name": "chance", "label": "N", "relevant": "random() > 2"},
    ]
    choices = [{"list_name": "c", "name": name, "label": name} for name in ("yes", "no")]
    found = check(written(tmp_path, rows, choices))
    assert {each.severity for each in found} == {"warning"}
    assert [(each.code, each.row, each.column, each.fields.get("choice")) for each in found] == [
        ("form.unknown_choice", 6, "relevant", "yess"),
        ("form.unknown_choice", 7, "relevant", "noo"),
        ("form.unknown_choice", 7, "relevant", "ja"),
        ("form.unreachable", 3, "relevant", None),
        ("form.unreachable", 4, "relevant", None),
    ]


def test_a_problem_without_a_sheet_has_a_sentence_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "form.xml"
    path.write_text(xform_text("<a/>", '<bind nodeset="/data/a" constraint="("/>'))
    (problem,) = check(path)
    said = sentence(Words("en", NullTranslations()), problem.error())
    assert said == "The expression constraint of /data/a is not well formed at character 2."


def test_more_problems_than_anybody_goes_through_end_in_a_line_that_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "PROBLEMS", 3)
    survey = [{"type": "strange", "name": f"q{n}", "label": "Q"} for n in range(4)]
    path = written(tmp_path, survey)
    listed = [(each.code, each.row) for each in check(path)]
    assert listed == [*(("form.unknown_type", row) for row in (2, 3, 4)), ("form.more_problems", 0)]
    assert "than the 3 listed" in sentence(Words("en", NullTranslations()), check(path)[-1].error())


def test_warnings_that_are_left_out_do_not_keep_a_form_from_being_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "PROBLEMS", 2)
    survey = [{"type": "text", "name": f"q{n}", "label::A": "Q", "label::B": ""} for n in range(3)]
    survey[0]["label::B"] = "R"
    survey.append({"type": "text", "name": "never", "label::A": "N", "relevant": "false()"})
    path = written(tmp_path, survey)
    codes = [each.code for each in check(path)]
    assert codes == ["form.missing_translation"] * 2 + ["form.unreachable", "form.more_problems"]
    assert load(path).languages == ("A", "B")


def test_every_problem_finds_its_row_in_a_long_workbook(tmp_path: Path) -> None:
    rows = limits.SURVEY_ROWS // 4
    survey = [{"type": "calculate", "name": f"q{n}", "calculation": "/data/gone"} for n in range(rows)]
    problems = check(written(tmp_path, survey))
    assert [(each.code, each.row) for each in problems] == [("form.dead_reference", n + 2) for n in range(rows)]
