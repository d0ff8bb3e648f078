"""An index that is made again says quietly how far it is, while the officer works on."""

from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from tests.support.vaults import a_case
from tests.support.windows import Desktop, unlock
from victimid.app import searching
from victimid.store import anchors, search_upkeep
from victimid.ui import indexing as care
from victimid.ui.indexing import Indexing
from victimid.ui.window import Window


def outdated(office: Desktop, cases: int) -> Window:
    """Unlock a vault whose index is of an earlier way of comparing words."""
    window = office.open()
    unlock(window)
    assert window._opened is not None
    vault = window._opened.context.session.vault
    for number in range(cases):
        vault.cases.add(a_case(f"A-{number:04}-{number:04}"))
    vault._database.execute("UPDATE laptop SET search_version = 0")
    window.lock()
    unlock(window)
    return window


def test_the_bar_tells_how_far_the_search_is_prepared_until_it_is(office: Desktop, qtbot: QtBot) -> None:
    window = outdated(office, 50)
    assert window._head is not None
    shown = window._head.bar.indexing
    said: list[str] = []
    assert shown.isHidden()
    indexing = window._head.findChild(Indexing)
    assert indexing is not None
    indexing.progress.connect(lambda *_: said.append("" if shown.isHidden() else shown.text()))
    qtbot.waitUntil(lambda: len(said) == 3)
    assert said == ["Preparing the search: 40%", "Preparing the search: 80%", ""]
    assert window._opened is not None
    session = window._opened.context.session
    qtbot.waitUntil(lambda: searching.rebuilding(session) is None)


def test_a_lock_ends_it_and_after_the_next_unlocking_it_goes_on(
    office: Desktop, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_upkeep, "_AT_A_SEARCH", 0)
    window = outdated(office, 100)
    head = window._head
    assert head is not None
    qtbot.waitUntil(head.bar.indexing.isVisible)
    window.lock()
    unlock(window)
    assert window._head is not None
    bar = window._head.bar
    qtbot.waitUntil(bar.indexing.isVisible)
    assert bar.indexing.text() in {"Preparing the search: 25%", "Preparing the search: 33%"}


def test_what_stops_it_hides_it(office: Desktop, qtbot: QtBot) -> None:
    window = outdated(office, 50)
    assert window._head is not None
    assert window._opened is not None
    bar = window._head.bar
    qtbot.waitUntil(bar.indexing.isVisible)
    window._opened.context.session.vault._database.close()
    qtbot.waitUntil(bar.indexing.isHidden)


@pytest.mark.parametrize("cases", [0, 50])
def test_what_was_done_is_anchored_in_between(
    cases: int, office: Desktop, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(care, "_CALM_MS", 1)
    monkeypatch.setattr(anchors, "_EVERY", timedelta())
    window = outdated(office, cases)
    assert window._opened is not None
    vault = window._opened.context.session.vault
    vault.cases.add(a_case())
    qtbot.waitUntil(lambda: vault.anchors.newest == vault.audit.standing())
