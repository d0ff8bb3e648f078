"""Before the lock: a vault from a backup, here or in the place of a damaged one, or what can be saved of that."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from victimid.errors import VictimIDError
from victimid.ui.context import Entrance
from victimid.ui.screen import Page
from victimid.ui.screens.backup_source import BackupSource
from victimid.ui.screens.restoring_cards import SecretCard
from victimid.ui.screens.restoring_results import RestoredCard, SalvagedCard
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.frames import centred
from victimid.ui.widgets.text import label

if TYPE_CHECKING:  # the use cases load heavy libraries, which must not delay the first paint
    from victimid.app.restoring import RestoredVault, SalvagedVault
    from victimid.app.watching import Watch

_WIDTH = 640

T = TypeVar("T")


class Restoring(Page):
    """``left`` asks for the way back, which after a success leads to unlocking what was made.

    ``reported`` tells that it says what came of it, which may name cases and must not stand there for ever.
    """

    left = Signal()
    reported = Signal()

    def __init__(self, entrance: Entrance, *, damaged: bool) -> None:
        super().__init__(entrance.words, entrance.jobs)
        self._entrance = entrance
        words = self.words
        self.source = BackupSource(entrance)
        self.secret = SecretCard(words, damaged=damaged)
        self.restored, self.salvaged = RestoredCard(words), SalvagedCard(words)
        self.back = Button(words.gettext("Back"), "plain")
        self.source.changed.connect(lambda: self.secret.set_chosen(chosen=self.source.path() is not None))
        self.secret.restore.connect(self.restore)
        self.secret.salvage.connect(self.salvage)
        self.back.clicked.connect(self.left)
        for card in (self.restored, self.salvaged):
            card.unlock.connect(self.left)
        self.body.addWidget(centred(self._column(damaged=damaged), _WIDTH), 1)
        self.setFocusProxy(self.secret.name)
        self.source.look_here()
        self.jobs.run(lambda: entrance.door().seconds_to_wait(), self.secret.note.set_wait, self)

    def restore(self, name: str, passphrase: str) -> None:
        """Make the vault from the backup chosen; what stands in its place is set aside."""
        entrance, place = self._entrance, self.source.path()
        if place is None:
            return

        def work(watch: Watch) -> RestoredVault:
            from victimid.app import restoring

            return restoring.restore(entrance.door(), place, name, passphrase, watch, replace=True)

        self._run(work, self.restored.show_restored)

    def salvage(self, name: str, passphrase: str) -> None:
        """Save what can be read of the vault that stands here; the backup chosen gives what is lost."""
        entrance, place = self._entrance, self.source.path()

        def work(watch: Watch) -> SalvagedVault:
            from victimid.app import restoring

            return restoring.salvage_in_place(entrance.door(), name, passphrase, place, watch)

        self._run(work, self.salvaged.show_salvaged)

    def leave(self) -> None:
        """Stop what is under way: nothing of it stays."""
        self.secret.work.stop()

    def _column(self, *, damaged: bool) -> QWidget:
        words, column = self.words, QWidget()
        rows = QVBoxLayout(column)
        rows.setSpacing(12)
        title = words.gettext("Damaged vault") if damaged else words.gettext("Restore from a backup")
        rows.addWidget(label(title, "title"))
        kept = words.gettext(
            "What is there now is set aside with all its files once the new vault is whole, not before."
        )
        self.kept = label(kept, "muted")
        if not damaged:
            self.kept.hide()
        for part in (self.kept, self.source, self.secret, self.restored, self.salvaged):
            rows.addWidget(part)
        rows.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeading)
        return column

    def _run(self, work: Callable[[Watch], T], done: Callable[[T], None]) -> None:
        progress = self.secret.work.begin()
        self._set_busy(busy=True)

        def watched() -> T:
            from victimid.app.watching import Watch

            return work(Watch(progress.report))

        self.jobs.run(watched, lambda result: self._finish(done, result), self, self._refused)

    def _finish(self, done: Callable[[T], None], result: T) -> None:
        self._end()
        for part in (self.kept, self.source, self.secret, self.back):
            part.hide()
        done(result)
        self.reported.emit()

    def _refused(self, error: VictimIDError) -> None:
        self._end()
        if not self.secret.note.tell(error):
            self.explain(error)

    def _end(self) -> None:
        self.secret.passphrase.clear()
        self._set_busy(busy=False)
        self.secret.work.end()

    def _set_busy(self, *, busy: bool) -> None:
        if busy:
            self.banner.hide()
        self.source.setEnabled(not busy)
        self.back.setEnabled(not busy)
        self.secret.set_busy(busy=busy)
