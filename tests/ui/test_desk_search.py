"""The desk finds words in what was recorded, in every script and by keyboard, and reads on while it is scrolled."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.support.sessions import begun
from tests.support.vaults import a_case
from tests.support.windows import Desktop, unlock
from victimid.app.session import Session
from victimid.model.audit import Action
from victimid.model.case import Stage
from victimid.model.people import Role
from victimid.store.overview import PAGE
from victimid.ui.destinations import ToInterview
from victimid.ui.screens.desk import DeskScreen
from victimid.ui.window import Window


@pytest.fixture
def screen(office: Desktop) -> DeskScreen:
    window: Window = office.open()
    unlock(window)
    assert isinstance(window.page, DeskScreen)
    return window.page


def session(screen: DeskScreen) -> Session:
    return screen.context.session


def say(screen: DeskScreen, words: str, person: str = "ar") -> str:
    """Record words in a new case and return the id of its interview."""
    talk = begun(session(screen), person=person)
    question = talk.view().question
    assert question is not None
    talk.answer(question.ref, question.options[0].value, own_words=words)
    return talk.interview_id


def look_for(screen: DeskScreen, text: str) -> list[str]:
    """Type, wait for the rest, and return the words found."""
    screen.cases.filters.search.set_text(text)
    screen.cases.filters.typing.timeout.emit()
    found = screen.cases.found.table.rows
    shown = not screen.cases.found.isHidden() and not screen.cases.found.table.isHidden()
    return [found.row(number).cells[2].strip("\u2068\u2069") for number in range(found.rowCount())] if shown else []


@pytest.mark.parametrize(
    ("said", "typed"),
    [
        ("أخذ رَئِيسُ العملِ جوازي", "رئيس"),
        ("老板拿走了护照", "护照"),
        ("Хозяин всё забрал", "все"),
        ("la señora Peña", "pena"),
    ],
)
def test_words_are_found_in_every_script(screen: DeskScreen, said: str, typed: str) -> None:
    say(screen, said)
    assert look_for(screen, typed) == [said]
    assert look_for(screen, "nowhere") == []
    assert not screen.cases.found.empty.isHidden()
    assert look_for(screen, "") == []
    assert screen.cases.found.isHidden()


def test_the_keyboard_opens_what_was_found(screen: DeskScreen) -> None:
    interview_id = say(screen, "a red lorry")
    look_for(screen, "lorry")
    wanted: list[object] = []
    screen.go.connect(wanted.append)
    screen.cases.found.table.setCurrentIndex(screen.cases.found.table.rows.index(0, 0))
    QTest.keyClick(screen.cases.found.table, Qt.Key.Key_Return)
    assert wanted == [ToInterview(interview_id)]


def test_a_search_is_noted_without_its_words(screen: DeskScreen) -> None:
    say(screen, "a red lorry")
    look_for(screen, "lorry")
    entry = session(screen).vault.audit.entries(1)[0]
    assert (entry.action, entry.subject, entry.detail) == (Action.SEARCHED, "", "found=1")


def test_scrolling_reads_on_to_the_last_case(screen: DeskScreen) -> None:
    vault = session(screen).vault
    with vault.together():
        for number in range(PAGE + 20):
            vault.cases.add(a_case(f"RU-{number:04d}", minutes=number))
    screen.refresh()
    rows = screen.cases.table.rows
    assert rows.rowCount() == PAGE
    screen.cases.table.scrollToBottom()
    rows.fetchMore(screen.cases.table.rootIndex())
    assert rows.rowCount() == PAGE + 20
    assert rows.row(PAGE + 19).ref == "RU-0000"
    assert not rows.canFetchMore(screen.cases.table.rootIndex())


def test_the_list_is_narrowed_by_a_choice_and_a_language(screen: DeskScreen) -> None:
    vault = session(screen).vault
    vault.cases.add(replace(a_case("RU-1111"), stage=Stage.REFERRED, person_language="ar"))
    vault.cases.add(replace(a_case("RU-2222"), person_language="es", owner=session(screen).officer_id))
    screen.refresh()

    def shown(choice: str, language: str = "") -> list[str]:
        for box, value in ((screen.cases.filters.shown.box, choice), (screen.cases.filters.language.box, language)):
            box.setCurrentIndex(box.findData(value))
        return sorted(screen.cases.table.rows.row(number).ref for number in range(screen.cases.table.rows.rowCount()))

    assert shown("") == ["RU-1111", "RU-2222"]
    assert shown(Stage.REFERRED.value) == ["RU-1111"]
    assert shown("own") == shown("handed_over") == ["RU-2222"]
    assert shown("unfinished") == []
    assert screen.cases.empty.text() == "No case is like this."
    assert shown("not_exported", "ar") == ["RU-1111"]


def test_an_officer_sees_own_cases_only(screen: DeskScreen, monkeypatch: pytest.MonkeyPatch) -> None:
    say(screen, "a red lorry")
    vault = session(screen).vault
    vault.cases.add(a_case("RU-1111"))
    role = replace(vault.officer, role=Role.OFFICER)
    monkeypatch.setattr(vault, "officer", role)
    screen.refresh()
    assert screen.cases.table.rows.rowCount() == 1
    assert screen.cases.filters.shown.box.findData("own") < 0
    monkeypatch.setattr(vault, "officer", replace(role, id="officer-1"))
    assert look_for(screen, "lorry") == []
