"""How many cases wait for something and how many went out, in three cards beside one another."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from victimid import formats
from victimid.app.desk import DeskCounts
from victimid.i18n import Words
from victimid.ui.widgets.frames import Card
from victimid.ui.widgets.text import label


class CountCard(Card):
    """A caption, a number and a line below it."""

    def __init__(self, caption: str) -> None:
        super().__init__(margin=16, spacing=2)
        self.number = label("–", "number")
        self.below = label("", "caption")
        for part in (label(caption, "caption"), self.number, self.below):
            self.body.addWidget(part)

    def show_count(self, number: str, below: str) -> None:
        """Fill in."""
        self.number.setText(number)
        self.below.setText(below)


class Counts(QWidget):
    """Dashes until they are counted."""

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

    def _last_export(self, counts: DeskCounts) -> str:
        if not counts.last_export:
            return self._words.gettext("nothing exported yet")
        # Translators: {number} is the number of an export.
        return self._words.gettext("last export: bundle {number}", number=counts.last_export)
