"""Before the talk: form, languages, case; and a questionnaire file with faults."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.support.colleagues import as_officer
from tests.support.packs import a_form, content_of, keeper, packed
from tests.support.screens import clipped, context, press, shown, texts
from tests.support.sessions import open_session
from victimid.app import content_packs, officers
from victimid.app.content import FIRST_LINE, SECOND_LINE, Content
from victimid.app.desk import Desk
from victimid.app.session import Session
from victimid.model.people import Role
from victimid.ui.destinations import Destination, ToInterview
from victimid.ui.screens.new_interview import FirstLineScreen, NewInterviewScreen

HTCDS = Path("tests/data/forms/htcds_xlsform.xlsx")
FAULTY = """| survey | | | |
| | type | name | label | relevant |
| | text | a | One | |
| | text | b | Two | ${nowhere} = 'x' |
"""


@pytest.fixture
def session(tmp_path: Path, content: Content) -> Iterator[Session]:
    opened = open_session(tmp_path / "vault", content=content)
    yield opened
    opened.lock()


def begun_interview(gone: list[Destination]) -> str:
    assert len(gone) == 1
    assert isinstance(gone[0], ToInterview)
    return gone[0].interview_id


def test_a_new_case_in_two_languages(qtbot: QtBot, session: Session) -> None:
    screen = NewInterviewScreen(context(session))
    gone = shown(qtbot, screen)
    assert not screen.begin.isEnabled()
    next(button for button in screen.person.buttons if button.tag == "ht").click()
    assert screen.begin.isEnabled()
    assert any("draft" in text for text in texts(screen))
    screen.begin.click()
    interview = session.vault.interviews.get(begun_interview(gone))
    assert (interview.form_id, interview.officer_language, interview.person_language) == (SECOND_LINE, "en", "ht")
    assert session.vault.cases.get(interview.case_ref).person_language == "ht"


def test_a_given_case_is_kept(qtbot: QtBot, session: Session) -> None:
    case = Desk(session).open_case("ar")
    screen = NewInterviewScreen(context(session), case.ref)
    gone = shown(qtbot, screen)
    assert screen.person.value() == "ar"
    screen.begin.click()
    assert session.vault.interviews.get(begun_interview(gone)).case_ref == case.ref
    assert len(session.vault.overview.rows()) == 1


@pytest.mark.parametrize(("typed", "found"), [("krey", ["ht"]), ("fra", ["fr"]), ("عرب", ["ar"]), ("Spanish", ["es"])])
def test_a_language_is_found_by_any_of_its_names(qtbot: QtBot, session: Session, typed: str, found: list[str]) -> None:
    screen = NewInterviewScreen(context(session))
    shown(qtbot, screen)
    screen.person.search.set_text(typed)
    assert [button.tag for button in screen.person.buttons if not button.isHidden()] == found


def test_an_unknown_name_says_so(qtbot: QtBot, session: Session) -> None:
    screen = NewInterviewScreen(context(session))
    shown(qtbot, screen)
    screen.person.search.set_text("klingon")
    assert "No language of that name here" in texts(screen.person)


def test_reviewed_languages_carry_no_note_and_drafts_do(qtbot: QtBot, session: Session) -> None:
    screen = NewInterviewScreen(context(session))
    shown(qtbot, screen)
    notes = {button.tag: button.note for button in screen.person.buttons}
    assert notes["en"] == ""
    assert notes["ar"] == "translation is a draft"


def test_forms_of_headquarters_stand_after_ours_and_are_begun(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    supervisor = session.vault.officer
    forms = [a_form(tmp_path, "harbour"), a_form(tmp_path, "market")]
    content_packs.install(keeper(session), packed(tmp_path / "stick", 1, content_of(forms)))
    session = as_officer(session, supervisor)
    screen = NewInterviewScreen(context(session))
    gone = shown(qtbot, screen)
    titles = [button.choice.text for button in screen.forms.choices.buttons]
    assert (titles[2:4], len(titles)) == (["Talk at the harbour", "Talk at the market"], 5)
    assert screen.forms.choices.value() == "1"
    screen.forms.choices.buttons[3].click()
    next(button for button in screen.person.buttons if button.tag == "ht").click()
    assert any("not in that language" in text for text in texts(screen))
    screen.begin.click()
    assert session.vault.interviews.get(begun_interview(gone)).form_id == "market"


def test_a_form_that_was_replaced_meanwhile_is_refused_in_words(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    supervisor = session.vault.officer
    content_packs.install(keeper(session), packed(tmp_path / "stick", 1, content_of([a_form(tmp_path)])))
    session = as_officer(session, supervisor)
    screen = NewInterviewScreen(context(session))
    shown(qtbot, screen)
    administrator = next(each for each in officers.everyone(session) if each.role is Role.ADMINISTRATOR)
    content_packs.install(as_officer(session, administrator), packed(tmp_path / "stick", 2, content_of()))
    as_officer(session, supervisor)
    screen.forms.choices.buttons[2].click()
    assert screen.banner.text()
    assert not screen.begin.isEnabled()
    screen.forms.choices.buttons[1].click()
    next(button for button in screen.person.buttons if button.tag == "ht").click()
    assert screen.begin.isEnabled()


def choose_file(screen: NewInterviewScreen, folder: Path, name: str) -> None:
    screen.forms.choices.buttons[-1].click()
    files = screen.forms.files
    assert files is not None
    files.folder.choices.buttons[-1].click()
    files.folder.typed.set_text(str(folder))
    assert files.files is not None
    next(button for button in files.files.buttons if button.choice.text == name).click()


def test_the_agency_questionnaire_is_opened_and_begun(qtbot: QtBot, session: Session) -> None:
    screen = NewInterviewScreen(context(session))
    gone = shown(qtbot, screen)
    choose_file(screen, HTCDS.parent.resolve(), HTCDS.name)
    assert any(text.startswith("Opened:") for text in texts(screen))
    next(button for button in screen.person.buttons if button.tag == "ht").click()
    assert any("not in that language" in text for text in texts(screen))
    screen.begin.click()
    assert session.vault.interviews.get(begun_interview(gone)).form_id not in {FIRST_LINE, SECOND_LINE}


def test_faults_of_a_file_are_told_with_sheet_row_and_column(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    (folder / "faulty.md").write_text(FAULTY, "utf-8")
    (folder / "notes.txt").write_text("not a form", "utf-8")
    screen = NewInterviewScreen(context(session))
    shown(qtbot, screen)
    choose_file(screen, folder, "faulty.md")
    told = " ".join(texts(screen.forms))
    assert "nowhere" in told
    assert "survey" in told
    assert "row 3" in told
    assert "relevant" in told
    assert not screen.begin.isEnabled()
    assert not session.vault.overview.rows()


def test_the_first_line_opens_a_case_only_when_it_begins(qtbot: QtBot, session: Session) -> None:
    screen = FirstLineScreen(context(session))
    gone = shown(qtbot, screen)
    assert not session.vault.overview.rows()
    press(screen, Qt.Key.Key_Return)
    assert session.vault.interviews.get(begun_interview(gone)).form_id == FIRST_LINE


@pytest.mark.parametrize("language", ["en", "es", "ar"])
@pytest.mark.parametrize("size", [(1280, 744), (1024, 584)])
def test_nothing_is_clipped(qtbot: QtBot, session: Session, language: str, size: tuple[int, int]) -> None:
    screen = NewInterviewScreen(context(session, language))
    shown(qtbot, screen, *size)
    assert not clipped(screen)
