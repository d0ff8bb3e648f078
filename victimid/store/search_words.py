"""Words as they are compared: without case, accents, vowel marks and spellings that only look different.

What is indexed and what is looked for go through the same door, so a word is found however it is written. Scripts
that put no space between words are cut into single characters; a longer term is then a row of them.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

VERSION: Final = 2
"""Raised with every change here, so that the index of a vault is made again."""

_SHORTEST_BEGINNING: Final = 2
# Marks over letters, of Cyrillic, Hebrew and Arabic, and those that only choose how a character looks; those of other
# scripts are part of the word.
_MARKS: Final = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f"
    "\U000e0100-\U000e01ef]"
)
_UNSPACED: Final = re.compile(
    "[\u3005\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff]"
)
# Korean puts spaces, but one syllable of it may be a name.
_SYLLABLE: Final = re.compile("[\uac00-\ud7a3]")
_ONE_SPELLING: Final = {
    "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ħ": "h", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d",
    "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ے": "ي", "ک": "ك", "ڪ": "ك", "ة": "ه", "ہ": "ه", "ھ": "ه", "ە": "ه",
    "ۀ": "ه", "ۃ": "ه", "ء": "", "ـ": "",
}  # fmt: skip


def normalise(text: str) -> str:
    """Return the words of a text as they are compared, with single spaces in between."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    bare = _MARKS.sub("", unicodedata.normalize("NFKD", folded))
    return " ".join("".join(map(_compared, unicodedata.normalize("NFC", bare))).split())


def query(text: str, column: str) -> str:
    """Return what FTS5 is asked for so that all words are found, the last one also as a beginning; empty for none.

    Every word becomes a quoted phrase of letters and digits alone, so nothing typed is taken for syntax.
    """
    phrases = _phrases(text)
    asked = [_asked(phrase, last=number == len(phrases)) for number, phrase in enumerate(phrases, 1)]
    return f"{column} : ({' AND '.join(asked)})" if asked else ""


def worth_a_search(text: str) -> bool:
    """Tell whether there is enough to look for: two characters, or one that says a word or a syllable."""
    compared = normalise(text)
    return len(compared) >= _SHORTEST_BEGINNING or dense(compared)


def dense(text: str) -> bool:
    """Tell whether a text has characters that say a word or a syllable each."""
    return unspaced(text) or bool(_SYLLABLE.search(text))


def unspaced(text: str) -> bool:
    """Tell whether a text has characters of a script that puts no space between words."""
    return bool(_UNSPACED.search(text))


def locate(text: str, sought: str) -> tuple[int, int] | None:
    """Return where in a text one of the words looked for stands, as positions in the original; None if nowhere."""
    clusters = list(re.finditer(f"(?s).{_MARKS.pattern}*", text))
    forms = [_cluster(found.group()) for found in clusters]
    origin = [found for found, form in zip(clusters, forms, strict=True) for _ in form]
    compared = "".join(forms)
    for phrase in _phrases(sought):
        found = re.search(r"(?:^|(?<=\s))" + r"\s*".join(map(re.escape, phrase.split())), compared)
        if found is not None and found.group():
            return origin[found.start()].start(), origin[found.end() - 1].end()
    return None


def _phrases(text: str) -> list[str]:
    return [phrase for word in text.split() if (phrase := normalise(word))]


def _asked(phrase: str, *, last: bool) -> str:
    """Quote a phrase, with a star where it may also be the beginning of a longer word.

    One letter would begin nearly everything. Onto any Korean word particles are written.
    """
    ending = phrase.rpartition(" ")[2]
    begins = bool(_SYLLABLE.search(ending)) or (last and len(ending) >= _SHORTEST_BEGINNING)
    return f'"{phrase}"{"*" if begins else ""}'


@lru_cache(maxsize=4096)
def _compared(character: str) -> str:
    """Return the form of one character: nothing for what is invisible, a space for what is not of a word."""
    if _UNSPACED.match(character):
        return f" {character} "
    if character in _ONE_SPELLING:
        return _ONE_SPELLING[character]
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category == "Cf":
        return ""
    return character if category[0] in "LNM" and category != "Lm" else " "


@lru_cache(maxsize=4096)
def _cluster(characters: str) -> str:
    """Return the form of one character with its marks, keeping the space around it."""
    folded = unicodedata.normalize("NFKC", characters).casefold()
    bare = _MARKS.sub("", unicodedata.normalize("NFKD", folded))
    return "".join(map(_compared, unicodedata.normalize("NFC", bare)))
