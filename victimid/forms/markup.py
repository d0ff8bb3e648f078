"""The Markdown that labels may hold, as runs of plain text; nothing of it is ever handed on as markup."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Final, NamedTuple

_ESCAPED: Final = r"\\[\\*_#\[\]()<>`~]"
_INLINE: Final = re.compile(
    rf"""(?P<escape>{_ESCAPED})
    |(?P<strong>\*\*(?=\S)(?P<strong_text>(?:{_ESCAPED}|[^*\\])++)(?<!\s)\*\*|(?<!\w)__(?=\S)(?P<strong_under>(?:{_ESCAPED}|[^_\\])++)(?<!\s)__(?!\w))
    |(?P<emphasis>\*(?=\S)(?P<text>(?:{_ESCAPED}|[^*\\])++)(?<!\s)\*|(?<!\w)_(?=\S)(?P<under>(?:{_ESCAPED}|[^_\\])++)(?<!\s)_(?!\w))
    |\[(?P<link>(?:{_ESCAPED}|[^\[\]\\])++)\]\((?P<target>[^()\s]*+)\)
    |(?P<tag></?(?:span|p|div|b|i|u|strong|em|br)\b[^<>]*+>)""",
    re.VERBOSE | re.IGNORECASE,
)
_HEADING: Final = re.compile(r"(#{1,6})[ \t]++(\S.*)")
_SPECIAL: Final = re.compile(r"[\\*_#\[\]()<>`~]")
_BREAK: Final = re.compile(r"<br\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one style; ``heading`` is its level from 1 to 6, 0 for plain lines."""

    text: str
    strong: bool = False
    emphasis: bool = False
    heading: int = 0


class _Style(NamedTuple):
    """How a piece of text looks."""

    strong: bool = False
    emphasis: bool = False
    heading: int = 0


_Piece = tuple[str, _Style]
_PLAIN: Final = _Style()


def escaped(text: str) -> str:
    """Protect what people answered, so that nothing in it counts as markup."""
    return _SPECIAL.sub(r"\\\g<0>", text)


def runs(text: str) -> tuple[Run, ...]:
    """Read a label; links keep their words and lose their target, as nothing leaves this program."""
    if "\n" not in text and not _SPECIAL.search(text):
        return (Run(text),) if text else ()
    found: list[_Piece] = []
    for number, line in enumerate(text.split("\n")):
        if number:
            found.append(("\n", _PLAIN))
        heading = _HEADING.fullmatch(line.strip())
        style = _PLAIN._replace(heading=len(heading[1])) if heading else _PLAIN
        found.extend(_inline(heading[2] if heading else line, style))
    return tuple(_joined(found))


def plain(found: Iterable[Run]) -> str:
    """Return the text of runs without their styles."""
    return "".join(run.text for run in found)


def _inline(text: str, style: _Style) -> list[_Piece]:
    found: list[_Piece] = []
    at = 0
    for match in _INLINE.finditer(text):
        found.append((text[at : match.start()], style))
        found.extend(_marked(match, style))
        at = match.end()
    found.append((text[at:], style))
    return found


def _marked(match: re.Match[str], style: _Style) -> list[_Piece]:
    """Return what one piece of markup stands for; it may hold more markup."""
    if match["escape"]:
        return [(match["escape"][1:], style)]
    if match["strong"]:
        return _inline(match["strong_text"] or match["strong_under"], style._replace(strong=True))
    if match["emphasis"]:
        return _inline(match["text"] or match["under"], style._replace(emphasis=True))
    if match["tag"]:
        return [("\n", style)] if _BREAK.match(match["tag"]) else []
    return _inline(match["link"], style)


def _joined(found: list[_Piece]) -> Iterator[Run]:
    """Join neighbours of one style."""
    written = [piece for piece in found if piece[0]]
    for style, pieces in groupby(written, key=itemgetter(1)):
        yield Run("".join([text for text, _ in pieces]), *style)
