"""Opens the desk on a vault in a process of its own and prints what it cost: ``measured_desk FOLDER``."""

import json
import os
import resource
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import perf_counter

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtWidgets import QApplication

from tests.support.sessions import shared_content
from tests.support.speakers import Silent
from tests.support.vaults import FakeClock, reopened
from victimid import formats, i18n
from victimid.app import searching
from victimid.app.access import Access
from victimid.app.desk import Desk
from victimid.app.session import Door, Session
from victimid.model.case_list import CaseFilter
from victimid.store.tries import Tries
from victimid.ui.context import Context, Entrance
from victimid.ui.jobs import InlineJobs
from victimid.ui.look import apply_look
from victimid.ui.screens.desk import DeskScreen
from victimid.ui.screens.unlock import Unlock
from victimid.ui.sound import Sound

WORDS = (
    "رئيس العمل", "护照", "板", "хозяин", "хоз", "pran paspò", "ma", "mar", "mari", "marip", "si", "sí", "w3x7",
    "w12x150", "nowhere", "te po", "patwon an", "拿走了", "جوازي", "vé",
)  # fmt: skip
PIECES = ("77", "RU09", "012", "RU-099", "nomatch", "9", "ZZ", "4321")


def main(folder: Path) -> None:
    """Print milliseconds and MiB as one JSON object."""
    app = QApplication([])
    apply_look(app, "light")
    sound = Sound(Silent())
    before = Unlock(Entrance(i18n.load("victimid", "en"), InlineJobs(), _no_door, sound))
    before.show()
    app.processEvents()
    formats.prepare("en")
    began = perf_counter()
    vault = reopened(folder)
    session = Session(vault, shared_content(), FakeClock(), Access(vault), Tries(folder / "tries"))
    opened = perf_counter()
    desk = DeskScreen(Context(i18n.load("victimid", "en"), InlineJobs(), session, sound))
    desk.resize(1280, 744)
    desk.show()
    app.processEvents()
    figures: dict[str, float] = {"unlock": (opened - began) * 1000, "shown": (perf_counter() - opened) * 1000}
    figures["scroll"] = p99([_timed(app, partial(_scroll, desk)) for _ in range(150)])
    figures["filter"] = p99([_timed(app, step) for step in _filters(desk) * 4])
    figures["reference"] = p99([_timed(None, partial(Desk(session).page, CaseFilter(piece))) for piece in PIECES * 10])
    searches = [_timed(None, partial(searching.find, session, words)) for words in WORDS * 5]
    figures["search"], figures["search_median"] = p99(searches), sorted(searches)[len(searches) // 2]
    figures["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    figures["cases"] = desk.table.rows.rowCount()
    session.lock()
    sys.stdout.write(json.dumps(figures))


def _no_door() -> Door:
    raise NotImplementedError


def p99(taken: list[float]) -> float:
    """Return the figure that 99 of 100 stay below."""
    return sorted(taken)[max(len(taken) * 99 // 100 - 1, 0)]


def _timed(app: QApplication | None, step: Callable[[], object]) -> float:
    began = perf_counter()
    step()
    if app is not None:
        app.processEvents()
    return (perf_counter() - began) * 1000


def _scroll(desk: DeskScreen) -> None:
    """Go to the end of what there is, and read on."""
    desk.table.scrollToBottom()
    desk.table.rows.fetchMore(desk.table.rootIndex())


def _filters(desk: DeskScreen) -> list[Callable[[], None]]:
    box, language = desk.filters.shown.box, desk.filters.language.box
    steps: list[Callable[[], None]] = []
    for chosen in (box, language):
        steps += [partial(chosen.setCurrentIndex, number) for number in (*range(chosen.count()), 0)]
    return steps


if __name__ == "__main__":
    main(Path(sys.argv[1]))
