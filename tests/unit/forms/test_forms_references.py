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
    [("../r/a", "form.cycle"), ("count(../r) + 1", "form.too_slow")],
)
def test_a_repeat_that_sets_its_own_count_is_refused(count: str, code: str) -> None:
    with pytest.raises(VictimIDError) as refused:
        repeat_counted_by(count)
    assert refused.value.code == code


@pytest.mark.parametrize("count", ["count(/data/r)", "/data/r/a"])
def test_a_repeat_may_count_to_what_it_is(count: str) -> None:
    assert not [ref for ref in values(repeat_counted_by(count)) if ref.startswith("/data/r")]


def test_the_same_words_mean_something_else_at_another_place() -> None:
    """An absolute path is about all instances everywhere, ``current()`` about whoever asks."""
    said = "concat(/data/r/a, '-', count(/data/r), '-', current()/../a)"
    binds = "".join(f'<bind nodeset="{path}" calculate="{said}"/>' for path in ("/data/all", "/data/r/own"))
    body = '<group ref="/data/r"><label>r</label><repeat nodeset="/data/r"><input ref="/data/r/a"/></repeat></group>'
    session = Session(xform("<a>o</a><all/><r><a/><own/></r>", binds, body))
    session.add("/data/r")
    session.set("/data/r[1]/a", "x")
    session.set("/data/r[2]/a", "y")
    found = values(session)
    assert (found["/data/all"], found["/data/r[1]/own"], found["/data/r[2]/own"]) == ("xy-2-o", "xy-2-x", "xy-2-y")


def test_the_same_words_follow_the_answer_wherever_they_stand() -> None:
    binds = "".join(f'<bind nodeset="/data/{name}" relevant="/data/a = \'x\'"/>' for name in "bcd")
    session = Session(xform("<a/><b/><c/><d/>", binds, '<input ref="/data/a"><label>a</label></input>'))
    session.set("/data/a", "x")
    assert {node.ref[-1] for node in session.state() if node.relevant} >= set("abcd")
    session.set("/data/a", "y")
    assert not {node.ref[-1] for node in session.state() if node.relevant} & set("bcd")


def test_a_repeat_without_instances_has_none_of_its_answers() -> None:
    label = "<label><output value=\"if(./a = 'x', 'yes', 'no')\"/></label>"
    body = f'<group ref="/data/r">{label}<repeat nodeset="/data/r"><input ref="/data/r/a"/></repeat></group>'
    session = Session(xform('<r jr:template=""><a/></r>', body=body))
    assert [each.label for each in session.repeats("default")] == ["no"]
