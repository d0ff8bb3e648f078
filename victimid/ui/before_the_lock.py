"""The pages before the lock, and the ways between them."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from victimid import formats
from victimid.ui.context import Entrance
from victimid.ui.screens.first_start import FirstStart
from victimid.ui.screens.unlock import Unlock


class BeforeTheLock(QObject):
    """Makes each page when it is needed; ``made`` carries it, ``opened`` an open vault, ``language_chosen`` a tag.

    ``opening`` comes while a key is derived, ``failed`` carries why not even a page could be chosen. ``holding`` tells
    that a page holds what must not stay: a typed passphrase, or what became of a vault. ``guarded`` tells whether a
    lock forgets the page: not at the first start, where nothing is protected yet.
    """

    made = Signal(object)
    opening = Signal()
    opened = Signal(object)
    language_chosen = Signal(str)
    failed = Signal(object)
    holding = Signal()

    def __init__(self, entrance: Entrance, parent: QObject) -> None:
        super().__init__(parent)
        self._entrance = entrance
        self.guarded = False

    def begin(self) -> None:
        """Look for the vault, then show unlock or the first start."""
        self._entrance.jobs.run(lambda: self._entrance.door().exists(), self._found, self, self.failed.emit)

    def show_unlock(self) -> None:
        """Show unlock: there is a vault."""
        self.guarded = True
        page = Unlock(self._entrance)
        page.opening.connect(self.opening)
        page.passphrase.changed.connect(self.holding)
        page.forgotten.connect(self._show_forgotten)
        page.erase_asked.connect(self._show_erasing)
        page.repair_asked.connect(self.show_repair)
        self._show_entrance(page)

    def show_repair(self) -> None:
        """Show what helps where the vault is damaged."""
        self._show_restoring(damaged=True)

    def _found(self, exists: bool) -> None:
        self.guarded = exists
        if exists:
            self.show_unlock()
        else:
            self._show_first_start()

    def _show_first_start(self) -> None:
        page = FirstStart(self._entrance)
        page.restore_asked.connect(partial(self._show_restoring, damaged=False))
        self._show_entrance(page)

    def _show_entrance(self, page: Unlock | FirstStart) -> None:
        page.language_chosen.connect(self.language_chosen)
        page.opened.connect(self.opened)
        self.made.emit(page)
        language = self._entrance.words.language
        self._entrance.jobs.run(partial(formats.prepare, language), lambda _: None, self)

    def _show_forgotten(self, awaits_answer: bool) -> None:
        from victimid.ui.screens.forgotten import Forgotten

        page = Forgotten(self._entrance, awaits_answer=awaits_answer)
        page.opened.connect(self.opened)
        page.left.connect(self.begin)
        self.made.emit(page)

    def _show_erasing(self) -> None:
        from victimid.ui.screens.erasing import Erasing

        page = Erasing(self._entrance)
        page.left.connect(self.begin)
        self.made.emit(page)

    def _show_restoring(self, *, damaged: bool) -> None:
        from victimid.ui.screens.restoring import Restoring

        page = Restoring(self._entrance, damaged=damaged)
        page.left.connect(self.begin)
        page.reported.connect(self.holding)
        self.guarded = True
        self.made.emit(page)
