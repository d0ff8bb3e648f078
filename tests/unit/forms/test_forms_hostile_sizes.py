"""Forms that are too much as a whole are refused by what they hold, and work that is hidden in texts is counted."""

from pathlib import Path

import pytest

from tests.support.form_files import clock, xform_text
from victimid.errors import VictimIDError
from victimid.forms import limits
from victimid.forms.effort import Effort
from victimid.forms.form import Form
from victimid.forms.loading import from_xform, load
from victimid.forms.markup import runs
from victimid.forms.patterns.automaton import compile_pattern
from victimid.forms.session import Session

LIST = "".join(f"<item><name>{n}</name><v>1</v></item>" for n in range(2_000))
INSTANCE = f'<instance id="i"><root>{LIST}</root></instance>'
ITEMS = "instance('i')/root/item"


def bind(node: str, expression: str, name: str = "calculate") -> str:
    quoted = expression.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    return f'<bind nodeset="/data/{node}" {name}="{quoted}"/>'


def repeat(count: str, path: str = "/data/r", inner: str = "") -> str:
    return f'<group ref="{path}"><repeat nodeset="{path}" jr:count="{count}">{inner}</repeat></group>'


def form(nodes: str, binds: str = "", body: str = "", extra: str = "") -> Form:
    return from_xform(xform_text(nodes, binds, body, extra))


def refused(nodes: str, binds: str = "", body: str = "", extra: str = "") -> VictimIDError:
    with pytest.raises(VictimIDError) as error:
        Session(form(nodes, binds, body, extra), clock=clock).state()
    return error.value


