"""Nothing typed is lost: by a step, by typing on while an answer is under way, by a lock, by a kill."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.support.colleagues import EVA, KEEPER, decided, enrol
from tests.support.journey import put
from tests.support.media import png
from tests.support.screens import texts
from tests.support.sessions import answer_all, begun
from tests.support.talks import Rows, pane_of, recorded, talk_on
from tests.support.windows import Desktop, banner, unlock
from victimid.app import case_draft, handing_over, officer_draft
from victimid.app.access import Why
from victimid.app.interviewing import Interviewing
from victimid.app.session import Session
from victimid.errors import VictimIDError
from victimid.model.answer import Precision
from victimid.model.finding import Outcome
from victimid.model.people import Role
from victimid.store import drafts
from victimid.ui.destinations import (
    ToDesk,
    ToExport,
    ToHandOver,
    ToInterview,
    ToOfficers,
    ToRecovery,
    ToReferral,
    ToSettings,
    ToSummary,
)
from victimid.ui.draft import Draft
from victimid.ui.jobs import InlineJobs, WorkerJobs
from victimid.ui.screen import Screen
from victimid.ui.screens.answer_fields import AreaInput, LineInput
from victimid.ui.screens.answer_input import AnswerInput
from victimid.ui.screens.export import ExportScreen
from victimid.ui.screens.hand_over import HandOverScreen
from victimid.ui.screens.interview import InterviewScreen
from victimid.ui.screens.officers import OfficersScreen
from victimid.ui.screens.policy import PolicyScreen
from victimid.ui.screens.recovery import RecoveryScreen
from victimid.ui.screens.referral import ReferralScreen
from victimid.ui.screens.summary import SummaryScreen
from victimid.ui.screens.unlock import Unlock
from victimid.ui.widgets.button import Button
from victimid.ui.window import Window

ES, AR = "label::Español (es)", "label::العربية (ar)"
KEY = "age1example"


def question(kind: str, name: str, **more: str) -> dict[str, str]:
    return {"type": kind, "name": name, ES: f"¿{name}?", AR: f"{name}؟", **more}


WORDS: Rows = [question("text", name) for name in ("first", "second", "third")]
SECTIONS: Rows = [
    {"type": "begin_group", "name": "one", ES: "Uno", AR: "واحد"},
    question("text", "first"),
    {"type": "end_group"},
    {"type": "begin_group", "name": "two", ES: "Dos", AR: "اثنان"},
    question("text", "second"),
    {"type": "end_group"},
]
CHOSEN: Rows = [question("select_one yes", "first"), question("select_one yes", "second"), question("text", "third")]
CHOICES: Rows = [{"list_name": "yes", "name": name, ES: name, AR: name} for name in ("yes", "no", "maybe")]


@pytest.fixture
def window(office: Desktop) -> Window:
    made = office.open()
    unlock(made)
    return made


def session_of(window: Window) -> Session:
    assert isinstance(window.page, Screen)
    return window.page.context.session


def screen_of(window: Window) -> InterviewScreen:
    assert isinstance(window.page, InterviewScreen)
    return window.page


def line(window: Window) -> QLineEdit:
    """Return the line that takes the answer on screen."""
    answer = pane_of(screen_of(window)).input
    assert isinstance(answer, LineInput)
    return answer.field.edit


def press(window: Window, words: str) -> None:
    """Click on a button of the question."""
    buttons = pane_of(screen_of(window)).findChildren(Button)
    QTest.mouseClick(next(each for each in buttons if each.words() == words), Qt.MouseButton.LeftButton)


def open_talk(window: Window, folder: Path, survey: Rows, choices: Rows | None = None) -> Interviewing:
    talk = talk_on(session_of(window), folder, survey, choices)
    window.go(ToInterview(talk.interview_id))
    return talk


def lock_and_return(window: Window, interview_id: str) -> InterviewScreen:
    window.lock()
    unlock(window)
    window.go(ToInterview(interview_id))
    return screen_of(window)


def kept(session: Session, talk: Interviewing, name: str) -> str:
    """Return the draft of a question as the vault has it."""
    return session.vault.drafts.read(talk.case_ref, drafts.of_question(talk.interview_id, f"/data/{name}"))


def test_half_an_answer_is_there_again_after_going_back_at_once(window: Window, tmp_path: Path) -> None:
    open_talk(window, tmp_path, WORDS)
    put(line(window), "one")
    press(window, "Next")
    put(line(window), "half ")
    press(window, "Back")
    assert line(window).text() == "one"
    press(window, "Next")
    assert line(window).text() == "half "


def test_half_an_answer_is_there_again_after_another_section(window: Window, tmp_path: Path) -> None:
    open_talk(window, tmp_path, SECTIONS)
    put(line(window), "half")
    screen_of(window).outline.section.emit("Dos")
    assert pane_of(screen_of(window)).question.ref == "/data/two/second"
    screen_of(window).outline.section.emit("Uno")
    assert line(window).text() == "half"


@pytest.mark.parametrize(("reason", "there"), [("Later", "half"), ("Does not want to answer", "")])
def test_what_is_typed_for_a_question_put_off_waits_for_it(
    window: Window, tmp_path: Path, reason: str, there: str
) -> None:
    talk = open_talk(window, tmp_path, WORDS)
    put(line(window), "half")
    press(window, reason)
    assert recorded(session_of(window), talk)["/data/first"].value == ""
    press(window, "Back")
    assert line(window).text() == there
    assert pane_of(lock_and_return(window, talk.interview_id)).input.value() == there


class Busy:
    """A real window whose worker is held up until it is let go."""

    def __init__(self, qtbot: QtBot, office: Desktop, worker: WorkerJobs) -> None:
        self.qtbot, self.worker, self._hold = qtbot, worker, threading.Event()
        self.window = office.open(jobs=worker)
        self.come_in()

    def come_in(self) -> None:
        self.qtbot.waitUntil(lambda: isinstance(self.window.page, Unlock), timeout=20_000)
        unlock(self.window)
        self.qtbot.waitUntil(lambda: isinstance(self.window.page, Screen), timeout=20_000)

    def do(self, work: Callable[[], object]) -> None:
        """Do something on the worker and wait for it."""
        done: list[object] = []
        self.worker.run(work, done.append, self.window)
        self.qtbot.waitUntil(lambda: bool(done), timeout=20_000)

    def talk(self, folder: Path, survey: Rows, choices: Rows | None = None) -> Interviewing:
        made: list[Interviewing] = []
        session = session_of(self.window)
        self.do(lambda: made.append(talk_on(session, folder, survey, choices)))
        self.show(made[0])
        return made[0]

    def show(self, talk: Interviewing) -> None:
        self.window.go(ToInterview(talk.interview_id))
        self.qtbot.waitUntil(lambda: screen_of(self.window).pane is not None, timeout=20_000)

    def hold(self) -> None:
        hold = self._hold = threading.Event()
        self.worker.run(lambda: hold.wait(60), lambda _: None, self.window)

    def let_go(self) -> None:
        self._hold.set()

    def read(self, talk: Interviewing, name: str) -> tuple[str, str]:
        """Return what is recorded of a question, and its draft."""
        session, found = session_of(self.window), []

        def read() -> None:
            answers = recorded(session, talk)
            value = answers[f"/data/{name}"].value if f"/data/{name}" in answers else ""
            found.append((value, kept(session, talk, name)))

        self.do(read)
        return found[0]


@pytest.fixture
def busy(qtbot: QtBot, office: Desktop, worker: WorkerJobs) -> Busy:
    return Busy(qtbot, office, worker)


def test_what_is_typed_on_while_an_answer_is_recorded_stays_with_its_question(busy: Busy, tmp_path: Path) -> None:
    talk = busy.talk(tmp_path, WORDS)
    old = pane_of(screen_of(busy.window))
    put(line(busy.window), "one")
    busy.hold()
    press(busy.window, "Next")
    put(line(busy.window), "more")
    busy.let_go()
    busy.qtbot.waitUntil(lambda: screen_of(busy.window).pane is not old, timeout=20_000)
    assert "kept with the question before" in banner(busy.window)
    assert line(busy.window).text() == ""
    assert busy.read(talk, "first") == ("one", '["onemore", ""]')


def test_a_lock_while_an_answer_is_recorded_keeps_what_was_typed_since(busy: Busy, tmp_path: Path) -> None:
    talk = busy.talk(tmp_path, WORDS)
    put(line(busy.window), "one")
    busy.hold()
    press(busy.window, "Next")
    put(line(busy.window), "more")
    busy.window.lock()
    busy.let_go()
    busy.come_in()
    assert busy.read(talk, "first") == ("one", '["onemore", ""]')


def test_a_lock_right_after_an_answer_leaves_the_answer_alone(busy: Busy, tmp_path: Path) -> None:
    talk = busy.talk(tmp_path, WORDS)
    put(line(busy.window), "one")
    busy.hold()
    press(busy.window, "Next")
    busy.window.lock()
    busy.let_go()
    busy.come_in()
    assert busy.read(talk, "first") == ("one", "")


def test_a_lock_right_after_an_answer_the_form_refuses_keeps_it(busy: Busy, tmp_path: Path) -> None:
    talk = busy.talk(tmp_path, [question("text", "first", constraint="string-length(.) < 5"), *WORDS[1:]])
    put(line(busy.window), "too long")
    busy.hold()
    press(busy.window, "Next")
    busy.window.lock()
    busy.let_go()
    busy.come_in()
    busy.show(talk)
    assert line(busy.window).text() == "too long"


def test_a_key_meant_for_the_next_question_changes_nothing_in_the_last(busy: Busy, tmp_path: Path) -> None:
    talk = busy.talk(tmp_path, CHOSEN, CHOICES)
    old = pane_of(screen_of(busy.window))
    QTest.keyClick(busy.window, Qt.Key.Key_1)
    busy.hold()
    QTest.keyClick(busy.window, Qt.Key.Key_Return)
    QTest.keyClick(busy.window, Qt.Key.Key_2)
    busy.let_go()
    busy.qtbot.waitUntil(lambda: screen_of(busy.window).pane is not old, timeout=20_000)
    assert busy.read(talk, "first") == ("yes", "")
    assert banner(busy.window) == ""


def test_what_is_typed_on_stays_in_a_question_that_is_shown_anew(busy: Busy, tmp_path: Path) -> None:
    talk = busy.talk(tmp_path, [question("text", "first", constraint="string-length(.) < 5"), *WORDS[1:]])
    old = pane_of(screen_of(busy.window))
    put(line(busy.window), "too long")
    busy.hold()
    press(busy.window, "Next")
    put(line(busy.window), " yet")
    busy.let_go()
    busy.qtbot.waitUntil(lambda: screen_of(busy.window).pane is not old, timeout=20_000)
    assert line(busy.window).text() == "too long yet"
    busy.window.lock()
    busy.come_in()
    assert busy.read(talk, "first") == ("", '["too long yet", ""]')


def test_an_answer_the_form_refuses_outlasts_a_lock(window: Window, tmp_path: Path) -> None:
    talk = open_talk(window, tmp_path, [question("int", "first", constraint=". < 5"), *WORDS[1:]])
    put(line(window), "7")
    press(window, "Next")
    assert recorded(session_of(window), talk) == {}
    assert pane_of(lock_and_return(window, talk.interview_id)).input.value() == "7"


def compose(edit: QWidget, text: str) -> None:
    """Show a text as an input method does that has not yet committed it."""
    edit.setFocus()
    QApplication.sendEvent(edit, QInputMethodEvent(text, []))


@pytest.mark.parametrize("appearance", ["", "multiline"])
@pytest.mark.parametrize("leave", [Window.lock, lambda window: window.go(ToDesk())])
def test_what_an_input_method_is_still_composing_is_typed(
    window: Window, tmp_path: Path, leave: Callable[[Window], None], appearance: str
) -> None:
    talk = open_talk(window, tmp_path, [question("text", "first", appearance=appearance), *WORDS[1:]])
    answer = pane_of(screen_of(window)).input
    assert isinstance(answer, AreaInput | LineInput)
    edit = answer.area.edit if isinstance(answer, AreaInput) else answer.field.edit
    put(edit, "say ")
    compose(edit, "にほん")
    assert answer.value() == "say"
    leave(window)
    if isinstance(window.page, Unlock):
        unlock(window)
    window.go(ToInterview(talk.interview_id))
    assert pane_of(screen_of(window)).input.value() == "say にほん"


def boxes(answer: AnswerInput) -> list[str]:
    return [each.text() for each in answer.findChildren(QLineEdit)]


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("dateTime", ["", "", "", "14", "3"]),
        ("dateTime", ["12", "", "", "", ""]),
        ("dateTime", ["3", "5", "1990", "", ""]),
        ("date", ["12", "", ""]),
        ("date", ["1-2", "5", "1990"]),
        ("date", ["", "", "19"]),
        ("date", ["٠٣", "٠٥", "١٩٩٠"]),
        ("time", ["", "30"]),
        ("int", ["about 5"]),
        ("geopoint", ["12,5 N", ""]),
        ("geopoint", ["", "-7"]),
        ("text", [" half a word "]),
        ("range", ["about 5"]),
    ],
)
def test_boxes_half_filled_come_back_as_they_were(window: Window, tmp_path: Path, kind: str, typed: list[str]) -> None:
    row = question("range", "first", parameters="start=1 end=9") if kind == "range" else question(kind, "first")
    talk = open_talk(window, tmp_path, [row, *WORDS[1:]])
    for edit, text in zip(pane_of(screen_of(window)).input.findChildren(QLineEdit), typed, strict=True):
        edit.insert(text)
    again = lock_and_return(window, talk.interview_id)
    assert boxes(pane_of(again).input) == typed
    assert again.unsaved() == []


@pytest.mark.parametrize(
    ("kind", "draft", "shown"),
    [
        ("date", '["2019-03-01~about_month", ""]', "2019-03-01~about_month"),
        ("dateTime", '["2019-03-09T19:30:00", ""]', "2019-03-09T19:30:00"),
        ("geopoint", '["12.5 ? 0 0", ""]', "12.5 ? 0 0"),
        ("int", '["7", ""]', "7"),
        ("text", "words alone", "words alone"),
    ],
)
def test_a_draft_of_the_first_release_is_still_read(
    window: Window, tmp_path: Path, kind: str, draft: str, shown: str
) -> None:
    session = session_of(window)
    talk = talk_on(session, tmp_path, [question(kind, "first"), *WORDS[1:]])
    session.vault.drafts.keep(talk.case_ref, drafts.of_question(talk.interview_id, "/data/first"), draft)
    window.go(ToInterview(talk.interview_id))
    assert pane_of(screen_of(window)).input.value() == shown


def test_how_exact_a_date_is_comes_back_before_there_is_a_date(window: Window, tmp_path: Path) -> None:
    talk = open_talk(window, tmp_path, [question("date", "first"), *WORDS[1:]])
    answer = pane_of(screen_of(window)).input
    answer.choices.modes["season"].click()  # type: ignore[attr-defined]  # a date
    answer.choices.seasons[Precision.AUTUMN].click()  # type: ignore[attr-defined]  # a date
    again = pane_of(lock_and_return(window, talk.interview_id)).input
    put(again.boxes["year"].edit, "2024")  # type: ignore[attr-defined]  # a date
    assert again.value() == "2024-01-01~autumn"


def case_of(window: Window) -> str:
    """Return a finished case."""
    talk = begun(session_of(window))
    answer_all(talk)
    talk.finish()
    return talk.case_ref


def rests(qtbot: QtBot, edit: QLineEdit | QPlainTextEdit, read: Callable[[], str]) -> None:
    """Type, touch nothing more, and find it in the vault."""
    put(edit, "half a reason")
    assert "half a reason" not in read()
    qtbot.waitUntil(lambda: "half a reason" in read(), timeout=5000)


def test_every_form_of_a_case_is_kept_a_moment_after_the_typing_rests(qtbot: QtBot, window: Window) -> None:
    session, ref = session_of(window), case_of(window)
    window.go(ToSummary(ref))
    assert isinstance(window.page, SummaryScreen)
    assert window.page.decision is not None
    rests(qtbot, window.page.decision.reason.edit, lambda: case_draft.read(session, ref, "decision"))
    window.go(ToReferral(ref))
    assert isinstance(window.page, ReferralScreen)
    assert window.page.form is not None
    rests(qtbot, window.page.form.request.deputy.edit, lambda: case_draft.read(session, ref, "referral"))
    window.go(ToHandOver((ref,)))
    assert isinstance(window.page, HandOverScreen)
    rests(qtbot, window.page.reason.edit, lambda: handing_over.kept_reason(session, (ref,)))


def test_a_note_of_a_review_is_kept_a_moment_after_the_typing_rests(qtbot: QtBot, window: Window) -> None:
    enrol(session_of(window))
    window.lock()
    unlock(window, EVA)
    ref = decided(session_of(window)).case_ref
    window.lock()
    unlock(window)
    session = session_of(window)
    session.access.open_other(ref, Why.REVIEW)
    window.go(ToSummary(ref))
    assert isinstance(window.page, SummaryScreen)
    rests(qtbot, window.page.review.note.edit, lambda: case_draft.read(session, ref, "review"))
    window.page.review.verdict.buttons[1].click()
    window.page.review.record.click()
    assert window.page.review.note.text() == ""
    assert case_draft.read(session, ref, "review") == ""


def test_a_referral_begun_without_a_service_is_there_again(window: Window) -> None:
    ref = case_of(window)
    window.go(ToReferral(ref))
    assert isinstance(window.page, ReferralScreen)
    assert window.page.form is not None
    put(window.page.form.request.contact.edit, "desk 2")
    window.lock()
    unlock(window)
    window.go(ToReferral(ref))
    assert isinstance(window.page, ReferralScreen)
    assert window.page.form is not None
    assert window.page.form.request.contact.text() == "desk 2"
    assert window.page.form.draft().request is None


def test_what_is_recorded_is_no_draft_even_if_the_lock_comes_first(busy: Busy) -> None:
    refs: list[str] = []
    busy.do(lambda: refs.append(case_of(busy.window)))
    busy.window.go(ToSummary(refs[0]))
    busy.qtbot.waitUntil(lambda: busy.window.page.decision is not None, timeout=20_000)  # type: ignore[union-attr]  # a summary
    page = busy.window.page
    assert isinstance(page, SummaryScreen)
    assert page.decision is not None
    put(page.decision.reason.edit, "cannot leave")
    page.decision.choices.buttons[0].click()
    busy.hold()
    page.decision.record.click()
    busy.window.lock()
    busy.let_go()
    busy.come_in()
    session, found = session_of(busy.window), []
    busy.do(lambda: found.append(case_draft.read(session, refs[0], "decision")))
    busy.do(lambda: found.append(session.vault.decisions.of_case(refs[0])[0].outcome))
    assert found == ["", next(iter(Outcome))]


def office_fields(window: Window) -> dict[str, QLineEdit | QPlainTextEdit]:
    """Show one office screen after the other, and return what is typed there for others, by place."""
    found: dict[str, QLineEdit | QPlainTextEdit] = {}
    match window.page:
        case OfficersScreen() as page:
            found["name"] = page.enrol.name.edit
        case ExportScreen() as page:
            found |= {"key": page.key.key.edit, "signing key": page.receipt.key.edit}
        case RecoveryScreen() as page:
            found |= {"first": page.pair.first.edit, "second": page.pair.second.edit}
    return found


def text_of(edit: QLineEdit | QPlainTextEdit) -> str:
    return edit.text() if isinstance(edit, QLineEdit) else edit.toPlainText()


def test_names_and_keys_half_typed_are_there_again_for_the_officer_who_typed_them(window: Window) -> None:
    enrol(session_of(window), role=Role.SUPERVISOR)
    for place in (ToOfficers(), ToExport(), ToRecovery()):
        window.go(place)
        for name, edit in office_fields(window).items():
            put(edit, f"half {name}")
        window.lock()
        unlock(window)
        window.go(place)
        assert {name: text_of(edit) for name, edit in office_fields(window).items()} == {
            name: f"half {name}" for name in office_fields(window)
        }
        window.lock()
        unlock(window, EVA)
        window.go(place)
        assert {text_of(edit) for edit in office_fields(window).values()} == {""}
        window.lock()
        unlock(window)


def test_days_half_changed_are_there_again_and_said_not_to_hold(window: Window) -> None:
    enrol(session_of(window), KEEPER, Role.ADMINISTRATOR)
    window.lock()
    unlock(window, KEEPER)
    for typed in ("3", "36"):
        window.go(ToSettings())
        assert isinstance(window.page, PolicyScreen)
        assert window.page.days[Outcome.REFER].text() == typed[:-1]
        put(window.page.days[Outcome.REFER].edit, typed[-1])
        window.lock()
        unlock(window, KEEPER)
    window.go(ToSettings())
    assert isinstance(window.page, PolicyScreen)
    assert "once you keep" in banner(window)
    window.page.keep.click()
    window.lock()
    unlock(window, KEEPER)
    window.go(ToSettings())
    assert isinstance(window.page, PolicyScreen)
    assert window.page.days[Outcome.REFER].text() == "36"
    assert banner(window) == ""


def test_a_draft_beside_a_file_leaves_the_file_alone(window: Window, tmp_path: Path) -> None:
    session = session_of(window)
    talk = talk_on(session, tmp_path, [question("image", "first"), *WORDS[1:]])
    picture = tmp_path / "a.png"
    picture.write_bytes(png(8, 8))
    talk.attach("/data/first", picture)
    talk.back()
    draft = f'["path:{picture}", "her words"]'
    session.vault.drafts.keep(talk.case_ref, drafts.of_question(talk.interview_id, "/data/first"), draft)
    window.go(ToInterview(talk.interview_id))
    assert pane_of(screen_of(window)).input.value() == recorded(session, talk)["/data/first"].value
    assert pane_of(screen_of(window)).own_words.text() == "her words"


def test_a_name_is_forgotten_once_the_officer_is_enrolled(window: Window) -> None:
    session = session_of(window)
    window.go(ToOfficers())
    assert isinstance(window.page, OfficersScreen)
    put(window.page.enrol.name.edit, "Ida Example")
    window.page.draft.keep()
    assert officer_draft.read(session, "name to enrol") == "Ida Example"
    window.page.enrol.roles.buttons[0].click()
    window.page.enrol.enrol.click()
    assert window.page.told.isVisible(), texts(window.page)
    assert officer_draft.read(session, "name to enrol") == ""


class Shelf:
    """Holds what is kept; full for as long as it is said to be."""

    def __init__(self) -> None:
        self.full, self.kept = False, ""

    def keep(self, text: str) -> None:
        if self.full:
            raise VictimIDError("vault.disk_full")
        self.kept = text


def test_a_draft_that_could_not_be_kept_is_still_waiting(qtbot: QtBot) -> None:
    owner, shelf = QWidget(), Shelf()
    qtbot.addWidget(owner)
    edit = QLineEdit(owner)
    draft = Draft(owner, InlineJobs(), edit.text, shelf.keep)
    edit.setText("half")
    shelf.full = True
    draft.keep()
    assert draft.unsaved() is not None
    shelf.full = False
    draft.keep()
    assert (shelf.kept, draft.unsaved()) == ("half", None)


def test_work_that_fails_leaves_the_draft(qtbot: QtBot) -> None:
    owner, shelf = QWidget(), Shelf()
    qtbot.addWidget(owner)
    edit = QLineEdit(owner)
    draft = Draft(owner, InlineJobs(), edit.text, shelf.keep)
    edit.setText("half")

    def refuse() -> None:
        raise VictimIDError("case.not_yours")

    with pytest.raises(VictimIDError):
        draft.recording(refuse)()
    assert shelf.kept == "half"
    draft.recording(lambda: None)()
    assert (shelf.kept, draft.unsaved()) == ("", None)
