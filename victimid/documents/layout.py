"""Laying out a referral on A4 pages; pure, and the same for paper and screen."""

from collections.abc import Iterator
from itertools import chain, repeat

from victimid.documents.page import A4, GlyphRun, Item, Page, Role, Rule
from victimid.documents.pagination import paginated
from victimid.documents.strips import Cell, Frame, Setter, Strip, Style, shifted
from victimid.formats import locale
from victimid.model.referral import Line, ReferralDocument, Section

_WIDTH, _HEIGHT = A4
_SIDE, _TOP, _LATER_TOP, _BOTTOM = 56.0, 56.0, 84.0, _HEIGHT - 72
_RUNNING_HEAD, _HEAD_RULE, _FOOT_RULE, _FOOTER = 38.0, 60.0, _HEIGHT - 58, _HEIGHT - 54
_MEASURE, _GAP, _LABELS, _NARROW = _WIDTH - 2 * _SIDE, 16.0, 148.0, 96.0

_FULL = Frame(_SIDE, _MEASURE)
_WIDE = Frame(_SIDE, _MEASURE - _NARROW - _GAP)
_FAR = Frame(_SIDE + _MEASURE - _NARROW, _NARROW, at_end=True)
# Room for a reference and "page 10 of 12" on one line in every language of the program.
_COUNTED = 160.0
_FOOT_WIDE = Frame(_SIDE, _MEASURE - _COUNTED - _GAP)
_FOOT_FAR = Frame(_SIDE + _MEASURE - _COUNTED, _COUNTED, at_end=True)
_LABEL_FRAME = Frame(_SIDE, _LABELS)
_TEXT_FRAME = Frame(_SIDE + _LABELS + _GAP, _MEASURE - _LABELS - _GAP)

_TITLE = Style(Role.TITLE, 17, 24, bold=True)
_REFERENCE = Style(Role.REFERENCE, 10, 14, bold=True)
_CONFIDENTIALITY = Style(Role.CONFIDENTIALITY, 9.5, 14, muted=True)
_HEADING = Style(Role.HEADING, 12, 18, bold=True)
_NOTE = Style(Role.NOTE, 9, 13.5, muted=True)
_LABEL = Style(Role.LABEL, 9.5, 15.5, muted=True)
_TEXT = Style(Role.TEXT, 10.5, 15.5)
_RUNNING = Style(Role.RUNNING_HEAD, 8.5, 12, muted=True)
_FOOT = Style(Role.FOOTER, 8, 11, muted=True)

_FOOTER_LINES = 2
_ROOM_TO_WRITE = 20.0


def lay_out(document: ReferralDocument) -> tuple[Page, ...]:
    """Lay a referral out; the return slip stands on pages of its own at the end.

    Raises ``document.no_font`` for a character that no font of the program has.
    """
    setter = Setter(document.language, rtl=is_right_to_left(document.language))
    main = _opening(document, setter)
    for section in document.sections:
        main += _section(section, setter)
    slip = _return_slip(document.return_slip, setter)
    bodies = paginated(main, chain([_TOP], repeat(_LATER_TOP)), _BOTTOM)
    if slip:
        bodies += paginated(slip, repeat(_LATER_TOP), _BOTTOM)
    head, foot = _head(document, setter), _foot(document, setter)
    return tuple(
        _page([*(head if page > 1 else ()), *body, *foot, *_number(document, setter, page, len(bodies))])
        for page, body in enumerate(bodies, 1)
    )


def is_right_to_left(language: str) -> bool:
    """Tell whether pages of a language are mirrored (CLDR)."""
    return bool(locale(language).text_direction == "rtl")


def _opening(document: ReferralDocument, setter: Setter) -> list[Strip]:
    """Set title, reference and confidentiality line, and the rule below them."""
    title = [Cell(document.title, _TITLE, _WIDE), Cell(document.reference, _REFERENCE, _FAR)]
    strips = setter.row(title, keep=True)
    strips += setter.row([Cell(document.confidentiality, _CONFIDENTIALITY, _FULL)], space_before=2, keep=True)
    return [*strips, Strip(10, (_rule(setter, _FULL, 8),))]


