"""Choosing a backup: those of this laptop, or those in a folder such as on a stick."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from victimid.app.messages import sentence
from victimid.errors import VictimIDError
from victimid.formats import isolated
from victimid.ui.context import Entrance
from victimid.ui.screens.backup_words import size_words, when_words
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.choices import Choice, ChoiceList
from victimid.ui.widgets.folder_chooser import FolderChooser
from victimid.ui.widgets.frames import Card, replace
from victimid.ui.widgets.text import label

if TYPE_CHECKING:  # the use cases load heavy libraries, which must not delay the first paint
    from victimid.app.restoring import BackupOffer

_MOST_LISTED = 10


class BackupSource(Card):
    """Backups with day, size and folder, newest first and chosen; nothing is unlocked for it."""

    changed = Signal()

    def __init__(self, entrance: Entrance) -> None:
        super().__init__(spacing=12)
        self._entrance, self._words = entrance, entrance.words
        words = self._words
        self.folders = FolderChooser(words, words.gettext("Where the backup is"))
        self.folders.hide()
        self.offers = ChoiceList([])
        self.none = label(sentence(words, VictimIDError("backup.none")), "muted")
        self.none.hide()
        self.elsewhere = Button(words.gettext("Another folder"), "quiet")
        self.elsewhere.clicked.connect(self.look_elsewhere)
        self.folders.changed.connect(self._look)
        self.body.addWidget(label(words.gettext("Backups"), "section"))
        for part in (self.folders, self.offers, self.none):
            self.body.addWidget(part)
        self.body.addWidget(self.elsewhere, 0, Qt.AlignmentFlag.AlignLeading)

    def path(self) -> Path | None:
        """Return the backup chosen."""
        return Path(self.offers.value()) if self.offers.value() else None

    def look_here(self) -> None:
        """List the backups of this laptop; where there are none, offer other places."""
        entrance = self._entrance
        entrance.jobs.run(lambda: _offers(entrance, None), self._show_own, self)

    def look_elsewhere(self) -> None:
        """Offer sticks and other folders."""
        self.elsewhere.hide()
        self._list(())
        self.folders.show()
        self.folders.setFocus()

    def _show_own(self, found: tuple[BackupOffer, ...]) -> None:
        if found:
            self._list(found)
        else:
            self.look_elsewhere()

    def _look(self) -> None:
        entrance, folder = self._entrance, self.folders.folder()
        if folder is None:
            self._list(())
        else:
            entrance.jobs.run(lambda: _offers(entrance, folder), partial(self._list, looked=True), self)

    def _list(self, found: tuple[BackupOffer, ...], *, looked: bool = False) -> None:
        fresh = ChoiceList([self._choice(offer) for offer in found[:_MOST_LISTED]], keys=False, role="body")
        fresh.set_values([str(offer.path) for offer in found[:1]])
        fresh.picked.connect(lambda _: self.changed.emit())
        replace(self.body, self.offers, fresh)
        fresh.follow(self.folders.typed.edit)
        self.offers = fresh
        self.none.setVisible(looked and not found)
        self.changed.emit()

    def _choice(self, offer: BackupOffer) -> Choice:
        when, size = when_words(self._words, offer.backup), size_words(self._words, offer.backup)
        return Choice(str(offer.path), f"{when} · {size} · {isolated(offer.path.parent.name)}")


def _offers(entrance: Entrance, place: Path | None) -> tuple[BackupOffer, ...]:
    """Return the backups in a place, or in the vault's own folder."""
    from victimid.app import restoring

    return restoring.offers(place or entrance.door().folder)
