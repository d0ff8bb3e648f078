"""Files that the texts of a form name, and the notes in the form that say by hash which they are."""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from lxml import etree

from victimid.forms.safexml import VICTIMID, XFORMS, Element
from victimid.forms.wording import MEDIA, file_name

_NOTE: Final = f"{{{VICTIMID}}}media"


class Named(NamedTuple):
    """A file as a text names it; ``form`` is one of ``wording.MEDIA``."""

    form: str
    name: str


def named(model: Element) -> Iterator[Named]:
    """Yield the files that texts name; names that depend on answers are none."""
    for value in model.iter(f"{{{XFORMS}}}value"):
        form = value.get("form", "")
        if form in MEDIA and not len(value) and (value.text or "").strip():
            yield Named(form, file_name(value.text or ""))


def note(model: Element, hashes: Mapping[str, str]) -> None:
    """Note the SHA-256 of files by their names, in the place of all that was noted."""
    for claimed in list(model.iterchildren(_NOTE)):
        model.remove(claimed)
    for name, sha256 in hashes.items():
        etree.SubElement(model, _NOTE, name=name, sha256=sha256)


def noted(model: Element) -> dict[str, str]:
    """Return the SHA-256 of the files of a form by their names."""
    return {each.get("name", ""): each.get("sha256", "") for each in model.iterchildren(_NOTE)}
