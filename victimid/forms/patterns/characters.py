"""Sets of characters: ranges, the shorthand classes, Unicode categories."""

import unicodedata
from dataclasses import dataclass
from typing import Final

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Characters:
    """Characters in some ranges, categories or inner sets, or all others."""

    ranges: tuple[Range, ...] = ()
    categories: tuple[str, ...] = ()
    inner: tuple["Characters", ...] = ()
    negated: bool = False

    def has(self, character: str) -> bool:
        """Tell whether the character belongs to the set."""
        code = ord(character)
        inside = (
            any(low <= code <= high for low, high in self.ranges)
            or any(each.has(character) for each in self.inner)
            or (bool(self.categories) and unicodedata.category(character).startswith(self.categories))
        )
        return inside is not self.negated

    def without(self) -> "Characters":
        """Return the complement."""
        return Characters(self.ranges, self.categories, self.inner, not self.negated)


def single(character: str) -> Characters:
    """Return the set of one character."""
    return Characters(((ord(character), ord(character)),))


DIGIT: Final = Characters(((48, 57),))
WORD: Final = Characters(((48, 57), (65, 90), (95, 95), (97, 122)))
SPACE: Final = Characters(((9, 13), (32, 32), (160, 160), (0x2028, 0x2029), (0xFEFF, 0xFEFF)), ("Zs",))
NOT_LINE_END: Final = Characters(((10, 10), (13, 13), (0x2028, 0x2029)), negated=True)
SHORTHANDS: Final = {
    "d": DIGIT,
    "D": DIGIT.without(),
    "w": WORD,
    "W": WORD.without(),
    "s": SPACE,
    "S": SPACE.without(),
}
CONTROLS: Final = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "v": "\v", "0": "\0"}
