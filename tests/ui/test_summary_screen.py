"""Summary and decision: signs with their sources, nothing that reads like a verdict, a reason that is needed."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.support.screens import clipped, context, shown, texts
from tests.support.sessions import answer_all, begun, open_session, reopen
from victimid import i18n
from victimid.app import interviewing, summary
from victimid.app.content import Content
from victimid.app.demo import answer_one, read_case
from victimid.app.desk import Desk
from victimid.app.form_choice import from_file
from victimid.app.interviewing import Interviewing
from victimid.app.session import Session
from victimid.model.answer import NonAnswer
from victimid.model.finding import Outcome
from victimid.ui.destinations import ToDesk, ToInterview, ToReferral
from victimid.ui.screens.summary import SummaryScreen

NEVER = re.compile(r"%|\bscore|\bprobab|\bverdict|\bcleared\b|\bvictim\b|\bguilty\b", re.IGNORECASE)


@pytest.fixture
def session(tmp_path: Path, content: Content) -> Iterator[Session]:
    opened = open_session(tmp_path / "vault", content=content)
    yield opened
    opened.lock()


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory, content: Content) -> tuple[Path, str]:
    """Return a vault with one finished interview, made once, and the reference of its case."""
    folder = tmp_path_factory.mktemp("finished") / "vault"
    opened = open_session(folder, content=content)
    ref = interviewed(opened)
    opened.lock()
    return folder, ref


@pytest.fixture
def case(finished: tuple[Path, str], tmp_path: Path, content: Content) -> Iterator[tuple[Session, str]]:
    """Open a copy of the vault with one finished interview."""
    shutil.copytree(finished[0], tmp_path / "copy")
    opened = reopen(tmp_path / "copy", content=content)
    yield opened, finished[1]
    opened.lock()


def interviewed(session: Session, **answers: str | list[str]) -> str:
    """Interview the invented person, with some answers changed, and return the case."""
    case = dict(read_case())
    case["answers"] = {**case["answers"], **answers}
    interview = begun(session)
    answer_all(interview, case)
    interview.finish()
    return case_of(session, interview)


def case_of(session: Session, interview: Interviewing) -> str:
    return session.vault.interviews.get(interview.interview_id).case_ref


def test_signs_stand_in_their_group_with_the_answers_that_raised_them(qtbot: QtBot, case: tuple[Session, str]) -> None:
    session, ref = case
    screen = SummaryScreen(context(session, "es"), ref)
    shown(qtbot, screen)
    on_screen = texts(screen)
    found = summary.summarise(session, ref, "es").findings
    forms, words = i18n.load("forms", "es"), i18n.load("victimid", "es")
    raised = [sign for dimension in found.dimensions for sign in dimension.signs]
    assert raised
    for sign in raised:
        assert forms.gettext(sign.sign.text) in on_screen
        for item in sign.evidence:
            assert any(f"{item.number}" in text and "·" in text for text in on_screen)
    assert words.gettext("rule met") in on_screen
    assert words.gettext("context only") in on_screen


def test_no_word_reads_like_a_verdict(qtbot: QtBot, case: tuple[Session, str]) -> None:
    screen = SummaryScreen(context(case[0]), case[1])
    shown(qtbot, screen)
    assert [text for text in texts(screen) if NEVER.search(text)] == []
    assert any("you decide" in text for text in texts(screen))
    assert any("not verified" in text for text in texts(screen))
    assert any("draft" in text for text in texts(screen))


def test_nothing_recorded_is_never_called_clean(qtbot: QtBot, session: Session) -> None:
    interview = begun(session)
    interview.finish()
    screen = SummaryScreen(context(session), case_of(session, interview))
    shown(qtbot, screen)
    assert [text for text in texts(screen) if NEVER.search(text)] == []
    assert any("No sign is recorded so far" in text for text in texts(screen))


def test_refusals_are_counted_and_never_signs(qtbot: QtBot, session: Session) -> None:
    interview = begun(session)
    case = read_case()
    view = interview.view()
    while view.question is not None and not view.question.ref.endswith("/urgent_medical"):
        view = answer_one(interview, view.question, case)
    assert view.question is not None
    interview.skip(view.question.ref, NonAnswer.DECLINED)
    interview.finish()
    screen = SummaryScreen(context(session), case_of(session, interview))
    shown(qtbot, screen)
    missing = next(text for text in texts(screen) if "None of these counts as a sign" in text)
    assert missing.startswith("1 not wanted to be answered")
    assert "not asked" in missing


def test_a_decision_needs_a_choice_and_a_reason(qtbot: QtBot, case: tuple[Session, str]) -> None:
    session, ref = case
    screen = SummaryScreen(context(session), ref)
    gone = shown(qtbot, screen)
    panel = screen.decision
    assert panel is not None
    assert panel.choices.value() == ""
    panel.choices.buttons[0].click()
    assert not panel.record.isEnabled()
    panel.reason.set_text("   ")
    assert not panel.record.isEnabled()
    panel.reason.set_text("Papers held, asks for a safe place")
    panel.record.click()
    decided = session.vault.decisions.latest(ref)
    assert decided is not None
    assert (decided.outcome, decided.reason) == (Outcome.REFER, "Papers held, asks for a safe place")
    assert gone == [ToReferral(ref)]


def test_any_other_decision_leads_to_the_desk(qtbot: QtBot, case: tuple[Session, str]) -> None:
    screen = SummaryScreen(context(case[0]), case[1])
    gone = shown(qtbot, screen)
    assert screen.decision is not None
    screen.decision.choices.buttons[-1].click()
    screen.decision.reason.set_text("Asked to come back alone")
    screen.decision.record.click()
    assert gone == [ToDesk()]


def test_a_reason_half_written_survives_a_lock(qtbot: QtBot, case: tuple[Session, str]) -> None:
    session, ref = case
    screen = SummaryScreen(context(session), ref)
    shown(qtbot, screen)
    assert screen.decision is not None
    screen.decision.reason.set_text("Half a sen")
    [work] = screen.unsaved()
    work()
    again = SummaryScreen(context(session), ref)
    shown(qtbot, again)
    assert again.decision is not None
    assert again.decision.reason.text() == "Half a sen"
    assert again.unsaved() == []


def test_a_child_is_told_first(qtbot: QtBot, session: Session) -> None:
    screen = SummaryScreen(context(session), interviewed(session, age="under_18", may_be_child="yes"))
    shown(qtbot, screen)
    assert "A child, or age in doubt" in texts(screen)
    assert any("Child protection comes first" in text for text in texts(screen))


def test_an_open_interview_can_go_on(qtbot: QtBot, session: Session) -> None:
    interview = begun(session)
    screen = SummaryScreen(context(session), case_of(session, interview))
    gone = shown(qtbot, screen)
    next(
        each for each in screen.findChildren(type(screen.all_answers)) if each.words() == "Go on with the interview"
    ).click()
    assert gone == [ToInterview(interview.interview_id)]


def test_all_answers_are_listed_as_text(qtbot: QtBot, session: Session) -> None:
    ref = interviewed(session, name="<b>Premye</b> & <img src=x>")
    screen = SummaryScreen(context(session, "es"), ref)
    shown(qtbot, screen)
    screen.all_answers.click()
    on_screen = texts(screen.answers)
    assert "<b>Premye</b> & <img src=x>" in on_screen
    for line in summary.summarise(session, ref, "es").answers:
        assert line.question in on_screen
    assert "Kreyòl ayisyen" in on_screen


def test_a_form_without_signs_says_so(qtbot: QtBot, session: Session) -> None:
    form = from_file(Path("tests/data/forms/htcds_xlsform.xlsx")).form
    ref = Desk(session).open_case("es").ref
    interviewing.begin(session, ref, form, "en", "es").finish()
    screen = SummaryScreen(context(session), ref)
    shown(qtbot, screen)
    assert "No signs in this form" in texts(screen)
    assert "rule not met" not in texts(screen)


@pytest.mark.parametrize("language", ["es", "ar"])
def test_nothing_is_clipped(qtbot: QtBot, case: tuple[Session, str], language: str) -> None:
    screen = SummaryScreen(context(case[0], language), case[1])
    shown(qtbot, screen, 1024, 584)
    assert not clipped(screen)
    screen.all_answers.click()
    assert not clipped(screen)
