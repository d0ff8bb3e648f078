"""Words: named fields, plurals, and the net under a faulty translation."""

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from victimid import i18n
from victimid.i18n import Words

PO = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Wait {seconds} s"
msgstr "Espere {seconds} s"

msgid "Broken {name}"
msgstr "Roto {nombre}"

msgid "{count} case"
msgid_plural "{count} cases"
msgstr[0] "un caso"
msgstr[1] "{count} casos"

msgctxt "state"
msgid "Open"
msgstr "Abierto"
"""


@pytest.fixture
def spanish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Words:
    folder = tmp_path / "locales" / "es" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "victimid.po").write_text(PO.lstrip(), "utf-8")
    monkeypatch.setattr("victimid.assets.folder", lambda name: tmp_path / name)
    return i18n.load("victimid", "es")


def test_fields_are_filled_after_translation(spanish: Words) -> None:
    assert spanish.gettext("Wait {seconds} s", seconds=5) == "Espere 5 s"


def test_a_translation_with_wrong_fields_gives_way_to_the_source(spanish: Words) -> None:
    assert spanish.gettext("Broken {name}", name="x") == "Broken x"


@pytest.mark.parametrize(("count", "said"), [(1, "un caso"), (3, "3 casos")])
def test_plurals_may_drop_the_count(spanish: Words, count: int, said: str) -> None:
    assert spanish.ngettext("{count} case", "{count} cases", count) == said


def test_context_tells_words_apart(spanish: Words) -> None:
    assert spanish.pgettext("state", "Open") == "Abierto"
    assert spanish.pgettext("verb", "Open") == "Open"


def test_values_are_data_and_never_templates(spanish: Words) -> None:
    assert spanish.gettext("Wait {seconds} s", seconds="{seconds.__class__}") == "Espere {seconds.__class__} s"


def test_an_empty_text_stays_empty_and_never_shows_the_header(spanish: Words) -> None:
    assert spanish.gettext("") == ""
    assert spanish.translation("") is None


def test_what_is_not_translated_is_told_apart(spanish: Words) -> None:
    assert spanish.translation("Never seen") is None
    assert spanish.gettext("Never seen") == "Never seen"


def test_a_compiled_catalogue_older_than_its_source_is_not_used(spanish: Words, tmp_path: Path) -> None:
    folder = tmp_path / "locales" / "es" / "LC_MESSAGES"
    po, mo = folder / "victimid.po", folder / "victimid.mo"
    mo.write_bytes(i18n.compiled(po))
    po.write_text(PO.lstrip().replace("Espere", "Aguarde"), "utf-8")
    newer = mo.stat().st_mtime + 10
    os.utime(po, (newer, newer))
    assert i18n.load("victimid", "es").gettext("Wait {seconds} s", seconds=1) == "Aguarde 1 s"
    os.utime(mo, (newer + 10, newer + 10))
    assert i18n.load("victimid", "es").gettext("Wait {seconds} s", seconds=1) == "Espere 1 s"
    assert spanish.language == "es"


def test_every_language_names_itself() -> None:
    languages: Mapping[str, i18n.Language] = {language.tag: language for language in i18n.languages()}
    assert list(languages)[:2] == ["es", "en"]
    assert languages["ar"].right_to_left
    assert languages["ht"].own_name == "Kreyòl ayisyen"
    assert [tag for tag, language in languages.items() if language.reviewed] == ["en"]
    assert i18n.language("xx").own_name == "xx"


def test_a_field_nobody_gave_shows_its_name_instead_of_failing(spanish: Words) -> None:
    assert spanish.gettext("Row {row} of {sheet}", sheet="survey") == "Row {row} of survey"
