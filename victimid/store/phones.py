"""The one door to phonenumbers: phone numbers in one spelling, alone or in a text."""

import phonenumbers
from phonenumbers import Leniency, NumberParseException, PhoneNumber, PhoneNumberFormat, PhoneNumberMatcher

_FEWEST_DIGITS = 6


def phone(text: str, country: str) -> str:
    """Return a number typed for itself as E.164, national ones read in this ISO country; blank if it is none."""
    try:
        number = phonenumbers.parse(text, country or None)
    except NumberParseException:
        return ""
    return _written(number) if phonenumbers.is_possible_number(number) else ""


def phones_in(text: str, country: str) -> frozenset[str]:
    """Return the numbers that stand in a text as E.164; dates, sums and other digits are left out."""
    if sum(map(str.isdecimal, text)) < _FEWEST_DIGITS:
        return frozenset()
    matches = PhoneNumberMatcher(text, country or None, leniency=Leniency.VALID)
    return frozenset(_written(match.number) for match in matches)


def _written(number: PhoneNumber) -> str:
    return str(phonenumbers.format_number(number, PhoneNumberFormat.E164))
