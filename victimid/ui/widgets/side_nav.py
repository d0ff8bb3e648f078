"""The side of the office screens: the places this officer's role has something to do in."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout

from victimid.app.permissions import Right
from victimid.i18n import Words
from victimid.ui.destinations import (
    Destination,
    ToActions,
    ToBackups,
    ToCare,
    ToContent,
    ToDesk,
    ToExport,
    ToOfficers,
    ToPassphrase,
    ToSettings,
)
from victimid.ui.widgets.button import ContentButton
from victimid.ui.widgets.frames import Side
from victimid.ui.widgets.text import label

_WIDTH = 208


class NavButton(ContentButton):
    """A place to go to, with a number of things waiting there."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setProperty("kind", "nav")
        self.setCheckable(True)
        self._name = text
        self._count = label("", "strong", wrap=False)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.addWidget(label(text, "strong"), 1)
        row.addWidget(self._count)
        for part in self.findChildren(type(self._count)):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.let_words_wrap()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, self.sizePolicy().verticalPolicy())
        self.set_count("")

    def set_count(self, count: str) -> None:
        """Show a number, or none."""
        self._count.setText(count)
        self.setAccessibleName(f"{self._name} {count}".strip())


class SideNav(Side):
    """Lists the office screens, of which ``offer`` leaves those somebody may see; ``go`` carries a destination."""

    go = Signal(object)

    def __init__(self, words: Words, here: Destination) -> None:
        super().__init__()
        self.setFixedWidth(_WIDTH)
        self.buttons: dict[Destination, NavButton] = {}
        self._places = _places(words)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(12, 16, 12, 16)
        rows.setSpacing(4)
        for place, text, _ in self._places:
            rows.addWidget(self._entry(text, place, here))
        rows.addStretch(1)
        # Translators: the screen where an officer changes the own passphrase.
        rows.addWidget(self._entry(words.gettext("Your passphrase"), ToPassphrase(), here))

    def offer(self, may: Callable[[Right], bool]) -> None:
        """Leave only the places where somebody with these rights has something to do."""
        for place, _, rights in self._places:
            if not any(map(may, rights)):
                self.buttons.pop(place).hide()

    def set_count(self, place: Destination, count: str) -> None:
        """Show how many things wait in a place, where it is offered."""
        if place in self.buttons:
            self.buttons[place].set_count(count)

    def _entry(self, text: str, place: Destination, here: Destination) -> NavButton:
        button = self.buttons[place] = NavButton(text)
        button.setChecked(place == here)
        button.clicked.connect(lambda: self._go(button, place, here))
        return button

    def _go(self, button: NavButton, place: Destination, here: Destination) -> None:
        button.setChecked(place == here)
        if place != here:
            self.go.emit(place)


def _places(words: Words) -> list[tuple[Destination, str, tuple[Right, ...]]]:
    return [
        # Translators: the screen with all cases of this laptop.
        (ToDesk(), words.gettext("Desk"), (Right.WORK_ON_OWN_CASES,)),
        # Translators: the screen for sending cases to headquarters.
        (ToExport(), words.gettext("Headquarters"), (Right.EXPORT, Right.RENEW_KEYS)),
        (ToOfficers(), words.gettext("Officers"), (Right.MANAGE_OFFICERS,)),
        # Translators: the screen that lists who did what and when.
        (ToActions(), words.gettext("Record of actions"), (Right.READ_AUDIT,)),
        # Translators: the screen for checking the encrypted store and for deleting what is due.
        (ToCare(), words.gettext("Vault"), (Right.CHECK_VAULT,)),
        # Translators: the screen with the backups of this laptop.
        (ToBackups(), words.gettext("Backups"), (Right.CHECK_VAULT,)),
        # Translators: the screen with the policy of this laptop.
        (ToSettings(), words.gettext("Settings"), (Right.SET_POLICY,)),
        # Translators: the screen with the forms and services that headquarters sends.
        (ToContent(), words.gettext("Content"), (Right.MANAGE_CONTENT,)),
    ]
