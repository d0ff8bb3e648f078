"""From syntax tree to closures: types are worked out once, so that evaluation only evaluates."""

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from victimid.errors import VictimIDError
from victimid.forms import limits
from victimid.forms.definition import Definition
from victimid.forms.effort import Effort
from victimid.forms.nodes import Node
from victimid.forms.xpath.arithmetic import arithmetic, negation
from victimid.forms.xpath.code import Code, Scene, as_boolean, as_nodes, constant
from victimid.forms.xpath.comparing import comparison
from victimid.forms.xpath.parser import parse
from victimid.forms.xpath.paths import path_code, single
from victimid.forms.xpath.scope import OUTSIDE, Dependencies, Reach
from victimid.forms.xpath.syntax import Call, Chain, Expression, Literal, Negation, Path

_SORTING: Final = 8
Build = Callable[["Compiler", tuple[Expression, ...]], Code]


class Function(NamedTuple):
    """A function of the language: how many arguments it takes and how a call of it is compiled."""

    build: Build
    least: int
    most: int | None


class Compiled(NamedTuple):
    """A compiled expression with what it reads and, for a path, where it ends."""

    code: Code
    dependencies: Dependencies
    reach: Reach | None


class Compiler(NamedTuple):
    """Compiles expressions of one context; ``reach`` is where a relative path starts.

    ``home`` is the definition the whole expression belongs to, which ``current()`` and absolute
    paths start from; inside a predicate ``reach`` differs from it.
    """

    functions: Mapping[str, Function]
    document: Definition
    home: Definition
    reach: Reach
    dependencies: Dependencies
    reads: bool = True
    certainly: bool = True

    def code(self, expression: Expression) -> Code:
        """Compile one expression; raises ``form.unknown_function`` or ``form.argument_count``."""
        if isinstance(expression, Path):
            return path_code(self, expression)[0]
        if isinstance(expression, Literal):
            return constant(expression.value)
        if isinstance(expression, Negation):
            return negation(self.code(expression.operand))
        if isinstance(expression, Chain):
            return self._chain(expression)
        if expression.name == "current":
            self.read(self._at_home(), certain=True)
        return self._call(expression)

    def nodes(self, expression: Expression) -> tuple[Code, Reach]:
        """Compile an expression that must give nodes, and say which definitions they may be of."""
        if isinstance(expression, Path):
            return path_code(self, expression)
        code = self._call(expression) if isinstance(expression, Call) else self.code(expression)
        if as_nodes(code) is None:
            raise VictimIDError("form.nodes_expected")
        return code, self.call_reach(expression)

    def call_reach(self, expression: Expression) -> Reach:
        """Say where the result of a call starts: ``current()`` at home, other calls outside."""
        if isinstance(expression, Call) and expression.name == "current":
            return self._at_home()
        if isinstance(expression, Call) and expression.name in {"randomize", "indexed-repeat"}:
            return self.nodes(expression.arguments[0])[1]
        if isinstance(expression, Chain) and expression.rest[0][0] == "|":
            return self.nodes(expression.first)[1]
        return OUTSIDE

    def _at_home(self) -> Reach:
        self.dependencies.at_home = True
        return Reach((self.home,), self.home)

    def within(self, reach: Reach) -> "Compiler":
        """Return a compiler for predicates on the nodes of a reach."""
        return self._replace(reach=reach, reads=True, certainly=False)

    def structural(self) -> "Compiler":
        """Return a compiler for arguments of which only the nodes matter, not their values."""
        return self._replace(reads=False)

    def read(self, reach: Reach, *, certain: bool) -> None:
        """Note that the values at the ends of a path are read, if they are."""
        if self.reads:
            self.dependencies.read(reach, certain=certain and self.certainly)

    def unsure(self) -> "Compiler":
        """Return a compiler for arguments of which only some values may be read in the end."""
        return self._replace(certainly=False)

    def _chain(self, chain: Chain) -> Code:
        operator = chain.rest[0][0]
        if operator in {"and", "or"}:
            return self._logic(chain, operator)
        if operator == "|":
            return self._union(chain)
        code = self.code(chain.first)
        if operator in {"=", "!=", "<", "<=", ">", ">="}:
            limits.require(limits.EXPRESSION_DEPTH, len(chain.rest), "expression depth")
            for sign, operand in chain.rest:
                code = comparison(sign, code, self.code(operand))
            return code
        return arithmetic(code, [(sign, self.code(operand)) for sign, operand in chain.rest])

    def _logic(self, chain: Chain, operator: str) -> Code:
        parts = [as_boolean(self.code(part)) for part in (chain.first, *(right for _, right in chain.rest))]
        if len(parts) == 2:
            left, right = parts
            if operator == "and":
                return Code("boolean", lambda node, scene: left(node, scene) and right(node, scene))
            return Code("boolean", lambda node, scene: left(node, scene) or right(node, scene))
        stop = operator == "or"

        def evaluate(node: Node, scene: Scene) -> bool:
            return next((stop for part in parts if part(node, scene) is stop), not stop)

        return Code("boolean", evaluate)

    def _union(self, chain: Chain) -> Code:
        parts = [as_nodes(self.nodes(part)[0]) for part in (chain.first, *(right for _, right in chain.rest))]

        def evaluate(node: Node, scene: Scene) -> list[Node]:
            found = {id(each): each for part in parts if part for each in part(node, scene)}
            return in_document_order(list(found.values()), scene.world.effort)

        return Code("nodes", evaluate)

    def _call(self, call: Call) -> Code:
        name = call.name.removeprefix("jr:").removeprefix("fn:").removeprefix("xf:")
        function = self.functions.get(name)
        if function is None:
            raise VictimIDError("form.unknown_function", function=call.name[:100], at=call.at + 1)
        count = len(call.arguments)
        if count < function.least or (function.most is not None and count > function.most):
            raise VictimIDError("form.argument_count", function=call.name[:100], at=call.at + 1, count=count)
        return function.build(self, call.arguments)


def compile_reference(named: Definition, document: Definition, references: limits.Budget) -> Compiled:
    """Compile a path that is known to lead to a node outside all repeats."""
    dependencies = Dependencies(references)
    code, reach = single(named, document)
    dependencies.read(reach, certain=True)
    return Compiled(code, dependencies, reach)


def in_document_order(nodes: list[Node], effort: Effort) -> list[Node]:
    """Sort nodes by their place in their documents."""
    effort.visit(_SORTING * len(nodes))
    places: dict[int, dict[int, int]] = {}

    def place(node: Node) -> list[int]:
        found: list[int] = []
        at = node
        while at.parent is not None:
            siblings = places.get(id(at.parent))
            if siblings is None:
                effort.visit(len(at.parent.children))
                siblings = {id(each): index for index, each in enumerate(at.parent.children)}
                places[id(at.parent)] = siblings
            found.append(siblings.get(id(at), -1))
            at = at.parent
        return found[::-1]

    return sorted(nodes, key=place)


def compile_expression(
    source: str,
    functions: Mapping[str, Function],
    document: Definition,
    home: Definition,
    references: limits.Budget,
) -> Compiled:
    """Compile an expression that belongs to a definition; raises the errors of parsing and compiling.

    ``references`` are how many definitions the expressions of the form may reach all together.
    """
    dependencies = Dependencies(references)
    compiler = Compiler(functions, document, home, Reach((home,), home), dependencies)
    tree = parse(source)
    code, reach = path_code(compiler, tree) if isinstance(tree, Path) else (compiler.code(tree), None)
    return Compiled(code, dependencies, reach)
