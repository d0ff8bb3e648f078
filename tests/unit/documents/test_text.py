"""Cleaning of typed text before it is set."""

import pytest

from victimid.documents.text import paragraphs


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", ()),
        (" \n\t\n", ()),
        ("one\r\ntwo\n\nthree\u2028four", ("one", "two", "three", "four")),
        ("a\x00b\x07c\ufeff\u00add", ("abcd",)),
        ("\u202egnp.exe\u202c", ("gnp.exe",)),
        ("\u202aa\u202bb\u202dc", ("abc",)),
        ("10\u00a0000\tkm\u3000x", ("10\u00a0000 km x",)),
        ("e\u0301", ("\u00e9",)),
        ("\u2068\u2069", ()),
        ("\u2068a\u2069", ("\u2068a\u2069",)),
        ("می\u200cخواهم", ("می\u200cخواهم",)),
        ("&amp; <b> {x} %s", ("&amp; <b> {x} %s",)),
    ],
)
def test_what_is_kept(typed: str, expected: tuple[str, ...]) -> None:
    assert paragraphs(typed) == expected
