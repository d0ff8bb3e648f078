"""Repeats: instances come and go, and what reads them follows."""

from pathlib import Path

import pytest

from tests.support.form_files import clock, session_of, xform
from victimid.errors import VictimIDError
from victimid.forms.session import Session


@pytest.fixture
def people(tmp_path: Path) -> Session:
    return session_of(
        tmp_path,
        [
            {"type": "integer", "name": "wanted", "label": "How many"},
            {"type": "begin_repeat", "name": "person", "label": "Person"},
            {"type": "text", "name": "name", "label": "Name", "default": "new"},
            {"type": "integer", "name": "age", "label": "Age of ${name}"},
            {"type": "calculate", "name": "place", "calculation": "position(..)"},
            {
                "type": "calculate",
                "name": "before",
                "calculation": "indexed-repeat(${age}, ${person}, position(..) - 1)",
            },
            {
                "type": "calculate",
                "name": "running",
                "calculation": "coalesce(${age}, 0) + sum(${person}[position() < position(current()/..)]/age)",
            },
            {"type": "end_repeat"},
            {"type": "calculate", "name": "total", "calculation": "sum(${age})"},
            {"type": "calculate", "name": "count", "calculation": "count(${person})"},
            {"type": "calculate", "name": "names", "calculation": "join(', ', ${name})"},
            {"type": "begin_repeat", "name": "bag", "label": "Bag", "repeat_count": "${wanted}"},
            {"type": "text", "name": "colour", "label": "Colour"},
            {"type": "end_repeat"},
        ],
    )


def test_adding_counts_at_once(people: Session) -> None:
    people.add("/data/person")
    people.add("/data/person")
    assert people.node("/data/count").value == "3"
    assert people.node("/data/names").value == "new, new, new"
    assert people.node("/data/person[3]/place").value == "3"


def test_instances_keep_to_themselves_and_sums_see_all(people: Session) -> None:
    people.add("/data/person")
    people.set("/data/person[1]/age", "30")
    people.set("/data/person[2]/age", "4")
    people.set("/data/person[2]/name", "Bo")
    assert people.node("/data/total").value == "34"
    assert people.node("/data/person[2]/before").value == "30"
    assert people.node("/data/person[1]/before").value == ""
    assert people.node("/data/person[2]/running").value == "34"
    assert people.question("/data/person[2]/age", "default").label == "Age of Bo"
    assert people.question("/data/person[1]/age", "default").label == "Age of new"


def test_removing_moves_references_up(people: Session) -> None:
    for age in ("1", "2", "3"):
        people.set(f"/data/person[{age}]/age", age)
        people.add("/data/person")
    people.remove("/data/person[2]")
    assert [people.node(f"/data/person[{place}]/age").value for place in (1, 2, 3)] == ["1", "3", ""]
    assert people.node("/data/person[2]/place").value == "2"
    assert people.node("/data/person[2]/before").value == "1"
    assert people.node("/data/total").value == ""
    people.set("/data/person[3]/age", "10")
    assert people.node("/data/total").value == "14"
    assert "/data/person[4]/age" not in people.questions()


def test_all_instances_can_go(people: Session) -> None:
    people.remove("/data/person[1]")
    assert people.node("/data/count").value == "0"
    people.add("/data/person")
    assert people.node("/data/person[1]/name").value == "new"


def test_count_follows_its_answer_and_answers_return(people: Session) -> None:
    people.set("/data/wanted", "3")
    people.set("/data/bag[3]/colour", "red")
    people.set("/data/wanted", "1")
    assert "/data/bag[2]/colour" not in people.questions()
    people.set("/data/wanted", "")
    assert "/data/bag[1]/colour" in people.questions()
    with pytest.raises(VictimIDError) as refused:
        people.add("/data/bag")
    assert refused.value.code == "form.fixed_repeat"
    with pytest.raises(VictimIDError) as refused:
        people.remove("/data/bag[1]")
    assert refused.value.code == "form.fixed_repeat"


def test_what_is_no_repeat_cannot_grow(people: Session) -> None:
    for ref in ("/data/wanted", "/data/person[1]/name", "/data/nothing"):
        with pytest.raises(VictimIDError) as refused:
            people.add(ref)
        assert refused.value.code == "form.not_a_repeat"
    with pytest.raises(VictimIDError) as refused:
        people.remove("/data/wanted")
    assert refused.value.code == "form.not_a_repeat"


def test_saved_repeats_return(people: Session) -> None:
    people.set("/data/wanted", "2")
    people.set("/data/bag[2]/colour", "blue")
    people.add("/data/person")
    people.set("/data/person[2]/name", "Bo")
    again = Session(people.form, instance=people.instance_xml(), clock=clock)
    assert again.state() == people.state()


def test_absolute_paths_mean_all_instances() -> None:
    form = xform(
        "<p><a>1</a><b/><n/></p><p><a>2</a><b/><n/></p>",
        '<bind nodeset="/data/p/b" calculate="/data/p/a * 10"/><bind nodeset="/data/p/n" calculate="count(/data/p)"/>',
        '<group ref="/data/p"><repeat nodeset="/data/p"><input ref="/data/p/a"/></repeat></group>',
    )
    session = Session(form)
    assert [session.node(f"/data/p[{place}]/b").value for place in (1, 2)] == ["10", "10"]
    assert session.node("/data/p[2]/n").value == "2"
    session.set("/data/p[1]/a", "3")
    assert session.node("/data/p[2]/b").value == "30"


def test_fixed_and_nested_repeats_with_templates() -> None:
    form = xform(
        '<h jr:template=""><n>tpl</n><r jr:template=""><s>in</s></r><r><s>first</s></r></h>'
        "<h><n>one</n><r><s>x</s></r></h><f><v>1</v></f><f><v>2</v></f>",
        body='<group ref="/data/h"><repeat nodeset="/data/h"><input ref="/data/h/n"/><group ref="/data/h/r">'
        '<repeat nodeset="/data/h/r"><input ref="/data/h/r/s"/></repeat></group></repeat></group>'
        '<group ref="/data/f"><repeat nodeset="/data/f" jr:noAddRemove="true()"><input ref="/data/f/v"/>'
        "</repeat></group>",
    )
    session = Session(form)
    session.add("/data/h")
    session.add("/data/h[2]/r")
    assert session.node("/data/h[2]/n").value == "tpl"
    assert [session.node(f"/data/h[2]/r[{place}]/s").value for place in (1, 2)] == ["first", "in"]
    assert session.node("/data/f[2]/v").value == "2"
    with pytest.raises(VictimIDError) as refused:
        session.add("/data/f")
    assert refused.value.code == "form.fixed_repeat"


def test_new_instances_get_their_dynamic_defaults(tmp_path: Path) -> None:
    session = session_of(
        tmp_path,
        [
            {"type": "begin_repeat", "name": "r", "label": "R"},
            {"type": "text", "name": "mark", "label": "M", "default": "concat('no. ', position(..))"},
            {"type": "end_repeat"},
        ],
    )
    session.add("/data/r")
    session.set("/data/r[1]/mark", "mine")
    session.add("/data/r")
    assert [session.node(f"/data/r[{place}]/mark").value for place in (1, 2, 3)] == ["mine", "no. 2", "no. 3"]
