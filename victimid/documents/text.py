"""Text as people typed it, made ready for setting: paragraphs without control characters."""

import re
import unicodedata
from typing import Final

NON_JOINER, JOINER = "\u200c", "\u200d"
DIRECTION_MARKS: Final = frozenset("\u200e\u200f\u061c\u2066\u2067\u2068\u2069")

_LINE_ENDS = re.compile("\r\n|[\n\v\f\r\x85\u2028\u2029]")
_NO_BREAK_SPACES = frozenset("\u00a0\u202f")
_VARIATION_SELECTORS = re.compile("[\u034f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
# Format characters with a shape of their own, such as the Arabic sign over a number.
_DRAWN_FORMATS = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u08e2")
_KEPT_FORMATS = DIRECTION_MARKS | _DRAWN_FORMATS | {NON_JOINER, JOINER}


def paragraphs(text: str) -> tuple[str, ...]:
    """Split at line ends and clean each paragraph; paragraphs with nothing to see are left out."""
    cleaned = (_cleaned(part) for part in _LINE_ENDS.split(text))
    return tuple(part for part in cleaned if not DIRECTION_MARKS.issuperset(part.replace(" ", "")))


def is_mark(character: str) -> bool:
    """Tell whether a character attaches to the one before it."""
    return unicodedata.category(character)[0] == "M"


def _cleaned(paragraph: str) -> str:
    """Compose characters, level out spaces, drop controls, embeddings and overrides."""
    composed = unicodedata.normalize("NFC", _VARIATION_SELECTORS.sub("", paragraph))
    return "".join(_kept(character) for character in composed).strip()


def _kept(character: str) -> str:
    category = unicodedata.category(character)
    if character == "\t" or (category == "Zs" and character not in _NO_BREAK_SPACES):
        return " "
    if category == "Cc" or (category == "Cf" and character not in _KEPT_FORMATS):
        return ""
    return character
