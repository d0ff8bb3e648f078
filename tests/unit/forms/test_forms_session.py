"""One interview: relevance, requirements, languages, signs, saving."""

from pathlib import Path

import pytest

from tests.support.form_files import clock, session_of, written, xform
from victimid.errors import VictimIDError
from victimid.forms.loading import from_xform, load
from victimid.forms.markup import Run
from victimid.forms.session import Session
from victimid.forms.state import Mark, Offer, Option

YES_NO = [
    {"list_name": "yn", "name": "yes", "label::English (en)": "Yes", "label::Español (es)": "Sí"},
    {"list_name": "yn", "name": "no", "label::English (en)": "No", "label::Español (es)": "No"},
]


@pytest.fixture
def work(tmp_path: Path) -> Session:
    survey = [
        {
            "type": "text",
            "name": "who",
            "label::English (en)": "Name",
            "label::Español (es)": "Nombre",
            "required": "yes",
            "required_message::English (en)": "Please answer",
            "required_message::Español (es)": "Conteste",
        },
        {
            "type": "select_one yn",
            "name": "works",
            "label::English (en)": "Does ${who} work?",
            "label::Español (es)": "¿Trabaja ${who}?",
            "hint::English (en)": "Any work",
            "hint::Español (es)": "Todo trabajo",
            "guidance_hint::English (en)": "Paid or not",
            "guidance_hint::Español (es)": "Pagado o no",
            "bind::vid:sign": "unpaid; idle",
            "bind::vid:when": ". = 'yes' and ../paid = 'no'; . = 'no'",
            "bind::vid:kind": "statement",
        },
        {
            "type": "begin_group",
            "name": "job",
            "label::English (en)": "Job",
            "label::Español (es)": "Empleo",
            "relevant": "${works} = 'yes'",
        },
        {
            "type": "integer",
            "name": "hours",
            "label::English (en)": "Hours",
            "label::Español (es)": "Horas",
            "constraint": ". <= 24",
            "constraint_message::English (en)": "A day has 24",
            "constraint_message::Español (es)": "El día tiene 24",
        },
        {"type": "calculate", "name": "week", "calculation": "${hours} * 7"},
        {"type": "end_group"},
        {
            "type": "select_one yn",
            "name": "paid",
            "label::English (en)": "Paid?",
            "label::Español (es)": "¿Pagado?",
        },
    ]
    settings = {
        "form_id": "work",
        "version": "3",
        "default_language": "English (en)",
        "namespaces": 'vid="https://victimid.example/xforms"',
    }
    return Session(load(written(tmp_path, survey, YES_NO, settings)), clock=clock)


def test_answers_open_and_close_groups(work: Session) -> None:
    assert work.questions() == ("/data/who", "/data/works", "/data/paid")
    work.set("/data/works", "yes")
    assert work.questions() == ("/data/who", "/data/works", "/data/job/hours", "/data/paid")
    work.set("/data/job/hours", "8")
    assert work.node("/data/job/week").value == "56"
    work.set("/data/works", "no")
    assert work.node("/data/job/hours").value == ""
    assert not work.node("/data/job/hours").relevant
    work.set("/data/works", "yes")
    assert work.node("/data/job/hours").value == "8"


def test_constraint_and_requirement(work: Session) -> None:
    work.set("/data/works", "yes")
    work.set("/data/job/hours", "30")
    asked = work.question("/data/job/hours", "Español (es)")
    assert (asked.value, asked.valid, asked.message) == ("30", False, "El día tiene 24")
    assert asked.groups == ("Empleo",)
    unanswered = work.question("/data/who", "English (en)")
    assert (unanswered.required, unanswered.valid, unanswered.message) == (True, False, "Please answer")
    work.set("/data/who", "Ana")
    assert work.question("/data/who", "English (en)").valid


@pytest.mark.parametrize(
    ("ref", "value"), [("/data/job/hours", "many"), ("/data/works", "maybe"), ("/data/job/hours", "1.5")]
)
def test_bad_values_are_refused_and_nothing_changes(work: Session, ref: str, value: str) -> None:
    work.set("/data/works", "yes")
    before = work.state()
    with pytest.raises(VictimIDError) as refused:
        work.set(ref, value)
    assert refused.value.code == "form.bad_value"
    assert work.state() == before


