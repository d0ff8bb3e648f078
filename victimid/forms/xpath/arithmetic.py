"""Sums, products and signs; anything that is no number makes the whole no number."""

import math
from collections.abc import Callable
from typing import Final

from victimid.forms.nodes import Node
from victimid.forms.xpath.code import Code, Number, Scene, as_number
from victimid.forms.xpath.values import NAN, to_number


def _divide(left: float, right: float) -> float:
    if right == 0:
        if left == 0 or math.isnan(left):
            return NAN
        return math.copysign(math.inf, left) * math.copysign(1, right)
    return left / right


def _remainder(left: float, right: float) -> float:
    if right == 0 or math.isinf(left):
        return NAN
    return math.fmod(left, right)


_OPERATIONS: Final[dict[str, Callable[[float, float], float]]] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
    "div": _divide,
    "mod": _remainder,
}


def arithmetic(first: Code, rest: list[tuple[str, Code]]) -> Code:
    """Compile operators of one level from left to right."""
    start = as_number(first)
    if len(rest) == 1:
        sign, second = rest[0]
        if second.constant is not None:
            return Code("number", _with_literal(sign, start, to_number(second.constant)))
        return Code("number", _pair(sign, start, as_number(second)))
    parts = [(_OPERATIONS[sign], as_number(code)) for sign, code in rest]

    def evaluate(node: Node, scene: Scene) -> float:
        total = start(node, scene)
        for operation, part in parts:
            total = operation(total, part(node, scene))
        return total

    return Code("number", evaluate)


def _pair(sign: str, left: Number, right: Number) -> Number:
    if sign == "+":
        return lambda node, scene: left(node, scene) + right(node, scene)
    if sign == "-":
        return lambda node, scene: left(node, scene) - right(node, scene)
    if sign == "*":
        return lambda node, scene: left(node, scene) * right(node, scene)
    operation = _OPERATIONS[sign]
    return lambda node, scene: operation(left(node, scene), right(node, scene))


def _with_literal(sign: str, left: Number, right: float) -> Number:
    if sign == "+":
        return lambda node, scene: left(node, scene) + right
    if sign == "-":
        return lambda node, scene: left(node, scene) - right
    if sign == "*":
        return lambda node, scene: left(node, scene) * right
    operation = _OPERATIONS[sign]
    return lambda node, scene: operation(left(node, scene), right)


def negation(code: Code) -> Code:
    """Compile unary minus."""
    operand = as_number(code)
    return Code("number", lambda node, scene: -operand(node, scene))
