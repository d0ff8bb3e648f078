"""Comparisons of XPath 1.0: over node-sets it is enough that one node compares."""

import operator
from collections.abc import Callable
from typing import Any, Final

from victimid.forms.effort import Effort
from victimid.forms.nodes import Node
from victimid.forms.xpath.code import Boolean, Code, First, Scene, as_boolean, as_number, as_text
from victimid.forms.xpath.values import Value, number_of_node, to_boolean, to_number

_SIGNS: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def comparison(sign: str, left: Code, right: Code) -> Code:
    """Compile a comparison, as directly as the types allow."""
    return Code("boolean", _direct(sign, left, right) or _general(sign, left, right))


def _direct(sign: str, left: Code, right: Code) -> Boolean | None:
    """Compile a comparison of scalars and single nodes, whose types say which conversion applies."""
    test = _SIGNS[sign]
    if not (_scalar(left) and _scalar(right)):
        return None
    if sign in {"=", "!="}:
        if "boolean" in {left.type, right.type}:
            truth, other_truth = as_boolean(left), as_boolean(right)
            return lambda node, scene: test(truth(node, scene), other_truth(node, scene))
        if "number" not in {left.type, right.type}:
            return _texts(test, left, right)
    return _present(left, right, _numbers(test, left, right), sign)


def _numbers(test: Callable[[object, object], bool], left: Code, right: Code) -> Boolean:
    number = as_number(left)
    if right.constant is not None:
        literal = to_number(right.constant)
        return lambda node, scene: test(number(node, scene), literal)
    other = as_number(right)
    return lambda node, scene: test(number(node, scene), other(node, scene))


def _texts(test: Callable[[object, object], bool], left: Code, right: Code) -> Boolean:
    text, literal, first = as_text(left), right.constant, left.first
    if literal is None:
        other = as_text(right)
        return _present(left, right, lambda node, scene: test(text(node, scene), other(node, scene)), "=")
    if first is None or left.alone is not None:
        return lambda node, scene: test(text(node, scene), literal)

    def with_literal(node: Node, scene: Scene) -> bool:
        found = first(node, scene)
        return found is not None and test(found.value or found.text(scene.world.effort), literal)

    return with_literal


def _present(left: Code, right: Code, compare: Boolean, sign: str) -> Boolean:
    """Compare only if every node involved exists; no node compares with nothing."""
    if sign in {"=", "!="}:
        for code in (left, right):
            if code.first is not None and code.alone is None:
                compare = _if_found(code.first, compare)
    return compare


def _if_found(first: First, compare: Boolean) -> Boolean:
    return lambda node, scene: first(node, scene) is not None and compare(node, scene)


def _scalar(code: Code) -> bool:
    return code.type in {"text", "number", "boolean"} or (code.single and code.first is not None)


def _general(sign: str, left: Code, right: Code) -> Boolean:
    run, other = left.run, right.run
    return lambda node, scene: compare(sign, run(node, scene), other(node, scene), scene.world.effort)


def compare(sign: str, left: Value, right: Value, effort: Effort) -> bool:
    """Compare two values whose types are only known now."""
    test = _SIGNS[sign]
    if sign in {"=", "!="} and (isinstance(left, bool) or isinstance(right, bool)):
        return test(to_boolean(left), to_boolean(right))
    if isinstance(left, list):
        if isinstance(right, list):
            return _lists(sign, left, right, effort)
        if isinstance(right, float) or sign not in {"=", "!="}:
            number = to_number(right)
            return any(test(number_of_node(one), number) for one in left)
        return any(test(one.text(effort), right) for one in left)
    if isinstance(right, list):
        return compare(_mirrored(sign), right, left, effort)
    return _pair(sign, left, right)


def _lists(sign: str, left: list[Node], right: list[Node], effort: Effort) -> bool:
    """Compare node-sets by what decides alone: the sets of texts, or the least and the largest numbers."""
    if sign in {"=", "!="}:
        texts, others = {node.text(effort) for node in left}, {node.text(effort) for node in right}
        return not texts.isdisjoint(others) if sign == "=" else bool(texts and others) and len(texts | others) > 1
    numbers = [number for number in map(number_of_node, left) if number == number]
    bounds = [number for number in map(number_of_node, right) if number == number]
    if not numbers or not bounds:
        return False
    least, most = (numbers, bounds) if sign in {"<", "<="} else (bounds, numbers)
    return _SIGNS[sign.replace(">", "<")](min(least), max(most))


def _pair(sign: str, left: str | float | bool, right: str | float | bool) -> bool:
    test = _SIGNS[sign]
    if sign in {"=", "!="} and isinstance(left, str) and isinstance(right, str):
        return test(left, right)
    return test(to_number(left), to_number(right))


def _mirrored(sign: str) -> str:
    return {"<": ">", "<=": ">=", ">": "<", ">=": "<="}.get(sign, sign)
