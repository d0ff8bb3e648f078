"""Phones, plates, handles, addresses and names in the one spelling in which they are compared across cases."""

import re
import unicodedata
from collections.abc import Callable
from typing import Final
from urllib.parse import parse_qs, urlsplit

from victimid.model.answer import Answer, Kind
from victimid.model.link import Identifier, LinkKind
from victimid.store import phones
from victimid.store.search_words import dense, normalise, unspaced

_SHORTEST: Final = 3
# Letters that plates of several countries share by their look.
_CYRILLIC_PLATE: Final = str.maketrans("АВЕКМНОРСТУХ", "ABEKMHOPCTYX")
_MAIL: Final = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;.]+")
_PAGES: Final = frozenset({"in", "user", "users", "u", "profile", "people", "channel", "add", "t", "c"})


def identifier(kind: LinkKind, text: str, country: str) -> Identifier | None:
    """Return what a text names, None if it is nothing of this kind; national phones are of this ISO country."""
    value = phones.phone(text, country) if kind is LinkKind.PHONE else _SPELLINGS[kind](text)
    return Identifier(kind, value) if value else None


def of_answer(answer: Answer, country: str) -> frozenset[Identifier]:
    """Return what an answer names by the kind its question asks for, and the phones in what the person said.

    What officers write themselves is full of the phones of services and colleagues; there they mark what matters.
    """
    if answer.kind is not Kind.STATEMENT and answer.link is None:
        return frozenset()
    # The value of a text is what was typed; that of a choice or a date is another than its words.
    typed = answer.value if answer.value == answer.officer_wording.answer else ""
    text = f"{answer.own_words}\n{typed}"
    found = {Identifier(LinkKind.PHONE, number) for number in phones.phones_in(text, country)}
    named = identifier(answer.link, typed, country) if answer.link and typed else None
    if named is not None:
        found.add(named)
    return frozenset(found)


def words_of(answer: Answer) -> str:
    """Return the free text of an answer, in which an officer marks things."""
    return f"{answer.own_words}\n{answer.value}"


def _plate(text: str) -> str:
    upper = unicodedata.normalize("NFKC", text).upper().translate(_CYRILLIC_PLATE)
    plain = normalise(upper).replace(" ", "").upper()
    return plain if len(plain) >= _SHORTEST else ""


def _mail(text: str) -> str:
    found = _MAIL.search(unicodedata.normalize("NFKC", text).casefold())
    if found is None:
        return ""
    name, _, host = found.group().rpartition("@")
    return f"{name.partition('+')[0]}@{host}"


def _handle(text: str) -> str:
    """Return the name of a profile, whatever the service; the same name elsewhere is worth a look."""
    plain = unicodedata.normalize("NFKC", text).strip().casefold()
    if "/" in plain:
        plain = _profile(plain)
    name = "".join(c for c in plain.strip("@ ") if c.isalnum() or c in "._-")
    return name if len(name) >= _SHORTEST else ""


def _profile(address: str) -> str:
    try:
        parts = urlsplit(address if "//" in address else f"//{address}")
    except ValueError:
        return ""
    number = parse_qs(parts.query).get("id", [""])[0]
    path = [part for part in parts.path.split("/") if part and part not in _PAGES]
    return number or (path[0] if path else "")


def _in_any_order(text: str) -> str:
    words = _in_order(text)
    return words if unspaced(words) else " ".join(sorted(words.split()))


def _in_order(text: str) -> str:
    words = normalise(text)
    return words if dense(words) or len(words) >= _SHORTEST else ""


_SPELLINGS: Final[dict[LinkKind, Callable[[str], str]]] = {
    LinkKind.PLATE: _plate,
    LinkKind.HANDLE: _handle,
    LinkKind.MAIL: _mail,
    LinkKind.ADDRESS: _in_any_order,
    LinkKind.PLACE: _in_order,
    LinkKind.NAME: _in_any_order,
}
