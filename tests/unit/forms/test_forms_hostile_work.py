"""Forms that ask for work without end are refused soon, by what they ask for and never by the clock."""

from pathlib import Path

import pytest

from tests.support.form_files import clock, xform_text
from victimid.errors import VictimIDError
from victimid.forms.checking import check
from victimid.forms.effort import Effort
from victimid.forms.loading import from_xform, load
from victimid.forms.patterns.automaton import compile_pattern
from victimid.forms.session import Session

MANY = "".join(f"<n{n}><m>1</m></n{n}>" for n in range(1_000))
LIST = "".join(f"<item><name>{n}</name><v>1</v></item>" for n in range(3_000))
INSTANCE = f'<instance id="i"><root>{LIST}</root></instance>'
ITEMS = "instance('i')/root/item"


def bind(node: str, calculate: str) -> str:
    return f'<bind nodeset="/data/{node}" calculate="{calculate.replace("<", "&lt;").replace(">", "&gt;")}"/>'


def repeat(count: str, inner: str = "") -> str:
    return (
        f'<group ref="/data/r"><repeat nodeset="/data/r" jr:count="{count}"><input ref="/data/r/a"/>{inner}'
        "</repeat></group>"
    )


def begun(nodes: str, binds: str = "", body: str = "", extra: str = "") -> Session:
    return Session(from_xform(xform_text(nodes, binds, body, extra)), clock=clock)


def refusal(nodes: str, binds: str = "", body: str = "", extra: str = "") -> str:
    with pytest.raises(VictimIDError) as refused:
        begun(nodes, binds, body, extra).state()
    return refused.value.code


@pytest.mark.parametrize(
    "expression",
    [
        "count(//*/following::*/preceding::*)",
        "count(//*[count(//*[count(//*[. = 1]) > 1]) > 1])",
        "//m != //m/following::m",
        f"count({ITEMS}[count({ITEMS}[v = 2]) = 1])",
        f"count({ITEMS}/following-sibling::*)",
    ],
)
def test_explosions_of_paths_are_refused(expression: str) -> None:
    assert refusal(f"{MANY}<it/>", bind("it", expression), "", INSTANCE) == "form.too_slow"


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        (f"count({'//*' * 500})", "0"),
        (f"{ITEMS}/v < {ITEMS}/v", "false"),
        (f"{ITEMS}/v >= {ITEMS}/name", "true"),
        (f"{ITEMS}/v = {ITEMS}/name[. > 5]", "false"),
        (f"{ITEMS}/v != {ITEMS}/name", "true"),
        (f"{ITEMS}/none != {ITEMS}/name", "false"),
        (f"{ITEMS}/none < {ITEMS}/name", "false"),
        (f"sum({ITEMS}[position(.) > 2990]/v)", "10"),
        (f"count({ITEMS}/v | {ITEMS}/name)", "6000"),
        ("date('') = date('')", "true"),
    ],
)
def test_long_lists_are_no_explosion(expression: str, value: str) -> None:
    assert begun(f"{MANY}<it/>", bind("it", expression), "", INSTANCE).node("/data/it").value == value


def test_chains_of_comparisons_are_refused() -> None:
    assert refusal("<it/>", bind("it", "1" + " = 1" * 5_000)) == "form.too_large"


@pytest.mark.parametrize(
    "expression",
    ["concat(" + "/data/n," * 3_000 + "1)", "join(/data/n" + ", 1" * 3_000 + ")", "string(/data)"],
)
def test_texts_are_measured_before_they_are_made(expression: str) -> None:
    nodes = f"<n>{'x' * 190_000}</n><o>{'x' * 190_000}</o><it/>"
    assert refusal(nodes, bind("it", expression)) == "form.too_large"


def test_labels_are_measured_before_they_are_made() -> None:
    label = '<output value="/data/a"/>' * 1_000
    body = f'<input ref="/data/a"><label>{label}</label></input>'
    assert refusal(f"<a>{'x' * 190_000}</a>", "", body) == "form.too_large"


