"""The fonts that come with the program, so that every script looks the same on every laptop."""

from importlib.resources import files

from PySide6.QtGui import QFont, QFontDatabase

_PACKAGES = ("fontpkg_noto_sans", "fontpkg_noto_sans_arabic")


def load_fonts() -> list[str]:
    """Load the packaged faces and return their families."""
    families: list[str] = []
    for package in _PACKAGES:
        for face in (files(package) / "files").iterdir():
            number = QFontDatabase.addApplicationFontFromData(face.read_bytes())
            families += QFontDatabase.applicationFontFamilies(number)
    return list(dict.fromkeys(families))


def body_font(families: list[str], size: int) -> QFont:
    """Return the font of running text; ``size`` in device-independent pixels."""
    font = QFont(families)
    font.setPixelSize(size)
    return font
