"""What nodes are called, in which namespace and language, and which version of the form asks."""

from collections.abc import Mapping
from typing import Final

from victimid.forms.nodes import Node
from victimid.forms.safexml import OPENROSA, XFORMS
from victimid.forms.xpath.code import Code, Nodes, Scene, as_nodes, as_text, constant
from victimid.forms.xpath.compiler import Compiler, Function
from victimid.forms.xpath.functions.simple import SELF
from victimid.forms.xpath.scope import Reach
from victimid.forms.xpath.syntax import Expression


def _asked(compiler: Compiler, arguments: tuple[Expression, ...]) -> tuple[Nodes, Reach]:
    """Compile the node a function is about, the context node where it names none."""
    code, reach = compiler.structural().nodes((arguments or (SELF,))[0])
    nodes = as_nodes(code)
    assert nodes is not None  # noqa: S101 - Compiler.nodes has refused anything else
    return nodes, reach


def _name(compiler: Compiler, arguments: tuple[Expression, ...], *, local: bool) -> Code:
    nodes, _ = _asked(compiler, arguments)

    def name(node: Node, scene: Scene) -> str:
        found = nodes(node, scene)
        return found[0].name.rpartition(":")[2] if local and found else found[0].name if found else ""

    return Code("text", name)


def _namespace(compiler: Compiler, arguments: tuple[Expression, ...]) -> Code:
    """Compile ``namespace-uri()``; items of other instances are in the namespace of XForms."""
    nodes, reach = _asked(compiler, arguments)
    known = {end.name: end.tag.rpartition("}")[0].removeprefix("{") for end in reach.ends}
    other = XFORMS if reach.outside else ""

    def namespace(node: Node, scene: Scene) -> str:
        found = nodes(node, scene)
        return known.get(found[0].name, other) if found else ""

    return Code("text", namespace)


def _lang(compiler: Compiler, arguments: tuple[Expression, ...]) -> Code:
    wanted = as_text(compiler.code(arguments[0]))

    def lang(node: Node, scene: Scene) -> bool:
        at: Node | None = node
        while at is not None and "lang" not in at.attributes:
            at = at.parent
        tag = wanted(node, scene).lower()
        return at is not None and f"{at.attributes['lang'].text().lower()}-".startswith(f"{tag}-")

    return Code("boolean", lang)


def _id(compiler: Compiler, arguments: tuple[Expression, ...]) -> Code:
    """Compile ``id()``: only a document type, which no form may have, could say what an identifier is."""
    compiler.code(arguments[0])
    return Code("nodes", lambda _node, _scene: [])


def _version(compiler: Compiler, _arguments: tuple[Expression, ...]) -> Code:
    attributes = compiler.document.children[0].attributes
    return constant(attributes.get("version") or attributes.get(f"{{{OPENROSA}}}version", ""))


FUNCTIONS: Final[Mapping[str, Function]] = {
    "name": Function(lambda compiler, arguments: _name(compiler, arguments, local=False), 0, 1),
    "local-name": Function(lambda compiler, arguments: _name(compiler, arguments, local=True), 0, 1),
    "namespace-uri": Function(_namespace, 0, 1),
    "lang": Function(_lang, 1, 1),
    "id": Function(_id, 1, 1),
    "version": Function(_version, 0, 0),
}
