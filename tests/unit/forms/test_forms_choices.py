"""Choices and paths: listed in the control, from long lists, by position; and the value spaces of places."""

from pathlib import Path

import pytest

from tests.support.form_files import calculated, session_of, xform
from victimid.errors import VictimIDError
from victimid.forms.markup import Run
from victimid.forms.session import Session
from victimid.forms.state import Offer, Option

LIST = "".join(f"<item><name>n{n}</name><of>{n % 4}</of><size>{n}</size></item>" for n in range(40))
INSTANCE = f'<instance id="l"><root>{LIST}</root></instance>'


def over_list(expression: str, chosen: str = "2") -> str:
    """Evaluate an expression beside a list of forty items and an answer."""
    form = xform(f"<a>{chosen}</a><it/>", f'<bind nodeset="/data/it" calculate="{expression}"/>', extra=INSTANCE)
    return Session(form).node("/data/it").value


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("count(instance('l')/root/item[of = /data/a])", "10"),
        ("count(instance('l')/root/item[/data/a = of])", "10"),
        ("count(instance('l')/root/item[of = current()/../a])", "10"),
        ("count(instance('l')/root/item[of = '3'])", "10"),
        ("count(instance('l')/root/item[of = 3])", "10"),
        ("count(instance('l')/root/item[of = /data/missing])", "0"),
        ("count(instance('l')/root/item[of != /data/a])", "30"),
        ("instance('l')/root/item[of = /data/a][2]/name", "n6"),
        ("instance('l')/root/item[3]/name", "n2"),
        ("instance('l')/root/item[position() = /data/a + 1]/name", "n2"),
        ("instance('l')/root/item[last()]/name", "n39"),
        ("instance('l')/root/item[0]/name", ""),
        ("instance('l')/root/item[1.5]/name", ""),
        ("count(instance('l')/root/item[position() &lt; 4])", "3"),
        ("count(instance('l')/root/item[size &gt; 36 or name = 'n1'])", "4"),
        ("position(instance('l')/root/item[name = 'n7'])", "8"),
        ("sum(instance('l')/root/item[of = 0]/size)", "180"),
        ("instance('l')/root/item[name = concat('n', /data/a)]/size", "2"),
        ("count(instance('none')/root/item)", "0"),
        ("count(randomize(instance('l')/root/item))", "40"),
        ("pulldata('l', 'size', 'name', 'n9')", "9"),
        ("pulldata('l', 'size', 'name', 'gone')", ""),
    ],
)
def test_items_are_found(expression: str, value: str) -> None:
    assert over_list(expression) == value


def test_choices_listed_in_the_control() -> None:
    form = xform(
        "<t>x</t><s/><told/>",
        '<bind nodeset="/data/told" calculate="jr:choice-name(/data/s, \'/data/s\')"/>',
        '<input ref="/data/t"><label>T</label></input><select1 ref="/data/s"><label>S</label>'
        '<item><label>Two <output value="/data/t"/></label><value>2</value></item>'
        "<item><value>3</value></item></select1>",
    )
    session = Session(form)
    assert session.node("/data/s").options == (Option("2", "Two x"), Option("3", "3"))
    session.set("/data/s", "2")
    assert session.node("/data/told").value == "Two x"
    session.set("/data/t", "new")
    assert session.node("/data/told").value == "Two new"
    assert session.node("/data/s").options == (Option("2", "Two new"), Option("3", "3"))
    session.set("/data/s", "3")
    assert session.node("/data/told").value == "3"


@pytest.mark.parametrize("order", ["", "randomize=true, seed=7"])
def test_choice_labels_quote_answers_in_every_language(tmp_path: Path, order: str) -> None:
    choices = [
        {"list_name": "c", "name": "a", "label::A (a)": "Yes, ${who}", "label::B (b)": "Si, ${who}"},
        {"list_name": "c", "name": "b", "label::A (a)": "No", "label::B (b)": "Non"},
    ]
    survey = [
        {"type": "text", "name": "who", "label::A (a)": "Who", "label::B (b)": "Qui"},
        {"type": "select_one c", "name": "s", "label::A (a)": "S", "label::B (b)": "S", "parameters": order},
    ]
    session = session_of(tmp_path, survey, choices)
    session.set("/data/who", "Ana")
    for language, words in (("A (a)", ["Yes, Ana", "No"]), ("B (b)", ["Si, Ana", "Non"])):
        labels = {option.value: option.label.strip() for option in session.question("/data/s", language).options}
        assert labels == dict(zip("ab", words, strict=True))


def test_choices_without_labels_are_shown_by_their_values() -> None:
    body = '<select1 ref="/data/s"><itemset nodeset="instance(\'i\')/root/item"><value ref="v"/></itemset></select1>'
    extra = '<instance id="i"><root><item><v>a*b*</v></item></root></instance>'
    session = Session(xform("<s/>", "", body, extra))
    assert session.question("/data/s", "default").options == (Offer("a*b*", "a*b*", (Run("a*b*"),)),)
    assert session.node("/data/s").options == (Option("a*b*", "a*b*"),)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("geopoint", "1.5 -2", "1.5 -2.0"),
        ("geopoint", "1.5 -2 10 3.25", "1.5 -2.0 10.0 3.25"),
        ("geopoint", "91 0", ""),
        ("geopoint", "here", ""),
        ("geotrace", "1 1; 2 2 0 0;", "1.0 1.0;2.0 2.0 0.0 0.0"),
        ("geotrace", "1 1", ""),
        ("geoshape", "1 1;2 2;3 3;1 1", "1.0 1.0;2.0 2.0;3.0 3.0;1.0 1.0"),
        ("geoshape", "1 1;2 2;3 3;4 4", ""),
        ("int", "7.9", "7"),
        ("int", "99999999999", ""),
        ("decimal", "1e3", "1000.0"),
        ("decimal", "1e400", ""),
        ("date", "2024-02-30", ""),
        ("date", "2024-02-29T10:00:00", "2024-02-29"),
        ("dateTime", "2024-02-29T10:00:00.000Z", "2024-02-29T10:00:00.000Z"),
        ("dateTime", "2024-02-29", ""),
        ("time", "10:20:30", "10:20:30"),
        ("time", "25:00:00", ""),
        ("barcode", "anything", "anything"),
    ],
)
def test_computed_values_are_brought_into_the_value_space(kind: str, text: str, value: str) -> None:
    form = xform("<a/>", f'<bind nodeset="/data/a" type="{kind}" calculate="\'{text}\'"/>')
    assert Session(form).node("/data/a").value == value


def test_places_are_typed_by_hand_or_refused() -> None:
    form = xform("<a/>", '<bind nodeset="/data/a" type="geopoint"/>', '<input ref="/data/a"/>')
    session = Session(form)
    session.set("/data/a", "18.54 -72.34")
    assert session.node("/data/a").value == "18.54 -72.34"
    with pytest.raises(VictimIDError) as refused:
        session.set("/data/a", "near the river")
    assert refused.value.code == "form.bad_value"


def test_group_text_is_that_of_its_answers() -> None:
    assert calculated("string(/data/a)", a="<b>x</b><c>y</c>") == "xy"
