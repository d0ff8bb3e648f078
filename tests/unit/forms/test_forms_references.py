"""References at the edges: to what is not there, to the group one stands in, to oneself."""

import pytest

from tests.support.form_files import xform
from victimid.errors import VictimIDError
from victimid.forms.session import Session

REPEAT = (
    '<input ref="/data/n"><label>n</label></input><group ref="/data/r"><label>r</label>'
    '<repeat nodeset="/data/r" jr:count="/data/n"><input ref="/data/r/a"><label>a</label></input></repeat></group>'
)
NUMBER = '<bind nodeset="/data/n" type="int"/>'


def values(session: Session) -> dict[str, str]:
    return {node.ref: node.value for node in session.state()}


def test_what_is_not_there_equals_no_text() -> None:
    """Without an instance of the repeat the comparison is false, and true once the answer is there."""
    bind = NUMBER + "<bind nodeset=\"/data/see\" calculate=\"if(/data/r/a = 'x', 'yes', 'no')\"/>"
    session = Session(xform('<n/><r jr:template=""><a/></r><see/>', bind, REPEAT))
    assert values(session)["/data/see"] == "no"
    session.set("/data/n", "1")
    assert values(session)["/data/see"] == "no"
    session.set("/data/r[1]/a", "x")
    assert values(session)["/data/see"] == "yes"
    session.set("/data/n", "0")
    assert values(session)["/data/see"] == "no"


def test_a_group_may_count_itself_and_what_it_holds() -> None:
    bind = '<bind nodeset="/data/g" relevant="count(/data/g) = 1 and count(/data/g/*) &gt; 1"/>'
    body = '<group ref="/data/g"><input ref="/data/g/b"><label>b</label></input></group>'
    session = Session(xform("<g><b/><c/></g>", bind, body))
    assert {node.ref: node.relevant for node in session.state()}["/data/g"] is True


def test_an_expression_may_name_the_group_it_stands_in() -> None:
    bind = '<bind nodeset="/data/g/c" calculate="count(/data/g) + count(/data/g/b)"/>'
    body = '<group ref="/data/g"><input ref="/data/g/b"><label>b</label></input></group>'
    session = Session(xform("<g><b/><c/></g>", bind, body))
    assert values(session)["/data/g/c"] == "2"


def test_an_expression_in_a_repeat_may_name_the_group_it_stands_in() -> None:
    bind = '<bind nodeset="/data/r/g/c" calculate="concat(count(/data/r/g), /data/r/g/b)"/>'
    body = (
        '<group ref="/data/r"><label>r</label><repeat nodeset="/data/r">'
        '<group ref="/data/r/g"><input ref="/data/r/g/b"><label>b</label></input></group></repeat></group>'
    )
    session = Session(xform("<r><g><b/><c/></g></r>", bind, body))
    session.add("/data/r")
    session.set("/data/r[1]/g/b", "x")
    session.set("/data/r[2]/g/b", "y")
    found = values(session)
    assert (found["/data/r[1]/g/c"], found["/data/r[2]/g/c"]) == ("2xy", "2xy")


def test_a_group_may_read_its_own_text() -> None:
    bind = '<bind nodeset="/data/g" relevant="string-length(/data/g) &gt;= 0"/>'
    body = '<group ref="/data/g"><input ref="/data/g/b"><label>b</label></input></group>'
    session = Session(xform("<g><b/></g>", bind, body))
    session.set("/data/g/b", "words")
    assert {node.ref: node.relevant for node in session.state()}["/data/g"] is True


def repeat_counted_by(count: str) -> Session:
    body = (
        f'<group ref="/data/r"><label>r</label><repeat nodeset="/data/r" jr:count="{count}">'
        '<input ref="/data/r/a"><label>a</label></input></repeat></group>'
    )
    return Session(xform('<n/><r jr:template=""><a/></r>', "", body))


@pytest.mark.parametrize(
    ("count", "code"),
    [("../r/a", "form.cycle"), ("count(../r) + 1", "form.too_large")],
)
def test_a_repeat_that_sets_its_own_count_is_refused(count: str, code: str) -> None:
    with pytest.raises(VictimIDError) as refused:
        repeat_counted_by(count)
    assert refused.value.code == code


@pytest.mark.parametrize("count", ["count(/data/r)", "/data/r/a"])
def test_a_repeat_may_count_to_what_it_is(count: str) -> None:
    assert not [ref for ref in values(repeat_counted_by(count)) if ref.startswith("/data/r")]
