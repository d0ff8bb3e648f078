"""Text: parts, tests, patterns, digests."""

import base64
import binascii
import hashlib
import math
from collections.abc import Mapping
from typing import Final

from victimid.errors import VictimIDError
from victimid.forms import limits
from victimid.forms.effort import Effort, require_short
from victimid.forms.nodes import Node
from victimid.forms.patterns.automaton import compile_pattern
from victimid.forms.xpath.code import Code, Scene, as_number, as_text
from victimid.forms.xpath.compiler import Compiler, Function
from victimid.forms.xpath.functions.simple import SELF, gone_through, of_texts, texts_of
from victimid.forms.xpath.syntax import Expression
from victimid.forms.xpath.values import normalised, to_text


def _before(text: str, mark: str) -> str:
    return text.partition(mark)[0] if mark and mark in text else ""


def _after(text: str, mark: str) -> str:
    if not mark:
        return text
    return text.partition(mark)[2]


def _translate(text: str, wanted: str, instead: str) -> str:
    table: dict[int, str | None] = {}
    for index, character in enumerate(wanted):
        table.setdefault(ord(character), instead[index] if index < len(instead) else None)
    return text.translate(table)


def _concat(compiler: Compiler, arguments: tuple[Expression, ...]) -> Code:
    parts = [texts_of(compiler.code(argument)) for argument in arguments]
    return Code("text", lambda node, scene: _joined("", [text for part in parts for text in part(node, scene)], scene))


def _join(compiler: Compiler, arguments: tuple[Expression, ...]) -> Code:
    glue = as_text(compiler.code(arguments[0]))
    parts = [texts_of(compiler.code(argument)) for argument in arguments[1:]]

    def evaluate(node: Node, scene: Scene) -> str:
        texts = [text for part in parts for text in part(node, scene)]
        return _joined(glue(node, scene), texts, scene)

    return Code("text", evaluate)


def _joined(glue: str, texts: list[str], scene: Scene) -> str:
    """Join texts, but none that a form makes grow without end."""
    require_short(texts)
    limits.require(limits.VALUE_CHARACTERS, len(glue) * len(texts), "text")
    text = glue.join(texts)
    scene.world.effort.write(len(text))
    return text


def _substr(compiler: Compiler, arguments: tuple[Expression, ...]) -> Code:
    """Compile ``substr(text, from, to)``: counted from 0, negative numbers from the end."""
    text, start = gone_through(as_text(compiler.code(arguments[0]))), as_number(compiler.code(arguments[1]))
    end = as_number(compiler.code(arguments[2])) if len(arguments) > 2 else None

    def evaluate(node: Node, scene: Scene) -> str:
        whole = text(node, scene)
        first = _clipped(start(node, scene), len(whole), 0)
        last = len(whole) if end is None else _clipped(end(node, scene), len(whole), 0)
        return whole[first:last]

    return Code("text", evaluate)


def _clipped(number: float, length: int, otherwise: int) -> int:
    if math.isnan(number):
        return otherwise
    clipped = max(-length, min(length, number))
    whole = int(clipped)
    return length + whole if whole < 0 else whole


def _substring(compiler: Compiler, arguments: tuple[Expression, ...]) -> Code:
    """Compile ``substring(text, from, length)``: counted from 1 (XPath 1.0, 4.2)."""
    text, start = gone_through(as_text(compiler.code(arguments[0]))), as_number(compiler.code(arguments[1]))
    length = as_number(compiler.code(arguments[2])) if len(arguments) > 2 else None

    def evaluate(node: Node, scene: Scene) -> str:
        whole = text(node, scene)
        first = _half_up(start(node, scene))
        last = math.inf if length is None else first + _half_up(length(node, scene))
        if math.isnan(first) or math.isnan(last):
            return ""
        low, high = max(first, 1), min(last, len(whole) + 1)
        return whole[int(low) - 1 : int(high) - 1] if low < high else ""

    return Code("text", evaluate)


def _half_up(number: float) -> float:
    return math.floor(number + 0.5) if math.isfinite(number) else number


def _regex(compiler: Compiler, arguments: tuple[Expression, ...]) -> Code:
    """Compile ``regex(text, pattern)``; a pattern that is a literal is compiled once, and checked now."""
    text = as_text(compiler.code(arguments[0]))
    code = compiler.code(arguments[1])
    if code.constant is not None:
        fixed = compile_pattern(to_text(code.constant))
        return Code("boolean", lambda node, scene: fixed.search(text(node, scene), scene.world.effort))
    pattern = as_text(code)
    return Code("boolean", lambda node, scene: _search(pattern(node, scene), text(node, scene), scene.world.effort))


def _search(source: str, text: str, effort: Effort) -> bool:
    effort.visit(_PARSING * len(source))
    try:
        pattern = compile_pattern(source)
    except VictimIDError:
        return False
    return pattern.search(text, effort)


_PARSING: Final = 4  # nodes looked at are as much work as parsing a character
_MAPPING: Final = 8  # characters mapped to others, as much work as looking at a node
_DIGESTS: Final = {
    "MD5": hashlib.md5,
    "SHA-1": hashlib.sha1,
    "SHA-256": hashlib.sha256,
    "SHA-384": hashlib.sha384,
    "SHA-512": hashlib.sha512,
}


def _digest(text: str, algorithm: str, encoding: str = "base64") -> str:
    """Hash as the form asks: a form's algorithm, never used for anything of ours."""
    make = _DIGESTS.get(algorithm)
    if make is None:
        return ""
    raw = make(text.encode(), usedforsecurity=False)
    return raw.hexdigest() if encoding == "hex" else base64.b64encode(raw.digest()).decode()


def _base64_decode(text: str) -> str:
    try:
        return base64.b64decode(text, validate=True).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""


def _string(compiler: Compiler, arguments: tuple[Expression, ...]) -> Code:
    return Code("text", as_text(compiler.code((arguments or (SELF,))[0])))


FUNCTIONS: Final[Mapping[str, Function]] = {
    "string": Function(_string, 0, 1),
    "concat": Function(_concat, 0, None),
    "join": Function(_join, 1, None),
    "starts-with": of_texts(bool, str.startswith, 2, 2),
    "ends-with": of_texts(bool, str.endswith, 2, 2),
    "contains": of_texts(bool, str.__contains__, 2, 2),
    "substring-before": of_texts(str, _before, 2, 2),
    "substring-after": of_texts(str, _after, 2, 2),
    "substring": Function(_substring, 2, 3),
    "substr": Function(_substr, 2, 3),
    "string-length": of_texts(float, lambda text: float(len(text)), 0, 1),
    "normalize-space": of_texts(str, normalised, 0, 1, _MAPPING),
    "translate": of_texts(str, _translate, 3, 3, _MAPPING),
    "regex": Function(_regex, 2, 2),
    "digest": of_texts(str, _digest, 2, 3),
    "base64-decode": of_texts(str, _base64_decode, 1, 1),
}
