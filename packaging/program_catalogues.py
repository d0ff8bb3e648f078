"""Collect the English texts of the program and its documents, and merge them into the translations.

Run from the root of the source tree: python packaging/program_catalogues.py
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po
from forms_catalogue import DRAFT, LANGUAGES, written

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT_TEXTS = ("app/referral_text.py", "app/document_words.py")
# Also shown on screen, so their texts stand in both catalogues.
SHARED_TEXTS = ("app/document_words.py",)
KEYWORDS = {"gettext": None, "N_": None, "pgettext": ((1, "c"), 2), "ngettext": (1, 2)}


def sources(domain: str) -> Iterator[Path]:
    """Yield the source files whose texts belong to a domain, in a stable order."""
    for path in sorted((ROOT / "victimid").rglob("*.py")):
        name = path.relative_to(ROOT / "victimid").as_posix()
        for_documents = name in DOCUMENT_TEXTS
        if for_documents if domain == "documents" else (not for_documents or name in SHARED_TEXTS):
            yield path


def template(domain: str) -> Catalog:
    """Build the template of a domain: every text once, with the notes for translators."""
    catalogue = Catalog(project=f"VictimID {domain}", charset="utf-8", fuzzy=False)
    catalogue.header_comment = f"# Texts of VictimID: {domain}."
    for path in sources(domain):
        for _, message, comments, context in extract_from_file(
            "python", path, keywords=KEYWORDS, comment_tags=("Translators:",), strip_comment_tags=True
        ):
            flags = ("python-brace-format",) if "{" in str(message) else ()
            catalogue.add(message, auto_comments=comments, context=context, flags=flags)
    return catalogue


def merge(domain: str, language: str, source: Catalog) -> int:
    """Bring one translation up to date; returns how many texts are still untranslated."""
    path = ROOT / "locales" / language / "LC_MESSAGES" / f"{domain}.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue = Catalog(locale=language, project=f"VictimID {domain}", charset="utf-8", fuzzy=False)
    if path.is_file():
        with path.open("rb") as stream:
            catalogue = read_po(stream, locale=language)
    catalogue.update(source, no_fuzzy_matching=True)
    catalogue.header_comment = f"# VictimID ({domain}) in {LANGUAGES[language]}.\n# {DRAFT}"
    catalogue.fuzzy = False
    path.write_text(written(catalogue), "utf-8")
    return sum(not _complete(message.string) for message in catalogue if message.id)


def _complete(string: str | Sequence[str] | None) -> bool:
    return bool(string) and all(string or ())


def main() -> None:
    """Rewrite the templates and every translation."""
    for domain in ("victimid", "documents"):
        source = template(domain)
        (ROOT / "locales" / f"{domain}.pot").write_text(written(source), "utf-8")
        for language in LANGUAGES:
            print(f"{domain} {LANGUAGES[language]}: {merge(domain, language, source)} texts without translation")


if __name__ == "__main__":
    main()
