"""The direction of one text, whatever the direction of the window."""

import unicodedata

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from victimid.ui.widgets.text import Role, label, set_direction


def reads_right_to_left(text: str) -> bool:
    """Tell by its first letter whether a text runs right to left (rule P2 of the Unicode algorithm)."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in {"L", "R", "AL"}:
            return kind != "L"
    return False


def directed(text: str, role: Role = "body") -> QLabel:
    """Make a label that runs and aligns as its own text does."""
    made = label(text, role)
    set_direction(made, right_to_left=reads_right_to_left(text))
    return made


def direction_of(text: str) -> Qt.LayoutDirection:
    """Return the direction of a text as Qt names it."""
    rtl = reads_right_to_left(text)
    return Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight
