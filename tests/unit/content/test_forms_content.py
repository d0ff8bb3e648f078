"""Our two forms as pyxform reads them: signs, groups, safeguards and what is never asked."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree
from pyxform.xls2xform import convert

from victimid import assets
from victimid.model.answer import Kind
from victimid.model.consent import DataGroup
from victimid.model.finding import Dimension, Evidence, Reading
from victimid.screening.catalogue import load_catalogue, load_rule_set
from victimid.screening.findings import findings

FORMS = assets.folder("forms")
NAMES = ("first_line", "second_line")
VID = "{https://victimid.example/xforms}"
XF = "{http://www.w3.org/2002/xforms}"
AUDIENCES = {"person", "officer", "both"}
CATALOGUE = load_catalogue(FORMS / "signs.toml")


def model(name: str) -> etree._Element:
    result = convert(str(FORMS / f"{name}.md"))
    assert result.warnings == []
    return etree.fromstring(result.xform.encode())


def questions(name: str) -> dict[str, etree._Element]:
    binds = (bind for bind in model(name).iter(f"{XF}bind") if bind.get(f"{VID}kind"))
    return {str(bind.get("nodeset")).rsplit("/", 1)[-1]: bind for bind in binds}


def options(name: str) -> dict[str, set[str]]:
    """Map each question to the values of its choices."""
    form = model(name)
    lists = {
        instance.get("id"): {str(item.text) for item in instance.iter(f"{XF}name")}
        for instance in form.iter(f"{XF}instance")
        if instance.get("id")
    }
    found: dict[str, set[str]] = {}
    for control in (*form.iter("{*}select"), *form.iter("{*}select1")):
        source = control.find(f"{XF}itemset")
        named = source is not None and re.search(r"instance\('(.+?)'\)", str(source.get("nodeset")))
        values = lists[named[1]] if named else {str(item.text) for item in control.iter(f"{XF}value")}
        found[str(control.get("ref")).rsplit("/", 1)[-1]] = values
    return found


def raised(bind: etree._Element) -> Iterator[tuple[str, str]]:
    signs, conditions = bind.get(f"{VID}sign"), bind.get(f"{VID}when")
    if signs or conditions:
        yield from zip(str(signs).split(";"), str(conditions).split(";"), strict=True)


@pytest.mark.parametrize("name", NAMES)
def test_every_sign_is_known_and_hangs_on_answers_that_can_be_chosen(name: str) -> None:
    choices = options(name)
    count = 0
    for ref, bind in questions(name).items():
        for sign, condition in raised(bind):
            assert sign.strip() in CATALOGUE.signs, ref
            values = set(re.findall(r"'(\w+)'", condition))
            assert values, ref
            assert re.fullmatch(r"(( or )?(\. = '\w+'|selected\(\., '\w+'\)))+", condition.strip()), ref
            assert values <= choices[ref] - {"none", "unseen", "unsure"}, ref
            count += 1
    assert count >= 15


@pytest.mark.parametrize("name", NAMES)
def test_every_question_has_a_kind_and_an_audience_and_none_is_required(name: str) -> None:
    for ref, bind in questions(name).items():
        assert bind.get(f"{VID}kind") in list(Kind), ref
        assert bind.get(f"{VID}audience") in AUDIENCES, ref
        assert bind.get(f"{VID}group") in [None, *DataGroup], ref
        assert bind.get("required") is None, ref


def test_first_line_is_observation_without_any_sensitive_question() -> None:
    asked = questions("first_line")
    assert {bind.get(f"{VID}audience") for bind in asked.values()} == {"officer"}
    assert {bind.get(f"{VID}sensitive") for bind in asked.values()} == {None}
    assert list(asked)[-2:] == ["refer", "remark"]
    assert 10 <= len(asked) - 2 <= 12


def test_what_no_service_receives_is_marked_and_police_come_last() -> None:
    asked = questions("second_line")
    groups = {ref: bind.get(f"{VID}group") for ref, bind in asked.items()}
    assert groups["danger"] == DataGroup.EXPLOITERS
    assert groups["others_number"] == DataGroup.OTHERS
    assert groups["status_note"] == DataGroup.STATUS
    assert groups["police_later"] == DataGroup.COOPERATION
    assert list(asked)[-1] == "police_later"
    assert list(raised(asked["police_later"])) == []


def test_harm_is_announced_before_it_is_asked_about() -> None:
    asked = questions("second_line")
    for ref in ("account", "pressure", "way", "work_harm", "work_tasks", "health_need", "danger", "child_told"):
        assert asked[ref].get(f"{VID}sensitive") == "yes", ref


def test_questions_for_adults_are_closed_to_children_and_without_agreement() -> None:
    form = model("second_line")
    relevant = {str(bind.get("nodeset")): bind.get("relevant") for bind in form.iter(f"{XF}bind")}
    for group in ("journey", "work", "movement", "money"):
        condition = str(relevant[f"/data/{group}"])
        assert re.search(r"/may_talk\s+= 'yes' and\s+\S+/path\s+= 'adult'", condition), group
    for ref in ("/data/safety/urgent_medical", "/data/needs/needs_now", "/data/finish/noticed"):
        assert relevant[ref] is None
    for ref in ("/data/safety/safe_now", "/data/needs/tonight", "/data/finish/safe_contact"):
        assert re.fullmatch(r"\s*/data/safety/alone\s+= 'yes'", str(relevant[ref])), ref


def test_the_demo_case_meets_deception_exploitation_and_coercion() -> None:
    answers = tomllib.loads((assets.folder("resources") / "demo_case.toml").read_text("utf-8"))["answers"]
    evidence = []
    for number, (ref, bind) in enumerate(questions("second_line").items(), 1):
        given = answers.get(ref, [])
        for sign, condition in raised(bind):
            if set(re.findall(r"'(\w+)'", condition)) & set(given if isinstance(given, list) else [given]):
                evidence.append(Evidence(sign.strip(), ref, number, Kind.STATEMENT))
    rule_set = load_rule_set(FORMS / "rules" / "ilo-2009-adult-labour.toml", CATALOGUE)
    result = findings(evidence, rule_set, CATALOGUE, {})
    assert {dimension.dimension for dimension in result.dimensions if dimension.met} >= {
        Dimension.DECEPTIVE_RECRUITMENT,
        Dimension.EXPLOITATION,
        Dimension.COERCION_AT_DESTINATION,
    }
    assert result.reading is Reading.SIGNS_OF_TRAFFICKING
    assert not result.rests_on_secondary_means


@pytest.mark.parametrize("name", NAMES)
def test_a_last_answer_excludes_the_others(name: str) -> None:
    choices = options(name)
    for ref, bind in questions(name).items():
        if "none" in choices.get(ref, ()):
            assert "count-selected(.) > 1" in str(bind.get("constraint")), ref


def test_the_forms_are_plain_tables_of_one_version() -> None:
    for name in NAMES:
        text = Path(FORMS / f"{name}.md").read_text("utf-8")
        assert "2026112101" in text
        assert all(line.startswith("|") for line in text.splitlines())
