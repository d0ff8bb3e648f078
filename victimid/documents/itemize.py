"""Paragraphs cut into runs of one direction, script and face."""

from collections.abc import Iterator
from dataclasses import dataclass

from victimid.documents import bidi
from victimid.documents.fonts import Face, face_for, script_of
from victimid.documents.text import DIRECTION_MARKS, JOINER, NON_JOINER, is_mark

MOST_STACKED_MARKS = 5
"""More marks than this on one letter start a new run, so that they cannot climb over other lines."""

_SHARED = ("Zyyy", "Zinh", "Zzzz")


@dataclass(frozen=True, slots=True)
class Run:
    """Characters ``start`` to ``end`` of a paragraph, all of one embedding level, script and face."""

    start: int
    end: int
    level: int
    script: str
    face: Face

    @property
    def rtl(self) -> bool:
        """Whether the run is read from right to left."""
        return self.level % 2 == 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text to draw, without direction marks, and its runs in logical order."""

    text: str
    runs: tuple[Run, ...]


def paragraph(text: str, *, rtl: bool, bold: bool) -> Paragraph:
    """Cut a cleaned paragraph into runs; ``rtl`` is the direction of text without a strong character.

    Raises ``document.no_font`` for a character that no face has.
    """
    levels = bidi.levels(text, bidi.base_level(text, int(rtl)))
    drawn = [position for position, character in enumerate(text) if character not in DIRECTION_MARKS]
    visible = "".join(text[position] for position in drawn)
    runs = _runs(visible, [levels[position] for position in drawn], bold=bold)
    return Paragraph(visible, tuple(runs))


def grapheme_starts(text: str) -> list[bool]:
    """Tell for each character whether the text may be cut before it without tearing a letter apart."""
    starts, marks = [], 0
    for position, character in enumerate(text):
        marks = marks + 1 if is_mark(character) else 0
        joined = character in (JOINER, NON_JOINER) or text[position - 1 : position] == JOINER
        starts.append(marks > MOST_STACKED_MARKS or not (marks or joined))
        if marks > MOST_STACKED_MARKS:
            marks = 1
    return starts


def _runs(text: str, levels: list[int], *, bold: bool) -> Iterator[Run]:
    """Yield a run wherever level, script or face change, or marks pile up."""
    starts = grapheme_starts(text)
    begin, before = 0, None
    for position, (script, face) in enumerate(_faces(text, bold=bold)):
        now = (levels[position], script, face)
        piled_up = starts[position] and is_mark(text[position])
        if before is not None and (now != before or piled_up):
            yield Run(begin, position, *before)
            begin = position
        before = now
    if before is not None:
        yield Run(begin, len(text), *before)


def _faces(text: str, *, bold: bool) -> Iterator[tuple[str, Face]]:
    """Yield script and face of each character; shared characters take the script before them."""
    scripts = [script_of(character) for character in text]
    script = next((known for known in scripts if known not in _SHARED), "Latn")
    face: Face | None = None
    for character, own in zip(text, scripts, strict=True):
        script = script if own in _SHARED else own
        if face is None or character not in (JOINER, NON_JOINER):
            face = face_for(character, script, bold=bold, current=face)
        yield script, face
