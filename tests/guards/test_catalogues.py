"""Translations: templates are current, every language is complete, fields agree with the source."""

import string
from collections.abc import Iterator, Sequence
from pathlib import Path

import program_catalogues
import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from forms_catalogue import LANGUAGES, written

ROOT = Path(__file__).resolve().parents[2]

DOMAINS = ("victimid", "documents")


def messages(path: Path) -> Iterator[Message]:
    with path.open("rb") as stream:
        catalogue: Catalog = read_po(stream)
    yield from (message for message in catalogue if message.id)


def translations(domain: str, language: str) -> Iterator[Message]:
    return messages(ROOT / "locales" / language / "LC_MESSAGES" / f"{domain}.po")


def forms_of(text: str | Sequence[str] | None) -> list[str]:
    """Return the singular and plural forms of a text, or the one text it is."""
    if text is None:
        return []
    return [text] if isinstance(text, str) else list(text)


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("domain", DOMAINS)
def test_the_template_is_what_the_source_says(domain: str) -> None:
    committed = (ROOT / "locales" / f"{domain}.pot").read_text("utf-8")
    assert written(program_catalogues.template(domain)) == committed, "run: make catalogues"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("domain", DOMAINS)
def test_every_text_is_translated(domain: str, language: str) -> None:
    wanted = {(m.context, str(m.id)) for m in messages(ROOT / "locales" / f"{domain}.pot")}
    translated = {(m.context, str(m.id)) for m in translations(domain, language) if all(forms_of(m.string))}
    assert sorted(map(str, wanted ^ translated)) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("domain", DOMAINS)
def test_fields_agree(domain: str, language: str) -> None:
    """A plural form may leave out the count; nothing may add a field."""
    for message in translations(domain, language):
        wanted = set().union(*map(fields, forms_of(message.id)))
        optional = {"count"} if len(forms_of(message.id)) > 1 else set()
        for text in forms_of(message.string):
            assert wanted - optional <= fields(text) <= wanted, (language, message.id, text)
