"""A lock in the middle of long work: the vault is closed before the machine may sleep, and nothing is half done."""

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.support.colleagues import EVA, decided, enrol
from tests.support.sessions import door, open_session, reopen
from tests.support.talks import talk_on
from tests.support.vaults import FakeClock, drawn_from
from tests.support.windows import Desktop, banner, unlock
from victimid.app import backing_up, exporting, officers
from victimid.app.content import Content
from victimid.app.session import Session
from victimid.model.audit import Action, AuditQuery
from victimid.model.finding import Outcome
from victimid.model.people import Officer
from victimid.model.policy import Policy
from victimid.ui.destinations import Destination, ToActions, ToCare, ToDesk, ToExport, ToInterview, ToOfficers
from victimid.ui.jobs import WorkerJobs
from victimid.ui.screen import Screen
from victimid.ui.screens.actions import ActionsScreen
from victimid.ui.screens.answer_file import FileInput
from victimid.ui.screens.care import CareScreen
from victimid.ui.screens.export import ExportScreen
from victimid.ui.screens.interview import InterviewScreen
from victimid.ui.screens.officers import OfficersScreen
from victimid.ui.screens.unlock import Unlock
from victimid.ui.window import Window

MIB = 1024 * 1024
LONG_MS = 60_000
FILE = [{"type": "file", "name": "paper", "label": "A document"}, {"type": "text", "name": "more", "label": "More"}]


def document(path: Path, mebibytes: int) -> Path:
    path.write_bytes(b"%PDF-1.4\n" + drawn_from(1).randbytes(mebibytes * MIB))
    return path


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, content: Content) -> Path:
    """Return a vault with a large attachment, two officers, a backup, and a case that is due for deletion."""
    folder = tmp_path_factory.mktemp("kept")
    clock = FakeClock()
    session = open_session(folder / "vault", clock, content)
    enrol(session)
    talk = talk_on(session, folder, FILE)
    talk.attach("/data/paper", document(folder / "d.pdf", 40))
    decided(session)
    session.vault.policies.change(Policy({Outcome.REFER: 1}), session.officer_id)
    backing_up.make(session)
    session.lock()
    return folder / "vault"


@pytest.fixture
def office(desktop: Desktop, kept: Path) -> Desktop:
    shutil.copytree(kept, desktop.folder)
    desktop.clock.move(timedelta(hours=30).total_seconds())
    return desktop


@pytest.fixture
def window(office: Desktop, worker: WorkerJobs, qtbot: QtBot) -> Iterator[Window]:
    made = office.open(jobs=worker)
    qtbot.waitUntil(lambda: isinstance(made.page, Unlock), timeout=LONG_MS)
    unlock(made)
    qtbot.waitUntil(lambda: isinstance(made.page, Screen), timeout=LONG_MS)
    yield made
    made.lock()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


def session_of(window: Window) -> Session:
    assert isinstance(window.page, Screen)
    return window.page.context.session


def at(window: Window, place: Destination, qtbot: QtBot) -> Screen:
    """Go somewhere and wait until what is there was read."""
    window.go(place)
    idle(window, qtbot)
    assert isinstance(window.page, Screen)
    return window.page


def idle(window: Window, qtbot: QtBot) -> None:
    done: list[None] = []
    window.jobs.run(lambda: None, done.append, window)
    qtbot.waitUntil(lambda: bool(done), timeout=LONG_MS)


def close(window: Window, office: Desktop) -> None:
    """Lock as before sleep, and see that the keys are gone when the machine sleeps."""
    key = session_of(window).vault.keys.key
    window.lock_and_wait()
    assert isinstance(window.page, Unlock)
    assert door(office.folder).exists()
    with pytest.raises(Exception, match=r"keyfile\.locked"):
        key.material()


def failures(session: Session) -> int:
    return len(session.vault.audit.entries(10, AuditQuery(actions=(Action.FAILED,))))


def exported(window: Window, stick: Path, qtbot: QtBot) -> ExportScreen:
    """Begin an export, and return when some of it is on the stick."""
    screen = at(window, ToExport(), qtbot)
    assert isinstance(screen, ExportScreen)
    screen.write(stick)
    qtbot.waitUntil(lambda: any(path.stat().st_size > MIB for path in stick.iterdir()), timeout=LONG_MS)
    return screen


def test_an_export_leaves_no_file_and_uses_up_no_number(
    window: Window, office: Desktop, stick: Path, qtbot: QtBot
) -> None:
    exported(window, stick, qtbot)
    close(window, office)
    assert list(stick.iterdir()) == []
    session = reopen(office.folder, office.clock)
    assert (session.vault.exports.all(), failures(session)) == ((), 0)
    assert exporting.view(session).waiting_cases == 2
    session.lock()


@pytest.mark.parametrize("way", ["button", "another screen"])
def test_an_officer_stops_an_export_and_goes_on(window: Window, stick: Path, qtbot: QtBot, way: str) -> None:
    screen = exported(window, stick, qtbot)
    assert not screen.sending.button.isEnabled()
    if way == "button":
        screen.sending.work.button.click()
        stopped = "Stopped as you wished. Everything is as it was before."
        qtbot.waitUntil(lambda: banner(window) == stopped, timeout=LONG_MS)
        assert not screen.sending.work.isVisible()
        assert screen.sending.folders.isEnabled()
    else:
        at(window, ToDesk(), qtbot)
    assert list(stick.iterdir()) == []
    assert session_of(window).vault.exports.next_sequence() == 1


