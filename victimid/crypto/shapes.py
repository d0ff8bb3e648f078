"""The exact shapes of what small files hold: whoever can write to them can put anything there.

Text from them is printed and compared and goes into commands, so nothing is taken that the program would not write.
Whatever does not fit raises `TypeError` or `ValueError`.
"""

import re
from collections.abc import Container
from dataclasses import fields
from typing import Any, Final

from victimid.crypto.kdf import Cost
from victimid.crypto.stored import as_bytes, as_text

_LARGEST: Final = 2**53
_HEX_DIGITS: Final = frozenset("0123456789abcdef")
_RECIPIENT: Final = re.compile(r"age1[0-9a-z]{1,2000}")


def hex_digits(value: object, *lengths: int) -> str:
    """Return lower-case hexadecimal digits of one of these lengths."""
    text = as_text(value)
    if len(text) not in lengths or not _HEX_DIGITS.issuperset(text):
        raise ValueError
    return text


def bytes_of(value: object, sizes: Container[int]) -> bytes:
    """Return bytes of one of these sizes, written in base64."""
    content = as_bytes(value)
    if len(content) not in sizes:
        raise ValueError
    return content


def number(value: object) -> int:
    """Return a whole number that every reader of JSON and SQLite have room for."""
    if type(value) is not int:
        raise TypeError
    if abs(value) >= _LARGEST:
        raise ValueError
    return value


def count(value: object) -> int:
    """Return such a number that is not negative."""
    if (counted := number(value)) < 0:
        raise ValueError
    return counted


def cost(stored: Any) -> Cost:
    """Return a cost, which may be out of range."""
    return Cost(*(number(stored[field.name]) for field in fields(Cost)))


def recipient(value: object) -> str:
    """Return what has the letters of an age recipient; whether it is one shows when it is used."""
    text = as_text(value)
    if not _RECIPIENT.fullmatch(text):
        raise ValueError
    return text
