"""Spares the converter the references in texts: for each text that has one, in every language, it parses XML anew.

The references of a question go to its bind, where the converter finds the paths they stand for once and quickly. The
texts hold marks meanwhile; in their place come afterwards just the outputs that the converter would have written.
"""

import re
from dataclasses import replace
from typing import Final

from lxml import etree

from victimid.forms.safexml import XFORMS, Element
from victimid.forms.workbook.book import Row, Workbook
from victimid.forms.workbook.survey import cell

_MARK: Final = "\ue000"
_MARKED: Final = re.compile(f"{_MARK}([0-9]+)[.]([0-9]+){_MARK}")
_REFERENCE: Final = re.compile(r"\$\{([A-Za-z_][\w.\-]*)\}", re.ASCII)
_TEXTS: Final = frozenset({"label", "hint", "guidance_hint"})
_ATTRIBUTE: Final = "victimid-outputs"
_ELEMENTS: Final = tuple(f"{{{XFORMS}}}{name}" for name in ("label", "hint", "value"))
_READ_OTHERWISE: Final = re.compile(f"instance|indexed-repeat|{_MARK}")
_WITHOUT_BIND: Final = re.compile(r"\s*(begin|end)[\s_]", re.IGNORECASE)


def marked(book: Workbook) -> Workbook:
    """Return the workbook with marks for references in the texts of questions.

    Not where there are loops, whose questions stand for several each.
    """
    sheet = book.sheet("survey")
    if any("loop" in cell(row, "type").lower() for row in sheet.rows):
        return book
    # Two colons in one heading make a single one mean nothing in the others.
    colon = "::" if any("::" in heading for heading in sheet.headings) else ":"
    column = f"bind{colon}{_ATTRIBUTE}"
    rows = tuple(_row(number, row, column) for number, row in enumerate(sheet.rows))
    return book.with_sheet(replace(sheet, headings=(*sheet.headings, column), rows=rows))


def _row(number: int, row: Row, column: str) -> Row:
    places: dict[str, int] = {}

    def mark(reference: re.Match[str]) -> str:
        return f"{_MARK}{number}.{places.setdefault(reference[0], len(places))}{_MARK}"

    texts = {
        heading: _REFERENCE.sub(mark, text)
        for heading, text in row.items()
        if heading.partition(":")[0] in _TEXTS and "${" in text and not _READ_OTHERWISE.search(text)
    }
    texts = {heading: text for heading, text in texts.items() if "${" not in text}
    if not texts or _WITHOUT_BIND.match(cell(row, "type")):
        return row
    return {**row, **texts, column: ";".join((str(number), *places))}


def filled(root: Element) -> None:
    """Put outputs in the place of the marks of an XForm made from a marked workbook."""
    paths: dict[str, list[str]] = {}
    for bind in root.iter(f"{{{XFORMS}}}bind"):
        number, *found = str(bind.attrib.pop(_ATTRIBUTE, "")).split(";")
        paths[number] = found
    for element in root.iter(*_ELEMENTS):
        if element.text and _MARK in element.text:
            _fill(element, element.text, paths)


def _fill(element: Element, text: str, paths: dict[str, list[str]]) -> None:
    """Replace the marks of a text; the converter writes a space before and after what is text and outputs."""
    first, *rest = _MARKED.split(text)
    after = rest[2::3]
    element.text = f" {first}" if first else None
    for number, place, tail in zip(rest[::3], rest[1::3], after, strict=True):
        output = etree.SubElement(element, f"{{{XFORMS}}}output", value=paths[number][int(place)])
        output.tail = tail
    if first or any(after):
        element[-1].tail = f"{after[-1]} "
