"""The one door to phonenumbers: phone numbers in one spelling, alone or in a text."""

import re
from typing import Final

import phonenumbers
from phonenumbers import Leniency, NumberParseException, PhoneNumber, PhoneNumberFormat, PhoneNumberMatcher

_FEWEST_DIGITS: Final = 6
_MOST: Final = 2000
# No number goes on after nine digits with nine more. The library would take up to twenty such runs for one number
# first, and all but the first of them again for the next.
_BETWEEN_TWO: Final = re.compile(r"(?<=\d{9})(?=[\s/.-]{1,3}\+?\d{9})")


def phone(text: str, country: str) -> str:
    """Return a number typed for itself as E.164, national ones read in this ISO country; blank if it is none."""
    try:
        number = phonenumbers.parse(text, country or None)
    except NumberParseException:
        return ""
    return _written(number) if phonenumbers.is_possible_number(number) else ""


def phones_in(text: str, country: str) -> frozenset[str]:
    """Return the numbers that stand in a text as E.164; dates, sums and other digits are left out.

    Of more than two thousand different ones the first are taken, which takes a quarter of a second: that is a list.
    """
    if sum(map(str.isdecimal, text)) < _FEWEST_DIGITS:
        return frozenset()
    found: set[str] = set()
    for match in PhoneNumberMatcher(_BETWEEN_TWO.sub("\n", text), country or None, leniency=Leniency.VALID):
        found.add(_written(match.number))
        if len(found) == _MOST:
            break
    return frozenset(found)


def _written(number: PhoneNumber) -> str:
    return str(phonenumbers.format_number(number, PhoneNumberFormat.E164))
