"""PDF files from laid-out pages, written by ReportLab's document model."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from victimid.documents.embedding import embedded
from victimid.documents.font_objects import font_object
from victimid.documents.fonts import Face
from victimid.documents.page import GlyphRun, Page
from victimid.documents.painting import content

_PDF_VERSION = (1, 7)
_PRODUCER = "VictimID"


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the file says about itself: nothing beyond its language, direction and title."""

    language: str
    rtl: bool
    title: str


def write_pdf(pages: Sequence[Page], metadata: Metadata) -> bytes:
    """Return the pages as a PDF file; the same pages give the same bytes, and no date is written."""
    return _finished(_drawn(pages), metadata)


def _drawn(pages: Sequence[Page]) -> bytes:
    from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFDocument, PDFPage

    document = PDFDocument(compression=1, invariant=1, pdfVersion=_PDF_VERSION)
    fonts = {face: (f"F{number}", embedded(face, runs)) for number, (face, runs) in enumerate(_by_face(pages), 1)}
    objects = {name: font_object(document, face, font) for face, (name, font) in fonts.items()}
    resources = PDFDictionary({"Font": PDFDictionary(objects)})
    for page in pages:
        sheet = PDFPage()
        sheet.pagewidth, sheet.pageheight = page.width, page.height
        sheet.Resources = resources
        sheet.setCompression(1)
        sheet.setStream(content(page, fonts))
        document.addPage(sheet)
    return bytes(document.GetPDFData(None))


def _by_face(pages: Sequence[Page]) -> Iterable[tuple[Face, list[GlyphRun]]]:
    runs: dict[Face, list[GlyphRun]] = {}
    for page in pages:
        for item in page.items:
            if isinstance(item, GlyphRun):
                runs.setdefault(Face(item.font, item.bold), []).append(item)
    return runs.items()


def _finished(drawn: bytes, metadata: Metadata) -> bytes:
    """Set the file's own data afresh, so that it names the document's reference and the program, no more."""
    import pikepdf

    with pikepdf.open(io.BytesIO(drawn)) as pdf:
        del pdf.trailer.Info
        pdf.docinfo.Title, pdf.docinfo.Producer = metadata.title, _PRODUCER
        pdf.Root.Lang = pikepdf.String(metadata.language)
        direction = pikepdf.Name.R2L if metadata.rtl else pikepdf.Name.L2R
        pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True, Direction=direction)
        target = io.BytesIO()
        pdf.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return target.getvalue()