def _section(section: Section, setter: Setter) -> list[Strip]:
    strips = _heading(section, setter)
    for line in section.lines:
        strips += _line(line, setter)
    return strips


def _heading(section: Section, setter: Setter) -> list[Strip]:
    """Set title and note, held together with what follows."""
    strips = setter.row([Cell(section.title, _HEADING, _FULL)], space_before=18, keep=True)
    if strips:
        strips.append(Strip(5, (_rule(setter, _FULL, 1.5),), keep=True))
    note = setter.row([Cell(section.note, _NOTE, _FULL)], space_before=1, keep=True)
    return [*strips, *note, Strip(3, (), keep=True)] if note else strips


def _line(line: Line, setter: Setter) -> list[Strip]:
    """Set label and text side by side; text without a label takes the whole width."""
    if not line.label.strip():
        return setter.row([Cell(line.text, _TEXT, _FULL)], space_before=3.5)
    cells = [Cell(line.label, _LABEL, _LABEL_FRAME), Cell(line.text, _TEXT, _TEXT_FRAME)]
    return setter.row(cells, space_before=3.5)


def _return_slip(section: Section, setter: Setter) -> list[Strip]:
    """Set the tear-off part: a dashed line to cut along, then texts, and lines to write on."""
    if not (section.title or section.note or section.lines):
        return []
    strips = [Strip(4, (_rule(setter, Frame(0, _WIDTH), 0, dashed=True),), keep=True)]
    strips += _heading(section, setter)
    for line in section.lines:
        strips += _line(line, setter) if line.text.strip() else _blank(line, setter)
    return strips


def _blank(line: Line, setter: Setter) -> list[Strip]:
    """Set a label with a line to write on, at the height of the label's last line."""
    label = setter.row([Cell(line.label, _LABEL, _LABEL_FRAME)], space_before=_ROOM_TO_WRITE)
    frame = _TEXT_FRAME if label else _FULL
    if not label:
        return [Strip(_TEXT.leading, (_rule(setter, frame, 13, to_write_on=True),), _ROOM_TO_WRITE)]
    last = label[-1]
    ruled = Strip(last.height, (*last.items, _rule(setter, frame, 13, to_write_on=True)), last.space_before)
    return [*label[:-1], ruled]


def _rule(setter: Setter, frame: Frame, y: float, *, dashed: bool = False, to_write_on: bool = False) -> Rule:
    left = setter.edge(frame)
    return Rule(left, y, left + frame.width, y, dashed, to_write_on)


def _head(document: ReferralDocument, setter: Setter) -> list[Item]:
    """Set the running head of all pages but the first."""
    cells = [Cell(document.title, _RUNNING, _WIDE), Cell(document.reference, _RUNNING, _FAR)]
    return [*_first_lines(setter, cells, _RUNNING_HEAD, 1), _rule(setter, _FULL, _HEAD_RULE)]


def _foot(document: ReferralDocument, setter: Setter) -> list[Item]:
    """Set what the foot of every page says beside its number."""
    cells = [Cell(document.confidentiality, _FOOT, _FOOT_WIDE)]
    return [*_first_lines(setter, cells, _FOOTER, _FOOTER_LINES), _rule(setter, _FULL, _FOOT_RULE)]


def _number(document: ReferralDocument, setter: Setter, page: int, pages: int) -> Iterator[Item]:
    counted = document.footer.replace("{page}", str(page)).replace("{pages}", str(pages))
    return _first_lines(setter, [Cell(counted, _FOOT, _FOOT_FAR)], _FOOTER, _FOOTER_LINES)


def _first_lines(setter: Setter, cells: list[Cell], y: float, lines: int) -> Iterator[Item]:
    """Set what every page repeats, as many lines as there is room for."""
    for index, strip in enumerate(setter.row(cells)[:lines]):
        yield from shifted(strip.items, y + index * strip.height)


def _page(items: list[Item]) -> Page:
    """Make a page, its rules first and then its text in the order of reading."""
    runs = [item for item in items if isinstance(item, GlyphRun)]
    rules = [item for item in items if isinstance(item, Rule)]
    return Page(_WIDTH, _HEIGHT, (*rules, *sorted(runs, key=lambda run: run.part)))
