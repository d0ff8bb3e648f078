"""The direction of one text, whatever the direction of the window."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from victimid.app.interview_media import Said
from victimid.ui.widgets.styled_text import styled
from victimid.ui.widgets.text import Role, first_direction, label, reads_right_to_left, set_direction


def directed(text: str, role: Role = "body") -> QLabel:
    """Make a label that runs and aligns as its own text does; digits alone go with the window."""
    return _turned(label(text, role), text)


def said(words: Said, role: Role = "body") -> QLabel:
    """Make such a label of a text of the form, in its styles."""
    return _turned(styled(words.runs, role, words.text), words.text)


def _turned(made: QLabel, text: str) -> QLabel:
    if first_direction(text):
        set_direction(made, right_to_left=reads_right_to_left(text))
    made.setAlignment(made.alignment() & ~Qt.AlignmentFlag.AlignVertical_Mask | Qt.AlignmentFlag.AlignTop)
    return made


def direction_of(text: str) -> Qt.LayoutDirection:
    """Return the direction of a text as Qt names it."""
    rtl = reads_right_to_left(text)
    return Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight
