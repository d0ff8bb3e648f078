"""Every text of the forms, signs and rule sets is translated in all five languages, and nothing is left over."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from victimid import i18n

ROOT = Path(__file__).resolve().parents[3]
LANGUAGES = ("es", "fr", "pt", "ht", "ar")
_PLACEHOLDER = re.compile(r"\$\{\w+\}|\{\w*\}")
_ARABIC = re.compile("[\u0600-\u06ff]")


def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("forms_catalogue", ROOT / "packaging" / "forms_catalogue.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def catalogue(language: str) -> Catalog:
    with (ROOT / "locales" / language / "LC_MESSAGES" / "forms.po").open("rb") as stream:
        return read_po(stream)


def sources() -> list[str]:
    return list(dict.fromkeys(text for text, _ in tool().texts(ROOT)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated_and_nothing_is_left_over(language: str) -> None:
    translated = catalogue(language)
    assert [message.id for message in translated if message.id] == sources()
    assert [message.id for message in translated if not message.string or message.fuzzy] == []
    assert translated.obsolete == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_numbers_and_marks_are_kept(language: str) -> None:
    for message in filter(lambda entry: entry.id, catalogue(language)):
        source, target = str(message.id), str(message.string)
        assert sorted(_PLACEHOLDER.findall(source)) == sorted(_PLACEHOLDER.findall(target))
        assert re.findall(r"\d+", source) == re.findall(r"\d+", target)
        assert ("<" in target) is ("<" in source)
        assert target == target.strip()
        assert target.endswith(("?", "؟")) is source.endswith("?")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_program_finds_the_translations_and_they_say_they_are_drafts(language: str) -> None:
    words = i18n.load("forms", language)
    asked = "Is the work you found the same as the work you were promised?"
    assert words.translation(asked) not in {None, asked}
    assert "draft, not yet reviewed by native speakers" in catalogue(language).header_comment


def test_arabic_is_written_in_arabic() -> None:
    assert [message.id for message in catalogue("ar") if message.id and not _ARABIC.search(str(message.string))] == []


def test_texts_that_differ_in_english_differ_in_translation_within_one_list_of_choices() -> None:
    lists: dict[str, list[str]] = {}
    for text, place in tool().texts(ROOT):
        if " choices " in place:
            lists.setdefault(place.rsplit("/", 1)[0], []).append(text)
    for language in LANGUAGES:
        words = i18n.load("forms", language)
        for name, texts in lists.items():
            shown = [words.gettext(text) for text in texts]
            assert len(set(shown)) == len(shown), (language, name)


def test_the_files_are_as_the_tool_writes_them() -> None:
    module = tool()
    source = module.template(ROOT)
    assert (ROOT / "locales" / "forms.pot").read_text("utf-8") == module.written(source)
    for language in LANGUAGES:
        path = ROOT / "locales" / language / "LC_MESSAGES" / "forms.po"
        assert path.read_text("utf-8") == module.written(module.merged(path, language, source)), language
