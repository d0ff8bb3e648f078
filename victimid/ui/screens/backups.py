"""Backups: those on this laptop, a new one here or on a stick, and reading all of them again."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt

from victimid.app import backing_up
from victimid.app.backing_up import BackupsView, MadeBackup
from victimid.app.watching import Watch
from victimid.errors import VictimIDError
from victimid.ui.context import Context
from victimid.ui.destinations import ToBackups, ToCare
from victimid.ui.screens.backup_words import made_words, removed_words, whole_words
from victimid.ui.screens.backups_cards import ElsewhereCard, HereCard
from victimid.ui.screens.office import OfficeScreen
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.under_way import UnderWay

T = TypeVar("T")


class BackupsScreen(OfficeScreen):
    """One thing at a time; leaving the screen and locking stop it."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, ToBackups(), context.words.gettext("Backups"))
        words = self.words
        self.here = HereCard(words)
        self.elsewhere = ElsewhereCard(words)
        # Leads to the check of the records themselves.
        self.to_check = Button(words.gettext("Check of all records"), "plain")
        self.here.make.connect(self.make)
        self.here.check.connect(self.check)
        self.elsewhere.write.connect(self.write)
        self.to_check.clicked.connect(lambda: self.go.emit(ToCare()))
        for part in (self.here, self.elsewhere):
            self.column.addWidget(part)
        self.column.addWidget(self.to_check, 0, Qt.AlignmentFlag.AlignLeading)
        self.column.addStretch(1)
        self.setFocusProxy(self.here.making)
        self.refresh()

    def refresh(self) -> None:
        """Read again what there is."""
        session = self.context.session
        self.jobs.run(lambda: backing_up.view(session), self.here.show_view, self)

    def make(self) -> None:
        """Make a backup on this laptop."""
        session = self.context.session

        def work(watch: Watch) -> tuple[MadeBackup, BackupsView]:
            return backing_up.make(session, watch=watch), backing_up.view(session)

        self._run(self.here.work, work, lambda made: self._made(*made))

    def write(self, folder: Path) -> None:
        """Make a backup in a folder such as on a stick."""
        session = self.context.session
        self._run(self.elsewhere.work, partial(backing_up.make, session, folder), self._written)

    def check(self) -> None:
        """Read every backup on this laptop from end to end."""
        session = self.context.session

        def work(watch: Watch) -> tuple[frozenset[str], BackupsView]:
            return backing_up.check(session, watch), backing_up.view(session)

        self._run(self.here.work, work, lambda found: self._checked(*found))

    def leave(self) -> None:
        """Stop what is under way: it must not hold up a lock."""
        for work in (self.here.work, self.elsewhere.work):
            work.stop()

    def _made(self, made: MadeBackup, view: BackupsView) -> None:
        self.here.show_view(view)
        removed = [removed_words(self.words, made.removed)] if made.removed else []
        self.banner.show_text(" ".join([made_words(self.words), *removed]), "done")

    def _written(self, made: MadeBackup) -> None:
        self.elsewhere.show_made(made)
        self.banner.show_text(made_words(self.words), "done")

    def _checked(self, whole: frozenset[str], view: BackupsView) -> None:
        self.here.show_view(view, whole)
        if len(whole) == len(view.backups):
            self.banner.show_text(whole_words(self.words), "done")

    def _run(self, under_way: UnderWay, work: Callable[[Watch], T], done: Callable[[T], None]) -> None:
        progress = under_way.begin()
        self._set_busy(busy=True)

        def end(result: T) -> None:
            self._end(under_way)
            done(result)

        def fail(error: VictimIDError) -> None:
            self._end(under_way)
            self.explain(error)

        self.jobs.run(lambda: work(Watch(progress.report)), end, self, fail)

    def _end(self, under_way: UnderWay) -> None:
        self._set_busy(busy=False)
        under_way.end()

    def _set_busy(self, *, busy: bool) -> None:
        if busy:
            self.banner.hide()
        for card in (self.here, self.elsewhere):
            card.set_busy(busy=busy)
        self.to_check.setEnabled(not busy)
