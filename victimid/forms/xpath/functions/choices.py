"""Choices: what is selected, and how a choice is worded."""

import math
from collections.abc import Mapping
from typing import Final

from victimid.forms.nodes import Node
from victimid.forms.xpath.code import Code, Scene, as_nodes, as_number, as_text
from victimid.forms.xpath.compiler import Compiler, Function
from victimid.forms.xpath.functions.simple import gone_through, of_texts
from victimid.forms.xpath.parser import parse
from victimid.forms.xpath.syntax import Expression, Literal
from victimid.forms.xpath.values import words

_WORDS: Final = 4  # characters split into words, as much work as looking at a node


def _selected(chosen: str, value: str) -> bool:
    return value.strip() in words(chosen)


def _selected_at(compiler: Compiler, arguments: tuple[Expression, ...]) -> Code:
    chosen = gone_through(as_text(compiler.code(arguments[0])), _WORDS)
    index = as_number(compiler.code(arguments[1]))

    def evaluate(node: Node, scene: Scene) -> str:
        values, number = words(chosen(node, scene)), index(node, scene)
        if math.isnan(number) or not 0 <= number < len(values):
            return ""
        return values[int(number)]

    return Code("text", evaluate)


def _choice_name(compiler: Compiler, arguments: tuple[Expression, ...]) -> Code:
    """Compile ``jr:choice-name(value, 'path')``; the quoted path is parsed now, not at run time."""
    compiler.dependencies.language = True
    value, path = as_text(compiler.code(arguments[0])), arguments[1]
    inner = parse(path.value) if isinstance(path, Literal) and isinstance(path.value, str) else path
    code, reach = compiler.nodes(inner)
    if reach.within is not None:
        compiler.dependencies.selects.update((end, reach.within) for end in reach.ends)
    nodes = as_nodes(code)
    assert nodes is not None  # noqa: S101 - Compiler.nodes has refused anything else

    def evaluate(node: Node, scene: Scene) -> str:
        found = nodes(node, scene)
        return scene.world.choice_label(found[0], value(node, scene)) if found else ""

    return Code("text", evaluate)


def _itext(compiler: Compiler, arguments: tuple[Expression, ...]) -> Code:
    compiler.dependencies.language = True
    text_id = as_text(compiler.code(arguments[0]))
    return Code("text", lambda node, scene: scene.world.itext(text_id(node, scene)))


FUNCTIONS: Final[Mapping[str, Function]] = {
    "selected": of_texts(bool, _selected, 2, 2, _WORDS),
    "count-selected": of_texts(float, lambda chosen: float(len(words(chosen))), 1, 1, _WORDS),
    "selected-at": Function(_selected_at, 2, 2),
    "choice-name": Function(_choice_name, 2, 2),
    "itext": Function(_itext, 1, 1),
}
