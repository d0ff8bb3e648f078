"""Passphrases: an honest estimate of how hard one is to guess, and one-time passphrases for documents."""

import math
import re
import secrets
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from victimid.errors import VictimIDError
from victimid.model.case import REFERENCE_ALPHABET

# At 256 MiB a GPU tries some 1,200 passphrases a second: 50 bits keep it busy for about 15,000 years.
_ENOUGH, _GOOD, _STRONG = 50, 60, 75
_COMMON_BITS, _NAME_BITS, _YEAR_BITS, _DATE_BITS, _REPEAT_BITS, _SEQUENCE_BITS = 6.0, 2.0, 7.0, 15.0, 3.0, 6.0
# A letter of a word is worth about as much as one of a word drawn from a list of 8,000.
_LETTER_BITS, _LATER_LETTER_BITS, _LETTERS_AT_FULL = 2.5, 2.0, 8
_IDEOGRAPH_BITS, _SEPARATOR_BITS = 7.0, 1.0
_LETTERS, _DIGITS, _MARKS = 26, 10, 20
_SHORTEST_WORD, _SHORTEST_RUN, _LOOKED_AT = 4, 3, 100
_FIRST_IDEOGRAPH: Final = "\u3000"
_GROUPS, _GROUP_LENGTH = 5, 4

_COMMON_WORDS: Final = """
    admin administrator agent amor amour azerty baseball battery bienvenido bonjour border casa chocolate claro
    computer contrasena control correct dragon ecuador estrella familia flower football france frontera frontiere
    futbol gmail hello hola horse hotmail iloveyou jesus laptop letmein liverpool login london love madrid
    manchester maria master mexico migracion monkey motdepasse mucho naruto office officer oficial outlook paris
    parola passe passphrase password patrol pokemon police policia princess princesa quiero qwerty qwertz secret
    secreta secreto segredo senha service shadow soleil spring staple starwars summer sunshine superman teamo
    temporal test unknown user usuario victimid welcome winter yahoo пароль привет любовь россия украина
"""
_COMMON: Final = frozenset(_COMMON_WORDS.split())
_ROWS: Final = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "azertyuiop",
    "qsdfghjklm",
    "qwertzuiop",
    *("qaz", "wsx", "edc", "rfv", "tgb", "yhn", "ujm"),
    "!@#$%^&*()",
    "абвгдежзиклмнопрстуфхцчшщъыьэюя",
    *("ицукенгшщзхъ", "фывапролджэ", "ячсмитьбю"),
    *("ضصثقفغعهخحجد", "شسيبلاتنمكط"),
)
_LOOK_ALIKES: Final = str.maketrans("@4301$57", "aaeoisst")
_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}")
_SEPARATED: Final = r"[-./ ]?"
_DATE: Final = re.compile(
    rf"[0-3]?[0-9]{_SEPARATED}[0-3]?[0-9]{_SEPARATED}{_YEAR.pattern}"
    rf"|{_YEAR.pattern}{_SEPARATED}[01]?[0-9]{_SEPARATED}[0-3]?[0-9]"
    r"|[0-3]?[0-9]([-./])[0-3]?[0-9]\1[0-9]{2}"
)


class Level(StrEnum):
    """Strength in words for a screen; what is weak is not accepted."""

    WEAK = "weak"
    FAIR = "fair"
    GOOD = "good"
    STRONG = "strong"


@dataclass(frozen=True, slots=True)
class Strength:
    """How hard a passphrase is to guess, in bits, rounded down."""

    bits: int
    level: Level

    @property
    def enough(self) -> bool:
        """Whether a vault may be made with it."""
        return self.level is not Level.WEAK


def strength(text: str, name: str = "") -> Strength:
    """Estimate a passphrase piece by piece: known words, the officer's name, dates, runs, then words and signs."""
    names = tuple(part for part in re.split(r"\W+", _plain(name)) if len(part) >= _SHORTEST_RUN)
    looked_at = unicodedata.normalize("NFC", text)[:_LOOKED_AT]
    plain = _plain(looked_at)
    bits, start = 0.0, 0
    while start < len(plain):
        length, worth = _piece(plain, start, names)
        capitals = sum(c.isupper() for c in looked_at[start : start + length])
        bits += worth + min(capitals, 2)
        start += length
    return Strength(int(bits), _level(bits))


