"""One look from the design tokens: a palette and a style sheet, light or dark."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette

from victimid import assets

Mode = Literal["light", "dark"]


@dataclass(frozen=True, slots=True)
class Theme:
    """Design tokens of one mode; sizes in device-independent pixels."""

    colours: Mapping[str, str]
    fonts: Mapping[str, int]
    radius: Mapping[str, int]
    target: int


def read_theme(mode: Mode) -> Theme:
    """Read the tokens of one mode from ``resources/theme.json``."""
    tokens = json.loads((assets.folder("resources") / "theme.json").read_text("utf-8"))
    sizes = {name: size for name, size in tokens["font"].items() if isinstance(size, int)}
    return Theme(tokens[mode], sizes, tokens["radius"], tokens["target_min"])


def mode_for(setting: str) -> Mode:
    """Return the mode for a setting: ``light``, ``dark``, or what the system uses."""
    if setting == "light":
        return "light"
    if setting == "dark":
        return "dark"
    dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    return "dark" if dark else "light"


def palette(theme: Theme) -> QPalette:
    """Build the palette, for what the style sheet does not reach."""
    made = QPalette()
    for role, token in _PALETTE.items():
        made.setColor(role, QColor(theme.colours[token]))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.colours["muted"]))
    return made


def style_sheet(theme: Theme) -> str:
    """Fill the tokens into ``resources/theme.qss``, where they stand as ``@name``."""
    sheet = (assets.folder("resources") / "theme.qss").read_text("utf-8")
    values: dict[str, object] = {
        **theme.colours,
        **{f"font-{name}": f"{size}px" for name, size in theme.fonts.items()},
        **{f"radius-{name}": f"{size}px" for name, size in theme.radius.items()},
        "target": f"{theme.target}px",
    }
    for name in sorted(values, key=len, reverse=True):
        sheet = sheet.replace(f"@{name}", str(values[name]))
    return sheet


_PALETTE: Mapping[QPalette.ColorRole, str] = {
    QPalette.ColorRole.Window: "paper",
    QPalette.ColorRole.WindowText: "ink",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "paper",
    QPalette.ColorRole.Text: "ink",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "ink",
    QPalette.ColorRole.PlaceholderText: "muted",
    QPalette.ColorRole.Highlight: "primary",
    QPalette.ColorRole.HighlightedText: "surface",
    QPalette.ColorRole.ToolTipBase: "surface",
    QPalette.ColorRole.ToolTipText: "ink",
}
