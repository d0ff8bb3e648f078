"""How many cases wait for something and how many went out, in three cards beside one another."""

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from victimid import formats
from victimid.app.desk import DeskCounts
from victimid.i18n import Words
from victimid.ui.widgets.frames import Card
from victimid.ui.widgets.text import label

_MARGIN, _FLAT_MARGIN = 16, 8


class CountCard(Card):
    """A caption, a number and a line below it; flat, only caption and number beside one another."""

    def __init__(self, caption: str) -> None:
        super().__init__(margin=_MARGIN, spacing=2)
        self.number = label("–", "number")
        self.below = label("", "caption")
        for part in (label(caption, "caption"), self.number, self.below):
            self.body.addWidget(part)

    def show_count(self, number: str, below: str) -> None:
        """Fill in."""
        self.number.setText(number)
        self.below.setText(below)

    def set_flat(self, *, flat: bool) -> None:
        """Take less height, or as much as is good to read."""
        self.below.setVisible(not flat)
        direction = QBoxLayout.Direction.LeftToRight if flat else QBoxLayout.Direction.TopToBottom
        self.body.setDirection(direction)
        self.body.setStretch(0, int(flat))
        margin = _FLAT_MARGIN if flat else _MARGIN
        self.body.setContentsMargins(_MARGIN, margin, _MARGIN, margin)


class Counts(QWidget):
    """Dashes until they are counted; flat in a low window, which needs the room for cases."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.unfinished = CountCard(words.gettext("Unfinished interviews"))
        self.referred = CountCard(words.gettext("Referred"))
        self.not_exported = CountCard(words.gettext("Not yet at headquarters"))
        cards = QHBoxLayout(self)
        cards.setContentsMargins(0, 0, 0, 0)
        cards.setSpacing(12)
        for card in (self.unfinished, self.referred, self.not_exported):
            cards.addWidget(card, 1)

    def show_counts(self, counts: DeskCounts) -> None:
        """Fill in all three."""
        words, language = self._words, self._words.language
        self.unfinished.show_count(formats.number(counts.unfinished, language), words.gettext("can be gone on with"))
        self.referred.show_count(formats.number(counts.referred, language), words.gettext("handed over to a service"))
        self.not_exported.show_count(formats.number(counts.not_exported, language), self._last_export(counts))

    def set_flat(self, *, flat: bool) -> None:
        """Take less height, or as much as is good to read."""
        for card in (self.unfinished, self.referred, self.not_exported):
            card.set_flat(flat=flat)

    def _last_export(self, counts: DeskCounts) -> str:
        if not counts.last_export:
            return self._words.gettext("nothing exported yet")
        # Translators: {number} is the number of an export.
        return self._words.gettext("last export: bundle {number}", number=counts.last_export)
