"""Speed of the form engine as ratios within one run, so that they hold on any machine."""

import gc
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import process_time

from pyxform.builder import create_survey_element_from_dict
from pyxform.xls2json import workbook_to_json
from pyxform.xls2json_backends import DefinitionData, xlsx_to_dict

from tests.support.form_files import clock, session_of, written
from victimid.forms.converting import write_xlsx
from victimid.forms.form import Form
from victimid.forms.loading import Translation, from_xform, load
from victimid.forms.safexml import parse_text
from victimid.forms.session import NodeState, Session
from victimid.forms.xpath.parser import parse

Row = dict[str, str]


def seconds(action: Callable[[], object], times: int = 5) -> float:
    """Return the shortest of some runs, the one least disturbed."""
    return side_by_side(times, action)[0]


def side_by_side(times: int, *actions: Callable[[], object]) -> list[float]:
    """Return the shortest run of each, taken in turn so that all meet the same disturbances."""
    gc.collect()
    taken: list[list[float]] = [[] for _ in actions]
    for _ in range(times):
        for action, found in zip(actions, taken, strict=True):
            start = process_time()
            action()
            found.append(process_time() - start)
    return [min(found) for found in taken]


def chain(folder: Path, size: int) -> Form:
    """Make a form where one answer changes every calculation."""
    rows: list[Row] = [{"type": "integer", "name": "q0", "label": "Q"}]
    rows += [{"type": "calculate", "name": f"q{i}", "calculation": f"${{q{i - 1}}} + 1"} for i in range(1, size)]
    return load(written(folder, rows))


def mixed(folder: Path, size: int) -> Form:
    """Make a form where every question depends on two others."""
    rows: list[Row] = [{"type": "integer", "name": "q0", "label": "Q", "constraint": ". < 100"}]
    for i in range(1, size):
        relevant = f"${{q{i * 7 % i}}} != 'x' and ${{q{i // 2}}} != '9'"
        rows.append({"type": "integer", "name": f"q{i}", "label": f"Q ${{q{i - 1}}}", "relevant": relevant})
    return load(written(folder, rows))


def answering(session: Session, ref: str) -> Callable[[], object]:
    """Answer a question with something else each time, and look at the whole state."""
    values = iter(range(1, 1_000_000))

    def answer() -> object:
        session.set(ref, str(next(values) % 90))
        return session.state()

    return answer


def test_one_answer_costs_a_small_part_of_working_everything_out(tmp_path: Path) -> None:
    form = mixed(tmp_path, 500)
    whole = seconds(lambda: Session(form, clock=clock).state(), 3)
    session = Session(form, clock=clock)
    session.state()
    one = median(seconds(answering(session, f"/data/q{i}"), 3) for i in range(0, 500, 25))
    assert one * 10 < whole


def test_an_answer_that_changes_everything_costs_less_than_beginning(tmp_path: Path) -> None:
    form = chain(tmp_path, 500)
    session = Session(form, clock=clock)
    whole = seconds(lambda: Session(form, clock=clock).state())
    assert seconds(answering(session, "/data/q0"), 20) < whole


def described(blank: NodeState, size: int) -> Callable[[], object]:
    """Count, write each number, read it back and describe a node with it: the least that an answer can cost."""

    def describe() -> object:
        number, states = 0.0, []
        for _ in range(size):
            text = str(int(number))
            number = float(text) + 1
            states.append(blank._replace(value=text))
        return tuple(states)

    return describe


def test_an_answer_that_changes_everything_costs_little_more_than_describing_it(tmp_path: Path) -> None:
    session = Session(chain(tmp_path, 500), clock=clock)
    describing = described(session.node("/data/q1"), 500)
    answer, least = side_by_side(100, answering(session, "/data/q0"), describing)
    assert answer < 2 * least


def test_long_chains_are_linear(tmp_path: Path) -> None:
    short, long = side_by_side(
        20, *(answering(Session(chain(tmp_path, size), clock=clock), "/data/q0") for size in (250, 1000))
    )
    assert long < 4 * 2 * short


def test_repeat_instances_are_linear(tmp_path: Path) -> None:
    rows: list[Row] = [
        {"type": "begin_repeat", "name": "r", "label": "R"},
        {"type": "integer", "name": "a", "label": "A"},
        {"type": "calculate", "name": "place", "calculation": "position(..)"},
        {"type": "calculate", "name": "double", "calculation": "${a} * 2 + ${place}"},
        {"type": "text", "name": "t", "label": "T ${double}", "relevant": "${a} > 1"},
        {"type": "end_repeat"},
    ]

    def grown(instances: int) -> Callable[[], object]:
        def grow() -> None:
            session = session_of(tmp_path, rows)
            for _ in range(instances - 1):
                session.add("/data/r")

        return grow

    none, few, many = side_by_side(4, *(grown(instances) for instances in (1, 201, 801)))
    assert many - none < 4 * 1.75 * (few - none)