def test_two_languages_at_once_and_a_switch(work: Session) -> None:
    work.set("/data/who", "Ana")
    officer = work.question("/data/works", "English (en)")
    person = work.question("/data/works", "Español (es)")
    assert (officer.label, person.label) == ("Does Ana work?", "¿Trabaja Ana?")
    assert (person.hint, person.guidance) == ("Todo trabajo", "Pagado o no")
    assert person.options == (Offer("yes", "Sí", (Run("Sí"),)), Offer("no", "No", (Run("No"),)))
    work.set_language("Español (es)")
    assert (work.node("/data/works").label or "").strip() == "¿Trabaja Ana?"
    with pytest.raises(VictimIDError) as refused:
        work.set_language("Klingon")
    assert refused.value.code == "form.unknown_language"


def test_signs_follow_answers_and_blank_raises_none(work: Session) -> None:
    assert work.marks() == ()
    work.set("/data/works", "no")
    assert work.marks() == (Mark("idle", "/data/works"),)
    work.set("/data/works", "yes")
    work.set("/data/paid", "no")
    assert work.marks() == (Mark("unpaid", "/data/works"),)
    work.set("/data/works", "")
    assert work.marks() == ()
    assert work.question("/data/works", "English (en)").vid["kind"] == "statement"


def test_numbers_are_stable(work: Session) -> None:
    number = work.question("/data/paid", "English (en)").number
    work.set("/data/works", "yes")
    assert work.question("/data/paid", "English (en)").number == number == 4


def test_interview_is_saved_and_goes_on(work: Session) -> None:
    work.set("/data/who", "<b>&\u00f1</b>")
    work.set("/data/works", "yes")
    work.set("/data/job/hours", "9")
    work.set("/data/works", "no")
    form = from_xform(work.form.xform)
    again = Session(form, instance=work.instance_xml(), clock=clock)
    assert again.state() == work.state()
    again.set("/data/works", "yes")
    assert again.node("/data/job/hours").value == "9"
    assert "hours" not in work.instance_xml(submission=True)


def test_instance_of_another_form_is_refused(work: Session) -> None:
    with pytest.raises(VictimIDError) as refused:
        Session(work.form, instance="<other/>")
    assert refused.value.code == "form.other_instance"


def test_readonly_is_inherited() -> None:
    form = xform(
        "<g><a/></g>",
        '<bind nodeset="/data/g" readonly="true()"/>',
        '<group ref="/data/g"><input ref="/data/g/a"><label>A</label></input></group>',
    )
    session = Session(form)
    with pytest.raises(VictimIDError) as refused:
        session.set("/data/g/a", "x")
    assert refused.value.code == "form.readonly"


def test_unknown_question(work: Session) -> None:
    for ref in ("/data/nothing", "/data", "nonsense", "/data/job/hours[2]"):
        with pytest.raises(VictimIDError) as refused:
            work.set(ref, "1")
        assert refused.value.code == "form.unknown_question"


def test_preloads_know_nobody(tmp_path: Path) -> None:
    session = session_of(
        tmp_path,
        [
            {"type": "start", "name": "start"},
            {"type": "today", "name": "day"},
            {"type": "deviceid", "name": "device"},
            {"type": "username", "name": "user"},
            {"type": "text", "name": "a", "label": "A"},
        ],
    )
    assert session.node("/data/start").value.startswith("2026-03-14T")
    assert session.node("/data/day").value == "2026-03-14"
    assert session.node("/data/device").value == session.node("/data/user").value == ""
    assert session.node("/data/meta/instanceID").value.startswith("uuid:")


def test_actions_follow_changes_of_their_own_instance(tmp_path: Path) -> None:
    session = session_of(
        tmp_path,
        [
            {"type": "text", "name": "a", "label": "A", "default": "concat('x', 'y')"},
            {"type": "text", "name": "b", "label": "B", "calculation": "concat(${a}, '!')", "trigger": "${a}"},
        ],
    )
    assert session.node("/data/a").value == "xy"
    assert session.node("/data/b").value == ""
    session.set("/data/a", "z")
    assert session.node("/data/b").value == "z!"
    session.set("/data/b", "own words")
    assert session.node("/data/b").value == "own words"


