"""Regular expressions match what they match elsewhere."""

import re

import pytest

from victimid.forms.effort import Effort
from victimid.forms.patterns.automaton import compile_pattern

PATTERNS = [
    "abc",
    "^a.c$",
    "a|b|",
    "a*b+c?",
    "(ab)+c",
    "(?:x|y)z",
    "(?=a)ab",
    "^(?!0+$)[0-9]+$",
    "[a-f0-9]{2,4}$",
    "^[^a-c]+$",
    r"^\d{3}-\d{4}$",
    r"\bcat\b",
    r"\Bat",
    r"^\w+@\w+\.(com|org)$",
    r"^\s*$",
    r"\S\D\W",
    "a{2}",
    "a{,2}",
    "x{1,}?y",
    r"[\]\-\\]",
    "[-a]",
    "[a-]b",
    r"\t|\x41|\u0042",
    "^(a|ab)(c|bcd)(d*)$",
]
TEXTS = ["", "abc", "a", "ab", "aabbc", "ababc", "xz", "0012", "000", "12ab", "def", "123-4567", "a cat sat"]
TEXTS += [
    "concat",
    "me@you.com",
    "me@you.net",
    "   ",
    "a1 ",
    "aa",
    "]",
    "-",
    "\\",
    "-b",
    "\tA",
    "B",
    "abcd",
    "a{,2}",
    "xxy",
]


@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize("text", TEXTS)
def test_same_as_everywhere(pattern: str, text: str) -> None:
    expected = re.search(pattern.replace("a{,2}", r"a\{,2\}").replace("$", r"\Z"), text, re.ASCII) is not None
    assert compile_pattern(pattern).search(text, Effort()) is expected


def test_letters_of_all_scripts() -> None:
    assert compile_pattern(r"^\p{L}+$").search("Ñandú", Effort())
    assert compile_pattern(r"^[\p{Lu}']+$").search("É'", Effort())
    assert not compile_pattern(r"^\P{L}+$").search("é", Effort())
    assert compile_pattern("^(?<year>[0-9]{4})").search("2026", Effort())
