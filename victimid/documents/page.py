"""A laid-out page as plain data: what stands where, for the PDF and for the preview on screen.

Lengths are points (1/72 inch); the origin is the top left corner of the page, x grows to the right and y
downwards; y of text is that of its baseline.
"""

from dataclasses import dataclass
from enum import StrEnum

A4 = (595.28, 841.89)


class Role(StrEnum):
    """What a piece of text is within the document."""

    TITLE = "title"
    REFERENCE = "reference"
    CONFIDENTIALITY = "confidentiality"
    HEADING = "heading"
    NOTE = "note"
    LABEL = "label"
    TEXT = "text"
    RUNNING_HEAD = "running_head"
    FOOTER = "footer"


@dataclass(frozen=True, slots=True)
class Glyph:
    """A glyph number of the run's font, its offset from the origin of the run, and what it stands for.

    Of several glyphs that stand for the same characters together, the leftmost has the text.
    """

    id: int
    x: float
    y: float
    advance: float
    text: str


@dataclass(frozen=True, slots=True)
class GlyphRun:
    """Glyphs of one face, size and direction, from left to right.

    ``font`` is a file name for ``fonts.font_path``; ``text`` what the run says, in logical order. Runs with
    the same ``part`` belong to one paragraph, and parts are numbered in the order of reading.
    """

    font: str
    bold: bool
    size: float
    x: float
    y: float
    width: float
    glyphs: tuple[Glyph, ...]
    text: str
    rtl: bool
    muted: bool
    role: Role
    part: int


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line; a line to write on is muted rather than faint."""

    x1: float
    y1: float
    x2: float
    y2: float
    dashed: bool = False
    to_write_on: bool = False


Item = GlyphRun | Rule


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its rules, then its text in the order of reading, then what every page repeats."""

    width: float
    height: float
    items: tuple[Item, ...]