def test_actions_without_end_are_stopped() -> None:
    body = "".join(
        f'<input ref="/data/{one}"><label>.</label>'
        f'<setvalue ref="/data/{other}" event="xforms-value-changed" value="/data/{one} + 1"/></input>'
        for one, other in (("a", "b"), ("b", "a"))
    )
    session = Session(xform("<a/><b/>", body=body))
    with pytest.raises(VictimIDError) as refused:
        session.set("/data/a", "1")
    assert refused.value.code == "form.endless"


def test_submission_has_an_end_and_nothing_that_is_not_relevant(tmp_path: Path) -> None:
    session = session_of(
        tmp_path,
        [
            {"type": "end", "name": "end"},
            {"type": "text", "name": "a", "label": "A"},
            {"type": "text", "name": "b", "label": "B", "relevant": "${a} = 'x'"},
        ],
    )
    assert "<b/>" in session.instance_xml()
    submitted = session.instance_xml(submission=True)
    assert "<end>2026-03-14T" in submitted
    assert "<b" not in submitted


def test_range_keeps_within_its_bounds(tmp_path: Path) -> None:
    row = {"type": "range", "name": "r", "label": "R", "parameters": "start=2 end=8 step=2", "default": "9"}
    session = session_of(tmp_path, [row])
    assert session.node("/data/r").value == ""
    session.set("/data/r", "4")
    with pytest.raises(VictimIDError) as refused:
        session.set("/data/r", "10")
    assert refused.value.code == "form.bad_value"
    assert session.node("/data/r").value == "4"


def test_rank_wants_every_choice_in_order(tmp_path: Path) -> None:
    choices = [{"list_name": "c", "name": name, "label": name.upper()} for name in ("a", "b", "c")]
    session = session_of(tmp_path, [{"type": "rank c", "name": "r", "label": "R"}], choices)
    session.set("/data/r", "c a b")
    assert session.node("/data/r").value == "c a b"
    with pytest.raises(VictimIDError) as refused:
        session.set("/data/r", "c a")
    assert refused.value.code == "form.bad_value"


def test_choices_that_go_take_their_answers_along(tmp_path: Path) -> None:
    choices = [
        {"list_name": "c", "name": "a", "label": "A", "of": "x"},
        {"list_name": "c", "name": "b", "label": "B", "of": "y"},
    ]
    survey = [
        {"type": "text", "name": "of", "label": "Of"},
        {"type": "select_one c", "name": "one", "label": "One", "choice_filter": "of = ${of}"},
        {"type": "calculate", "name": "told", "calculation": "jr:choice-name(${one}, '${one}')"},
    ]
    session = session_of(tmp_path, survey, choices)
    session.set("/data/of", "x")
    session.set("/data/one", "a")
    assert session.node("/data/told").value == "A"
    session.set("/data/of", "y")
    assert session.node("/data/one").value == session.node("/data/told").value == ""
    assert session.node("/data/one").options == (Option("b", "B"),)


def test_calculated_choice_names_follow_the_language(work: Session) -> None:
    told = work.form.xform.replace(
        'calculate=" /data/job/hours  * 7"', "calculate=\"jr:choice-name(/data/works, '/data/works')\""
    )
    session = Session(from_xform(told))
    session.set("/data/works", "yes")
    assert session.node("/data/job/week").value == "Yes"
    session.set_language("Español (es)")
    assert session.node("/data/job/week").value == "Sí"


def test_characters_that_no_document_can_hold_are_left_out(tmp_path: Path) -> None:
    survey = [
        {"type": "text", "name": "a", "label": "A"},
        {"type": "calculate", "name": "b", "calculation": "base64-decode('QQBC')"},
    ]
    session = session_of(tmp_path, survey)
    session.set("/data/a", "x\x00y\ud800\ufffez\r\n\U0001f600")
    assert session.node("/data/a").value == "xyz\r\n\U0001f600"
    again = Session(session.form, instance=session.instance_xml())
    assert again.node("/data/a").value == session.node("/data/a").value
