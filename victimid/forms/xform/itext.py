"""Translated texts: read per language, and compiled for the node that shows them."""

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final, NamedTuple

from victimid.forms import limits
from victimid.forms.definition import VIEW, Definition
from victimid.forms.safexml import Element, child, local
from victimid.forms.wording import MEDIA, Wording, Words, file_name
from victimid.forms.xform.draft import Draft
from victimid.forms.xpath.code import Text, as_text

_LITERAL: Final = re.compile(r"""\s*jr:itext\(\s*(?P<quote>['"])(?P<id>[^'"]*)(?P=quote)\s*\)\s*""")


class Quote(NamedTuple):
    """An answer that a text quotes, by the expression that gives it."""

    source: str


_Parts = str | tuple[str | Quote, ...]
_Forms = dict[str, _Parts]


@dataclass(frozen=True, slots=True)
class Itext:
    """The translations of a form as they stand in it; ``quoting`` are the texts that quote answers."""

    languages: tuple[str, ...]
    default: str
    table: dict[str, dict[str, _Forms]]
    quoting: AbstractSet[str]

    def plain(self) -> dict[str, dict[str, str]]:
        """Return the default form of every text in every language, without quoted answers."""
        return {
            language: {text_id: _literal(forms[""]) for text_id, forms in texts.items() if "" in forms}
            for language, texts in self.table.items()
        }

    def media(self) -> dict[str, dict[str, dict[str, str]]]:
        """Return the names of the files of every text that has any, by language, text and form."""
        return {
            language: {
                text_id: {form: file_name(name) for form in MEDIA if (name := _name(forms.get(form, "")))}
                for text_id, forms in texts.items()
                if (len(forms) > 1 or "" not in forms) and not forms.keys().isdisjoint(MEDIA)
            }
            for language, texts in self.table.items()
        }


def read(model: Element) -> Itext:
    """Read the translations of a form; a form without any has one language called ``default``."""
    element = child(model, "itext")
    translations = [] if element is None else [each for each in element if local(each) == "translation"]
    table: dict[str, dict[str, _Forms]] = {}
    quoting: set[str] = set()
    default = ""
    for translation in translations:
        language = translation.get("lang", "")
        if translation.get("default") is not None and not default:
            default = language
        texts = table.setdefault(language, {})
        for text in translation:
            text_id = text.get("id", "")
            forms = texts[text_id] = {}
            for value in reversed(text):
                parts = forms[value.get("form", "")] = _parts(value)
                if not isinstance(parts, str):
                    quoting.add(text_id)
    limits.require(limits.LANGUAGES, len(table), "languages")
    languages = tuple(table) or ("default",)
    return Itext(languages, default or languages[0], table, quoting)


def _name(parts: _Parts) -> str:
    """Return a form of a text that is a plain name; one that quotes answers would name another file each time."""
    return parts if isinstance(parts, str) else ""


def _literal(parts: _Parts) -> str:
    return parts if isinstance(parts, str) else "".join([part for part in parts if isinstance(part, str)])


def _parts(element: Element) -> _Parts:
    """Read a text: as it stands, or in parts where it quotes answers."""
    text = element.text or ""
    limits.require(limits.CELL_CHARACTERS, len(text), "text")
    if not len(element):
        return text
    parts: list[str | Quote] = [text]
    for each in element:
        if local(each) == "output":
            parts.append(Quote(each.get("value") or each.get("ref") or "''"))
        parts.append(each.tail or "")
    kept = tuple([part for part in parts if part])
    return kept if any(isinstance(part, Quote) for part in kept) else _literal(kept)


def words(draft: Draft, parts: _Parts, home: Definition, place: str, what: int = VIEW) -> Words:
    """Compile a text with the answers it quotes; ``what`` they make to be worked out again."""
    if isinstance(parts, str):
        return Words((parts,))
    compiled: list[str | Text] = []
    for part in parts:
        if isinstance(part, str):
            compiled.append(part)
            continue
        quoted = draft.compile(part.source, home, what, place)
        if quoted is not None:
            compiled.append(as_text(quoted.code))
    return Words(tuple(compiled))


def wording(draft: Draft, itext: Itext, element: Element, home: Definition, place: str, what: int = VIEW) -> Wording:
    """Compile a label or hint: inline, or by its reference."""
    reference = element.get("ref")
    if reference is None:
        return Wording(plain=words(draft, _parts(element), home, place, what))
    return by_reference(draft, itext, reference, home, place, what)


def by_reference(draft: Draft, itext: Itext, reference: str, home: Definition, place: str, what: int = VIEW) -> Wording:
    """Compile ``jr:itext('id')``, or any other expression that gives the text."""
    text_id = literal_id(reference)
    if text_id is None:
        compiled = draft.compile(reference, home, what, place)
        return Wording(computed=as_text(compiled.code)) if compiled is not None else Wording()
    return translated(draft, itext, text_id, home, place, what)


def literal_id(reference: str) -> str | None:
    """Return the text a reference names by a literal, if it does."""
    found = _LITERAL.fullmatch(reference)
    return found["id"] if found is not None else None


def translated(draft: Draft, itext: Itext, text_id: str, home: Definition, place: str, what: int = VIEW) -> Wording:
    """Compile one text in all languages."""
    table = {
        language: {form: words(draft, value, home, place, what) for form, value in texts[text_id].items()}
        for language, texts in itext.table.items()
        if text_id in texts
    }
    return Wording(translated=table)