@pytest.fixture
def little(monkeypatch: pytest.MonkeyPatch) -> None:
    """Allow a tenth of the work, so that counting it is quick."""
    monkeypatch.setattr(limits, "EVALUATION_VISITS", limits.EVALUATION_VISITS // 10)


@pytest.mark.usefixtures("little")
@pytest.mark.parametrize(
    "expression",
    [
        "selected(/data/n, name)",
        "count-selected(/data/n) = 1",
        "selected-at(/data/n, 1) != name",
        "normalize-space(/data/n) != name",
        "translate(/data/n, 'x', name) = 'y'",
        "contains(/data/n, concat(name, 'zzzz'))",
        "substr(/data/n, 1, 90000) != name",
        "substring(/data/n, 2) != name",
        "digest(/data/n, 'SHA-256') != name",
        "base64-decode(/data/n) != name",
        "regex(/data/n, '.*y')",
        "regex(name, concat('(a{90}){40}', name))",
        "format-date('2026-03-14', /data/n) != name",
        "area(/data/n) = 1",
        "geofence('1 1', /data/n)",
        "uuid(10000) != name",
        "join('', /data/n, name) != name",
        "string(/data) != name",
        "/data != 'x'",
        "count-non-empty(/data/*[. = 'x'] | /data) = 7",
        f"string(instance('i')) != name and {ITEMS}/v = 2",
    ],
)
def test_work_hidden_in_texts_is_counted(expression: str) -> None:
    nodes = f"<n>{'x ' * 50_000}</n><g>{''.join(f'<g{n}/>' for n in range(1_000))}</g><it/>"
    assert refused(nodes, bind("it", f"count({ITEMS}[{expression}])"), "", INSTANCE).code == "form.too_slow"


@pytest.mark.usefixtures("little")
@pytest.mark.parametrize(
    "expression",
    [
        f"count({ITEMS}[sum({ITEMS}/v) = 1])",
        f"count({ITEMS}[count({ITEMS}/v | {ITEMS}/name) = 1])",
        f"count({ITEMS}[count(randomize({ITEMS}/v)) = 1])",
        f"count({ITEMS}[count(randomize({ITEMS}, 5)[name = 'x']) = 1])",
        f"count({ITEMS}[{ITEMS}/v != {ITEMS}/name])",
        f"count({ITEMS}[max({ITEMS}/v) = 7])",
        f"count({ITEMS}[indexed-repeat({ITEMS}/v, {ITEMS}, 5) = 7])",
        f"count({ITEMS}[indexed-repeat({ITEMS}/v, {ITEMS}, 5, {ITEMS}, 1) = 7])",
        f"count({ITEMS}[checklist(1, 2, {ITEMS}/v)])",
        f"count({ITEMS}[pulldata('i', 'v', concat('v', position()), 'x') = 1])",
        f"count({ITEMS}[position() > 1]/following-sibling::item[1])",
        "count(instance('i')/root[" + " or ".join(["sum(item) = 7"] * 800) + "])",
    ],
)
def test_work_over_whole_lists_is_counted(expression: str) -> None:
    assert refused("<it/>", bind("it", expression), "", INSTANCE).code == "form.too_slow"


@pytest.mark.usefixtures("little")
@pytest.mark.parametrize(
    "expression",
    ["sum(/data/r/a)", "../a + coalesce(../preceding-sibling::r[1]/b, 0)", "count(/data/r/a[. = current()/../a])"],
)
def test_work_over_all_instances_in_each_is_counted(expression: str) -> None:
    body = repeat("2000", inner='<input ref="/data/r/a"/>')
    assert refused("<r><a>1</a><b/></r>", bind("r/b", expression), body).code == "form.too_slow"


def test_many_instances_cost_in_proportion_to_their_number() -> None:
    """What reads them all hears once of all that were added; to hear each time would be refused."""
    nodes, binds = "<r><a/><b/></r><total/>", bind("total", "sum(/data/r/b)") + bind("r/a", "1")
    session = Session(form(nodes, binds + bind("r/b", "position(..) + ../a"), repeat("8000")), clock=clock)
    assert session.node("/data/total").value == str(8_000 * 8_001 // 2 + 8_000)


def test_a_count_that_goes_down_takes_the_last_ones_away() -> None:
    nodes = "<n>5</n><r><a/></r><last/><total/>"
    binds = bind("r/a", "position(..)") + bind("total", "sum(/data/r/a)")
    session = Session(form(nodes, binds, '<input ref="/data/n"/>' + repeat("/data/n")), clock=clock)
    assert session.node("/data/total").value == "15"
    session.set("/data/n", "2")
    assert session.node("/data/total").value == "3"
    assert [each.ref for each in session.state() if "/r" in each.ref] == ["/data/r[1]/a", "/data/r[2]/a"]
    for count in ("3", "3.4"):
        session.set("/data/n", count)
        assert session.node("/data/total").value == "6"


def test_a_whole_group_still_reads_as_its_text() -> None:
    nodes = "<g><a>4</a><b>2</b></g><it/><text/>"
    session = Session(form(nodes, bind("it", "/data/g + 1") + bind("text", "string(/data/g)")), clock=clock)
    assert (session.node("/data/it").value, session.node("/data/text").value) == ("43", "42")


def test_repeats_that_multiply_are_refused() -> None:
    nodes = "<r><s><b/></s></r>"
    error = refused(nodes, "", repeat("1000", inner=repeat("100", "/data/r/s")))
    assert error.fields == {"what": "instance nodes", "limit": limits.INSTANCE_NODES}


def test_a_recorded_line_without_end_is_counted() -> None:
    nodes = "".join(f"<m{n}>{'1 2;' * 45_000}</m{n}>" for n in range(8))
    binds = "".join(f'<bind nodeset="/data/m{n}" type="geotrace"/>' for n in range(8))
    assert refused(nodes, binds).code == "form.too_slow"


@pytest.mark.parametrize("pattern", ["((){999}){999}", "(a{0}){999}{999}", "((a{99}){99}){99}", "(?=(a{99}){99})a"])
def test_patterns_of_many_steps_are_refused_before_they_are_built(pattern: str) -> None:
    with pytest.raises(VictimIDError) as error:
        compile_pattern(pattern)
    assert error.value.fields == {"what": "pattern", "limit": limits.PATTERN_STATES}


def test_a_pattern_is_built_once() -> None:
    pattern, first, second = compile_pattern("(a{70}){70}b"), Effort(), Effort()
    assert not pattern.search("a", first)
    automaton = pattern.automaton
    assert not pattern.search("a", second)
    assert pattern.automaton is automaton


def each(expression: str, count: int) -> str:
    return "".join(bind(f"n{n}", expression.replace("#", str(n)), "relevant") for n in range(count))


@pytest.mark.parametrize(
    ("binds", "what"),
    [
        (each("count(/data/*) = 1", 600), "references"),
        (each("count(//*[. = #]) = 1", 600), "references"),
        (each("count(//none) = #", 600), "references"),
        (each("1 = 1", 600) * 120, "references"),
        (each(" + ".join(["1"] * 300) + " = #", 600), "characters of expressions"),
        (each("1 +", 600) * 100, "characters of expressions"),
    ],
)
def test_expressions_are_bounded_all_together(binds: str, what: str) -> None:
    error = refused("".join(f"<n{n}/>" for n in range(600)), binds)
    assert (error.code, error.fields["what"]) == ("form.too_large", what)


def test_labels_of_choices_that_quote_answers_are_bounded_all_together() -> None:
    items = "".join(f"<item><name>{n}</name><itextId>t{n}</itextId></item>" for n in range(1_000))
    texts = "".join(f'<text id="t{n}"><value>x <output value="/data/b"/></value></text>' for n in range(1_000))
    extra = (
        f'<itext><translation lang="l">{texts}</translation></itext><instance id="i"><root>{items}</root></instance>'
    )
    select = (
        '<select1 ref="/data/a#"><itemset nodeset="{items}">'
        '<value ref="name"/><label ref="jr:itext(itextId)"/></itemset></select1>'
    ).replace("{items}", ITEMS)
    body = "".join(select.replace("#", str(n)) for n in range(60))
    error = refused("".join(f"<a{n}/>" for n in range(60)) + "<b/>", "", body, extra)
    assert error.fields == {"what": "references", "limit": limits.REFERENCES}
    assert form("<a0/><b/>", "", select.replace("#", "0"), extra).id == "t"


@pytest.mark.parametrize(
    ("body", "extra", "what"),
    [
        (f"<label>{'*' * (limits.CELL_CHARACTERS + 1)}</label>", "", "text"),
        ("<item><value>x</value></item>" * (limits.SHEET_ROWS + 1), "", "choices"),
        (f'<itemset nodeset="{ITEMS}"><value ref="."/></itemset>', "many", "choices"),
        ("", "languages", "languages"),
    ],
)
def test_parts_without_end_are_refused(body: str, extra: str, what: str) -> None:
    made = {
        "": "",
        "many": f'<instance id="i"><root>{"<item/>" * (limits.SHEET_ROWS + 1)}</root></instance>',
        "languages": "<itext>"
        + "".join(f'<translation lang="l{n}"/>' for n in range(limits.LANGUAGES + 1))
        + "</itext>",
    }
    error = refused("<a/>", "", f'<select1 ref="/data/a">{body}</select1>', made[extra])
    assert (error.code, error.fields["what"]) == ("form.too_large", what)


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("a.csv", "a,b\n" + "1,2\n" * 300, ""),
        ("a.geojson", '{"features":[' + ",".join(['{"geometry":{"type":"Point","coordinates":[1,2]}}'] * 9) + "]}", ""),
        (
            "a.geojson",
            '{"features":[{"geometry":{"type":"LineString","coordinates":['
            + ",".join(["[1,2]"] * (limits.SHEET_CELLS + 1))
            + "]}}]}",
            "points",
        ),
        (
            "a.geojson",
            '{"features":['
            + ",".join(
                [
                    '{"geometry":{"type":"Point","coordinates":[1,2]},"properties":{'
                    + ",".join(f'"k{n}":1' for n in range(400))
                    + "}}"
                ]
                * 760
            )
            + "]}",
            "cells",
        ),
        ("a.xml", "<root>" + "<i/>" * (limits.XML_NODES - 10) + "</root>", "xml nodes"),
    ],
    ids=["table", "points", "line", "properties", "nodes"],
)
def test_files_beside_a_form_are_bounded_all_together(tmp_path: Path, name: str, content: str, what: str) -> None:
    (tmp_path / name).write_text(content)
    path = tmp_path / "form.xml"
    path.write_text(
        xform_text("<a/>", extra="".join(f'<instance id="i{n}" src="jr://file/{name}"/>' for n in range(2)))
    )
    if not what:
        assert len(load(path).model.instances["i1"].children[0].children) in {300, 9}
        return
    with pytest.raises(VictimIDError) as error:
        load(path)
    assert (error.value.code, error.value.fields["what"]) == ("form.too_large", what)


def test_long_labels_are_read_in_one_pass() -> None:
    """As many runs as styles change, however many pieces there are."""
    assert [run.text for run in runs("\\*" * 20_000)] == ["*" * 20_000]
    assert len(runs("*a* " * 5_000)) == 10_000
