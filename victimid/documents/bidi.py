"""Unicode bidirectional algorithm: embedding levels per character, and runs in visual order.

python-bidi resolves weak, neutral and implicit types; isolates (BD9) and paired brackets (N0), which its
levels do not know, are resolved here. Embeddings and overrides have been stripped before (see ``text``).
"""

import unicodedata
from collections.abc import Sequence
from typing import Any, Final

_ISOLATE_LEFT, _ISOLATE_RIGHT, _ISOLATE_FIRST_STRONG, _POP = "\u2066", "\u2067", "\u2068", "\u2069"
_INITIATORS: Final = frozenset((_ISOLATE_LEFT, _ISOLATE_RIGHT, _ISOLATE_FIRST_STRONG))
_DEEPEST = 123
_MOST_OPEN_BRACKETS = 63

_Char = dict[str, Any]
"""python-bidi's record of a character: its ``type`` and ``level`` change from rule to rule."""


def base_level(text: str, default: int) -> int:
    """Return 1 where the first strong character outside isolates runs right to left, 0 where left to right."""
    return _first_strong(text, 0, len(text), _isolate_ends(text), default)


def levels(text: str, base: int) -> list[int]:
    """Return the embedding level of every character of a paragraph; odd levels run right to left."""
    result = [base] * len(text)
    _resolve(text, (0, len(text)), base, _isolate_ends(text), result)
    return result


def visual_order(run_levels: Sequence[int]) -> list[int]:
    """Return the indices of the runs of one line from left to right (rule L2)."""
    order = list(range(len(run_levels)))
    for level in range(max(run_levels, default=0), 0, -1):
        start = 0
        while start < len(order):
            end = start
            while end < len(order) and run_levels[order[end]] >= level:
                end += 1
            order[start:end] = reversed(order[start:end])
            start = end + 1
    return order


def _isolate_ends(text: str) -> dict[int, int]:
    """Map each isolate initiator to the position that ends it, the end of the text if nothing does."""
    ends: dict[int, int] = {}
    waiting: list[int] = []
    for position, character in enumerate(text):
        if character in _INITIATORS:
            waiting.append(position)
        elif character == _POP and waiting:
            ends[waiting.pop()] = position
    return {**ends, **dict.fromkeys(waiting, len(text))}


def _first_strong(text: str, start: int, end: int, ends: dict[int, int], default: int) -> int:
    position = start
    while position < end:
        kind = unicodedata.bidirectional(text[position])
        if kind in {"L", "R", "AL"}:
            return int(kind != "L")
        position = ends.get(position, position) + (0 if position in ends else 1)
    return default


def _resolve(text: str, span: tuple[int, int], level: int, ends: dict[int, int], out: list[int]) -> None:
    """Resolve one stretch, its isolates counting as one neutral character each; then each isolate's inside."""
    outside: list[int] = []
    position, stop = span
    while position < stop:
        outside.append(position)
        end = min(ends.get(position, position), stop)
        if end > position and level < _DEEPEST:
            inner = _isolate_level(text, position, end, level, ends)
            _resolve(text, (position + 1, end), inner, ends, out)
            position = end
        else:
            position += 1
    for index, resolved in zip(outside, _flat_levels([text[i] for i in outside], level), strict=True):
        out[index] = resolved


def _isolate_level(text: str, start: int, end: int, outer: int, ends: dict[int, int]) -> int:
    if text[start] == _ISOLATE_FIRST_STRONG:
        odd = _first_strong(text, start + 1, end, ends, default=0)
    else:
        odd = int(text[start] == _ISOLATE_RIGHT)
    return outer + 1 if (outer + 1) % 2 == odd else outer + 2


def _flat_levels(characters: list[str], level: int) -> list[int]:
    """Resolve characters that all lie at one level."""
    from bidi import algorithm

    chars: list[_Char] = [
        {"ch": character, "level": level, "type": kind, "orig": kind}
        for character in characters
        for kind in [_type(character)]
    ]
    storage = {**algorithm.get_empty_storage(), "base_level": level, "chars": list(chars)}
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    _pair_brackets(storage["chars"], "LR"[level % 2])
    algorithm.resolve_neutral_types(storage, debug=False)
    algorithm.resolve_implicit_levels(storage, debug=False)
    return [char["level"] for char in chars]


def _type(character: str) -> str:
    """Return the bidirectional type; isolate characters are neutral, unassigned ones run left to right."""
    if character in _INITIATORS or character == _POP:
        return "ON"
    return unicodedata.bidirectional(character) or "L"


def _pair_brackets(chars: list[_Char], embedding: str) -> None:
    """Give both brackets of a pair one direction (rule N0)."""
    for opening, closing in _bracket_pairs(chars):
        inside = {_strong(char) for char in chars[opening + 1 : closing]}
        if embedding in inside:
            direction = embedding
        elif inside - {""}:
            before = (_strong(char) for char in reversed(chars[:opening]))
            direction = next((strong for strong in before if strong), embedding)
        else:
            continue
        _turn(chars, opening, direction)
        _turn(chars, closing, direction)


def _strong(char: _Char) -> str:
    """Return L or R as neutrals see it (numbers count as R), or nothing."""
    return {"L": "L", "R": "R", "EN": "R", "AN": "R"}.get(char["type"], "")


def _turn(chars: list[_Char], position: int, direction: str) -> None:
    """Set a bracket's direction, and that of the marks on it."""
    chars[position]["type"] = direction
    for char in chars[position + 1 :]:
        if char["orig"] != "NSM":
            return
        char["type"] = direction


def _bracket_pairs(chars: list[_Char]) -> list[tuple[int, int]]:
    """Find the pairs in the order of their opening brackets (BD16); too deep a nesting pairs nothing."""
    from bidi.mirror import MIRRORED

    pairs: list[tuple[int, int]] = []
    waiting: list[tuple[str, int]] = []
    for position, char in enumerate(chars):
        category = unicodedata.category(char["ch"]) if char["type"] == "ON" else ""
        if category == "Ps" and char["ch"] in MIRRORED:
            if len(waiting) == _MOST_OPEN_BRACKETS:
                return []
            waiting.append((MIRRORED[char["ch"]], position))
        elif category == "Pe" and (depth := _depth(waiting, char["ch"])) is not None:
            pairs.append((waiting[depth][1], position))
            del waiting[depth:]
    return sorted(pairs)


def _depth(waiting: list[tuple[str, int]], closing: str) -> int | None:
    """Find the innermost waiting bracket that this one closes."""
    for depth in range(len(waiting) - 1, -1, -1):
        if waiting[depth][0] == closing:
            return depth
    return None