def test_a_file_being_attached_is_taken_whole_or_not_at_all(
    window: Window, office: Desktop, qtbot: QtBot, tmp_path: Path
) -> None:
    paper, talks = document(tmp_path / "paper.pdf", 90), list[str]()
    session = session_of(window)
    window.jobs.run(lambda: talk_on(session, tmp_path, FILE).interview_id, talks.append, window)
    idle(window, qtbot)
    screen = at(window, ToInterview(talks[0]), qtbot)
    assert isinstance(screen, InterviewScreen)
    assert screen.pane is not None
    assert isinstance(screen.pane.input, FileInput)
    screen.pane.input.folders.choices.buttons[-1].click()
    screen.pane.input.folders.typed.set_text(str(paper))
    screen.pane.input.files.buttons[0].click()
    screen.pane.own_words.edit.setPlainText("it is my brother's")
    screen.pane._answer()
    assert screen.talk.busy
    close(window, office)
    session = reopen(office.folder, office.clock)
    case_ref = session.vault.interviews.get(talks[0]).case_ref
    assert (session.vault.attachments.of_case(case_ref), failures(session)) == ((), 0)
    session.lock()
    unlock(window)
    idle(window, qtbot)
    again = at(window, ToInterview(talks[0]), qtbot)
    assert isinstance(again, InterviewScreen)
    assert again.pane is not None
    assert (again.pane.question.ref, again.pane.own_words.text()) == ("/data/paper", "it is my brother's")


def begin_backup(office: Desktop, qtbot: QtBot, begin: Callable[[], None]) -> None:
    """Begin something that a new backup follows, and return when that is half written."""
    begin()
    qtbot.waitUntil(lambda: any((office.folder / "backups").glob("*.partial/records.db")), timeout=LONG_MS)


def test_a_backup_after_ended_access_stops_and_is_due(window: Window, office: Desktop, qtbot: QtBot) -> None:
    screen = at(window, ToOfficers(), qtbot)
    assert isinstance(screen, OfficersScreen)
    eva = officer(window)
    screen.list.buttons[eva.id].click()
    screen.question.reasons.buttons[0].click()
    begin_backup(office, qtbot, screen.question.yes.click)
    close(window, office)
    session = reopen(office.folder, office.clock)
    assert session.vault.officers.get(eva.id).disabled_at is not None
    assert (backing_up.view(session).outdated, len(list((office.folder / "backups").iterdir()))) == (1, 1)
    session.lock()


def officer(window: Window) -> Officer:
    return officers.named(session_of(window), EVA)


def test_an_officer_who_stops_that_backup_is_told_what_is_left_open(
    window: Window, office: Desktop, qtbot: QtBot
) -> None:
    screen = at(window, ToOfficers(), qtbot)
    assert isinstance(screen, OfficersScreen)
    screen.list.buttons[officer(window).id].click()
    screen.question.reasons.buttons[0].click()
    begin_backup(office, qtbot, screen.question.yes.click)
    screen.work.button.click()
    for _ in range(2):
        idle(window, qtbot)
    assert banner(window).startswith("Access has ended. Older backups on this laptop still open")
    assert (screen.work.isVisible(), screen.enrol.isEnabled(), screen.list.buttons) == (False, True, {})


def test_a_backup_after_a_deletion_stops_and_is_due(window: Window, office: Desktop, qtbot: QtBot) -> None:
    office.clock.move(timedelta(days=2).total_seconds())
    screen = at(window, ToCare(), qtbot)
    assert isinstance(screen, CareScreen)
    assert screen.due is not None
    next(iter(screen.due.buttons.values())).click()
    screen.due.deletion.reasons.buttons[0].click()
    begin_backup(office, qtbot, screen.due.deletion.question.yes.click)
    close(window, office)
    session = reopen(office.folder, office.clock)
    assert (backing_up.view(session).outdated, len(session.vault.exports.changed_cases())) == (1, 1)
    session.lock()


def test_a_check_stops(window: Window, office: Desktop, qtbot: QtBot) -> None:
    screen = at(window, ToCare(), qtbot)
    assert isinstance(screen, CareScreen)
    screen.check.button.click()
    close(window, office)
    session = reopen(office.folder, office.clock)
    assert session.vault.audit.entries(10, AuditQuery(actions=(Action.CHECKED,))) == ()
    session.lock()


def test_a_record_of_actions_being_written_leaves_nothing(
    window: Window, office: Desktop, stick: Path, qtbot: QtBot
) -> None:
    session = session_of(window)

    def fill() -> None:
        with session.vault.together():
            for _ in range(20_000):
                session.vault.audit.append(Action.SEARCHED, session.officer_id)

    window.jobs.run(fill, lambda _: None, window)
    screen = at(window, ToActions(), qtbot)
    assert isinstance(screen, ActionsScreen)
    screen._write(stick)
    close(window, office)
    assert list(stick.iterdir()) == []
