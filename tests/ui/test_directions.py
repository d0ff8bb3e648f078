"""Mirrored: wrapped lines end exactly below one another, and side panels have their line towards the middle."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage, QRegion
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from victimid.ui.look import dress
from victimid.ui.widgets.frames import Side
from victimid.ui.widgets.text import keep_together, label, set_window_direction


def painted(qtbot: QtBot, widget: QWidget, width: int, height: int) -> QImage:
    dress(widget, "light")
    qtbot.addWidget(widget)
    widget.resize(width, height)
    widget.show()
    QApplication.processEvents()
    image = QImage(widget.size(), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    widget.render(image, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
    return image


def dark(image: QImage, x: int, y: int) -> bool:
    return QColor(image.pixel(x, y)).lightness() < 128


def test_wrapped_lines_end_below_one_another(qtbot: QtBot) -> None:
    set_window_direction(right_to_left=True)
    line = f"{'و' * 30} "
    made = label((line * 3).strip())
    image = painted(qtbot, made, made.fontMetrics().horizontalAdvance(line) + 40, 160)
    rows = [[x for x in range(image.width()) if dark(image, x, y)] for y in range(image.height())]
    inked = [bool(row) for row in rows]
    starts = [y for y, now in enumerate(inked) if now and not inked[y - 1]]
    edges = [max(max(row) for row in rows[y : y + 8] if row) for y in starts]
    assert len(edges) == 3
    assert max(edges) - min(edges) <= 1, edges


@pytest.mark.parametrize("right_to_left", [False, True])
@pytest.mark.parametrize("trailing", [False, True])
def test_a_side_panel_has_its_line_towards_the_middle(qtbot: QtBot, *, trailing: bool, right_to_left: bool) -> None:
    set_window_direction(right_to_left=right_to_left)
    image = painted(qtbot, Side(trailing=trailing), 80, 40)
    middle = 0 if right_to_left is not trailing else image.width() - 1
    inside = image.pixel(image.width() // 2, 20)
    assert image.pixel(middle, 20) != inside
    assert image.pixel(image.width() - 1 - middle, 20) == inside


def test_a_reference_never_breaks(qtbot: QtBot) -> None:
    made = label(keep_together("Derivación RU-GBDG"), "title")
    dress(made, "light")
    qtbot.addWidget(made)
    metrics = made.fontMetrics()
    narrow = metrics.horizontalAdvance("Derivación RU-G")
    whole = Qt.TextFlag.TextWordWrap
    broken = metrics.boundingRect(0, 0, narrow, 500, whole, "Derivación RU-GBDG").width()
    kept = metrics.boundingRect(0, 0, narrow, 500, whole, made.text()).width()
    assert kept < broken <= narrow
