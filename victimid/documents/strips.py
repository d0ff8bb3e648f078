"""Setting text into strips: the horizontal slices of a page that a page break cannot cut."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count, zip_longest

from victimid.documents.itemize import paragraph
from victimid.documents.lines import Line, Piece, broken
from victimid.documents.page import A4, Glyph, GlyphRun, Item, Role
from victimid.documents.text import paragraphs

_BASELINE = 0.72
"""Where the baseline lies within a line, from its top, as a part of the leading."""


@dataclass(frozen=True, slots=True)
class Style:
    """How text of one role looks; size and leading are points."""

    role: Role
    size: float
    leading: float
    bold: bool = False
    muted: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """A column, as it lies on a left-to-right page; ``at_end`` aligns text with the far edge."""

    left: float
    width: float
    at_end: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """Text to set in one column."""

    text: str
    style: Style
    frame: Frame


@dataclass(frozen=True, slots=True)
class Strip:
    """A slice of a page; y of its items counts from its top. ``keep`` holds it together with the next one."""

    height: float
    items: tuple[Item, ...]
    space_before: float = 0
    keep: bool = False


class Setter:
    """Sets text in one language and direction, and numbers the paragraphs it sets."""

    def __init__(self, language: str, *, rtl: bool) -> None:
        self.rtl = rtl
        self._language = language
        self._parts = count()

    def row(self, cells: Sequence[Cell], *, space_before: float = 0, keep: bool = False) -> list[Strip]:
        """Set cells side by side on common baselines; the first two and the last two lines stay together.

        Raises ``document.no_font`` for a character that no face has.
        """
        leading = max(cell.style.leading for cell in cells)
        columns = [list(self._lines(cell, leading)) for cell in cells]
        slices = [sum(parts, ()) for parts in zip_longest(*columns, fillvalue=())]
        held = {0, len(slices) - 2} if len(slices) > 1 else set()
        strips = [Strip(leading, items, keep=keep or index in held) for index, items in enumerate(slices)]
        return [replace(strips[0], space_before=space_before), *strips[1:]] if strips else []

    def edge(self, frame: Frame) -> float:
        """Return the x of a frame's left edge on the page, mirrored where the language is."""
        return A4[0] - frame.left - frame.width if self.rtl else frame.left

    def _lines(self, cell: Cell, leading: float) -> Iterator[tuple[Item, ...]]:
        style, frame = cell.style, cell.frame
        for text in paragraphs(cell.text):
            part = next(self._parts)
            set_text = paragraph(text, rtl=self.rtl, bold=style.bold)
            for line in broken(set_text, self._language, frame.width / style.size):
                x = self._start(line, style, frame)
                yield tuple(_run(piece, style, x, leading * _BASELINE, part) for piece in line.pieces)

    def _start(self, line: Line, style: Style, frame: Frame) -> float:
        to_the_right = self.rtl != frame.at_end
        return self.edge(frame) + (frame.width - line.width * style.size if to_the_right else 0)


def shifted(items: Iterable[Item], y: float) -> tuple[Item, ...]:
    """Move items down the page."""
    return tuple(
        replace(item, y=item.y + y) if isinstance(item, GlyphRun) else replace(item, y1=item.y1 + y, y2=item.y2 + y)
        for item in items
    )


def _run(piece: Piece, style: Style, x: float, y: float, part: int) -> GlyphRun:
    size = style.size
    return GlyphRun(
        font=piece.face.font,
        bold=piece.face.bold,
        size=size,
        x=x + piece.x * size,
        y=y,
        width=piece.width * size,
        glyphs=tuple(Glyph(g.id, g.x * size, -g.y * size, g.advance * size, g.text) for g in piece.glyphs),
        text=piece.text,
        rtl=piece.rtl,
        muted=style.muted,
        role=style.role,
        part=part,
    )
