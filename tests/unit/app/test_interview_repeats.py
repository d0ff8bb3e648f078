"""Repeats in a talk: another one, one less, and everything recorded stays with whom it is about."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.form_files import written
from tests.support.sessions import open_session, reopen
from victimid.app import exporting, interviewing, summary
from victimid.app.desk import Desk
from victimid.app.interview_repeats import after_removal
from victimid.app.interview_view import InterviewView, QuestionView
from victimid.app.interviewing import Interviewing
from victimid.app.session import Session
from victimid.app.stepping import take_steps
from victimid.errors import VictimIDError
from victimid.forms.loading import load
from victimid.model.answer import NonAnswer
from victimid.store.interviews import Interviews

SURVEY = [
    {"type": "text", "name": "mother", "label": "Mother"},
    {"type": "begin_repeat", "name": "child", "label": "Child"},
    {"type": "text", "name": "name", "label": "Name"},
    {"type": "integer", "name": "age", "label": "Age of ${name}"},
    {"type": "end_repeat"},
    {"type": "integer", "name": "rooms", "label": "Rooms"},
    {"type": "begin_repeat", "name": "room", "label": "Room", "repeat_count": "${rooms}"},
    {"type": "text", "name": "use", "label": "Use"},
    {"type": "end_repeat"},
]


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    opened = open_session(tmp_path / "vault")
    yield opened
    opened.lock()


@pytest.fixture
def talk(session: Session, tmp_path: Path) -> Interviewing:
    case = Desk(session).open_case("es")
    return interviewing.begin(session, case.ref, load(written(tmp_path, SURVEY)), "en", "es")


def asked(view: InterviewView) -> QuestionView:
    assert view.question is not None
    return view.question


def family(talk: Interviewing) -> InterviewView:
    """Record a mother with Ana, Bea and Cid; stand on the page after the third."""
    view = talk.answer("/data/mother", "Mar")
    for place, (name, age) in enumerate((("Ana", "1"), ("Bea", "2"), ("Cid", "3")), 1):
        view = talk.answer(f"/data/child[{place}]/name", name)
        view = talk.answer(f"/data/child[{place}]/age", age)
        if place < 3:
            view = talk.add_instance("/data/child")
    return view


def values(session: Session, talk: Interviewing) -> dict[str, str]:
    return {answer.ref: answer.value for answer in session.vault.interviews.answers(talk.interview_id)}


def test_after_the_last_question_of_a_repeat_comes_the_page(talk: Interviewing) -> None:
    talk.answer("/data/mother", "Mar")
    talk.answer("/data/child[1]/name", "Ana")
    view = talk.answer("/data/child[1]/age", "7")
    assert view.question is None
    assert view.repeat is not None
    assert (view.repeat.label, view.repeat.can_add, view.repeat.can_remove) == ("Child", True, True)
    assert [(each.title, each.text) for each in view.repeat.instances] == [("Child 1", "Ana · 7")]
    assert (view.position, view.total) == (3, 4)
    assert asked(talk.next()).ref == "/data/rooms"
    assert talk.back().repeat is not None
    assert asked(talk.back()).ref == "/data/child[1]/age"


def test_adding_goes_to_the_first_question_of_the_new_one(talk: Interviewing) -> None:
    talk.answer("/data/mother", "Mar")
    view = talk.add_instance("/data/child")
    assert asked(view).ref == "/data/child[2]/name"
    assert asked(view).instance == "Child 2"
    assert [section.title for section in view.sections] == ["Child 1", "Child 2"]
    assert [section.current for section in view.sections] == [False, True]
    assert asked(talk.go_to_section("Child 1")).ref == "/data/child[1]/name"


def test_counted_repeats_show_no_page(talk: Interviewing) -> None:
    family(talk)
    view = talk.answer("/data/rooms", "2")
    assert asked(view).instance == "Room 1"
    talk.answer("/data/room[1]/use", "kitchen")
    end = talk.answer("/data/room[2]/use", "bedroom")
    assert (end.question, end.repeat) == (None, None)


@pytest.mark.parametrize(("gone", "left"), [(1, ["Bea", "Cid"]), (2, ["Ana", "Cid"]), (3, ["Ana", "Bea"])])
def test_what_is_recorded_stays_with_its_instance(
    session: Session, talk: Interviewing, gone: int, left: list[str]
) -> None:
    family(talk)
    view = talk.remove_instance(f"/data/child[{gone}]")
    assert view.repeat is not None
    assert [each.text.split(" · ")[0] for each in view.repeat.instances] == left
    now = values(session, talk)
    assert [now[f"/data/child[{place}]/name"] for place in (1, 2)] == left
    assert "/data/child[3]/name" not in now
    told = summary.summarise(session, view.case_ref, "en").answers
    assert [line.text for line in told if line.ref.endswith("/name")] == left
    wording = {a.ref: a.officer_wording.question for a in session.vault.interviews.answers(talk.interview_id)}
    assert wording["/data/child[1]/age"] == f"Age of {left[0]}"


def test_what_was_removed_stays_in_the_revisions_and_the_audit(session: Session, talk: Interviewing) -> None:
    family(talk)
    talk.remove_instance("/data/child[1]")
    first = session.vault.interviews.revisions(talk.interview_id, "/data/child[1]/name")
    assert [revision.value for revision in first] == ["Ana", "Bea"]
    last = session.vault.interviews.revisions(talk.interview_id, "/data/child[3]/name")
    assert [(revision.value, revision.withdrawn) for revision in last] == [("Cid", False), ("", True)]
    session.vault.audit.verify()
    newest = session.vault.audit.entries()[0]
    assert (newest.action, newest.detail.split()[1]) == ("instance_removed", "/data/child[1]")


def test_non_answers_and_own_words_move_too(session: Session, talk: Interviewing) -> None:
    family(talk)
    talk.skip("/data/child[3]/age", NonAnswer.UNKNOWN, own_words="maybe three")
    talk.keep_draft("/data/child[3]/name", "Cidd")
    talk.keep_draft("/data/child[2]/name", "Beaa")
    talk.remove_instance("/data/child[2]")
    moved = {a.ref: a for a in session.vault.interviews.answers(talk.interview_id)}["/data/child[2]/age"]
    assert (moved.non_answer, moved.own_words) == (NonAnswer.UNKNOWN, "maybe three")
    talk.go_to_section("Child 2")
    assert asked(talk.view()).draft == "Cidd"


def test_coming_back_lands_on_the_page_and_all_is_as_it_was(
    session: Session, talk: Interviewing, tmp_path: Path
) -> None:
    family(talk)
    before = talk.remove_instance("/data/child[2]")
    session.lock()
    again = reopen(tmp_path / "vault")
    resumed = interviewing.resume(again, talk.interview_id)
    assert resumed.view() == before
    assert asked(resumed.add_instance("/data/child")).ref == "/data/child[3]/name"
    assert asked(resumed.view()).value == ""
    assert asked(interviewing.resume(again, talk.interview_id).view()).ref == "/data/child[3]/name"
    again.lock()


def test_all_of_them_can_go_and_one_come_back(talk: Interviewing) -> None:
    talk.answer("/data/mother", "Mar")
    view = talk.remove_instance("/data/child[1]")
    assert view.repeat is not None
    assert (view.repeat.instances, view.repeat.can_remove) == ((), False)
    assert asked(talk.back()).ref == "/data/mother"
    assert asked(talk.add_instance("/data/child")).ref == "/data/child[1]/name"


def test_a_count_that_shrinks_withdraws_what_it_takes_away(session: Session, talk: Interviewing) -> None:
    family(talk)
    talk.answer("/data/rooms", "2")
    talk.answer("/data/room[2]/use", "kitchen")
    talk.answer("/data/rooms", "1")
    assert "/data/room[2]/use" not in values(session, talk)
    talk.answer("/data/rooms", "2")
    told = summary.summarise(session, talk.view().case_ref, "en").answers
    assert "kitchen" not in [line.text for line in told]


def test_a_full_disk_leaves_form_and_vault_as_they_were(talk: Interviewing, monkeypatch: pytest.MonkeyPatch) -> None:
    before = family(talk)

    def full(*_: object, **__: object) -> None:
        raise VictimIDError("vault.disk_full")

    with monkeypatch.context() as broken:
        broken.setattr(Interviews, "remove_instance", full)
        broken.setattr(Interviews, "add_instance", full)
        with pytest.raises(VictimIDError):
            talk.remove_instance("/data/child[1]")
        with pytest.raises(VictimIDError):
            talk.add_instance("/data/child")
    assert talk.view() == before


def test_an_export_tells_headquarters_what_no_longer_counts(session: Session, talk: Interviewing) -> None:
    family(talk)
    talk.remove_instance("/data/child[1]")
    records = session.vault.exports.case_records(talk.view().case_ref)
    told = {str(r["ref"]): (r["value"], r["withdrawn"]) for r in records if r["type"] == "answer"}
    assert told["/data/child[1]/name"] == ("Bea", False)
    assert told["/data/child[3]/name"] == ("", True)
    assert exporting.view(session).waiting_cases == 1


def test_at_the_end_only_what_stands_is_recorded_as_not_asked(session: Session, talk: Interviewing) -> None:
    talk.add_instance("/data/child")
    talk.remove_instance("/data/child[2]")
    talk.finish()
    reasons = {a.ref: a.non_answer for a in session.vault.interviews.answers(talk.interview_id)}
    assert set(reasons) == {"/data/mother", "/data/child[1]/name", "/data/child[1]/age", "/data/rooms"}


def test_steps_add_and_remove(session: Session, talk: Interviewing) -> None:
    steps = [
        {"set": "/data/child[1]/name", "value": "Ana"},
        {"add": "/data/child"},
        {"set": "/data/child[2]/name", "value": "Bea"},
        {"remove": "/data/child[1]"},
    ]
    take_steps(talk, steps)
    assert values(session, talk) == {"/data/child[1]/name": "Bea"}


def test_references_lead_where_their_instances_went() -> None:
    where = after_removal("/d/h[1]/r[2]")
    assert where("/d/h[1]/r[2]/s") is None
    assert where("/d/h[1]/r[12]/s[3]/t") == "/d/h[1]/r[11]/s[3]/t"
    assert where("/d/h[1]/r[2][+]") is None
    assert [where(ref) for ref in ("/d/h[1]/r[1]/s", "/d/h[2]/r[2]/s", "/d/h[1]/r[+]", "/d/h[1]/rr[2]")] == [
        "/d/h[1]/r[1]/s",
        "/d/h[2]/r[2]/s",
        "/d/h[1]/r[+]",
        "/d/h[1]/rr[2]",
    ]
