"""Finding a language by its own name: search as one types, never a flag."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from victimid.app.form_choice import LanguageOffer
from victimid.i18n import Words
from victimid.ui.widgets.button import ContentButton
from victimid.ui.widgets.field import Field
from victimid.ui.widgets.text import label


class LanguageButton(ContentButton):
    """A language by its own name; ``note`` says what is known against it."""

    def __init__(self, tag: str, name: str, note: str) -> None:
        super().__init__()
        self.tag = tag
        self.note = note
        self.setProperty("kind", "choice")
        self.setCheckable(True)
        self.setAccessibleName(f"{name} · {note}" if note else name)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(18, 8, 18, 8)
        rows.setSpacing(0)
        parts = [label(name, "strong", wrap=False)]
        if note:
            parts.append(label(note, "caption", wrap=False))
        for part in parts:
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            rows.addWidget(part)


class LanguagePicker(QWidget):
    """A caption, a search, and the languages that match; the one chosen stays in sight."""

    picked = Signal(str)

    def __init__(self, words: Words, caption: str, chosen: str = "") -> None:
        super().__init__()
        self._words = words
        self._value = chosen
        self._offers: tuple[LanguageOffer, ...] = ()
        self.buttons: list[LanguageButton] = []
        self.search = Field(words.gettext("Type a part of the name"))
        self.search.changed.connect(lambda _: self._filter())
        self._none = label(words.gettext("No language of that name here"), "muted")
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(8)
        for part in (label(caption, "section"), self.search, self._none):
            self._rows.addWidget(part)
        self._rows.addStretch(1)
        self._none.hide()

    def value(self) -> str:
        """Return the tag of the language chosen, or an empty text."""
        return self._value

    def choose(self, tag: str) -> None:
        """Choose a language."""
        self._value = tag
        self._mark()

    def show_offers(self, offers: Sequence[LanguageOffer]) -> None:
        """Show the languages for a form; the choice stays where it can."""
        for button in self.buttons:
            self._rows.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._offers = tuple(offers)
        self.buttons = [self._button(offer) for offer in self._offers]
        for position, button in enumerate(self.buttons, start=2):
            self._rows.insertWidget(position, button)
        if self._value not in {offer.tag for offer in offers}:
            self._value = ""
        self._filter()

    def _button(self, offer: LanguageOffer) -> LanguageButton:
        button = LanguageButton(offer.tag, offer.own_name, self._note(offer))
        button.clicked.connect(lambda: self._pick(offer.tag))
        return button

    def _note(self, offer: LanguageOffer) -> str:
        if not offer.in_form:
            return self._words.gettext("not in this form")
        return self._words.gettext("translation is a draft") if offer.draft else ""

    def _pick(self, tag: str) -> None:
        self.choose(tag)
        self.picked.emit(tag)

    def _filter(self) -> None:
        wanted = self.search.text().strip().casefold()
        found = 0
        for offer, button in zip(self._offers, self.buttons, strict=True):
            matches = wanted in f"{offer.own_name}\n{offer.english_name}\n{offer.tag}".casefold()
            button.setVisible(matches or offer.tag == self._value)
            found += matches
        self._none.setVisible(not found)
        self._mark()

    def _mark(self) -> None:
        for button in self.buttons:
            button.setChecked(button.tag == self._value)
