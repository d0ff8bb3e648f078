"""Shaping: from the characters of a run to placed glyphs, by HarfBuzz."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from victimid.documents.fonts import Face, hb_font, no_font, units_per_em

_NOTDEF = 0


@dataclass(frozen=True, slots=True)
class ShapedGlyph:
    """A glyph in ems: where it stands, how far it moves the pen, and the characters it stands for.

    ``cluster`` is the position of the first of these characters; where several glyphs share them, the
    leftmost has the text.
    """

    id: int
    x: float
    y: float
    advance: float
    cluster: int
    text: str


def shape(text: str, face: Face, script: str, language: str, *, rtl: bool) -> tuple[ShapedGlyph, ...]:
    """Shape one run; glyphs come from left to right, y grows upwards, clusters index ``text``.

    Raises ``document.no_font`` where the font, after all, has no glyph.
    """
    import uharfbuzz

    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.direction = "rtl" if rtl else "ltr"
    buffer.script, buffer.language = script, language
    buffer.flags = uharfbuzz.BufferFlags.BOT | uharfbuzz.BufferFlags.EOT
    buffer.cluster_level = uharfbuzz.BufferClusterLevel.MONOTONE_CHARACTERS
    uharfbuzz.shape(hb_font(face), buffer)
    infos = buffer.glyph_infos
    texts = _texts(text, (info.cluster for info in infos))
    em, pen, glyphs = 1 / units_per_em(face.font), 0, []
    for info, at in zip(infos, buffer.glyph_positions, strict=True):
        _refuse_missing(info, text)
        x, y = (pen + at.x_offset) * em, at.y_offset * em
        said = texts.pop(info.cluster, "")
        glyphs.append(ShapedGlyph(info.codepoint, x, y, at.x_advance * em, info.cluster, said))
        pen += at.x_advance
    return tuple(glyphs)


def _texts(text: str, clusters: Iterable[int]) -> dict[int, str]:
    """Map each cluster to the characters it stands for."""
    starts = [*sorted(set(clusters)), len(text)]
    return {start: text[start:end] for start, end in pairwise(starts)}


def _refuse_missing(info: Any, text: str) -> None:
    if info.codepoint == _NOTDEF:
        raise no_font(text[info.cluster])
