"""Answers that are chosen: one or several; long lists narrow down while one types."""

from collections.abc import Sequence

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout

from victimid.i18n import Words
from victimid.ui.screens.answer_input import AnswerInput
from victimid.ui.widgets.choices import Choice, ChoiceButton
from victimid.ui.widgets.field import Field
from victimid.ui.widgets.text import Role, label

SHOWN_AT_MOST = 12
_KEYS = 6  # the keys from 7 on belong to the non-answers


class ChoiceInput(AnswerInput):
    """Options as big buttons; ``find`` is the caption of the search that long lists have."""

    def __init__(
        self, words: Words, choices: Sequence[Choice], *, several: bool, role: Role = "strong", find: str = ""
    ) -> None:
        super().__init__()
        self._choices, self._several, self._role = tuple(choices), several, role
        self._chosen: list[str] = []
        self.buttons: list[ChoiceButton] = []
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(8)
        self.search = Field(find or words.gettext("Type a part of the answer to find it"))
        if len(choices) <= SHOWN_AT_MOST:
            self.search.hide()
        self.search.changed.connect(lambda _: self._rebuild())
        self._rows.addWidget(self.search)
        if several:
            self._rows.addWidget(label(words.gettext("More than one answer can be chosen."), "caption"))
        self._above = self._rows.count()
        self._more = label("", "caption")
        self._words = words
        self._rows.addWidget(self._more)
        self._rebuild()
        if len(choices) > SHOWN_AT_MOST:
            self.setFocusProxy(self.search)

    def value(self) -> str:
        """Return the chosen values with a space between them."""
        return " ".join(choice.value for choice in self._choices if choice.value in self._chosen)

    def set_value(self, value: str) -> None:
        """Show what is chosen."""
        known = {choice.value for choice in self._choices}
        self._chosen = [item for item in value.split() if item in known]
        if len(self._choices) > SHOWN_AT_MOST:
            self._rebuild()
        else:
            self._mark()

    def _offered(self) -> list[Choice]:
        """Return what matches the search, what is chosen first where the list is long."""
        if len(self._choices) <= SHOWN_AT_MOST:
            return list(self._choices)
        wanted = self.search.text().strip().casefold()
        chosen = [choice for choice in self._choices if choice.value in self._chosen]
        return chosen + [
            choice
            for choice in self._choices
            if choice not in chosen and wanted in f"{choice.text}\n{choice.second}".casefold()
        ]

    def _rebuild(self) -> None:
        for button in self.buttons:
            self._rows.removeWidget(button)
            button.hide()
            button.deleteLater()
        offered = self._offered()
        shown = offered[:SHOWN_AT_MOST]
        self.buttons = [self._button(number, choice) for number, choice in enumerate(shown, start=1)]
        for position, button in enumerate(self.buttons, start=self._above):
            self._rows.insertWidget(position, button)
        self._mark()
        hidden = len(offered) - len(shown)
        self._more.setVisible(hidden > 0)
        self._more.setText(
            self._words.ngettext("{count} more; type to narrow down", "{count} more; type to narrow down", hidden)
        )

    def _button(self, number: int, choice: Choice) -> ChoiceButton:
        keyed = number <= _KEYS and len(self._choices) <= SHOWN_AT_MOST and self._role == "strong"
        key = str(number) if keyed else ""
        button = ChoiceButton(choice, key, self._role)
        button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)  # its words wrap
        button.clicked.connect(lambda _=False, value=choice.value: self._pick(value))
        if key:
            QShortcut(QKeySequence(key), button).activated.connect(button.click)
        return button

    def _pick(self, value: str) -> None:
        if value in self._chosen:
            self._chosen.remove(value)
        elif self._several:
            self._chosen.append(value)
        else:
            self._chosen = [value]
        self._mark()
        self.edited.emit()

    def _mark(self) -> None:
        for button in self.buttons:
            button.setChecked(button.choice.value in self._chosen)
