"""Translated texts: read per language, and compiled for the node that shows them."""

import re
from dataclasses import dataclass
from typing import Final

from victimid.forms.definition import VIEW, Definition
from victimid.forms.safexml import Element, child, local
from victimid.forms.wording import Wording, Words
from victimid.forms.xform.draft import Draft
from victimid.forms.xpath.code import Text, as_text

Part = str | Element
_LITERAL: Final = re.compile(r"""\s*jr:itext\(\s*(?P<quote>['"])(?P<id>[^'"]*)(?P=quote)\s*\)\s*""")
_Forms = dict[str, Part]


@dataclass(frozen=True, slots=True)
class Itext:
    """The translations of a form: texts, or elements where they quote answers; ``quoting`` names the latter."""

    languages: tuple[str, ...]
    default: str
    table: dict[str, dict[str, _Forms]]
    quoting: frozenset[str] = frozenset()

    def plain(self) -> dict[str, dict[str, str]]:
        """Return the default form of every text in every language, without quoted answers."""
        return {
            language: {text_id: _literal(forms[""]) for text_id, forms in texts.items() if "" in forms}
            for language, texts in self.table.items()
        }


def read(model: Element) -> Itext:
    """Read the translations of a form; a form without any has one language called ``default``."""
    element = child(model, "itext")
    translations = [] if element is None else [each for each in element if local(each) == "translation"]
    table: dict[str, dict[str, _Forms]] = {}
    default = ""
    for translation in translations:
        language = translation.get("lang", "")
        if translation.get("default") is not None and not default:
            default = language
        texts = table.setdefault(language, {})
        for text in translation:
            texts[text.get("id", "")] = {each.get("form", ""): _text(each) for each in reversed(text)}
    languages = tuple(table) or ("default",)
    return Itext(languages, default or languages[0], table, _quoting(table))


def _quoting(table: dict[str, dict[str, _Forms]]) -> frozenset[str]:
    return frozenset(
        text_id
        for texts in table.values()
        for text_id, forms in texts.items()
        if not all(isinstance(value, str) for value in forms.values())
    )


def _text(element: Element) -> Part:
    """Return the text of an element, or the element itself where it quotes answers."""
    if not len(element):
        return element.text or ""
    return element if any(local(each) == "output" for each in element) else _literal(element)


def _literal(source: Part) -> str:
    return source if isinstance(source, str) else "".join(part for part in _parts(source) if isinstance(part, str))


def _parts(element: Element) -> list[Part]:
    parts: list[Part] = [element.text or ""]
    for each in element:
        if local(each) == "output":
            parts.append(each)
        parts.append(each.tail or "")
    return [part for part in parts if not isinstance(part, str) or part]


def words(draft: Draft, source: Part, home: Definition, place: str, what: int = VIEW) -> Words:
    """Compile a text with the answers it quotes; ``what`` they make to be worked out again."""
    if isinstance(source, str):
        return Words((source,) if source else ())
    compiled: list[str | Text] = []
    for part in _parts(source):
        if isinstance(part, str):
            compiled.append(part)
            continue
        code = draft.compile(part.get("value") or part.get("ref") or "''", home, what, place)
        if code is not None:
            compiled.append(as_text(code))
    return Words(tuple(compiled))


def wording(draft: Draft, itext: Itext, element: Element, home: Definition, place: str, what: int = VIEW) -> Wording:
    """Compile a label or hint: inline, or by its reference."""
    reference = element.get("ref")
    if reference is None:
        return Wording(plain=words(draft, _text(element), home, place, what))
    return by_reference(draft, itext, reference, home, place, what)


def by_reference(draft: Draft, itext: Itext, reference: str, home: Definition, place: str, what: int = VIEW) -> Wording:
    """Compile ``jr:itext('id')``, or any other expression that gives the text."""
    text_id = literal_id(reference)
    if text_id is None:
        code = draft.compile(reference, home, what, place)
        return Wording(computed=as_text(code)) if code is not None else Wording()
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
