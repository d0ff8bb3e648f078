"""The one door to gettext: catalogues by domain and language, with named fields and a safe fall-back."""

import gettext
import io
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from victimid import assets

Domain = Literal["victimid", "forms", "documents"]
Field = str | int
SOURCE_LANGUAGE = "en"


def N_(message: str) -> str:  # noqa: N802 - the name every gettext extractor knows
    """Mark a message for extraction; it is translated where it is shown."""
    return message


@dataclass(frozen=True, slots=True)
class Language:
    """A language as its speakers name it, with what is known about its translations."""

    tag: str
    own_name: str
    english_name: str
    right_to_left: bool
    reviewed: bool


class Words:
    """Translations of one domain into one language; named fields are filled in after translation."""

    def __init__(self, language: str, catalogue: gettext.NullTranslations) -> None:
        self.language = language
        self._catalogue = catalogue

    def gettext(self, message: str, /, **fields: Field) -> str:
        """Translate a message."""
        translated = self._catalogue.gettext(message) if message else ""
        return _fill(translated, message, fields)

    def pgettext(self, context: str, message: str, /, **fields: Field) -> str:
        """Translate a message that needs a context to be understood."""
        return _fill(self._catalogue.pgettext(context, message), message, fields)

    def ngettext(self, singular: str, plural: str, count: int, /, **fields: Field) -> str:
        """Translate a counted message; the field ``count`` is always there."""
        source = singular if count == 1 else plural
        translated = self._catalogue.ngettext(singular, plural, count)
        return _fill(translated, source, {"count": count, **fields})

    def translation(self, message: str) -> str | None:
        """Return the translation of a message without fields, or None where the catalogue has none."""
        if self.language == SOURCE_LANGUAGE:
            return message
        translated = self._catalogue.gettext(message) if message else message
        return None if translated == message else translated


def load(domain: Domain, language: str) -> Words:
    """Load one domain in one language; English needs no catalogue, an unknown language reads English."""
    folder = assets.folder("locales") / language / "LC_MESSAGES"
    return Words(language, _catalogue(folder / f"{domain}.po", folder / f"{domain}.mo"))


@cache
def languages() -> tuple[Language, ...]:
    """List the languages of the program in the order of need, from ``locales/languages.toml``."""
    table = tomllib.loads((assets.folder("locales") / "languages.toml").read_text("utf-8"))
    return tuple(Language(tag=tag, **entry) for tag, entry in table.items())


def language(tag: str) -> Language:
    """Return the language with this tag; a foreign form's own tag is named by itself."""
    for known in languages():
        if known.tag == tag:
            return known
    return Language(tag, tag, tag, right_to_left=False, reviewed=False)


def _catalogue(po: Path, mo: Path) -> gettext.NullTranslations:
    if mo.is_file() and not (po.is_file() and po.stat().st_mtime > mo.stat().st_mtime):
        return _read(mo, mo.stat().st_mtime)
    if po.is_file():
        return _read(po, po.stat().st_mtime)
    return gettext.NullTranslations()


@cache
def _read(path: Path, changed: float) -> gettext.GNUTranslations:
    """Read a file once for as long as it is not changed: to compile a source takes longer than to show a screen."""
    del changed
    return gettext.GNUTranslations(io.BytesIO(path.read_bytes() if path.suffix == ".mo" else compiled(path)))


def compiled(po: Path) -> bytes:
    """Compile a catalogue to the bytes of a ``.mo`` file."""
    target = io.BytesIO()
    with po.open("rb") as source:
        write_mo(target, read_po(source))
    return target.getvalue()


def _fill(translated: str, source: str, fields: Mapping[str, Field]) -> str:
    """Fill named fields; a translation whose fields do not fit gives way to the source text."""
    if not fields:
        return translated
    try:
        return translated.format_map(fields)
    except (KeyError, ValueError, IndexError, AttributeError):
        return source.format_map(_Unfilled(fields))


class _Unfilled(dict[str, Field]):
    """Fields of which one may be missing: then its name shows, rather than nothing at all."""

    def __missing__(self, name: str) -> str:
        return f"{{{name}}}"
