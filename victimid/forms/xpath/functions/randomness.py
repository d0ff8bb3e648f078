"""Chance: random numbers, identifiers, and shuffling as JavaRosa shuffles."""

import hashlib
import math
import secrets
import uuid
from collections.abc import Mapping
from typing import Final

from victimid.forms.nodes import Node
from victimid.forms.xpath.code import Code, Scene, as_nodes, as_number
from victimid.forms.xpath.compiler import Compiler, Function
from victimid.forms.xpath.syntax import Expression
from victimid.forms.xpath.values import Value, to_number, to_text

_MODULUS: Final = 2_147_483_647
_MULTIPLIER: Final = 16_807
_LONGEST: Final = 10_000


def shuffled(nodes: list[Node], seed: int | None) -> list[Node]:
    """Shuffle: with a seed by the Park-Miller generator, so that every ODK client gives one order."""
    state = (secrets.randbelow(_MODULUS - 1) + 1) if seed is None else int(math.fmod(seed, _MODULUS))
    if state <= 0:
        state += _MODULUS - 1
    result: list[Node] = []
    for index, node in enumerate(nodes):
        state = state * _MULTIPLIER % _MODULUS
        other = int((state - 1) / (_MODULUS - 1) * (index + 1))
        result.append(node)
        result[index] = result[other]
        result[other] = node
    return result


def _seed(value: Value) -> int:
    """Return the seed a value stands for: a number cut to whole, other text by its hash."""
    number = to_number(value)
    if math.isnan(number):
        text = to_text(value)
        return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big", signed=True) if text else 0
    if math.isinf(number):
        return 2**63 - 1 if number > 0 else -(2**63)
    return math.trunc(number)


def _randomize(compiler: Compiler, arguments: tuple[Expression, ...]) -> Code:
    nodes = as_nodes(compiler.nodes(arguments[0])[0])
    assert nodes is not None  # noqa: S101 - Compiler.nodes has refused anything else
    if len(arguments) == 1:
        return Code("nodes", lambda node, scene: _counted(nodes(node, scene), None, scene))
    seed = compiler.code(arguments[1]).run
    return Code("nodes", lambda node, scene: _counted(nodes(node, scene), _seed(seed(node, scene)), scene))


def _counted(nodes: list[Node], seed: int | None, scene: Scene) -> list[Node]:
    scene.world.effort.visit(2 * len(nodes))
    return shuffled(nodes, seed)


def _uuid(compiler: Compiler, arguments: tuple[Expression, ...]) -> Code:
    if not arguments:
        return Code("text", lambda _node, _scene: str(uuid.uuid4()))
    length = as_number(compiler.code(arguments[0]))

    def evaluate(node: Node, scene: Scene) -> str:
        wanted = length(node, scene)
        count = int(max(0, min(_LONGEST, wanted))) if not math.isnan(wanted) else 0
        scene.world.effort.visit(count // 4)
        return "".join(str(uuid.uuid4()) for _ in range(count // 36 + 1))[:count]

    return Code("text", evaluate)


def _random(_compiler: Compiler, _arguments: tuple[Expression, ...]) -> Code:
    return Code("number", lambda _node, _scene: secrets.randbelow(2**53) / 2**53)


FUNCTIONS: Final[Mapping[str, Function]] = {
    "random": Function(_random, 0, 0),
    "randomize": Function(_randomize, 1, 2),
    "uuid": Function(_uuid, 0, 1),
}
