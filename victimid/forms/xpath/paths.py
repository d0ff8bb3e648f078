"""Location paths: plain ones go straight to their node, all others walk the axes step by step."""

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from victimid.forms.definition import Definition
from victimid.forms.nodes import Node
from victimid.forms.xpath.axes import Walk, walk
from victimid.forms.xpath.code import Code, First, Nodes, Scene, as_nodes
from victimid.forms.xpath.predicates import predicate
from victimid.forms.xpath.scope import OUTSIDE, Reach, take
from victimid.forms.xpath.syntax import Path, Step

if TYPE_CHECKING:
    from victimid.forms.xpath.compiler import Compiler

_ANY: Final = frozenset({"*", "node()"})
_SEVERAL: Final = frozenset({"*", "node()", "text()", "comment()", "processing-instruction()"})


def path_code(compiler: "Compiler", path: Path) -> tuple[Code, Reach]:
    """Compile a path and say which definitions it may end at."""
    if path.start == "root" and path.steps:
        return _absolute(compiler, path)
    compiler.dependencies.at_home |= path.start == "context" and not compiler.reach.outside
    start, reach = _start(compiler, path)
    steps = path.steps
    if start is None:
        direct = _direct(compiler.reach, steps, compiler)
        if direct is not None:
            return direct
        start = _self
    return _walking(compiler, start, reach, steps, sure=not path.predicates and not isinstance(path.start, Path))


def _names_one(step: Step) -> bool:
    """Tell whether a step surely leads to what it names; a wildcard may mean anything but the reader itself."""
    return not step.predicates and (step.axis in {"self", "parent"} or (step.axis == "child" and step.test != "*"))


def _self(node: Node, _scene: Scene) -> list[Node]:
    return [node]


def _start(compiler: "Compiler", path: Path) -> tuple[Nodes | None, Reach]:
    """Compile where a path starts; None stands for the context node itself."""
    if path.start == "context":
        return None, compiler.reach
    if path.start == "root":
        return (lambda _node, scene: [scene.world.root]), Reach((compiler.document,), compiler.document)
    code, reach = compiler.nodes(path.start)
    nodes = as_nodes(code)
    assert nodes is not None  # noqa: S101 - Compiler.nodes has refused anything else
    for each in path.predicates:
        nodes = predicate(compiler.within(reach), each).over(nodes)
    return nodes, reach


def _direct(reach: Reach, steps: tuple[Step, ...], compiler: "Compiler") -> tuple[Code, Reach] | None:
    """Compile a path of plain ups and downs from the context node to one node, if it is one."""
    plain = _ups_and_downs(steps)
    if plain is None:
        return None
    ups, names = plain
    if reach.outside:
        return _direct_outside(ups, names)
    if len(reach.ends) != 1:
        return None
    at = reach
    for step in steps:
        at = take(at, step, compiler.dependencies)
        if len(at.ends) != 1 or (step.axis == "child" and at.ends[0].repeats):
            return None
    compiler.read(at, certain=True)
    return _one(ups, names), at


def _ups_and_downs(steps: tuple[Step, ...]) -> tuple[int, tuple[str, ...]] | None:
    """Count leading parents and list the names after them; None where a path is anything else."""
    ups, names = 0, list[str]()
    for step in steps:
        if step.predicates:
            return None
        if step.axis == "child" and step.test not in _SEVERAL:
            names.append(step.test)
        elif step.axis == "parent" and step.test in _ANY and not names:
            ups += 1
        elif step.axis != "self" or step.test not in _ANY:
            return None
    return ups, tuple(names)


def _direct_outside(ups: int, names: tuple[str, ...]) -> tuple[Code, Reach] | None:
    """Compile a step inside a secondary instance, where several children may share a name."""
    if ups or len(names) > 1:
        return None
    if not names:
        return Code("nodes", _self, lambda node, _scene: node, single=True), OUTSIDE
    name = names[0]

    def several(node: Node, scene: Scene) -> list[Node]:
        found = node.by_name.get(name, [])
        if len(found) > 1:
            scene.world.effort.visit(len(found))
        return found

    return Code("nodes", several, _down(0, name)), OUTSIDE


