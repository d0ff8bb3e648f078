"""The look: contrast by WCAG 2.2 AA in both modes, real bold faces, targets large enough to hit."""

import itertools

import pytest
from PySide6.QtGui import QColor, QFont, QFontMetrics
from PySide6.QtWidgets import QApplication

from victimid.ui import theme
from victimid.ui.look import dress
from victimid.ui.theme import Mode
from victimid.ui.widgets.button import MINIMUM_TARGET, Button, ButtonKind
from victimid.ui.widgets.choices import Choice, ChoiceList

_PAPERS = ("paper", "surface")
_TINTS = ("primary", "attention", "danger", "done")
TEXT_PAIRS = [
    *itertools.product(("ink", "muted", *_TINTS), _PAPERS),
    *((tone, f"{tone}_tint") for tone in _TINTS),
    *(("ink", f"{tone}_tint") for tone in (*_TINTS, "neutral")),
    ("muted", "neutral_tint"),
    ("muted", "primary_tint"),
    ("surface", "primary"),
    ("surface", "primary_strong"),
]
SHAPE_PAIRS = [("control_line", paper) for paper in _PAPERS] + [("primary", paper) for paper in _PAPERS]


def luminance(colour: str) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    shown = QColor(colour)
    red, green, blue = (linear(part) for part in (shown.redF(), shown.greenF(), shown.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_text_can_be_read(mode: Mode, text: str, ground: str) -> None:
    colours = theme.read_theme(mode).colours
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("shape", "ground"), SHAPE_PAIRS)
def test_outlines_of_fields_and_focus_can_be_seen(mode: Mode, shape: str, ground: str) -> None:
    colours = theme.read_theme(mode).colours
    assert contrast(colours[shape], colours[ground]) >= 3.0


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_token_is_filled_in(mode: Mode) -> None:
    sheet = theme.style_sheet(theme.read_theme(mode))
    assert "@" not in sheet.split("*/", 1)[1]


@pytest.mark.parametrize("text", ["New interview", "مقابلة جديدة"])
def test_bold_is_a_face_of_its_own(dressed: QApplication, text: str) -> None:
    regular, bold = QFont(dressed.font()), QFont(dressed.font())
    bold.setBold(True)
    assert QFontMetrics(bold).horizontalAdvance(text) > QFontMetrics(regular).horizontalAdvance(text)


@pytest.mark.parametrize("kind", ["primary", "plain", "danger", "quiet"])
def test_targets_are_large_enough(kind: ButtonKind) -> None:
    button = Button("x", kind)
    choices = ChoiceList([Choice("a", "A")])
    dress(button, "light")
    dress(choices, "light")
    assert min(button.sizeHint().height(), button.sizeHint().width()) >= MINIMUM_TARGET
    assert choices.buttons[0].minimumHeight() >= MINIMUM_TARGET


def test_system_setting_follows_the_system(dressed: QApplication) -> None:
    expected = "dark" if dressed.styleHints().colorScheme().name == "Dark" else "light"
    assert theme.mode_for("system") == expected
    assert (theme.mode_for("light"), theme.mode_for("dark")) == ("light", "dark")