def test_long_choice_lists_are_filtered_by_lookup(tmp_path: Path) -> None:
    rows: list[Row] = [
        {"type": "text", "name": "q", "label": "Q"},
        {"type": "select_one c", "name": "found", "label": "S", "choice_filter": "place = ${q}"},
        {"type": "select_one c", "name": "searched", "label": "S", "choice_filter": "starts-with(label, ${q})"},
    ]

    def searching(choices: int, ref: str) -> Callable[[], object]:
        listed = [{"list_name": "c", "name": f"n{i}", "label": f"{i}", "place": str(i % 500)} for i in range(choices)]
        own = [row for row in rows if row["name"] in {"q", ref}]
        return answering(session_of(tmp_path, own, listed), "/data/q")

    spreading = answering(Session(chain(tmp_path, 500), clock=clock), "/data/q0")
    few, many, looked_up, spread = side_by_side(
        20, searching(1000, "searched"), searching(5000, "searched"), searching(5000, "found"), spreading
    )
    assert many < 5 * 2 * few
    assert many < 8 * spread
    assert looked_up < 0.5 * many


def test_a_kept_form_loads_faster_than_its_workbook(tmp_path: Path) -> None:
    form = mixed(tmp_path, 500)
    kept = seconds(lambda: from_xform.__wrapped__(form.xform), 3)
    assert kept < 0.6 * seconds(lambda: load(tmp_path / "form.md"), 3)
    assert seconds(lambda: from_xform(form.xform)) < 0.1 * kept


def test_a_kept_form_in_two_languages_loads_in_a_third_of_the_time_of_its_workbook(tmp_path: Path) -> None:
    mixed(tmp_path, 500)
    workbook = tmp_path / "form.xlsx"
    write_xlsx(tmp_path / "form.md", [Translation("Español (es)", lambda text: f"¿{text}?")], workbook)
    form = load(workbook)
    kept, read = side_by_side(4, lambda: from_xform.__wrapped__(form.xform), lambda: load(workbook))
    assert kept < read / 3


def test_a_workbook_in_two_languages_is_checked_and_compiled_before_the_converter_alone_is_done(tmp_path: Path) -> None:
    mixed(tmp_path, 500)
    workbook = tmp_path / "form.xlsx"
    write_xlsx(tmp_path / "form.md", [Translation("Español (es)", lambda text: f"¿{text}?")], workbook)

    def converted() -> object:
        found = workbook_to_json(DefinitionData(**xlsx_to_dict(str(workbook))), fallback_form_name="form", warnings=[])
        return create_survey_element_from_dict(found).xml().toxml()

    alone, whole = side_by_side(6, converted, lambda: load(workbook))
    assert whole < alone


def test_long_conditions_of_a_kept_form_cost_a_small_multiple_of_reading_its_xml(tmp_path: Path) -> None:
    rows: list[Row] = [{"type": "integer", "name": "q0", "label": "Q"}]
    for i in range(1, 300):
        within = f"(. >= {i} and . <= {i + 1000} and ${{q{i - 1}}} != {i})"
        written_so = f"(regex(., '^[0-9]{{1,{i % 5 + 1}}}$') and string-length(.) < {i})"
        constraint = f"{within} or {written_so} or (. + ${{q{i // 3}}} * 2 - 1 > {i})"
        rows.append({"type": "integer", "name": f"q{i}", "label": "Q", "constraint": constraint})
    assert times_its_xml(load(written(tmp_path, rows)).xform) < 95


def test_choices_of_a_kept_form_cost_a_small_multiple_of_reading_its_xml(tmp_path: Path) -> None:
    rows: list[Row] = [{"type": "select_one c0", "name": "q0", "label": "Q"}]
    for i in range(1, 300):
        name, chosen = f"q{i}", f"place = ${{q{i - 1}}}"
        rows.append({"type": f"select_one c{i % 20}", "name": name, "label": "Q", "choice_filter": chosen})
    listed = [
        {"list_name": f"c{k}", "name": f"n{i}", "label": f"{k} {i}", "place": f"n{i % 5}"}
        for k in range(20)
        for i in range(10)
    ]
    assert times_its_xml(load(written(tmp_path, rows, listed)).xform) < 40


def times_its_xml(xform: str) -> float:
    """Return how often the XML of a kept form could be read while it loads, nothing of it being known yet."""

    def first() -> None:
        parse.cache_clear()
        from_xform.__wrapped__(xform)

    kept, bare = side_by_side(8, first, lambda: [parse_text(xform) for _ in range(5)])
    return kept / bare * 5


def test_loading_is_linear(tmp_path: Path) -> None:
    small, large = (mixed(tmp_path, size).xform for size in (250, 1000))
    few, many = seconds(lambda: from_xform.__wrapped__(small), 3), seconds(lambda: from_xform.__wrapped__(large), 3)
    assert many < 4 * 2 * few
