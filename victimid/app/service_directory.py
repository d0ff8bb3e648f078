"""The directory of protection services as an agency writes it: TOML with exactly these fields."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Final

from victimid.errors import VictimIDError
from victimid.model.referral import Service

SERVES: Final = ("women", "men", "families", "children")
HELPS: Final = ("shelter", "medical", "psychological", "legal", "return", "interpreter")

_MOST_CHARACTERS: Final = 1024 * 1024
_MOST_SERVICES: Final = 2_000
_MOST_VALUES: Final = 100
_MOST_NAME: Final = 40
_LINE: Final = r"[^\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]{0,200}"
"""One line of text that cannot turn the writing around it."""
_TEXTS: Final = {
    "id": r"[a-z0-9][a-z0-9-]{0,63}",
    "name": rf"(?=.*\S){_LINE}",
    "place": _LINE,
    "country": r"[A-Z]{2}",
    "contact": _LINE,
    "hours": _LINE,
    "confirmed_on": r"([0-9]{4}-[0-9]{2}-[0-9]{2})?",
    "confirmed_by": _LINE,
}
_LISTS: Final = {
    "serves": "|".join(SERVES),
    "helps": "|".join(HELPS),
    "languages": r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}",
}
_QUOTED: Final = re.compile(
    r""""{3}(?:\\.|[^\\])*?(?:"{3,5}|\Z)|'{3}.*?(?:'{3,5}|\Z)|"(?:\\.|[^"\\\n])*"?|'[^'\n]*'?|#[^\n]*""", re.DOTALL
)
"""Strings and comments, those that never end included."""

_Entry = Mapping[str, object]


@lru_cache(maxsize=2)
def read(text: str) -> tuple[Service, ...]:
    """Return the services of a directory in its own order; the last two are remembered, as nothing changes them.

    Every preview of a referral asks for its service, and two thousand of them take a quarter of a second to read.

    Raises content.not_services where the file as a whole is none, and content.bad_services with the number of the
    entry, counted from 1, and its field.
    """
    services: dict[str, Service] = {}
    for number, entry in enumerate(_entries(text), 1):
        for wrong in _wrong_fields(entry):
            raise _refused(number, wrong)
        service = _service(entry)
        if service.id in services:
            raise _refused(number, "id")
        services[service.id] = service
    return tuple(services.values())


def _entries(text: str) -> list[_Entry]:
    """Return the tables of a file that holds nothing else.

    Keys within keys, which no directory needs, are refused first: a few thousand would keep tomllib busy for minutes.
    """
    plain = len(text) <= _MOST_CHARACTERS and "." not in _QUOTED.sub("", text)
    try:
        table = tomllib.loads(text) if plain else {}
    except (ValueError, RecursionError):
        table = {}
    entries = table.get("service") if set(table) == {"service"} else None
    if (
        not isinstance(entries, list)
        or not 0 < len(entries) <= _MOST_SERVICES
        or not all(isinstance(entry, dict) for entry in entries)
    ):
        raise VictimIDError("content.not_services")
    return entries


def _wrong_fields(entry: _Entry) -> Iterator[str]:
    """Yield the fields that are missing, not as they must be, or foreign."""
    yield from (name for name, pattern in _TEXTS.items() if not _matches(entry.get(name), pattern))
    yield from (name for name, pattern in _LISTS.items() if not _all_match(entry.get(name), pattern))
    if not _is_day(entry["confirmed_on"]):
        yield "confirmed_on"
    if bool(entry["confirmed_by"]) != bool(entry["confirmed_on"]):
        yield "confirmed_by"
    if not isinstance(entry.get("example", False), bool):
        yield "example"
    yield from (name for name in entry if name not in {*_TEXTS, *_LISTS, "example"})


def _refused(number: int, name: str) -> VictimIDError:
    return VictimIDError("content.bad_services", entry=number, field=name[:_MOST_NAME])


def _service(entry: _Entry) -> Service:
    values = {name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()}
    return Service(**{"example": False, **values})  # type: ignore[arg-type]  # every field was checked


def _matches(value: object, pattern: str) -> bool:
    return isinstance(value, str) and re.fullmatch(pattern, value) is not None


def _all_match(values: object, pattern: str) -> bool:
    """Tell whether these are texts that match, each once."""
    if not isinstance(values, list) or len(values) > _MOST_VALUES:
        return False
    return all(_matches(value, pattern) for value in values) and len(set(values)) == len(values)


def _is_day(text: object) -> bool:
    """Tell whether a text is blank or a day that exists."""
    try:
        return text == "" or date.fromisoformat(str(text)) is not None
    except ValueError:
        return False
