"""How nodes look: their state for scripts and screens, and questions in any language."""

from typing import Final

from victimid.forms.definition import Definition
from victimid.forms.live.answers import Answer
from victimid.forms.live.world import World
from victimid.forms.markup import plain
from victimid.forms.state import NodeState, Question
from victimid.forms.wording import Wording
from victimid.forms.xpath.code import Scene

_new: Final = tuple.__new__


def look(node: Answer, world: World) -> NodeState:
    """Return a node's state in the current language, worked out again only when something changed."""
    if node.view is not None:
        return node.view
    definition, scene = node.definition, node.scene
    required = definition.required is not None and definition.required(node, scene)
    conditional = (required or definition.constraint is not None) and definition.leaf
    label, hint = definition.label, definition.hint
    view = (
        node.reference or node.ref(),
        definition.kind,
        node.relevant,
        definition.maybe_readonly and readonly(node),
        required,
        node.value or "",
        not conditional or wrong(node, required=required) is None,
        label.read(node, scene) if label is not None else None,
        hint.read(node, scene) + hint.read(node, scene, "guidance") if hint is not None else None,
        world.options(node, scene) if node.choices is not None else (),
    )
    node.view = _new(NodeState, view)  # half the time of naming each field, as NodeState(...) does
    return node.view


def readonly(node: Answer) -> bool:
    """Tell whether a node may not be changed, itself or by a group around it."""
    if not node.definition.maybe_readonly:
        return False
    definition = node.definition
    if definition.readonly is not None and definition.readonly(node, node.scene):
        return True
    return isinstance(node.parent, Answer) and readonly(node.parent)


def wrong(node: Answer, *, required: bool) -> str | None:
    """Return which condition the value breaks: ``constraint``, ``required`` or none."""
    if not node.relevant:
        return None
    if not node.value:
        return "required" if required else None
    constraint = node.definition.constraint
    return "constraint" if constraint is not None and not constraint(node, node.scene) else None


def ask(node: Answer, world: World, language: str) -> Question:
    """Return a question as it stands in a language."""
    definition, scene = node.definition, world.scene(node, language)
    state = look(node, world)
    groups = _groups(node, world, language)
    label = definition.label
    runs = label.runs(node, scene) if label is not None else ()
    hint = definition.hint
    hint_runs = hint.runs(node, scene) if hint is not None else ()
    return Question(
        ref=state.ref,
        name=definition.name,
        kind=definition.kind,
        type=question_type(definition),
        appearance=definition.appearance,
        label=plain(runs),
        hint=plain(hint_runs),
        guidance=_read(definition.hint, node, scene, "guidance"),
        options=world.offers(node, scene),
        value=state.value,
        required=state.required,
        readonly=state.readonly,
        valid=state.valid,
        message=_message(node, scene, required=state.required),
        number=definition.number,
        groups=tuple(label for label, _ in groups),
        vid=definition.vid,
        places=tuple(place for _, place in groups),
        parameters=definition.parameters,
        label_runs=runs,
        media=label.media(language) if label is not None else {},
        hint_runs=hint_runs,
        hint_media=hint.media(language) if hint is not None else {},
    )


def question_type(definition: Definition) -> str:
    """Return the type a control needs: select1, select, rank, note, trigger, or the bind's type."""
    if definition.kind == "select":
        return definition.control
    if definition.kind in {"rank", "note", "trigger"}:
        return definition.kind
    return definition.type


def _read(wording: Wording | None, node: Answer, scene: Scene, form: str = "") -> str:
    """Read a text without its markup."""
    return plain(wording.runs(node, scene, form)) if wording is not None else ""


def _message(node: Answer, scene: Scene, *, required: bool) -> str:
    broken = wrong(node, required=required)
    if broken is None:
        return ""
    definition = node.definition
    wording = definition.constraint_message if broken == "constraint" else definition.required_message
    return _read(wording, node, scene)


def _groups(node: Answer, world: World, language: str) -> list[tuple[str, int]]:
    """Return the labels around a question from the outermost, each with its place if it repeats, else 0."""
    labels: list[tuple[str, int]] = []
    at = node.parent
    while isinstance(at, Answer):
        label = _read(at.definition.label, at, world.scene(at, language))
        if label:
            labels.append((label, at.place if at.definition.repeats else 0))
        at = at.parent
    return labels[::-1]
