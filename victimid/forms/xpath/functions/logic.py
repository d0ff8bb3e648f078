"""Conditions and checklists."""

from collections.abc import Callable, Mapping
from typing import Final

from victimid.errors import VictimIDError
from victimid.forms.nodes import Node
from victimid.forms.xpath.code import Code, Scene, as_boolean, as_number, as_text, constant
from victimid.forms.xpath.compiler import Compiler, Function
from victimid.forms.xpath.functions.simple import of_texts
from victimid.forms.xpath.syntax import Expression
from victimid.forms.xpath.values import Value, number_of_node, to_boolean, to_number

_Values = Callable[[Node, Scene], list[bool]]


def _if(compiler: Compiler, arguments: tuple[Expression, ...]) -> Code:
    condition = as_boolean(compiler.code(arguments[0]))
    yes, no = compiler.code(arguments[1]), compiler.code(arguments[2])
    run, otherwise = yes.run, no.run
    return Code(
        yes.type if yes.type == no.type else "any",
        lambda node, scene: run(node, scene) if condition(node, scene) else otherwise(node, scene),
    )


def _not(compiler: Compiler, arguments: tuple[Expression, ...]) -> Code:
    inner = as_boolean(compiler.code(arguments[0]))
    return Code("boolean", lambda node, scene: not inner(node, scene))


def _boolean(compiler: Compiler, arguments: tuple[Expression, ...]) -> Code:
    return Code("boolean", as_boolean(compiler.code(arguments[0])))


def _coalesce(compiler: Compiler, arguments: tuple[Expression, ...]) -> Code:
    parts = [as_text(compiler.code(argument)) for argument in arguments]

    def first_present(node: Node, scene: Scene) -> str:
        for part in parts:
            if text := part(node, scene):
                return text
        return ""

    return Code("text", first_present)


def _once(compiler: Compiler, arguments: tuple[Expression, ...]) -> Code:
    inner = as_text(compiler.code(arguments[0]))
    return Code("text", lambda node, scene: node.latest(scene.world.effort) or inner(node, scene))


def _truths(code: Code) -> _Values:
    """Compile an argument of a checklist: one truth, or one per node (a node is true unless blank)."""
    run = code.run

    def truths(node: Node, scene: Scene) -> list[bool]:
        value: Value = run(node, scene)
        if isinstance(value, list):
            return [bool(each.text(scene.world.effort).strip()) for each in value]
        return [to_boolean(value)]

    return truths


def _within(total: float, least: float, most: float) -> bool:
    return least <= total and (most == -1 or total <= most)


def _checklist(compiler: Compiler, arguments: tuple[Expression, ...]) -> Code:
    least, most = (as_number(compiler.code(argument)) for argument in arguments[:2])
    parts = [_truths(compiler.code(argument)) for argument in arguments[2:]]

    def evaluate(node: Node, scene: Scene) -> bool:
        total = sum(sum(part(node, scene)) for part in parts)
        return _within(total, least(node, scene), most(node, scene))

    return Code("boolean", evaluate)


def _weighted_checklist(compiler: Compiler, arguments: tuple[Expression, ...]) -> Code:
    if len(arguments) % 2:
        raise VictimIDError("form.argument_count", function="weighted-checklist", at=0, count=len(arguments))
    least, most = (as_number(compiler.code(argument)) for argument in arguments[:2])
    pairs = [
        (_truths(compiler.code(truth)), _weights(compiler.code(weight)))
        for truth, weight in zip(arguments[2::2], arguments[3::2], strict=True)
    ]

    def evaluate(node: Node, scene: Scene) -> bool:
        total = 0.0
        for truths, weights in pairs:
            both = zip(truths(node, scene), weights(node, scene), strict=False)
            total += sum(weight for truth, weight in both if truth)
        return _within(total, least(node, scene), most(node, scene))

    return Code("boolean", evaluate)


def _weights(code: Code) -> Callable[[Node, Scene], list[float]]:
    run = code.run

    def weights(node: Node, scene: Scene) -> list[float]:
        value: Value = run(node, scene)
        return [number_of_node(each) for each in value] if isinstance(value, list) else [to_number(value)]

    return weights


FUNCTIONS: Final[Mapping[str, Function]] = {
    "if": Function(_if, 3, 3),
    "not": Function(_not, 1, 1),
    "boolean": Function(_boolean, 1, 1),
    "true": Function(lambda _compiler, _arguments: constant(True), 0, 0),  # noqa: FBT003 - a literal
    "false": Function(lambda _compiler, _arguments: constant(False), 0, 0),  # noqa: FBT003 - a literal
    "coalesce": Function(_coalesce, 2, None),
    "once": Function(_once, 1, 1),
    "boolean-from-string": of_texts(bool, lambda text: text in {"1", "true"}, 1, 1),
    "checklist": Function(_checklist, 2, None),
    "weighted-checklist": Function(_weighted_checklist, 2, None),
}
