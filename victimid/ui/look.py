"""Puts fonts and palette on the application, and the style sheet on a window."""

from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from victimid.ui.fonts import body_font, load_fonts
from victimid.ui.theme import mode_for, palette, read_theme, style_sheet


def apply_look(app: QApplication, setting: str) -> None:
    """Give the application fonts and colours of the theme of a setting: ``light``, ``dark`` or ``system``."""
    theme = read_theme(mode_for(setting))
    app.setStyle(QStyleFactory.create("Fusion"))
    app.setFont(body_font(load_fonts(), theme.fonts["body"]))
    app.setPalette(palette(theme))


def dress(window: QWidget, setting: str) -> None:
    """Dress a window, and whatever comes into it, in the theme of a setting.

    A style sheet of the application would do too, but at many times the price: a screen is put together from its
    smallest parts, and Qt would dress each part anew whenever it comes into a larger one.
    """
    window.setStyleSheet(style_sheet(read_theme(mode_for(setting))))
