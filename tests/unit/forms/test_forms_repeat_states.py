"""Repeats as a talk sees them: where they end, whether they may grow or shrink, how they are called."""

from pathlib import Path

import pytest

from tests.support.form_files import session_of, xform
from victimid.errors import VictimIDError
from victimid.forms.session import RepeatState, Session

HOUSEHOLD = [
    {"type": "text", "name": "who", "label": "Who"},
    {"type": "begin_repeat", "name": "child", "label": "Child"},
    {"type": "text", "name": "name", "label": "Name"},
    {"type": "begin_repeat", "name": "toy", "label": "Toy of ${name}"},
    {"type": "text", "name": "colour", "label": "Colour"},
    {"type": "end_repeat"},
    {"type": "end_repeat"},
    {"type": "integer", "name": "rooms", "label": "Rooms"},
    {"type": "begin_repeat", "name": "room", "label": "Room", "repeat_count": "${rooms}"},
    {"type": "text", "name": "use", "label": "Use"},
    {"type": "end_repeat"},
    {"type": "begin_repeat", "name": "pet", "label": "Pet", "relevant": "${who} = 'a keeper'"},
    {"type": "text", "name": "kind", "label": "Kind"},
    {"type": "end_repeat"},
]


@pytest.fixture
def household(tmp_path: Path) -> Session:
    return session_of(tmp_path, HOUSEHOLD)


def states(session: Session) -> dict[str, RepeatState]:
    return {repeat.ref: repeat for repeat in session.repeats("default")}


def test_each_repeat_ends_after_its_last_question_the_inner_before_the_outer(household: Session) -> None:
    household.set("/data/child/name", "Ana")
    household.add("/data/child[1]/toy")
    found = household.repeats("default")
    assert [(repeat.ref, repeat.last_ref, repeat.label) for repeat in found[:2]] == [
        ("/data/child[1]/toy", "/data/child[1]/toy[2]/colour", "Toy of Ana"),
        ("/data/child", "/data/child[1]/toy[2]/colour", "Child"),
    ]
    assert household.question("/data/child[1]/name", "default").places == (1,)
    assert household.question("/data/child[1]/toy[2]/colour", "default").places == (1, 2)


def test_an_empty_repeat_is_still_offered_after_what_comes_before_it(household: Session) -> None:
    household.remove("/data/child[1]")
    child = states(household)["/data/child"]
    assert (child.instances, child.can_add, child.can_remove, child.last_ref) == (0, True, False, "/data/who")


def test_counted_repeats_neither_grow_nor_shrink_by_hand(household: Session) -> None:
    household.set("/data/rooms", "2")
    room = states(household)["/data/room"]
    assert (room.instances, room.can_add, room.can_remove) == (2, False, False)


def test_a_repeat_that_is_not_relevant_is_not_offered(household: Session) -> None:
    assert "/data/pet" not in states(household)
    household.set("/data/who", "a keeper")
    assert states(household)["/data/pet"].can_add
    household.remove("/data/pet[1]")
    assert states(household)["/data/pet"].instances == 0
    household.set("/data/who", "nobody")
    assert "/data/pet" not in states(household)


def test_a_repeat_without_label_or_questions_before_it() -> None:
    form = xform(
        "<p><a/></p><f><v>1</v></f>",
        body='<repeat nodeset="/data/p"><input ref="/data/p/a"/></repeat>'
        '<repeat nodeset="/data/f" jr:noAddRemove="true()"><input ref="/data/f/v"/></repeat>',
    )
    session = Session(form)
    session.remove("/data/p[1]")
    assert session.repeats("default") == (
        RepeatState("/data/p", "", 0, can_add=True, can_remove=False, last_ref=""),
        RepeatState("/data/f", "", 1, can_add=False, can_remove=False, last_ref="/data/f[1]/v"),
    )


def test_parameters_of_a_control_reach_its_question(tmp_path: Path) -> None:
    session = session_of(tmp_path, [{"type": "range", "name": "r", "label": "R", "parameters": "start=2 end=8 step=2"}])
    assert session.question("/data/r", "default").parameters == {"start": "2", "end": "8", "step": "2"}


def test_an_unknown_language_is_refused(household: Session) -> None:
    with pytest.raises(VictimIDError) as refused:
        household.repeats("Klingon")
    assert refused.value.code == "form.unknown_language"


def test_what_waits_in_instances_that_go_is_not_worked_out() -> None:
    """A count in an instance that is one too many would ask for more than a form may have."""
    form = xform(
        "<n>3</n><r><double/><i><a/></i></r>",
        '<bind nodeset="/data/n" type="int"/><bind nodeset="/data/r/double" calculate="2 * /data/n"/>',
        '<input ref="/data/n"/><group ref="/data/r"><repeat nodeset="/data/r" jr:count="/data/n">'
        '<group ref="/data/r/i"><repeat nodeset="/data/r/i" jr:count="if(position(..) > /data/n, 10001, /data/n)">'
        '<input ref="/data/r/i/a"/></repeat></group></repeat></group>',
    )
    session = Session(form)
    session.set("/data/n", "1")
    values = {each.ref: each.value for each in session.state() if each.ref.startswith("/data/r")}
    assert values == {"/data/r[1]/double": "2", "/data/r[1]/i[1]/a": ""}