@lru_cache(maxsize=4096)
def _one(ups: int, names: tuple[str, ...]) -> Code:
    first = _first(ups, names)

    def nodes(node: Node, scene: Scene) -> list[Node]:
        found = first(node, scene)
        return [] if found is None else [found]

    return Code("nodes", nodes, first, single=True)


def _first(ups: int, names: tuple[str, ...]) -> First:
    """Return the quickest closure that goes up so many parents and then down these names."""
    if not names and not ups:
        return lambda node, _scene: node
    if len(names) == 1 and ups <= 1:
        return _down(ups, names[0])

    def general(node: Node, _scene: Scene) -> Node | None:
        at: Node | None = node
        for _ in range(ups):
            at = at.parent if at is not None else None
        for name in names:
            below = at.by_name.get(name) if at is not None else None
            at = below[0] if below else None
        return at

    return general


def _down(ups: int, name: str) -> First:
    if ups:

        def sibling(node: Node, _scene: Scene) -> Node | None:
            found = node.parent.by_name.get(name) if node.parent is not None else None
            return found[0] if found else None

        return sibling

    def child(node: Node, _scene: Scene) -> Node | None:
        found = node.by_name.get(name)
        return found[0] if found else None

    return child


def single(only: Definition, document: Definition) -> tuple[Code, Reach]:
    """Compile a path to a definition outside all repeats."""
    return _single(only.index), Reach((only,), document)


def _absolute(compiler: "Compiler", path: Path) -> tuple[Code, Reach]:
    """Compile an absolute path, which means all instances of the repeats it passes (ODK XForms 1.0.0)."""
    only = _static_target(compiler.document, path.steps)
    if only is not None and only.repeat() is None:
        code, reach = single(only, compiler.document)
        compiler.read(reach, certain=True)
        return code, reach
    compiler.dependencies.at_home = True
    shared = _shared_steps(compiler, path.steps)
    ups = compiler.home.depth - shared
    ancestor = compiler.home.chain[shared]
    reach = Reach((ancestor,), ancestor)
    rest = path.steps[shared:]
    climb = _first(ups, ())

    def start(_node: Node, scene: Scene) -> list[Node]:
        found = climb(scene.current, scene)
        return [] if found is None else [found]

    own = compiler.home.chain[shared + 1 : shared + 2]
    through_own = bool(own) and own[0].repeats and own[0].name == rest[0].test and not rest[0].predicates
    if through_own and len(rest) > 1:
        compiler.dependencies.everywhere.add("/" + "/".join(step.test for step in path.steps))
    return _walking(compiler, start, reach, rest, sure=not through_own)


@lru_cache(maxsize=4096)
def _single(index: int) -> Code:
    """Compile a path to a node outside all repeats, of which there is only ever one."""
    return Code(
        "nodes",
        lambda _node, scene: [scene.world.single[index]],
        lambda _node, scene: scene.world.single[index],
        single=True,
        alone=index,
    )


def _shared_steps(compiler: "Compiler", steps: tuple[Step, ...]) -> int:
    """Count leading steps that are also on the way to the home, up to the first repeat."""
    shared = 0
    for step, own in zip(steps, compiler.home.chain[1:], strict=False):
        if step.axis != "child" or step.predicates or own.name != step.test or own.repeats:
            break
        shared += 1
    return shared


def _static_target(document: Definition, steps: tuple[Step, ...]) -> Definition | None:
    """Find the definition that a path of plain names leads to."""
    at: Definition | None = document
    for step in steps:
        if step.axis != "child" or step.predicates or at is None:
            return None
        at = at.by_name.get(step.test)
    return at


def _walking(
    compiler: "Compiler", start: Nodes, reach: Reach, steps: tuple[Step, ...], *, sure: bool = True
) -> tuple[Code, Reach]:
    """Compile any path as a walk over the axes; ``sure`` says that it surely starts where it may."""
    at = reach
    walks: list[Walk] = []
    for step in steps:
        at = take(at, step, compiler.dependencies)
        inner = compiler.within(at) if step.predicates else compiler
        walks.append(walk(step, [predicate(inner, each) for each in step.predicates]))
    compiler.read(at, certain=sure and all(_names_one(step) for step in steps))

    def nodes(node: Node, scene: Scene) -> list[Node]:
        found = start(node, scene)
        for each in walks:
            if not found:
                break
            found = each(found, scene)
        return found

    return Code("nodes", nodes), at
