"""The Markdown that labels may hold, as runs of plain text; nothing of it is ever handed on as markup."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

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


def escaped(text: str) -> str:
    """Protect what people answered, so that nothing in it counts as markup."""
    return _SPECIAL.sub(r"\\\g<0>", text)


def runs(text: str) -> tuple[Run, ...]:
    """Read a label; links keep their words and lose their target, as nothing leaves this program."""
    if "\n" not in text and not _SPECIAL.search(text):
        return (Run(text),) if text else ()
    found: list[Run] = []
    for number, line in enumerate(text.split("\n")):
        if number:
            found.append(Run("\n"))
        heading = _HEADING.fullmatch(line.strip())
        style = Run("", heading=len(heading[1])) if heading else Run("")
        found.extend(_inline(heading[2] if heading else line, style))
    return _joined(found)


def plain(found: Iterable[Run]) -> str:
    """Return the text of runs without their styles."""
    return "".join(run.text for run in found)


def _inline(text: str, style: Run) -> list[Run]:
    found: list[Run] = []
    at = 0
    for match in _INLINE.finditer(text):
        found.append(replace(style, text=text[at : match.start()]))
        found.extend(_marked(match, style))
        at = match.end()
    found.append(replace(style, text=text[at:]))
    return found


def _marked(match: re.Match[str], style: Run) -> list[Run]:
    """Return what one piece of markup stands for; it may hold more markup."""
    if match["escape"]:
        return [replace(style, text=match["escape"][1:])]
    if match["strong"]:
        return _inline(match["strong_text"] or match["strong_under"], replace(style, strong=True))
    if match["emphasis"]:
        return _inline(match["text"] or match["under"], replace(style, emphasis=True))
    if match["tag"]:
        return [replace(style, text="\n")] if _BREAK.match(match["tag"]) else []
    return _inline(match["link"], style)


def _joined(found: list[Run]) -> tuple[Run, ...]:
    """Join neighbours of one style."""
    joined: list[Run] = []
    for run in found:
        if joined and replace(joined[-1], text="") == replace(run, text=""):
            joined[-1] = replace(run, text=joined[-1].text + run.text)
        elif run.text:
            joined.append(run)
    return tuple(joined)
