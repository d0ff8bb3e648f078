"""An office screen: the places at the side, a title, and a column of cards."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from victimid.ui.context import Context
from victimid.ui.destinations import Destination
from victimid.ui.screen import SessionScreen
from victimid.ui.widgets.frames import scrolling
from victimid.ui.widgets.side_nav import SideNav
from victimid.ui.widgets.text import label

_WIDEST = 900


class OfficeScreen(SessionScreen):
    """Content goes into ``column``, which scrolls; ``wide`` gives it the whole width and lets it take the height."""

    def __init__(self, context: Context, here: Destination, title: str, *, wide: bool = False) -> None:
        super().__init__(context)
        self.column = QVBoxLayout()
        self.column.setContentsMargins(28, 24, 28, 24)
        self.column.setSpacing(12)
        self.title = label(title, "title")
        self.column.addWidget(self.title)
        side = SideNav(self.words, here)
        side.offer(context.session.access.may)
        side.go.connect(self.go)
        if context.session.vault.officer.passphrase_given:
            side.hide()  # there is nowhere else to go yet
        inside = QWidget()
        inside.setLayout(self.column)
        whole = QHBoxLayout()
        whole.setSpacing(0)
        whole.addWidget(side)
        whole.addWidget(inside if wide else scrolling(_kept_narrow(inside)), 1)
        self.body.addLayout(whole)


def _kept_narrow(inside: QWidget) -> QWidget:
    inside.setMaximumWidth(_WIDEST)
    holder = QWidget()
    beside = QHBoxLayout(holder)
    beside.setContentsMargins(0, 0, 0, 0)
    beside.addWidget(inside, _WIDEST)
    beside.addStretch(1)
    return holder
