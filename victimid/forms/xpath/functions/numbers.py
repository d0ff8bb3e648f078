"""Numbers: sums over node-sets, rounding, powers, angles."""

import math
import operator
from collections.abc import Callable, Mapping
from functools import reduce
from typing import Final

from victimid.forms.nodes import Node
from victimid.forms.xpath.code import Code, Scene, as_nodes, as_number, constant
from victimid.forms.xpath.compiler import Compiler, Function
from victimid.forms.xpath.functions.simple import SELF, numbers_of, of_numbers
from victimid.forms.xpath.moments import Moment
from victimid.forms.xpath.syntax import Expression
from victimid.forms.xpath.values import NAN


def _safe(function: Callable[..., float]) -> Callable[..., float]:
    """Give not-a-number where mathematics has no answer, and infinity where it is too large."""

    def evaluate(*numbers: float) -> float:
        try:
            return float(function(*numbers))
        except OverflowError:
            return math.inf
        except (ValueError, ZeroDivisionError):
            return NAN

    return evaluate


def _round(number: float, digits: float = 0) -> float:
    """Round half away from zero to so many decimals; negative digits round to tens and hundreds."""
    if not math.isfinite(number) or not math.isfinite(digits):
        return number if math.isinf(number) else NAN
    scale = 10.0 ** max(-300.0, min(300.0, digits))
    shifted = abs(number) * scale
    if not math.isfinite(shifted):
        return number
    return math.copysign(math.floor(shifted + 0.5) / scale, number)


def _power(base: float, exponent: float) -> float:
    """Raise to a power as IEEE 754 does, infinities and their signs included."""
    if math.isnan(exponent) or (abs(base) == 1 and math.isinf(exponent)):
        return NAN
    try:
        return math.pow(base, exponent)
    except OverflowError:
        return -math.inf if base < 0 and exponent % 2 == 1 else math.inf
    except ValueError:
        return NAN if base else math.copysign(math.inf, base if exponent % 2 == 1 else 1)


def _int(number: float) -> float:
    return float(math.trunc(number)) if math.isfinite(number) else number


def _logarithm(number: float, base: Callable[[float], float]) -> float:
    if number == 0:
        return -math.inf
    return base(number)


def _number(compiler: Compiler, arguments: tuple[Expression, ...]) -> Code:
    number = as_number(compiler.code((arguments or (SELF,))[0]))

    def plain(node: Node, scene: Scene) -> float:
        value = number(node, scene)
        return float(value) if type(value) is Moment else value

    return Code("number", plain)


def _sum(compiler: Compiler, arguments: tuple[Expression, ...]) -> Code:
    """Compile ``sum()``: from left to right as other engines add, and not a number where there is no node."""
    code, _ = compiler.nodes(arguments[0])
    numbers = numbers_of(code)

    def evaluate(node: Node, scene: Scene) -> float:
        found = numbers(node, scene)
        return reduce(operator.add, found) if found else NAN

    return Code("number", evaluate)


def _extreme(choose: Callable[[list[float]], float]) -> Function:
    def build(compiler: Compiler, arguments: tuple[Expression, ...]) -> Code:
        parts = [numbers_of(compiler.code(argument)) for argument in arguments]

        def evaluate(node: Node, scene: Scene) -> float:
            found = [number for part in parts for number in part(node, scene)]
            return choose(found) if found and not any(map(math.isnan, found)) else NAN

        return Code("number", evaluate)

    return Function(build, 1, None)


def _count(compiler: Compiler, arguments: tuple[Expression, ...]) -> Code:
    nodes = as_nodes(compiler.structural().nodes(arguments[0])[0])
    assert nodes is not None  # noqa: S101 - Compiler.nodes has refused anything else
    return Code("number", lambda node, scene: float(len(nodes(node, scene))))


def _count_non_empty(compiler: Compiler, arguments: tuple[Expression, ...]) -> Code:
    nodes = as_nodes(compiler.nodes(arguments[0])[0])
    assert nodes is not None  # noqa: S101 - Compiler.nodes has refused anything else

    def evaluate(node: Node, scene: Scene) -> float:
        return float(sum(each.text(scene.world.effort) != "" for each in nodes(node, scene)))

    return Code("number", evaluate)


FUNCTIONS: Final[Mapping[str, Function]] = {
    "number": Function(_number, 0, 1),
    "sum": Function(_sum, 1, 1),
    "max": _extreme(max),
    "min": _extreme(min),
    "count": Function(_count, 1, 1),
    "count-non-empty": Function(_count_non_empty, 1, 1),
    "round": of_numbers(_round, 1, 2),
    "int": of_numbers(_int, 1, 1),
    "floor": of_numbers(lambda number: float(math.floor(number)) if math.isfinite(number) else number, 1, 1),
    "ceiling": of_numbers(lambda number: float(math.ceil(number)) if math.isfinite(number) else number, 1, 1),
    "abs": of_numbers(math.fabs, 1, 1),
    "pow": of_numbers(_power, 2, 2),
    "sqrt": of_numbers(_safe(math.sqrt), 1, 1),
    "exp": of_numbers(_safe(math.exp), 1, 1),
    "exp10": of_numbers(_safe(lambda number: math.pow(10, number)), 1, 1),
    "log": of_numbers(_safe(lambda number: _logarithm(number, math.log)), 1, 1),
    "log10": of_numbers(_safe(lambda number: _logarithm(number, math.log10)), 1, 1),
    "sin": of_numbers(_safe(math.sin), 1, 1),
    "cos": of_numbers(_safe(math.cos), 1, 1),
    "tan": of_numbers(_safe(math.tan), 1, 1),
    "asin": of_numbers(_safe(math.asin), 1, 1),
    "acos": of_numbers(_safe(math.acos), 1, 1),
    "atan": of_numbers(_safe(math.atan), 1, 1),
    "atan2": of_numbers(_safe(math.atan2), 2, 2),
    "pi": Function(lambda _compiler, _arguments: constant(math.pi), 0, 0),
}
