"""Line breaking: paragraphs into lines of shaped runs that fit a width."""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from victimid.documents.bidi import visual_order
from victimid.documents.fonts import Face
from victimid.documents.itemize import Paragraph, Run, grapheme_starts
from victimid.documents.shaping import ShapedGlyph, shape

_HYPHENS = frozenset("-\u2010\u2013\u2014")


@dataclass(frozen=True, slots=True)
class Piece:
    """One run on one line: its place from the left end of the line, in ems."""

    text: str
    face: Face
    rtl: bool
    x: float
    width: float
    glyphs: tuple[ShapedGlyph, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line, its pieces in the order of reading; the width is in ems."""

    pieces: tuple[Piece, ...]
    width: float

    @property
    def text(self) -> str:
        """What the line says, in logical order."""
        return "".join(piece.text for piece in self.pieces)


def broken(paragraph: Paragraph, language: str, measure: float) -> tuple[Line, ...]:
    """Break a paragraph into lines no wider than ``measure`` ems, at spaces and hyphens where possible.

    Only a single letter that is wider than the measure sticks out. Spaces at line ends are not drawn.
    """
    text, lines = paragraph.text, []
    start = _after_spaces(text, 0)
    reach = [0.0, *accumulate(_advances(paragraph, language))]
    starts = grapheme_starts(text)
    while start < len(text):
        furthest = bisect_right(reach, reach[start] + measure, lo=start) - 1
        for end in _ends(text, start, furthest, starts):
            line = _set(paragraph, start, end, language)
            if line.width <= measure:
                break
        lines.append(line)
        start = _after_spaces(text, end)
    return tuple(lines)


def _advances(paragraph: Paragraph, language: str) -> list[float]:
    """Return what each character adds to the width, in ems, when nothing is broken."""
    advances = [0.0] * len(paragraph.text)
    for run in paragraph.runs:
        text = paragraph.text[run.start : run.end]
        for glyph in shape(text, run.face, run.script, language, rtl=run.rtl):
            advances[run.start + glyph.cluster] += glyph.advance
    return advances


def _ends(text: str, start: int, furthest: int, starts: list[bool]) -> Iterator[int]:
    """Yield where the line may end, the best place first: good breaks, then any letter, at last one letter."""
    furthest = _after_spaces(text, furthest)
    if furthest >= len(text):
        yield len(text)
    upper = min(furthest, len(text) - 1)
    yield from (end for end in range(upper, start, -1) if _good_break(text, end))
    yield from (end for end in range(upper, start, -1) if starts[end])
    yield next((end for end in range(start + 1, len(text)) if starts[end]), len(text))


def _good_break(text: str, end: int) -> bool:
    """Tell whether a line may end here: after spaces, or after a hyphen within words."""
    before, after = text[end - 1], text[end]
    if before == " ":
        return after != " "
    return before in _HYPHENS and unicodedata.category(after)[0] == "L"


def _after_spaces(text: str, position: int) -> int:
    while text[position : position + 1] == " ":
        position += 1
    return position


def _set(paragraph: Paragraph, start: int, end: int, language: str) -> Line:
    """Shape the characters of one line and put its runs in visual order."""
    end = start + len(paragraph.text[start:end].rstrip(" "))
    runs = [run for run in paragraph.runs if run.start < end and run.end > start]
    shaped = [_shaped(paragraph.text, run, start, end, language) for run in runs]
    widths = [sum(glyph.advance for glyph in glyphs) for _, glyphs in shaped]
    places, pen = [0.0] * len(runs), 0.0
    for index in visual_order([run.level for run in runs]):
        places[index], pen = pen, pen + widths[index]
    pieces = (
        Piece(text, run.face, run.rtl, place, width, glyphs)
        for run, (text, glyphs), place, width in zip(runs, shaped, places, widths, strict=True)
    )
    return Line(tuple(pieces), pen)


def _shaped(text: str, run: Run, start: int, end: int, language: str) -> tuple[str, tuple[ShapedGlyph, ...]]:
    part = text[max(run.start, start) : min(run.end, end)]
    return part, shape(part, run.face, run.script, language, rtl=run.rtl)
