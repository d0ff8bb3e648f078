"""Laws of the layout for any text at all."""

import re
import unicodedata

from bidi import get_display
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.support.referral_documents import with_text
from victimid.documents import bidi
from victimid.documents.layout import lay_out
from victimid.documents.page import GlyphRun, Page, Role
from victimid.errors import VictimIDError

_LETTERS = "aZé -,.()[]{}<&%\\\"'/0129٣بيتلاّأه؟،अकिा्яж\u0301\u064e"
_CONTROLS = "\n\t\x00\u00a0\u00ad\u200c\u200d\u200e\u200f\u202e\u2067\u2068\u2069"
_ANY = st.text(max_size=30)
_DRAWABLE = st.text(alphabet=_LETTERS + _CONTROLS, max_size=300)
_INVISIBLE = frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0), 0x34F)))
_TIMES = {
    Role.TITLE: 1,
    Role.REFERENCE: 1,
    Role.CONFIDENTIALITY: 1,
    Role.HEADING: 2,
    Role.NOTE: 2,
    Role.LABEL: 2,
    Role.TEXT: 4,
}


def _visible(text: str) -> str:
    return "".join(c for c in text if c not in _INVISIBLE and unicodedata.category(c)[0] in "LMNPS")


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", "".join(c for c in text if c not in _INVISIBLE))


def _runs(pages: tuple[Page, ...], role: Role) -> list[GlyphRun]:
    return [item for page in pages for item in page.items if isinstance(item, GlyphRun) and item.role is role]


def _check(text: str) -> None:
    pages = lay_out(with_text(text))
    for role, times in _TIMES.items():
        assert _visible("".join(run.text for run in _runs(pages, role))) == _visible(_composed(text)) * times
    for run in (run for role in Role for run in _runs(pages, role)):
        texts = [glyph.text for glyph in run.glyphs]
        assert "".join(reversed(texts) if run.rtl else texts) == run.text
        assert run.x >= 56 - 0.01
        assert run.x + run.width <= pages[0].width - 56 + 0.01
        assert 30 <= run.y - run.size * 0.5 <= run.y <= pages[0].height - 30


@settings(max_examples=60, deadline=None)
@given(_DRAWABLE)
@example("word" * 2000)
@example("e" + "\u0301" * 400)
@example("\u064e\u0651")
@example("\u060c\u0301\u2069\u064e")
@example("क" + "्क" * 300)
@example("\n".join("ابجد abc" for _ in range(300)))
def test_every_character_is_drawn_within_the_margins(text: str) -> None:
    _check(text)


@settings(max_examples=60, deadline=None)
@given(_ANY)
def test_any_text_is_drawn_whole_or_refused_by_name(text: str) -> None:
    try:
        _check(text)
        refused = ""
    except VictimIDError as error:
        refused = str(error)
    if refused:
        named = re.fullmatch(r"document.no_font character='U\+([0-9A-F]+)' script='[\w ]+'", refused)
        assert named
        assert chr(int(named[1], 16)) in unicodedata.normalize("NFC", text)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="ab1٣2אبת ,.:+-%()[]\u2066\u2067\u2068\u2069", max_size=24), st.sampled_from([0, 1]))
def test_order_agrees_with_an_independent_implementation(text: str, base: int) -> None:
    order = bidi.visual_order(_line_levels(text, base))
    ours = "".join(text[position] for position in order)
    theirs = get_display(text, base_dir="LR"[base])
    assert _unmirrored(ours) == _unmirrored(theirs)


def _line_levels(text: str, base: int) -> list[int]:
    """Return levels with those of white space and isolates at the line end set back (rule L1)."""
    kept = len(text.rstrip(" \u2066\u2067\u2068\u2069"))
    return bidi.levels(text, base)[:kept] + [base] * (len(text) - kept)


def _unmirrored(text: str) -> str:
    """Take opening and closing brackets for one, since only one side mirrors them here."""
    return text.translate(str.maketrans("([", ")]"))
