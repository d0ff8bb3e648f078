"""One card in the middle of a page, scrolling where there is no room."""

from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from victimid.ui.widgets.frames import Card, scrolling

_NARROWEST, _WIDEST = 480, 680


def centred(card: Card) -> QScrollArea:
    """Put a card into the middle, as wide as is good to read."""
    card.setMinimumWidth(_NARROWEST)
    card.setMaximumWidth(_WIDEST)
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(card, 100)
    row.addStretch(1)
    inside = QWidget()
    rows = QVBoxLayout(inside)
    rows.setContentsMargins(24, 24, 24, 24)
    rows.addStretch(1)
    rows.addLayout(row)
    rows.addStretch(2)
    return scrolling(inside)
