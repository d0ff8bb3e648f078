"""The one window: pages before the lock, screens behind it, and the way between them."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from victimid import i18n
from victimid.errors import VictimIDError
from victimid.model.checkup import DAMAGE
from victimid.model.why import WhyLocked
from victimid.ui.before_the_lock import BeforeTheLock
from victimid.ui.clipboard import ClipboardWatch
from victimid.ui.context import Entrance, Opened
from victimid.ui.destinations import Destination, ToReason
from victimid.ui.head import Head
from victimid.ui.idle import IdleWatch
from victimid.ui.jobs import Jobs, retire
from victimid.ui.navigation import home, make_screen
from victimid.ui.popups import close_popups
from victimid.ui.ready import Ready
from victimid.ui.screen import Page, Screen
from victimid.ui.touches import Touches
from victimid.ui.widgets.curtain import Curtain
from victimid.ui.widgets.editing import take_composed
from victimid.ui.widgets.text import set_window_direction
from victimid.ui.window_keys import WindowKeys


class Window(QWidget):
    """Shows one page at a time. Locking never asks, and nothing can hold it up.

    ``entered`` carries the session of a vault that was just opened.
    """

    entered = Signal(object)

    def __init__(self, entrance: Entrance, idle: IdleWatch, remember_language: Callable[[str], None]) -> None:
        super().__init__()
        self._entrance, self._idle = entrance, idle
        self._remember_language = remember_language
        self._opened: Opened | None = None
        self._page: QWidget | None = None
        self._head: Head | None = None
        self._pending = 0
        self._dress()
        self._ready = Ready(entrance.words, entrance.jobs, self._front)
        self._gate = self._make_gate()
        self._idle.expired.connect(self._lock_idle)
        self._clipboard = ClipboardWatch(QApplication.clipboard(), self)
        Touches(self, self._idle.touched, self._keys().taken)

    @property
    def page(self) -> QWidget | None:
        """The page on screen."""
        return self._page

    @property
    def jobs(self) -> Jobs:
        """The jobs of the program."""
        return self._entrance.jobs

    def begin(self) -> None:
        """Look for the vault, then show unlock or the first start."""
        self._gate.begin()

    def explain(self, error: VictimIDError) -> None:
        """Show an error on the page that is there, such as a draft that could not be stored on locking."""
        page = self._page
        if not isinstance(page, Page):
            page = Page(self._entrance.words, self.jobs)
            self._show(page)
        page.explain(error)

    def go(self, destination: Destination) -> None:
        """Show the screen for a destination; what the screen before has not stored is stored first."""
        if self._opened is None:
            return
        self._entrance.sound.stop()
        self._store(*self._drafts())
        screen = make_screen(destination, self._opened.context, self._ready)
        screen.go.connect(self.go)
        screen.alone.connect(self._show_alone)
        screen.idling.connect(self._idle.set_minutes)
        screen.repair_asked.connect(self.repair)
        screen.barred.connect(lambda ref: self._ask_why(screen, ref, destination))
        self._show_alone(alone=False)
        self._show(screen)

    def hide_screen(self) -> None:
        """Draw the curtain; what is behind it takes no keys."""
        if self._opened is not None:
            close_popups(self)
            self._entrance.sound.stop()
            self._draw_curtain()

    def show_screen(self) -> None:
        """Take the curtain away."""
        self._curtain.hide()
        self._front.setEnabled(True)
        if self._page is not None:
            self._page.setFocus()

    def lock(self, why: WhyLocked = WhyLocked.OFFICER) -> None:
        """Store drafts, close the vault, show unlock; at once, from everywhere, also while it is being opened."""
        if self._opened is None:
            # A passphrase that only waits for the Enter key is not left standing.
            if self._pending or (self._gate.guarded and self._page is not None):
                self._turn_back()
            return
        self._entrance.sound.stop()
        self._idle.stop()
        close_popups(self)
        drafts = self._drafts()
        self._opened.context.session.stop()
        self._opened = None
        self._remove_head()
        self.show_screen()
        self._gate.show_unlock()
        self._store(*drafts, lambda: self._entrance.door().lock(why))
        self._clipboard.empty_if_ours()

    def repair(self) -> None:
        """Lock, and lead to repairing the vault."""
        self.lock()
        self._gate.show_repair()

    def lock_and_wait(self) -> None:
        """Lock, and come back when the keys are gone: the machine is about to sleep, or the program to end."""
        self.lock(WhyLocked.SYSTEM)
        self.jobs.settle()

    def panic(self) -> None:
        """Lock, forget what was typed before the lock too, and show nothing but the curtain."""
        if self._opened is not None:
            self.lock(WhyLocked.PANIC)
        elif self._page is not None:
            self._turn_back()
        self._draw_curtain()

    def set_pending(self, count: int) -> None:
        """Tell the head how many jobs are under way."""
        self._pending = count
        if self._head is not None:
            self._head.set_pending(count)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - overrides Qt
        """Lock before closing."""
        self.lock(WhyLocked.CLOSED)
        super().closeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - overrides Qt
        """Keep the curtain over everything."""
        super().resizeEvent(event)
        self._curtain.setGeometry(self.rect())

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - overrides Qt
        """Keep the neutral title, whatever a screen sets."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.WindowTitleChange and self.windowTitle() != self._title():
            self.setWindowTitle(self._title())
        if event.type() is QEvent.Type.WindowStateChange:
            self._idle.minimise(minimised=self.isMinimized())

    def _dress(self) -> None:
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(self._title())
        self.resize(1280, 800)
        self._front = QWidget()
        self._rows = QVBoxLayout(self._front)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._front)
        self._curtain = Curtain(self)
        self._curtain.speak(self._entrance.words)
        self._curtain.continued.connect(self.show_screen)
        # Also where the key in the place of L has another letter, as on Cyrillic keyboards.
        QShortcut(QKeySequence("Ctrl+L"), self).activated.connect(self.lock)

    def _keys(self) -> WindowKeys:
        keys = WindowKeys(self)
        keys.hide.connect(self.hide_screen)
        keys.lock.connect(self.lock)
        keys.panic.connect(self.panic)
        return keys

    def _title(self) -> str:
        return self._entrance.words.gettext("Casework")

    def _make_gate(self) -> BeforeTheLock:
        gate = BeforeTheLock(self._entrance, self)
        gate.made.connect(self._show)
        gate.opening.connect(self._prepare)
        gate.opened.connect(self._enter)
        gate.language_chosen.connect(self._speak)
        gate.failed.connect(self.explain)
        gate.holding.connect(self._idle.start)
        return gate

    def _speak(self, language: str) -> None:
        """Change the language before the lock; the page is made anew in it."""
        self._entrance = replace(self._entrance, words=i18n.load("victimid", language))
        set_window_direction(right_to_left=i18n.language(language).right_to_left)
        self._curtain.speak(self._entrance.words)
        self.setWindowTitle(self._title())
        self._store(partial(self._remember_language, language))
        self._ready.discard()
        self._ready = Ready(self._entrance.words, self.jobs, self._front)
        retire(self._gate)
        self._gate = self._make_gate()
        self.begin()

    def _prepare(self) -> None:
        if self._opened is None:  # else the key was derived already
            self._ready.prepare()

    def _enter(self, opened: Opened) -> None:
        self._opened = opened
        self._head = self._ready.head()
        self._head.open(opened.context)
        self._head.go.connect(self.go)
        self._head.hide_asked.connect(self.hide_screen)
        self._head.lock_asked.connect(self.lock)
        self._head.set_pending(self._pending)
        self._rows.insertWidget(0, self._head)
        self._head.show()
        self.go(opened.first or home(opened.context))
        self._idle.start(opened.idle_minutes)
        self._idle.minimise(minimised=self.isMinimized())
        self.entered.emit(opened.context.session)

    def tell(self, error: VictimIDError) -> None:
        """Say what went wrong beside the officer's work, while the vault is open; damage stays said."""
        if self._head is not None and error.code in DAMAGE:
            self._head.tell_damage(error)
        elif self._opened is not None and isinstance(self._page, Page):
            self._page.explain(error)

    def _ask_why(self, screen: Screen, case_ref: str, destination: Destination) -> None:
        if screen is self._page and not isinstance(destination, ToReason):
            self.go(ToReason(case_ref, destination))

    def _show(self, page: QWidget) -> None:
        before, self._page = self._page, page
        if isinstance(before, Page):
            before.leave()
        if before is not None:
            self._rows.removeWidget(before)
            before.hide()
            retire(before)
        self._rows.addWidget(page, 1)
        page.show()
        page.setFocus()

    def _show_alone(self, alone: bool) -> None:
        if self._head is not None:
            self._head.refresh()
            self._head.setVisible(not alone)

    def _drafts(self) -> list[Callable[[], None]]:
        take_composed(self.focusWidget())
        return self._page.unsaved() if isinstance(self._page, Screen) else []

    def _lock_idle(self) -> None:
        self.lock(WhyLocked.IDLE)

    def _store(self, *works: Callable[[], None]) -> None:
        for work in works:
            self.jobs.run(work, _nothing, self)

    def _remove_head(self) -> None:
        if self._head is not None:
            self._rows.removeWidget(self._head)
            self._head.end()
            self._head = None

    def _turn_back(self) -> None:
        """Forget what was typed and told before the lock, and lock what is being opened as soon as it is open."""
        self._idle.stop()
        close_popups(self)
        self._clipboard.empty_if_ours()
        self._show(Page(self._entrance.words, self.jobs))
        self._store(lambda: self._entrance.door().lock())
        self.begin()

    def _draw_curtain(self) -> None:
        self._front.setEnabled(False)
        self._curtain.draw()


def _nothing(result: object) -> None:
    """Take a result nobody waits for."""
    del result
