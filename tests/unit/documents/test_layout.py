"""Pages of whole referrals."""

from dataclasses import replace

import pytest

from tests.support import referral_documents
from victimid.documents.layout import lay_out
from victimid.documents.page import GlyphRun, Page, Role, Rule
from victimid.model.referral import Line, ReferralDocument, Section


def _runs(page: Page, *roles: Role) -> list[GlyphRun]:
    return [item for item in page.items if isinstance(item, GlyphRun) and (not roles or item.role in roles)]


def _said(page: Page, *roles: Role) -> str:
    return " ".join(run.text for run in _runs(page, *roles))


def _long(lines: int, text: str = "word " * 60) -> ReferralDocument:
    section = Section("Heading", tuple(Line(f"label {number}", text) for number in range(lines)))
    return replace(referral_documents.english(), sections=(section,) * 4)


def test_every_page_says_its_number_reference_and_confidentiality() -> None:
    document = referral_documents.english()
    pages = lay_out(document)
    assert len(pages) == 3
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of 3" in _said(page, Role.FOOTER)
        assert document.confidentiality in _said(page, Role.FOOTER)
        assert document.reference in _said(page, Role.REFERENCE, Role.RUNNING_HEAD)


def test_the_return_slip_has_a_page_of_its_own_with_lines_to_write_on() -> None:
    slip = lay_out(referral_documents.english())[-1]
    assert _said(slip, Role.HEADING) == "Return slip"
    to_write_on = [item for item in slip.items if isinstance(item, Rule) and item.to_write_on]
    assert len(to_write_on) == 7
    labels = {run.y for run in _runs(slip, Role.LABEL)}
    assert all(any(abs(rule.y1 - y) < 3 for y in labels) for rule in to_write_on)


@pytest.mark.parametrize("lines", range(1, 9))
def test_a_heading_never_stands_alone_at_the_foot_of_a_page(lines: int) -> None:
    for page in lay_out(_long(lines)):
        headings = [run.y for run in _runs(page, Role.HEADING)]
        texts = [run.y for run in _runs(page, Role.TEXT, Role.LABEL)]
        assert all(sum(y < text < y + 60 for text in texts) >= 2 for y in headings)


@pytest.mark.parametrize("lines", range(1, 9))
def test_no_single_line_of_a_text_is_left_behind(lines: int) -> None:
    for page in lay_out(_long(lines))[:-1]:
        by_part: dict[int, set[float]] = {}
        for run in _runs(page, Role.TEXT):
            by_part.setdefault(run.part, set()).add(run.y)
        assert all(len(baselines) >= 2 for baselines in by_part.values())


def test_labels_and_texts_share_their_first_baseline() -> None:
    page = lay_out(_long(1, "short"))[0]
    assert {run.y for run in _runs(page, Role.LABEL)} == {run.y for run in _runs(page, Role.TEXT)}


def test_right_to_left_documents_are_mirrored() -> None:
    page = lay_out(referral_documents.arabic())[0]
    title = _runs(page, Role.TITLE)[0]
    assert title.x + title.width == pytest.approx(page.width - 56, abs=0.1)
    assert min(run.x for run in _runs(page, Role.LABEL)) > max(
        run.x for run in _runs(page, Role.TEXT) if "4471" in run.text
    )
    assert _runs(page, Role.REFERENCE)[0].x == pytest.approx(56, abs=0.1)


def test_runs_of_a_latin_name_in_an_arabic_line_stand_where_they_are_read() -> None:
    page = lay_out(referral_documents.arabic())[0]
    line = next(run for run in _runs(page, Role.TEXT) if "Kreyòl ayisyen" in run.text)
    before, after = (
        next(run for run in _runs(page, Role.TEXT) if run.part == line.part and word in run.text)
        for word in ("الشخص", "4471")
    )
    assert before.x > line.x > after.x
    assert not line.rtl
    assert before.rtl


def test_an_empty_document_is_one_page_and_needs_no_slip() -> None:
    empty = ReferralDocument("en", "", "", "", (), "", Section("", ()))
    assert [_runs(page) for page in lay_out(empty)] == [[]]


def test_items_come_in_the_order_of_reading() -> None:
    page = lay_out(referral_documents.english())[0]
    parts = [run.part for run in _runs(page)]
    assert parts == sorted(parts)
    assert _runs(page)[0].role is Role.TITLE
