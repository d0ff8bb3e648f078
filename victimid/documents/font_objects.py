"""PDF font dictionaries: composite fonts addressed by glyph number, with a map back to text."""

import hashlib
from typing import Any

from victimid.documents.embedding import Embedded
from victimid.documents.fonts import Face, font_path, hb_font

_SYMBOLIC = 4
_CAP_HEIGHT = 714
_STEM_REGULAR, _STEM_BOLD = 80, 140
_ENTRIES_PER_BLOCK = 100

_CMAP_HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
"""
_CMAP_FOOT = "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"


def font_object(document: Any, face: Face, font: Embedded) -> Any:
    """Add a font to a ReportLab document and return the reference to it."""
    from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName

    name = _subset_name(face, font.file)
    widths = [part for cluster, number in font.numbers.items() for part in (number, PDFArray([font.widths[cluster]]))]
    descendant = {
        "Type": PDFName("Font"),
        "Subtype": PDFName("CIDFontType2"),
        "BaseFont": PDFName(name),
        "CIDSystemInfo": PDFDictionary({"Registry": "(Adobe)", "Ordering": "(Identity)", "Supplement": 0}),
        "CIDToGIDMap": PDFName("Identity"),
        "FontDescriptor": document.Reference(_descriptor(document, face, name, font.file)),
        "W": PDFArray(widths),
    }
    composite = {
        "Type": PDFName("Font"),
        "Subtype": PDFName("Type0"),
        "BaseFont": PDFName(name),
        "Encoding": PDFName("Identity-H"),
        "DescendantFonts": PDFArray([document.Reference(PDFDictionary(descendant))]),
        "ToUnicode": document.Reference(_stream(_to_unicode(font).encode("ascii"))),
    }
    return document.Reference(PDFDictionary(composite))


def _subset_name(face: Face, file: bytes) -> str:
    """Name a subset by six letters that depend on its content alone."""
    tag = "".join(chr(ord("A") + byte % 26) for byte in hashlib.sha256(file).digest()[:6])
    family = font_path(face.font).stem.partition("[")[0]
    return f"{tag}+{family}-{'Bold' if face.bold else 'Regular'}"


def _descriptor(document: Any, face: Face, name: str, file: bytes) -> Any:
    from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName

    extents, em = hb_font(face).get_font_extents("ltr"), hb_font(face).face.upem / 1000
    top, bottom = round(extents.ascender / em), round(extents.descender / em)
    stream = _stream(file)
    stream.dictionary["Length1"] = len(file)
    return PDFDictionary(
        {
            "Type": PDFName("FontDescriptor"),
            "FontName": PDFName(name),
            "Flags": _SYMBOLIC,
            "FontBBox": PDFArray([-1000, bottom, 3000, top]),
            "ItalicAngle": 0,
            "Ascent": top,
            "Descent": bottom,
            "CapHeight": _CAP_HEIGHT,
            "StemV": _STEM_BOLD if face.bold else _STEM_REGULAR,
            "FontFile2": document.Reference(stream),
        }
    )


def _stream(content: bytes) -> Any:
    from reportlab.pdfbase.pdfdoc import PDFStream, PDFZCompress

    return PDFStream(content=content, filters=[PDFZCompress])


def _to_unicode(font: Embedded) -> str:
    """Write the map from glyph numbers to text."""
    entries = [
        f"<{number:04X}> <{cluster.text.encode('utf-16-be').hex().upper()}>\n"
        for cluster, number in font.numbers.items()
        if cluster.text
    ]
    blocks = [entries[i : i + _ENTRIES_PER_BLOCK] for i in range(0, len(entries), _ENTRIES_PER_BLOCK)]
    body = "".join(f"{len(block)} beginbfchar\n{''.join(block)}endbfchar\n" for block in blocks)
    return _CMAP_HEAD + body + _CMAP_FOOT
