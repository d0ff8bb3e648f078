"""Builds the compiled form from an XForm, collecting every problem on the way."""

from collections.abc import Mapping
from dataclasses import dataclass

from victimid.errors import VictimIDError
from victimid.forms.definition import Action, Definition, Model
from victimid.forms.safexml import ODK, XHTML, Element, by_name, child, parse_text
from victimid.forms.xform import binds, body, instances, items, itext, order, structure
from victimid.forms.xform.draft import Draft, joined, plain
from victimid.forms.xform.files import noted
from victimid.forms.xpath.code import as_text


@dataclass(frozen=True, slots=True)
class Built:
    """A compiled form, or none where a problem stopped it; with every problem and dead reference."""

    model: Model
    title: str
    id: str
    version: str
    problems: tuple[VictimIDError, ...]
    warnings: tuple[VictimIDError, ...]
    missing: tuple[tuple[str, str, str], ...]


def build(xform: str) -> Built:
    """Compile an XForm; raises only where nothing more can be found out."""
    return assemble(parse_text(xform))


def assemble(root: Element) -> Built:
    """Compile a parsed XForm."""
    head, model, primary, shown = _parts(root)
    structure.require_identity(primary)
    draft = structure.start(primary)
    draft.legacy = f"{{{ODK}}}xforms-version" not in model.attrib
    parts = by_name(model)
    texts = itext.read(model)
    controls = list(body.controls(shown))
    structure.mark_repeats(draft, [each.path for each in controls if each.name == "repeat"])
    body.attach(draft, controls)
    secondary = {each.get("id", ""): instances.nodes(each) for each in instances.secondary(model)}
    draft.quoting = {name: items.quoting(top, texts) for name, top in secondary.items()}
    for element in parts.get("bind", ()):
        binds.apply(draft, texts, element)
    _kinds(draft)
    for control in controls:
        body.compile_control(draft, texts, control)
    _actions(draft, parts, None)
    for control in controls:
        _actions(draft, control.parts, draft.by_path.get(control.path))
    _number(draft, controls)
    language_readers = order.arrange(draft)
    finished = Model(
        document=draft.document,
        definitions=tuple(draft.definitions),
        seed=structure.seed(primary, draft.definitions[1]),
        instances=secondary,
        languages=texts.languages,
        default_language=texts.default,
        texts=texts.plain(),
        text_media=texts.media(),
        files=noted(model),
        worded=draft.worded,
        actions=tuple(draft.actions),
        language_readers=language_readers,
        namespaces=dict(primary.nsmap),
    )
    title = child(head, "title")
    form_id, version = primary.get("id", ""), primary.get("version") or primary.get(structure.VERSION) or ""
    name = (title.text or "").strip() if title is not None else ""
    problems, warnings, missing = tuple(draft.problems), tuple(draft.warnings), tuple(draft.missing)
    return Built(finished, name or form_id, form_id, version, problems, warnings, missing)


def _parts(root: Element) -> tuple[Element, Element, Element, Element]:
    """Find head, model, root of the primary instance and body; raises ``form.not_xform``."""
    head, shown = child(root, "head"), child(root, "body")
    model = child(head, "model") if head is not None else None
    instance = child(model, "instance") if model is not None else None
    primary = list(instance)[:1] if instance is not None else []
    if root.tag != f"{{{XHTML}}}html" or head is None or shown is None or model is None or not primary:
        raise VictimIDError("form.not_xform")
    return head, model, primary[0], shown


def _kinds(draft: Draft) -> None:
    """Settle what a node is that no control asks for, and whether it can be readonly at all."""
    for definition in draft.definitions[1:]:
        above = definition.parent
        definition.maybe_readonly = definition.readonly is not None or (above is not None and above.maybe_readonly)
        if not definition.leaf:
            definition.kind = "group"


def _number(draft: Draft, controls: list[body.Control]) -> None:
    """Give questions their numbers in the order of the body."""
    number = 0
    for control in controls:
        definition = draft.by_path.get(control.path)
        if definition is not None and definition.leaf and not definition.number:
            number += 1
            definition.number = number


def _actions(draft: Draft, parts: Mapping[str, list[Element]], source: Definition | None) -> None:
    """Compile setvalue actions; a value that is text in the element is taken literally."""
    for element in parts.get("setvalue", ()):
        base = source.path if source is not None else ""
        target = draft.find(joined(plain(base), element.get("ref", "")), "setvalue")
        if target is None:
            continue
        literal = "'" + (element.text or "").replace("'", "\u2019") + "'"
        compiled = draft.compile(element.get("value", literal) or "''", target, 0, "setvalue")
        if compiled is not None:
            _keep(draft, Action(tuple(element.get("event", "").split()), target, source, as_text(compiled.code)))


def _keep(draft: Draft, action: Action) -> None:
    draft.actions.append(action)
    if action.source is not None and "xforms-value-changed" in action.events:
        action.source.actions.append(action)
