"""Pages on screen are drawn with the glyphs that are printed."""

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from victimid.documents.fonts import Face, subset
from victimid.documents.layout import lay_out
from victimid.documents.page import GlyphRun, Page
from victimid.model.referral import Line, ReferralDocument, Section
from victimid.ui.look import dress
from victimid.ui.widgets.page_preview import Fonts, PagePreview

_TITLES = {"en": "Referral <b>bold</b> & more", "ar": "إحالة إلى خدمة حماية"}


def laid_out(language: str) -> tuple[tuple[Page, ...], Fonts]:
    document = ReferralDocument(
        language=language,
        title=_TITLES[language],
        reference="RU-7K2M-1",
        confidentiality="Confidential",
        sections=tuple(Section(f"{n}", (Line("Label", "Text " * 40),)) for n in range(12)),
        footer="{page} of {pages}",
        return_slip=Section("Return slip", (Line("Signature", ""),)),
    )
    pages = lay_out(document)
    faces = {(run.font, run.bold) for page in pages for run in page.items if isinstance(run, GlyphRun)}
    return pages, {(font, bold): subset(Face(font, bold)) for font, bold in faces}


def ink(image: QImage, run: GlyphRun, scale: float) -> int:
    """Count dark points in the box of a run."""
    left, right = int(run.x * scale), int((run.x + run.width) * scale)
    top, bottom = int((run.y - run.size) * scale), int((run.y + run.size * 0.3) * scale)
    points = ((x, y) for x in range(left, right) for y in range(top, bottom))
    return sum(image.pixelColor(x, y).lightness() < 160 for x, y in points)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_run_leaves_ink_where_it_stands(qtbot: QtBot, language: str) -> None:
    pages, fonts = laid_out(language)
    preview = PagePreview()
    dress(preview, "light")
    qtbot.addWidget(preview)
    preview.resize(800, 900)
    preview.show_pages(pages, fonts)
    preview.show()
    assert len(preview.sheets) == len(pages)
    sheet, page = preview.sheets[0], pages[0]
    qtbot.waitUntil(lambda: sheet.height() == sheet.heightForWidth(sheet.width()))
    image = sheet.grab().toImage()
    scale = image.width() / page.width
    runs = [item for item in page.items if isinstance(item, GlyphRun) and item.text.strip()]
    assert runs
    assert [run.text for run in runs if not ink(image, run, scale)] == []


def test_bold_is_heavier_than_regular_with_the_same_glyphs(qtbot: QtBot) -> None:
    pages, fonts = laid_out("en")
    preview = PagePreview()
    dress(preview, "light")
    qtbot.addWidget(preview)
    preview.resize(800, 900)
    preview.show_pages(pages, fonts)
    preview.show()
    sheet = preview.sheets[0]
    qtbot.waitUntil(lambda: sheet.height() == sheet.heightForWidth(sheet.width()))
    image = sheet.grab().toImage()
    scale = image.width() / pages[0].width
    runs = [item for item in pages[0].items if isinstance(item, GlyphRun) and item.text.strip()]
    title = next(run for run in runs if run.bold)
    assert "<b>" in title.text
    plain = [run for run in runs if not run.bold and not run.muted]

    def density(run: GlyphRun) -> float:
        return ink(image, run, scale) / (run.width * run.size)

    assert density(title) > max(density(run) for run in plain)


def test_pages_scroll_and_a_screen_reader_hears_them(qtbot: QtBot) -> None:
    pages, fonts = laid_out("en")
    preview = PagePreview()
    dress(preview, "light")
    qtbot.addWidget(preview)
    preview.resize(500, 400)
    preview.show_pages(pages, fonts)
    preview.show()
    qtbot.waitUntil(lambda: preview.verticalScrollBar().maximum() > 0)
    assert "Return slip" in preview.sheets[-1].accessibleName()
    assert max(sheet.width() for sheet in preview.sheets) <= preview.viewport().width()
