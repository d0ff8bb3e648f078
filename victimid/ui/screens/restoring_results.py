"""What came of a restore or a salvage: what is missing, what headquarters has to be told, where the old files are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from victimid import formats
from victimid.app.messages import sentence
from victimid.errors import VictimIDError
from victimid.i18n import Words
from victimid.ui.screens.export_receipts import LaptopCard
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.frames import Card
from victimid.ui.widgets.readout import Readout
from victimid.ui.widgets.text import label, restyle

if TYPE_CHECKING:  # the use cases load heavy libraries, which must not delay the first paint
    from victimid.app.restoring import RestoredVault, Salvaged, SalvagedVault

_MOST_FLAWS = 50
_REPORT_LINES = 4


class ResultCard(Card):
    """Hidden until there is a result; ``unlock`` leads on."""

    unlock = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__("done", margin=24, spacing=12)
        self._words = words
        self.title = label("", "section")
        self.told = label("")
        self.report = Readout(words.gettext("What could not be read, for headquarters"), lines=_REPORT_LINES)
        self.report.hide()
        self.flaws = Card(margin=16)
        self.flaws.hide()
        self.laptop = LaptopCard(words)
        self.aside = Readout(words.gettext("Where the files from before are kept"), lines=2)
        self.button = Button(words.gettext("Unlock"), "primary")
        self.button.clicked.connect(self.unlock)
        new_device = words.gettext(
            "For headquarters this laptop is a new one now: tell them why. Until they have enrolled it they take no "
            "exports of it; then every case is sent again."
        )
        for part in (self.title, self.told, self.report, self.flaws, label(new_device), self.laptop, self.aside):
            self.body.addWidget(part)
        self.body.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeading)
        self.hide()

    def _appear(self, device: str, public_key: str, aside: Path | None) -> None:
        self.laptop.show_device(device, public_key)
        self.aside.set_text(str(aside or ""))
        self.aside.setVisible(aside is not None)
        self.show()
        # Whoever listens hears what came of it together with the button.
        self.button.setAccessibleDescription(f"{self.title.text()} {self.told.text()}")
        self.button.setFocus()


class RestoredCard(ResultCard):
    """The result of a restore."""

    def show_restored(self, made: RestoredVault) -> None:
        """Say what there is now."""
        words, restored = self._words, made.restored
        self.title.setText(words.gettext("The backup is restored"))
        self.told.setText(
            words.gettext(
                "Names and passphrases are those of its time: whoever lost their access since can come in again until "
                "you end it anew. What was recorded later is not in it."
            )
        )
        self._appear(restored.device_id, restored.public_key, made.aside)


class SalvagedCard(ResultCard):
    """The report of a salvage."""

    def show_salvaged(self, made: SalvagedVault) -> None:
        """Say what was saved and what is missing."""
        words, salvaged = self._words, made.salvaged
        whole = salvaged.whole and salvaged.checkup.sound
        restyle(self, "tone", "done" if whole else "attention")
        self.title.setText(
            words.gettext("Everything was saved") if whole else words.gettext("Not everything was saved")
        )
        saved, lost = (formats.number(count, words.language) for count in (salvaged.read, salvaged.lost))
        self.told.setText(
            words.gettext("Records brought over: {saved}. Records known to be lost: {lost}.", saved=saved, lost=lost)
        )
        self.report.set_text("\n".join(_tables(salvaged)))
        self.report.setVisible(not salvaged.whole)
        for text in _flaws(words, salvaged):
            self.flaws.body.addWidget(label(text))
        self.flaws.setVisible(not salvaged.checkup.sound)
        self._appear(salvaged.device_id, salvaged.public_key, made.aside)


def _tables(salvaged: Salvaged) -> list[str]:
    """Return a line for every table that is not whole, by its name in the database."""
    return [
        f"{name}: lost={count.lost} unknown={count.unknown}"
        for name, count in salvaged.tables.items()
        if count.lost or count.unknown
    ]


def _flaws(words: Words, salvaged: Salvaged) -> list[str]:
    """Say what does not fit any more."""
    flaws = salvaged.checkup.flaws
    said = [sentence(words, VictimIDError(flaw.code, **flaw.fields)) for flaw in flaws[:_MOST_FLAWS]]
    more = len(flaws) - _MOST_FLAWS
    return [*said, *([words.ngettext("and {count} more", "and {count} more", more)] if more > 0 else [])]