def test_many_long_texts_are_too_much_together() -> None:
    nodes = f"<n>{'x' * 190_000}</n>" + "".join(f"<m{n}/>" for n in range(150))
    binds = "".join(bind(f"m{n}", f"concat(/data/n, {n})") for n in range(150))
    assert refusal(nodes, binds) == "form.too_slow"


@pytest.mark.parametrize("count", ["1000000000", "1 div 0", "count(/data/r) + 1"])
def test_counts_without_end_are_refused(count: str) -> None:
    assert refusal("<r><a/></r>", "", repeat(count)) in {"form.too_large", "form.too_slow"}


def test_a_count_that_follows_itself_is_refused() -> None:
    nodes = "<n>1</n><r><a/></r>"
    assert refusal(nodes, bind("n", "count(/data/r) + 1"), repeat("/data/n")) == "form.too_slow"


def test_a_count_that_looks_into_an_instance_that_is_not_there() -> None:
    session = begun("<r><a>x</a></r>", "", repeat(f"2 + count({ITEMS}[current()/a = 'x'])"), INSTANCE)
    assert session.questions() == ("/data/r[1]/a", "/data/r[2]/a")


def test_actions_that_multiply_are_refused() -> None:
    names = [f"n{n}" for n in range(30)]
    sets = "".join(
        f'<setvalue event="xforms-value-changed" ref="/data/{name}" value="concat(random(), .)"/>' for name in names
    )
    body = "".join(f'<input ref="/data/{name}">{sets}</input>' for name in names)
    session = begun("".join(f"<{name}/>" for name in names), "", body)
    with pytest.raises(VictimIDError) as refused:
        session.set("/data/n0", "1")
    assert refused.value.code == "form.endless"
    assert session.node("/data/n0").ref == "/data/n0"


@pytest.mark.parametrize("pattern", ["(a?){999}(a?){900}b$", "(?=a*b)|b", "(?:(?=(?:(?=a*b)a|a)*b)a|a)*b"])
def test_patterns_stop_after_so_much_work(pattern: str) -> None:
    with pytest.raises(VictimIDError) as refused:
        compile_pattern(pattern).search("a" * 20_000, Effort())
    assert refused.value.code == "form.too_slow"


def test_checking_leaves_what_is_too_much_to_running(tmp_path: Path) -> None:
    path = tmp_path / "form.xml"
    relevant = f"count({ITEMS}/following-sibling::*) = 0"
    path.write_text(xform_text("<a/>", f'<bind nodeset="/data/a" relevant="{relevant}"/>', "", INSTANCE))
    assert check(path) == ()


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("int", "1e400", ""),
        ("int", "2147483648", ""),
        ("int", "-2147483648.5", "-2147483648"),
        ("int", "-2147483649", ""),
        ("geopoint", "1 5 1e400 0", ""),
    ],
)
def test_numbers_beyond_their_space_are_blank(kind: str, text: str, value: str) -> None:
    session = begun(f"<a>{text}</a>", f'<bind nodeset="/data/a" type="{kind}"/>')
    assert session.node("/data/a").value == value


def test_references_without_end_are_unknown() -> None:
    session = begun("<a/>", "", '<input ref="/data/a"/>')
    for ref in ("/data/a[" + "9" * 5_000 + "]", "/data" * 10_000, "", "/data/a[0]"):
        with pytest.raises(VictimIDError) as refused:
            session.set(ref, "x")
        assert refused.value.code == "form.unknown_question"


def test_surrogates_are_no_xml() -> None:
    with pytest.raises(VictimIDError) as refused:
        from_xform(xform_text("<a>\ud800</a>"))
    assert refused.value.code == "form.not_xml"
    form = from_xform(xform_text("<a/>"))
    with pytest.raises(VictimIDError) as refused:
        Session(form, instance="<data><a>\ud800</a></data>")
    assert refused.value.code == "form.not_xml"


def test_a_body_that_climbs_out_of_the_form(tmp_path: Path) -> None:
    path = tmp_path / "form.xml"
    path.write_text(xform_text("<a/>", "", '<group ref="/data"><input ref="../../../../a"/></group>'), "utf-8")
    assert [each.code for each in check(path)] == ["form.unknown_path"]
    assert Session(load(path), clock=clock).questions() == ()
