"""Starts the window: application, look, language, worker, and a clean end."""

import logging
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication
from shiboken6 import delete

from victimid import i18n, log, settings
from victimid.clock import now
from victimid.model.policy import Policy
from victimid.model.why import WhyLocked
from victimid.paths import Places
from victimid.ui.collecting import Collector
from victimid.ui.context import Entrance
from victimid.ui.idle import IdleWatch
from victimid.ui.jobs import WorkerJobs
from victimid.ui.look import apply_look, dress
from victimid.ui.sound import Sound
from victimid.ui.speaker import Speaker
from victimid.ui.system_watch import SystemWatch
from victimid.ui.upkeep import Upkeep
from victimid.ui.widgets.text import set_window_direction
from victimid.ui.window import Window

if TYPE_CHECKING:
    from victimid.app.session import Door

_log = logging.getLogger(__name__)


def run(places: Places) -> int:
    """Open the program on these places; returns the exit code when the last window is closed."""
    log.start(places.log)
    qInstallMessageHandler(_note)
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Casework")
    chosen = settings.read(places.settings)
    apply_look(app, chosen.theme)
    Collector(app)
    jobs = WorkerJobs()
    speaker = Speaker()
    window = make_window(places, chosen, jobs, Sound(speaker))
    upkeep = Upkeep()
    window.entered.connect(upkeep.begin)
    upkeep.told.connect(window.tell)
    watch = SystemWatch(app, window)
    window.show()
    window.begin()
    try:
        return app.exec()
    finally:
        watch.close()
        window.lock(WhyLocked.CLOSED)
        jobs.drain_and_stop()
        upkeep.close()
        speaker.close()
        delete(window)  # a window still there when the interpreter ends can take the process down


def make_window(places: Places, chosen: settings.Settings, jobs: WorkerJobs, sound: Sound) -> Window:
    """Make the window in the officer's language, with its way to the vault."""
    words = i18n.load("victimid", language_for(chosen.language))
    set_window_direction(right_to_left=i18n.language(words.language).right_to_left)

    def remember(language: str) -> None:
        kept = settings.read(places.settings)
        settings.write(places.settings, replace(kept, language=language))

    entrance = Entrance(words, jobs, _DoorMaker(places).door, sound)
    window = Window(entrance, IdleWatch(Policy().idle_minutes), remember)
    dress(window, chosen.theme)
    jobs.pending.connect(window.set_pending)
    return window


def language_for(chosen: str) -> str:
    """Return the language remembered, or that of the system, if the program speaks it; English otherwise."""
    from PySide6.QtCore import QLocale

    known = [language.tag for language in i18n.languages()]
    wanted = [chosen, *(tag.split("-")[0] for tag in QLocale.system().uiLanguages())]
    return next((tag for tag in wanted if tag in known), i18n.SOURCE_LANGUAGE)


class _DoorMaker:
    """Makes the way into the vault once, on the worker, where loading it holds up nobody."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._door: Door | None = None

    def door(self) -> "Door":
        """Return the door; what is heavy is imported here."""
        if self._door is None:
            from victimid.app.content import Content
            from victimid.app.session import Door

            self._door = Door(self._places.vault, Content(), now)
        return self._door


def _note(kind: QtMsgType, context: object, message: str) -> None:
    """Log that Qt complained, and how; its text may quote what is on screen and is dropped."""
    del context, message
    if kind is not QtMsgType.QtDebugMsg:
        _log.warning("qt %s", kind.name)
