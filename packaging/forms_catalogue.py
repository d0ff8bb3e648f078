"""Collect the English texts of the forms, the signs and the rule sets, and merge them into the translations.

Run from the root of the source tree: python packaging/forms_catalogue.py
"""

import io
import tomllib
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

FORMS = ("first_line", "second_line")
LANGUAGES = {"es": "Spanish", "fr": "French", "pt": "Portuguese", "ht": "Haitian Creole", "ar": "Arabic"}
DRAFT = "Translation is a draft, not yet reviewed by native speakers."
_TEXT_COLUMNS = ("label", "hint", "guidance_hint", "constraint_message", "required_message", "form_title")
_LEFT_OUT = (
    '"Project-Id-Version',
    '"Report-Msgid-Bugs-To',
    '"POT-Creation-Date',
    '"PO-Revision-Date',
    '"Last-Translator',
    '"Language-Team',
    '"Generated-By',
)

Text = tuple[str, str]
"""An English text and a comment that says where it stands."""


def texts(root: Path) -> Iterator[Text]:
    """Yield every text to translate, in the order in which people meet them."""
    for form in FORMS:
        yield from form_texts(root / "forms" / f"{form}.md")
    yield from _catalogue_texts(root / "forms" / "signs.toml")
    for path in sorted((root / "forms" / "rules").glob("*.toml")):
        rule_set = tomllib.loads(path.read_text("utf-8"))
        for field in ("title", "verification", "rule"):
            yield rule_set[field], f"rule set {rule_set['id']}: {field}"


def form_texts(path: Path) -> Iterator[Text]:
    """Yield the texts of one form: its title, questions, hints, messages and choices."""
    for sheet, row in _rows(path):
        place = "/".join(row[key] for key in ("list_name", "name") if row.get(key))
        for column in _TEXT_COLUMNS:
            if row.get(column):
                yield row[column], f"{path.stem}: {sheet} {place} {column}".replace("  ", " ")


def _rows(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    sheet, header = "", list[str]()
    for line in path.read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if cells[0]:
            sheet, header = cells[0], []
        elif not header:
            header = cells[1:]
        else:
            yield sheet, dict(zip(header, cells[1:], strict=False))


def _catalogue_texts(path: Path) -> Iterator[Text]:
    for key, source in tomllib.loads(path.read_text("utf-8")).items():
        yield source["title"], f"source {key}: title"
        yield source["verification"], f"source {key}: verification"
        for dimension in source["signs"].values():
            for sign, text in dimension.items():
                yield text, f"sign {sign}"


def template(root: Path) -> Catalog:
    """Build the template: every text once, with a comment for each place it stands in."""
    catalogue = Catalog(charset="utf-8", fuzzy=False)
    catalogue.header_comment = "# Texts of the VictimID forms, signs and rule sets."
    for text, place in texts(root):
        catalogue.add(text, auto_comments=[place])
    return catalogue


def merged(path: Path, language: str, source: Catalog) -> Catalog:
    """Bring a translation up to date; what is new stays empty, what is gone is dropped."""
    if path.is_file():
        with path.open("rb") as stream:
            catalogue = read_po(stream, locale=language)
    else:
        catalogue = Catalog(locale=language, charset="utf-8", fuzzy=False)
    catalogue.update(source, no_fuzzy_matching=True)
    catalogue.header_comment = f"# VictimID forms in {LANGUAGES[language]}.\n# {DRAFT}"
    catalogue.fuzzy = False
    return catalogue


def written(catalogue: Catalog) -> str:
    """Write a catalogue without dates, names and places in files, so that it changes only with its texts."""
    target = io.BytesIO()
    write_po(target, catalogue, width=110, no_location=True, ignore_obsolete=True)
    lines = target.getvalue().decode("utf-8").splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(_LEFT_OUT))


def main() -> None:
    """Rewrite the template and every translation."""
    root = Path(__file__).resolve().parent.parent
    source = template(root)
    (root / "locales" / "forms.pot").write_text(written(source), "utf-8")
    for language, name in LANGUAGES.items():
        path = root / "locales" / language / "LC_MESSAGES" / "forms.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(written(merged(path, language, source)), "utf-8")
        missing = sum(not message.string for message in merged(path, language, source) if message.id)
        print(f"{name}: {missing} texts without translation")


if __name__ == "__main__":
    main()
