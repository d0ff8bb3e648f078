"""The typefaces of documents: where they are, which one has a character, their HarfBuzz fonts."""

import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from victimid.errors import VictimIDError

if TYPE_CHECKING:
    import uharfbuzz

_LATIN, _ARABIC = "NotoSans[wdth,wght].ttf", "NotoSansArabic[wdth,wght].ttf"
_FAMILIES: Final = (_LATIN, _ARABIC)
_NOT_IN_PDF = (b"GDEF", b"GPOS", b"GSUB", b"STAT", b"cmap", b"gasp", b"name", b"post")
_REGULAR, _BOLD, _NORMAL_WIDTH = 400, 700, 100


@dataclass(frozen=True, slots=True)
class Face:
    """One typeface: the name of its font file (see ``font_path``) and its weight."""

    font: str
    bold: bool


def font_path(font: str) -> Path:
    """Return where a font file of the font packages lies."""
    import fontpkg_noto_sans
    import fontpkg_noto_sans_arabic

    package = fontpkg_noto_sans_arabic if font == _ARABIC else fontpkg_noto_sans
    return Path(package.ROOT) / "files" / font


def script_of(character: str) -> str:
    """Return the ISO 15924 code of a character's script; Zyyy and Zinh for shared characters."""
    from fontTools.unicodedata import script

    return str(script(character))


def face_for(character: str, script: str, *, bold: bool, current: Face | None = None) -> Face:
    """Choose the face that draws a character, staying with the current one for shared characters.

    Raises ``document.no_font`` where no face has the character: a document never shows an empty box.
    """
    families = (_ARABIC, _LATIN) if script == "Arab" else _FAMILIES
    shared = script_of(character) in {"Zyyy", "Zinh"}
    preferred = (current.font, *families) if current and shared else families
    for font in preferred:
        if _covers(font, character):
            return Face(font, bold)
    raise no_font(character)


def no_font(character: str) -> VictimIDError:
    """Name a character that cannot be drawn, by code point and script."""
    from fontTools.unicodedata import script_name

    return VictimIDError(
        "document.no_font", character=f"U+{ord(character):04X}", script=script_name(script_of(character))
    )


@cache
def hb_face(font: str) -> "uharfbuzz.Face":
    """Return a font file as HarfBuzz sees it, all weights in one."""
    import uharfbuzz

    return uharfbuzz.Face(uharfbuzz.Blob(font_path(font).read_bytes()))


@cache
def hb_font(face: Face) -> "uharfbuzz.Font":
    """Return the HarfBuzz font of one face; it measures in font units."""
    import uharfbuzz

    font = uharfbuzz.Font(hb_face(face.font))
    font.set_variations({"wght": weight(face)})
    return font


@cache
def units_per_em(font: str) -> int:
    """Return how many font units make one em."""
    return int(hb_face(font).upem)


def weight(face: Face) -> int:
    """Return the value of a face on the weight axis."""
    return _BOLD if face.bold else _REGULAR


def subset(face: Face, glyphs: frozenset[int] | None = None) -> bytes:
    """Return a static TrueType font with the glyph numbers kept: the glyphs named, or all for painting."""
    import uharfbuzz

    chosen = uharfbuzz.SubsetInput()
    if glyphs is None:
        chosen.keep_everything()
    else:
        chosen.glyph_set.set(glyphs)
        chosen.flags = uharfbuzz.SubsetFlags.NO_LAYOUT_CLOSURE | uharfbuzz.SubsetFlags.NO_HINTING
        chosen.drop_table_tag_set.update(int.from_bytes(tag) for tag in _NOT_IN_PDF)
    chosen.flags |= uharfbuzz.SubsetFlags.RETAIN_GIDS
    source = hb_face(face.font)
    chosen.pin_axis_location(source, "wght", weight(face))
    chosen.pin_axis_location(source, "wdth", _NORMAL_WIDTH)
    return bytes(chosen.subset(source).blob.data)


@cache
def _characters(font: str) -> frozenset[int]:
    return frozenset(hb_face(font).unicodes)


def _covers(font: str, character: str) -> bool:
    """Tell whether a font has a character, or all the parts it is composed of."""
    known = _characters(font)
    return ord(character) in known or all(ord(c) in known for c in unicodedata.normalize("NFD", character))
