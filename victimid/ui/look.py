"""Puts fonts, palette and style sheet on the application."""

from PySide6.QtWidgets import QApplication, QStyleFactory

from victimid.ui.fonts import body_font, load_fonts
from victimid.ui.theme import mode_for, palette, read_theme, style_sheet


def apply_look(app: QApplication, setting: str) -> None:
    """Dress the application in the theme of a setting: ``light``, ``dark`` or ``system``."""
    theme = read_theme(mode_for(setting))
    app.setStyle(QStyleFactory.create("Fusion"))
    app.setFont(body_font(load_fonts(), theme.fonts["body"]))
    app.setPalette(palette(theme))
    app.setStyleSheet(style_sheet(theme))
