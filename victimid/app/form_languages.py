"""Which of a form's languages serves a language tag."""

from collections.abc import Sequence


def matching(languages: Sequence[str], default: str, tag: str) -> str:
    """Return the form's language for a tag such as ``es``, or the form's default where it has none.

    XLSForm names languages freely, by convention as ``Español (es)``.
    """
    base = tag.split("-", maxsplit=1)[0].lower()
    for wanted in (tag.lower(), base):
        for language in languages:
            if language.lower() == wanted or language.lower().endswith(f"({wanted})"):
                return language
    return default


def speaks(languages: Sequence[str], tag: str) -> bool:
    """Tell whether a form has a language of its own for this tag."""
    absent = "\0"
    return matching(languages, absent, tag) != absent