def require_enough(text: str, name: str = "") -> None:
    """Raise ``passphrase.too_weak`` with the bits found and the bits wanted."""
    found = strength(text, name)
    if not found.enough:
        raise VictimIDError("passphrase.too_weak", bits=found.bits, wanted=_ENOUGH)


def one_time() -> str:
    """Draw a passphrase of 94 bits to be read aloud: five groups without vowels and look-alikes."""
    groups = ("".join(secrets.choice(REFERENCE_ALPHABET) for _ in range(_GROUP_LENGTH)) for _ in range(_GROUPS))
    return "-".join(groups)


def _level(bits: float) -> Level:
    if bits < _ENOUGH:
        return Level.WEAK
    if bits < _GOOD:
        return Level.FAIR
    return Level.GOOD if bits < _STRONG else Level.STRONG


def _plain(text: str) -> str:
    """Return lower case without accents, one character for each."""
    return "".join(unicodedata.normalize("NFKD", c)[:1].lower()[:1] for c in text)


def _piece(plain: str, start: int, names: tuple[str, ...]) -> tuple[int, float]:
    """Return length and worth in bits of the piece that begins here, the cheapest reading first."""
    cheap = _guessable(plain, start, names)
    if cheap:
        return cheap
    letters = 0
    while _is_letter(plain, start + letters) and not (letters and _guessable(plain, start + letters, names)):
        letters += 1
    if letters >= _SHORTEST_WORD:
        full = min(letters, _LETTERS_AT_FULL)
        return letters, full * _LETTER_BITS + (letters - full) * _LATER_LETTER_BITS
    return 1, _sign_worth(plain[start], plain[:start])


def _guessable(plain: str, start: int, names: tuple[str, ...]) -> tuple[int, float] | None:
    """Return length and worth of what a guesser tries first: names, common words, repeats, runs, dates, years."""
    rest = plain[start:]
    for length, worth in (
        (_known(rest, names), _NAME_BITS),
        (_known(rest.translate(_LOOK_ALIKES), _COMMON), _COMMON_BITS),
        (_repeated(plain, start), _REPEAT_BITS),
        (_sequence(rest), _SEQUENCE_BITS),
        (_two_sequences(rest), 2 * _SEQUENCE_BITS),
    ):
        if length:
            return length, worth + math.log2(length) / 2
    if date := _DATE.match(rest):
        return len(date[0]), _DATE_BITS
    return (4, _YEAR_BITS) if _YEAR.match(rest) else None


def _known(rest: str, words: Iterable[str]) -> int:
    return max((len(word) for word in words if rest.startswith(word)), default=0)


def _repeated(plain: str, start: int) -> int:
    """Return how much from here on has stood before: a run of one character, or a piece said twice."""
    length = 0
    while start + length < len(plain) and plain[start : start + length + 1] in plain[: start + length]:
        length += 1
    return length if length >= _SHORTEST_RUN else 0


def _sequence(rest: str) -> int:
    """Return the length of a run along the alphabet, the digits or a keyboard row, in either direction."""
    longest = 0
    for row in _ROWS:
        for direction in (row, row[::-1]):
            at = direction.find(rest[0])
            length = 0
            while at >= 0 and rest[length : length + 1] == direction[at + length : at + length + 1] != "":
                length += 1
            longest = max(longest, length)
    return longest if longest >= _SHORTEST_RUN else 0


def _two_sequences(rest: str) -> int:
    """Return the length of two runs signs of which take turns, or of one with the same sign in between."""
    one, other = rest[::2], rest[1::2]
    same = len(other) - len(other.lstrip(other[:1]))
    length = min(_sequence(one), max(_sequence(other) if other else 0, same))
    return 2 * length if length >= _SHORTEST_RUN else 0


def _is_letter(plain: str, at: int) -> bool:
    return at < len(plain) and plain[at].isalpha() and plain[at] < _FIRST_IDEOGRAPH


def _sign_worth(sign: str, before: str) -> float:
    if sign >= _FIRST_IDEOGRAPH:
        return _IDEOGRAPH_BITS
    if sign.isdigit():
        return math.log2(_DIGITS)
    if sign.isalpha():
        return math.log2(_LETTERS)
    separates = sign.isspace() or sign == "-" or sign in before
    return _SEPARATOR_BITS if separates else math.log2(_MARKS)
