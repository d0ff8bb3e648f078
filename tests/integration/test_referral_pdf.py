"""Referral PDFs as other people's tools see them: qpdf, poppler, pikepdf."""

import io
import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
import uharfbuzz

from tests.support import pdf_text, referral_documents
from victimid.documents.embedding import clusters
from victimid.documents.fonts import Face, hb_font, subset
from victimid.documents.page import GlyphRun, Page
from victimid.documents.referral import encrypt, lay_out, render
from victimid.errors import VictimIDError
from victimid.model.referral import ReferralDocument

_PASSPHRASE = "example-only passphrase"
_DIRECTION_MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_EXAMPLES = (referral_documents.english, referral_documents.spanish, referral_documents.arabic)
_HOSTILE = (
    '<img src="/etc/hostname">',
    '<img src="http://example.invalid/x.png"/>',
    '<a href="javascript:1">press</a>',
    "<b>bold</b> <font color=red>red",
    "<para>one</para>",
    "<i>never closed <u",
    "Smith & Sons &amp; &#60; &nosuch;",
    "a < b > c << d >>",
    "{x} {0!r} {page.__class__}",
    "%s %(name)s 100 %",
    "\u202etxt.exe\u202c end",
    "'single' \"double\" `back`",
    "back\\slash \\) \\n (paren ) ((",
    "]]> ET EMC Q endstream endobj",
    "nul\x00byte \x1b[31m bell\x07",
)


def _tool(*command: str | Path) -> str:
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=True)
    return done.stdout


def _pdftotext(path: Path, *options: str) -> str:
    return _DIRECTION_MARKS.sub("", _tool("pdftotext", *options, path, "-"))


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.fixture(params=_EXAMPLES, ids=lambda example: example.__name__)
def document(request: pytest.FixtureRequest) -> ReferralDocument:
    """Return one of the complete examples."""
    made: ReferralDocument = request.param()
    return made


@pytest.fixture
def written(document: ReferralDocument, tmp_path: Path) -> Path:
    """Write an example as an open PDF."""
    path = tmp_path / "referral.pdf"
    path.write_bytes(render(document))
    return path


def test_the_file_is_sound_and_says_nothing_about_itself(document: ReferralDocument, written: Path) -> None:
    assert "No syntax or stream encoding errors found" in _tool("qpdf", "--check", written)
    with pikepdf.open(written) as pdf:
        assert {key: str(value) for key, value in pdf.docinfo.items()} == {
            "/Title": document.reference,
            "/Producer": "VictimID",
        }
        assert "/Metadata" not in pdf.Root
        assert pdf.Root.Lang == document.language
        assert str(pdf.Root.ViewerPreferences.Direction) == ("/R2L" if document.language == "ar" else "/L2R")
    assert b"ReportLab" not in written.read_bytes()


def test_all_fonts_are_embedded_subsets_with_text(written: Path) -> None:
    rows = [line.split() for line in _tool("pdffonts", written).splitlines()[2:]]
    assert rows
    assert all(row[-5:-2] == ["yes", "yes", "yes"] for row in rows)
    assert all(re.match(r"[A-Z]{6}\+NotoSans", row[0]) for row in rows)


def test_the_same_document_gives_the_same_bytes(document: ReferralDocument) -> None:
    assert render(document) == render(document, lay_out(document))


def test_glyphs_carry_exactly_the_text_of_the_layout(document: ReferralDocument) -> None:
    pages = lay_out(document)
    expected = [[item.text for item in page.items if isinstance(item, GlyphRun)] for page in pages]
    assert pdf_text.runs(render(document, pages)) == expected


@pytest.mark.parametrize("made", [referral_documents.english(), referral_documents.spanish()], ids=["en", "es"])
def test_pdftotext_gives_every_line_in_order(made: ReferralDocument, tmp_path: Path) -> None:
    path = tmp_path / "referral.pdf"
    path.write_bytes(render(made))
    text = _squeezed(_pdftotext(path, "-raw"))
    place = 0
    for section in made.sections:
        for part in (section.title, section.note, *(line.label + line.text for line in section.lines)):
            wanted = _squeezed(part)[:120]
            assert wanted in text[place:]
            place = text.index(wanted, place)


def test_pdftotext_gives_arabic_in_the_order_of_reading(tmp_path: Path) -> None:
    path = tmp_path / "referral.pdf"
    path.write_bytes(render(referral_documents.arabic()))
    text = _pdftotext(path, "-layout")
    for words in ("إحالة إلى خدمة حماية", "شرطة الحدود (مثال)", "سكن آمن هذه الليلة واستشارة قانونية", "المُرسِل",
                  "Example House", "Jean Example", "18:00", "4471", "لا تحدّد أيّ وضع قانوني"):  # fmt: skip
        assert words in text


