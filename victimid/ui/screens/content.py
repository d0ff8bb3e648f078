"""Content of this laptop: the forms and services of headquarters that are in use, and installing others."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from victimid.app import content_packs, receipts
from victimid.app.content_packs import InstalledView, PackContents
from victimid.app.watching import Watch
from victimid.errors import VictimIDError
from victimid.ui.context import Context
from victimid.ui.destinations import ToContent
from victimid.ui.screens.content_in_use import InUseCard
from victimid.ui.screens.content_install import InstallCard
from victimid.ui.screens.office import OfficeScreen
from victimid.ui.widgets.frames import show_from_its_top

T = TypeVar("T")


class ContentScreen(OfficeScreen):
    """For administrators; leaving the screen and locking stop what is under way."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, ToContent(), context.words.gettext("Content"))
        self._installed: InstalledView | None = None
        self.in_use = InUseCard(self.words)
        self.pack = InstallCard(self.words, self.jobs)
        self.pack.check.connect(self.check)
        self.pack.install.connect(self.install)
        for part in (self.in_use, self.pack):
            self.column.addWidget(part)
        self.column.addStretch(1)
        self.setFocusProxy(self.pack.found.folders.again)
        session = context.session
        self.jobs.run(
            lambda: (content_packs.installed(session), receipts.key_is_set(session)),
            lambda found: self._show(found[0], key_known=found[1]),
            self,
        )

    def check(self, path: Path) -> None:
        """Check a pack and show what it brings."""
        session = self.context.session
        self.pack.checked.hide()
        self._run(lambda watch: content_packs.examine(session, path, watch), self._show_pack)

    def install(self, path: Path) -> None:
        """Check a pack again and put it into use."""
        session = self.context.session

        def work(watch: Watch) -> tuple[PackContents, InstalledView | None]:
            return content_packs.install(session, path, watch), content_packs.installed(session)

        self._run(work, lambda made: self._show_made(*made))

    def leave(self) -> None:
        """Stop what is under way: it must not hold up a lock."""
        self.pack.work.stop()

    def _show(self, installed: InstalledView | None, *, key_known: bool) -> None:
        self._installed = installed
        self.in_use.show_installed(installed)
        self.pack.show_key(known=key_known)

    def _show_pack(self, pack: PackContents) -> None:
        self.pack.checked.show_pack(pack, self._installed)
        self._show_from_top(self.pack.checked)

    def _show_made(self, pack: PackContents, installed: InstalledView | None) -> None:
        self.pack.checked.hide()
        self.setFocus()
        self._show(installed, key_known=True)
        self._show_from_top(self.title)
        text = self.words.gettext(
            "Content pack {number} is installed. Officers are offered what it brings from now on.", number=pack.number
        )
        self.banner.show_text(text, "done")

    def _show_from_top(self, part: QWidget) -> None:
        QTimer.singleShot(0, self, lambda: show_from_its_top(part))

    def _run(self, work: Callable[[Watch], T], done: Callable[[T], None]) -> None:
        self.banner.hide()
        progress = self.pack.work.begin()
        self.pack.set_busy(busy=True)

        def end(result: T) -> None:
            self._end()
            done(result)

        def fail(error: VictimIDError) -> None:
            self._end()
            self.explain(error)

        self.jobs.run(lambda: work(Watch(progress.report)), end, self, fail)

    def _end(self) -> None:
        self.pack.set_busy(busy=False)
        self.pack.work.end()
