"""Answers chosen from a long list: what is typed in either language narrows it, accents do not count."""

import unicodedata
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout

from victimid.i18n import Words
from victimid.ui.screens.answer_input import AnswerInput
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.choices import Choice, ChoiceButton
from victimid.ui.widgets.field import Field
from victimid.ui.widgets.text import Role

PAGE = 9
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SearchInput(AnswerInput):
    """What is chosen stands first; then what fits, a page at a time.

    Down goes from the field into the list, up and down within it; Enter takes the first that fits what is typed.
    """

    def __init__(self, words: Words, choices: Sequence[Choice], *, several: bool, role: Role = "strong") -> None:
        super().__init__()
        self._words, self._choices, self._several, self._role = words, tuple(choices), several, role
        self._folded = [folded(f"{choice.text}\n{choice.second}") for choice in self._choices]
        self._chosen: list[str] = []
        self._pages = 1
        self.buttons: list[ChoiceButton] = []
        self.search = Field(words.gettext("Type a part of the answer to find it"))
        self.search.changed.connect(lambda _: self._narrow())
        self.search.edit.installEventFilter(self)
        self.more = Button("", "quiet")
        self.more.clicked.connect(self._show_more)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(8)
        self._rows.addWidget(self.search)
        self._rows.addWidget(self.more)
        self.setFocusProxy(self.search)
        self._rebuild()

    def value(self) -> str:
        """Return the chosen values in the order of the list, with a space between them."""
        return " ".join(choice.value for choice in self._choices if choice.value in self._chosen)

    def set_value(self, value: str) -> None:
        """Show what is chosen."""
        known = {choice.value for choice in self._choices}
        wanted = value.split() if self._several else [value]
        self._chosen = [item for item in wanted if item in known]
        self._rebuild()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - overrides Qt
        """Take the keys that move and choose; Enter belongs to the talk while nothing is typed."""
        if isinstance(event, QKeyEvent):
            if event.type() is QEvent.Type.ShortcutOverride and self._chooses(event):
                event.accept()
                return True
            if event.type() is QEvent.Type.KeyPress and self._pressed(watched, event):
                return True
        return super().eventFilter(watched, event)

    def _pressed(self, watched: QObject, event: QKeyEvent) -> bool:
        if self._chooses(event):
            self._take_first()
            return True
        if event.key() not in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            return False
        fields = [self.search.edit, *self.buttons]
        at = fields.index(watched) + (1 if event.key() == Qt.Key.Key_Down else -1)  # type: ignore[arg-type]  # ours
        if 0 <= at < len(fields):
            fields[at].setFocus()
        return True

    def _chooses(self, event: QKeyEvent) -> bool:
        return event.key() in _ENTER and self.search.edit.hasFocus() and bool(self.search.text().strip())

    def _take_first(self) -> None:
        fitting = [choice for choice in self._fitting() if choice.value not in self._chosen]
        if fitting:
            self._pick(fitting[0].value)

    def _fitting(self) -> list[Choice]:
        wanted = folded(self.search.text().strip())
        pairs = zip(self._choices, self._folded, strict=True)
        return [choice for choice, text in pairs if wanted in text]

    def _narrow(self) -> None:
        self._pages = 1
        self._rebuild()

    def _show_more(self) -> None:
        first = len(self.buttons)
        self._pages += 1
        self._rebuild()
        self.buttons[min(first, len(self.buttons) - 1)].setFocus()

    def _rebuild(self) -> None:
        for button in self.buttons:
            self._rows.removeWidget(button)
            button.hide()
            button.deleteLater()
        chosen = [choice for choice in self._choices if choice.value in self._chosen]
        others = [choice for choice in self._fitting() if choice.value not in self._chosen]
        shown = others[: self._pages * PAGE]
        self.buttons = [self._button(choice) for choice in (*chosen, *shown)]
        for position, button in enumerate(self.buttons, start=1):
            self._rows.insertWidget(position, button)
            button.show()  # at once, so that the next key can reach it
        hidden = len(others) - len(shown)
        self.more.setVisible(hidden > 0)
        # Translators: button below a long list of answers.
        self.more.set_text(self._words.ngettext("Show more ({count} left)", "Show more ({count} left)", hidden))

    def _button(self, choice: Choice) -> ChoiceButton:
        button = ChoiceButton(choice, "", self._role)
        button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)  # its words wrap
        button.setChecked(choice.value in self._chosen)
        button.clicked.connect(lambda: self._pick(choice.value))
        button.installEventFilter(self)
        return button

    def _pick(self, value: str) -> None:
        if value in self._chosen:
            self._chosen.remove(value)
        else:
            self._chosen = [*self._chosen, value] if self._several else [value]
        self.search.edit.clear()
        self._narrow()
        self.search.edit.setFocus()
        self.edited.emit()


def folded(text: str) -> str:
    """Write a text without case and accents, so that it can be found however it is typed."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in apart if not unicodedata.combining(character))