@pytest.mark.parametrize("hostile", _HOSTILE)
def test_hostile_text_is_shown_as_text(hostile: str, tmp_path: Path) -> None:
    written = tmp_path / "hostile.pdf"
    written.write_bytes(render(replace(referral_documents.with_text(hostile), reference="EX-1")))
    _tool("qpdf", "--check", written)
    shown = "".join(c for c in _DIRECTION_MARKS.sub("", hostile) if c.isprintable())
    assert _squeezed(_pdftotext(written, "-raw")).count(_squeezed(shown)) >= 9
    with pikepdf.open(written) as pdf:
        assert all("/Annots" not in page and "/XObject" not in page.Resources for page in pdf.pages)
        assert not {"/Names", "/OpenAction", "/AA", "/AcroForm", "/Outlines", "/AF"} & set(pdf.Root.keys())
        assert not pdf.attachments
        kinds = {str(o.get("/S", "")) for o in pdf.objects if isinstance(o, pikepdf.Dictionary)}
        assert not {"/URI", "/JavaScript", "/Launch", "/GoToR", "/SubmitForm"} & kinds


def test_the_encrypted_file_opens_with_its_passphrase_alone(tmp_path: Path) -> None:
    path = tmp_path / "referral.pdf"
    path.write_bytes(encrypt(render(referral_documents.arabic()), _PASSPHRASE))
    shown = _tool("qpdf", "--show-encryption", f"--password={_PASSPHRASE}", path)
    assert "R = 6" in shown
    assert {line.partition(": ")[2] for line in shown.splitlines() if "encryption method" in line} == {"AESv3"}
    assert "print high resolution: allowed" in shown
    assert "extract for any purpose: allowed" in shown
    assert "modify anything: not allowed" in shown
    assert "Jean Example" in _pdftotext(path, "-upw", _PASSPHRASE)
    for wrong in ("", "example-only passphrasE", "x" * 40):
        with pytest.raises(pikepdf.PasswordError):
            pikepdf.open(io.BytesIO(path.read_bytes()), password=wrong)
    assert b"EX-7K2M" not in path.read_bytes()


def test_each_encryption_differs_although_the_document_is_the_same() -> None:
    pdf = render(referral_documents.english())
    assert encrypt(pdf, _PASSPHRASE) != encrypt(pdf, _PASSPHRASE)


@pytest.mark.parametrize(
    ("passphrase", "code"), [("", "document.passphrase_empty"), ("é" * 64, "document.passphrase_too_long")]
)
def test_passphrases_that_readers_would_not_take_are_refused(passphrase: str, code: str) -> None:
    pdf = render(referral_documents.english())
    with pytest.raises(VictimIDError, match=code):
        encrypt(pdf, passphrase)


def test_ink_lies_where_the_layout_says(document: ReferralDocument, tmp_path: Path) -> None:
    """Every glyph of a run, drawn alone by poppler, blackens the box HarfBuzz gives, to within a pixel."""
    first = lay_out(document)[0]
    runs = [item for item in first.items if isinstance(item, GlyphRun) and item.part in {0, 5, 10, 14}]
    path = tmp_path / "alone.pdf"
    path.write_bytes(render(document, [Page(first.width, first.height, (run,)) for run in runs]))
    _tool("pdftoppm", "-r", "144", "-gray", path, tmp_path / "alone")
    for run, picture in zip(runs, sorted(tmp_path.glob("alone*.pgm")), strict=True):
        assert _black(picture) == pytest.approx([edge * 2 for edge in _ink(run)], abs=2)


def test_a_composite_glyph_covers_its_letter_with_its_dots() -> None:
    run = next(
        item
        for item in lay_out(referral_documents.arabic())[0].items
        if isinstance(item, GlyphRun) and "المُستلِم" in item.text
    )
    placed = list(clusters(run))
    assert [part.cluster.text for part in reversed(placed)] == list(run.text)
    assert sum(part.advance for part in placed) == pytest.approx(run.width)


def test_a_font_for_the_screen_keeps_glyph_numbers() -> None:
    face = Face("NotoSansArabic[wdth,wght].ttf", bold=True)
    static = uharfbuzz.Font(uharfbuzz.Face(subset(face)))
    glyph = hb_font(face).get_nominal_glyph(ord("ب"))
    assert static.get_nominal_glyph(ord("ب")) == glyph
    assert static.get_glyph_h_advance(glyph) == hb_font(face).get_glyph_h_advance(glyph)


def _ink(run: GlyphRun) -> tuple[float, float, float, float]:
    font = hb_font(Face(run.font, run.bold))
    unit = run.size / font.face.upem
    boxes = []
    for glyph in run.glyphs:
        box = font.get_glyph_extents(glyph.id)
        if box.width:
            x, y = run.x + glyph.x + box.x_bearing * unit, run.y + glyph.y - box.y_bearing * unit
            boxes.append((x, y, x + box.width * unit, y - box.height * unit))
    columns = list(zip(*boxes, strict=True))
    return min(columns[0]), min(columns[1]), max(columns[2]), max(columns[3])


def _black(path: Path) -> tuple[int, int, int, int]:
    """Return the box of all dark pixels of a PGM picture."""
    _, size, _, pixels = path.read_bytes().split(b"\n", 3)
    width = int(size.split()[0])
    dark = [index for index, value in enumerate(pixels) if value < 160]
    columns = [index % width for index in dark]
    return min(columns), min(dark) // width, max(columns) + 1, max(dark) // width + 1
