"""The fonts that come with the program, so that every script looks the same on every laptop."""

from importlib.resources import files

from PySide6.QtGui import QFont, QFontDatabase

from victimid.errors import VictimIDError

_PACKAGES = ("fontpkg_noto_sans", "fontpkg_noto_sans_arabic")


def load_fonts() -> list[str]:
    """Load the packaged faces and return their families; raises ``program.font_missing``."""
    families: list[str] = []
    for package in _PACKAGES:
        faces = [face for face in (files(package) / "files").iterdir() if face.name.endswith(".ttf")]
        for face in faces:
            number = QFontDatabase.addApplicationFontFromData(face.read_bytes())
            families += QFontDatabase.applicationFontFamilies(number)
        if not faces:
            raise VictimIDError("program.font_missing", package=package)
    return list(dict.fromkeys(families))


def body_font(families: list[str], size: int) -> QFont:
    """Return the font of running text; ``size`` in device-independent pixels."""
    font = QFont(families)
    font.setPixelSize(size)
    return font
