"""Content streams: the drawing operators of one page."""

from collections.abc import Iterator, Mapping

from victimid.documents.embedding import Embedded, clusters
from victimid.documents.fonts import Face
from victimid.documents.page import GlyphRun, Page, Rule

_INK, _MUTED, _FAINT = "0.114 0.169 0.188", "0.353 0.416 0.439", "0.78 0.808 0.8"
_LINE_WIDTH = 0.6
_NEGLIGIBLE = 0.5
"""Moves of the pen below this, in thousandths of an em, are not worth writing."""


def content(page: Page, fonts: Mapping[Face, tuple[str, Embedded]]) -> str:
    """Return the operators that draw a page; ``fonts`` gives each face's resource name and font."""
    return "\n".join(_operators(page, fonts)) + "\n"


def _operators(page: Page, fonts: Mapping[Face, tuple[str, Embedded]]) -> Iterator[str]:
    for item in page.items:
        if isinstance(item, Rule):
            yield from _rule(item, page.height)
        else:
            yield from _run(item, page.height, *fonts[Face(item.font, item.bold)])


def _rule(rule: Rule, height: float) -> Iterator[str]:
    """Draw a line, as an artifact: it says nothing."""
    yield "/Artifact BMC q"
    yield f"{_MUTED if rule.to_write_on or rule.dashed else _FAINT} RG {_LINE_WIDTH} w"
    yield f"[{'4 4' if rule.dashed else ''}] 0 d"
    yield f"{_n(rule.x1)} {_n(height - rule.y1)} m {_n(rule.x2)} {_n(height - rule.y2)} l S Q EMC"


def _run(run: GlyphRun, height: float, name: str, font: Embedded) -> Iterator[str]:
    """Draw a run; glyphs go from left to right, which for right-to-left text is marked as reversed."""
    if run.rtl:
        yield "/ReversedChars BMC"
    yield f"BT {_MUTED if run.muted else _INK} rg /{name} {_n(run.size)} Tf"
    yield f"1 0 0 1 {_n(run.x)} {_n(height - run.y)} Tm"
    yield f"[{''.join(_shown(run, font))}] TJ"
    yield "ET EMC" if run.rtl else "ET"


def _shown(run: GlyphRun, font: Embedded) -> Iterator[str]:
    """Show clusters by number, moving the pen wherever it is not yet at the next one's place."""
    pen = 0.0
    for placed in clusters(run):
        move = (pen - placed.x) * 1000 / run.size
        if abs(move) >= _NEGLIGIBLE:
            yield _n(move)
            pen = placed.x
        yield f"<{font.numbers[placed.cluster]:04X}>"
        pen += font.widths[placed.cluster] * run.size / 1000


def _n(number: float) -> str:
    """Write a number as PDF wants it, without exponent."""
    return f"{number:.3f}".rstrip("0").rstrip(".")
