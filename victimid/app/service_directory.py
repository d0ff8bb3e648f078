"""The directory of protection services as an agency writes it: TOML with exactly these fields."""

import re
import tomllib
from collections.abc import Mapping
from datetime import date
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
_REQUIRED: Final = (*_TEXTS, *_LISTS)


def read(text: str) -> tuple[Service, ...]:
    """Return the services of a directory in its own order.

    Raises content.not_services where the file as a whole is none, and content.bad_services with the number of the
    entry, counted from 1, and its field.
    """
    services: dict[str, Service] = {}
    for number, fields in enumerate(_entries(text), 1):
        service = _Entry(number, fields).service()
        if service.id in services:
            raise VictimIDError("content.bad_services", entry=number, field="id")
        services[service.id] = service
    return tuple(services.values())


def _entries(text: str) -> list[Mapping[str, object]]:
    """Return the tables of a file that holds nothing else."""
    try:
        table = tomllib.loads(text.removeprefix("\ufeff")) if len(text) <= _MOST_CHARACTERS else {}
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


class _Entry:
    """One entry; a field that is missing, foreign or not as it must be is refused by its name."""

    def __init__(self, number: int, fields: Mapping[str, object]) -> None:
        self._number = number
        self._fields = fields
        foreign = (name for name in fields if name not in (*_REQUIRED, "example"))
        missing = (name for name in _REQUIRED if name not in fields)
        for name in (*missing, *foreign):
            self._require(name, fits=False)

    def service(self) -> Service:
        """Return what the entry says."""
        example = self._fields.get("example", False)
        self._require("example", fits=isinstance(example, bool))
        service = Service(
            **{name: self._text(name, pattern) for name, pattern in _TEXTS.items()},
            serves=self._texts("serves"),
            helps=self._texts("helps"),
            languages=self._texts("languages"),
            example=example is True,
        )
        self._require("confirmed_on", fits=not service.confirmed_on or _is_day(service.confirmed_on))
        self._require("confirmed_by", fits=bool(service.confirmed_by.strip()) == bool(service.confirmed_on))
        return service

    def _text(self, name: str, pattern: str) -> str:
        value = self._fields[name]
        self._require(name, fits=_matches(value, pattern))
        return str(value)

    def _texts(self, name: str) -> tuple[str, ...]:
        """Return different texts."""
        values = self._fields[name]
        texts = tuple(each for each in values if _matches(each, _LISTS[name])) if isinstance(values, list) else ()
        same = isinstance(values, list) and len(set(texts)) == len(values) <= _MOST_VALUES
        self._require(name, fits=same)
        return texts

    def _require(self, name: str, *, fits: bool) -> None:
        if not fits:
            raise VictimIDError("content.bad_services", entry=self._number, field=name[:_MOST_NAME])


def _matches(value: object, pattern: str) -> bool:
    return isinstance(value, str) and re.fullmatch(pattern, value) is not None


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
