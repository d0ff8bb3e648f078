"""The pages of a document on screen: the very glyphs that are printed, in the very places."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QByteArray, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QGlyphRun, QPainter, QPaintEvent, QPen, QRawFont
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from victimid.app.referral_preview import GlyphRun, Page, Rule

_PAPER, _INK, _MUTED, _FAINT = "#FFFFFF", "#1D2B30", "#5A6A70", "#C7CECC"  # paper is white in dark mode too
_EDGE = "#D8DDDB"
_LINE_WIDTH = 0.6
_MARGIN, _WIDEST = 24, 720

Fonts = Mapping[tuple[str, bool], bytes]
"""Font files by the name a run gives them and whether it is bold; glyph numbers are those of the runs."""


class PaintedFonts:
    """Raw fonts by face and size, for one painting: they must not outlive the application."""

    def __init__(self, fonts: Fonts) -> None:
        self._fonts = fonts
        self._faces: dict[tuple[str, bool], QRawFont] = {}
        self._sized: dict[tuple[str, bool, float], QRawFont] = {}

    def sized(self, font: str, *, bold: bool, pixels: float) -> QRawFont:
        """Return a face at a size in pixels."""
        key = font, bold, pixels
        if key not in self._sized:
            self._sized[key] = made = QRawFont(self._face(font, bold=bold))
            made.setPixelSize(pixels)
        return self._sized[key]

    def _face(self, font: str, *, bold: bool) -> QRawFont:
        key = font, bold
        if key not in self._faces:
            data = QByteArray(self._fonts[key])
            self._faces[key] = QRawFont(data, 16.0, QFont.HintingPreference.PreferNoHinting)
        return self._faces[key]


class PageSheet(QWidget):
    """One page, as wide as it is given room for."""

    def __init__(self, page: Page, fonts: Fonts) -> None:
        super().__init__()
        self._page, self._fonts = page, fonts
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMaximumWidth(_WIDEST)
        self.setAccessibleName(" ".join(item.text for item in page.items if isinstance(item, GlyphRun)))

    def sizeHint(self) -> QSize:  # noqa: N802 - overrides Qt
        """Wish for a width at which print is easy to read."""
        return QSize(_WIDEST, self.heightForWidth(_WIDEST))

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - overrides Qt
        """Tell that the shape of the paper is kept."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - overrides Qt
        """Return the height of the paper at a width."""
        return round(width * self._page.height / self._page.width)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - overrides Qt
        """Paint paper, lines and glyphs."""
        del event
        scale = self.width() / self._page.width
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(_PAPER))
        painter.setPen(QColor(_EDGE))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        fonts = PaintedFonts(self._fonts)
        for item in self._page.items:
            if isinstance(item, Rule):
                _paint_rule(painter, item, scale)
            else:
                _paint_run(painter, item, fonts.sized(item.font, bold=item.bold, pixels=item.size * scale), scale)
        painter.end()


class PagePreview(QScrollArea):
    """All pages one below the other."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.sheets: list[PageSheet] = []

    def show_pages(self, pages: Sequence[Page], fonts: Fonts) -> None:
        """Replace what is shown; the place scrolled to stays where it was."""
        place = self.verticalScrollBar().value()
        inside = QWidget()
        inside.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        rows.setSpacing(_MARGIN)
        self.sheets = [PageSheet(page, fonts) for page in pages]
        for sheet in self.sheets:
            rows.addWidget(sheet, 0, Qt.AlignmentFlag.AlignTop)
        rows.addStretch(1)
        self.setWidget(inside)
        self.verticalScrollBar().setValue(place)


def _paint_rule(painter: QPainter, rule: Rule, scale: float) -> None:
    pen = QPen(QColor(_MUTED if rule.to_write_on or rule.dashed else _FAINT))
    pen.setWidthF(_LINE_WIDTH * scale)
    if rule.dashed:
        pen.setStyle(Qt.PenStyle.DashLine)
    painter.setPen(pen)
    painter.drawLine(QPointF(rule.x1 * scale, rule.y1 * scale), QPointF(rule.x2 * scale, rule.y2 * scale))


def _paint_run(painter: QPainter, run: GlyphRun, font: QRawFont, scale: float) -> None:
    glyphs = QGlyphRun()
    glyphs.setRawFont(font)
    glyphs.setGlyphIndexes([glyph.id for glyph in run.glyphs])
    glyphs.setPositions([QPointF((run.x + g.x) * scale, (run.y + g.y) * scale) for g in run.glyphs])
    painter.setPen(QColor(_MUTED if run.muted else _INK))
    painter.drawGlyphRun(QPointF(0, 0), glyphs)
