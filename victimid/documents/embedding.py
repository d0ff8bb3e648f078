"""Embedded fonts: static TrueType subsets in which one glyph stands for one piece of text.

HarfBuzz draws an Arabic letter as a skeleton, dots and vowel marks, several glyphs for one or more
characters. Here each such cluster becomes one composite glyph with its own entry in the map back to text, so
that searching and copying give the right characters in the right order in every reader.
"""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from victimid.documents.fonts import Face, subset, units_per_em
from victimid.documents.page import GlyphRun

Component = tuple[int, int, int]
"""A glyph number and its offset in font units, y upwards."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Glyphs that stand for the same characters; the same shape with another text is another cluster."""

    components: tuple[Component, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A cluster on its run: offset from the run's origin and advance, in points."""

    cluster: Cluster
    x: float
    advance: float


@dataclass(frozen=True, slots=True)
class Embedded:
    """A font file, and the number and width (thousandths of an em) of each cluster in it."""

    file: bytes
    numbers: Mapping[Cluster, int]
    widths: Mapping[Cluster, int]


def clusters(run: GlyphRun) -> Iterator[Placed]:
    """Group the glyphs of a run, from left to right; the glyph that has the text begins a group."""
    unit, pen = run.size / units_per_em(run.font), 0.0
    firsts = [index for index, glyph in enumerate(run.glyphs) if glyph.text or index == 0]
    for first, end in zip(firsts, [*firsts[1:], len(run.glyphs)], strict=True):
        group = run.glyphs[first:end]
        parts = ((glyph.id, round((glyph.x - pen) / unit), round(-glyph.y / unit)) for glyph in group)
        advance = sum(glyph.advance for glyph in group)
        yield Placed(Cluster(tuple(parts), group[0].text), pen, advance)
        pen += advance


def embedded(face: Face, runs: Iterable[GlyphRun]) -> Embedded:
    """Build the font for all that runs of one face show; the same runs give the same bytes."""
    widths: dict[Cluster, int] = {}
    for run in runs:
        for placed in clusters(run):
            widths.setdefault(placed.cluster, round(placed.advance * 1000 / run.size))
    used = frozenset(part[0] for cluster in widths for part in cluster.components)
    file, first = _with_composites(subset(face, used), list(widths), list(widths.values()))
    return Embedded(file, {cluster: first + index for index, cluster in enumerate(widths)}, widths)


def _with_composites(font: bytes, added: Sequence[Cluster], widths: Sequence[int]) -> tuple[bytes, int]:
    """Append one composite glyph per cluster, and return the font and the number of the first."""
    from fontTools.ttLib import TTFont

    with TTFont(io.BytesIO(font), recalcTimestamp=False) as file:
        glyphs, metrics, order = file["glyf"], file["hmtx"], file.getGlyphOrder()
        scale, first = file["head"].unitsPerEm / 1000, len(order)
        names = [f"cluster{index}" for index in range(len(added))]
        for name, cluster, width in zip(names, added, widths, strict=True):
            glyphs[name] = _composite(cluster, order)
            metrics[name] = (max(0, round(width * scale)), _left(cluster, glyphs, order))
        file.setGlyphOrder([*order[:first], *names])
        target = io.BytesIO()
        file.save(target, reorderTables=False)
    return target.getvalue(), first


def _left(cluster: Cluster, glyphs: Any, order: Sequence[str]) -> int:
    """Return where the outline begins; a side bearing that differs from it would move the glyph."""
    outlined = ((glyphs[order[number]], x) for number, x, _ in cluster.components)
    return min((glyph.xMin + x for glyph, x in outlined if glyph.numberOfContours), default=0)


def _composite(cluster: Cluster, order: Sequence[str]) -> Any:
    from fontTools.ttLib.tables import _g_l_y_f as glyf

    glyph = glyf.Glyph()
    glyph.numberOfContours = -1
    glyph.components = []
    for number, x, y in cluster.components:
        part = glyf.GlyphComponent()
        part.glyphName, part.x, part.y = order[number], x, y
        part.flags = glyf.ROUND_XY_TO_GRID | glyf.UNSCALED_COMPONENT_OFFSET
        glyph.components.append(part)
    return glyph
