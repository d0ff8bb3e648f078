"""Binds: what may be seen, entered and computed for each node."""

from collections.abc import Mapping
from typing import Final

from victimid.forms.datatypes import normaliser
from victimid.forms.definition import CALCULATE, RELEVANT, VIEW, Definition
from victimid.forms.safexml import JAVAROSA, VICTIMID, Element
from victimid.forms.wording import Wording, Words
from victimid.forms.xform.draft import Draft
from victimid.forms.xform.itext import Itext, by_reference
from victimid.forms.xpath.code import Boolean, as_boolean, as_text

Bind = Mapping[str, str]
_TYPES: Final[Mapping[str, str]] = {"integer": "int", "select1": "string", "select": "string", "rank": "string"}
_KNOWN: Final = frozenset(
    [
        "string",
        "int",
        "boolean",
        "decimal",
        "date",
        "time",
        "dateTime",
        "geopoint",
        "geotrace",
        "geoshape",
        "binary",
        "barcode",
        "intent",
    ]
)


def apply(draft: Draft, itext: Itext, element: Element) -> None:
    """Compile one bind into the definition it is about."""
    bind = {str(key): str(value) for key, value in element.items()}
    definition = draft.find(bind.get("nodeset", ""), "bind")
    if definition is None:
        return
    definition.type = value_type(bind.get("type", ""), definition.control)
    definition.normalise = normaliser(definition.type)
    definition.relevant = _boolean(draft, bind, definition, "relevant", RELEVANT)
    if definition.relevant is not None:
        chance = "random" in bind["relevant"]
        definition.relevance_fixed = not chance and not draft.readings[-1].dependencies.answers()
    definition.readonly = _boolean(draft, bind, definition, "readonly", VIEW)
    definition.readonly_always = bind.get("readonly", "").replace(" ", "") == "true()"
    definition.required = _boolean(draft, bind, definition, "required", VIEW)
    definition.constraint = _boolean(draft, bind, definition, "constraint", VIEW)
    calculate = bind.get("calculate")
    if calculate:
        code = draft.compile(calculate, definition, CALCULATE, "calculate")
        definition.calculate = as_text(code) if code is not None else None
        definition.calculates_answers = code is not None and draft.readings[-1].dependencies.answers()
    definition.preload = (_jr(bind, "preload"), _jr(bind, "preloadParams"))
    definition.constraint_message = _message(draft, itext, _jr(bind, "constraintMsg"), definition)
    definition.required_message = _message(draft, itext, _jr(bind, "requiredMsg"), definition)
    _own_attributes(draft, bind, definition)


def value_type(declared: str, control: str) -> str:
    """Return the bind type that counts: known by its local name, else text."""
    if control == "trigger":
        return "trigger"
    name = declared.rpartition(":")[2]
    name = _TYPES.get(name, name)
    if name in _KNOWN:
        return name
    return "binary" if control == "upload" and not name else "string"


def _jr(bind: Bind, name: str) -> str:
    return bind.get(f"{{{JAVAROSA}}}{name}", "")


def _boolean(draft: Draft, bind: Bind, definition: Definition, name: str, what: int) -> Boolean | None:
    source = bind.get(name)
    if not source or source.replace(" ", "") == {"relevant": "true()"}.get(name, "false()"):
        return None
    code = draft.compile(source, definition, what, name)
    return as_boolean(code) if code is not None else None


def _message(draft: Draft, itext: Itext, source: str, definition: Definition) -> Wording | None:
    if not source:
        return None
    if source.strip().startswith("jr:itext("):
        return by_reference(draft, itext, source, definition, "message")
    return Wording(plain=Words((source,)))


def _own_attributes(draft: Draft, bind: Bind, definition: Definition) -> None:
    """Read the attributes of our namespace; signs pair with conditions, entries separated by ``;``."""
    prefix = f"{{{VICTIMID}}}"
    own = {key[len(prefix) :]: value for key, value in bind.items() if key.startswith(prefix)}
    if not own:
        return
    definition.vid = own
    signs, conditions = entries(own.get("sign", "")), entries(own.get("when", ""))
    marks = []
    for index, sign in enumerate(signs):
        condition = conditions[index] if index < len(conditions) else ""
        code = draft.compile(condition or ". != ''", definition, 0, "vid:when")
        if code is not None:
            marks.append((sign, as_boolean(code)))
    definition.marks = tuple(marks)


def entries(source: str) -> list[str]:
    """Split at semicolons outside quotes."""
    found, quote = [""], ""
    for character in source:
        if character == ";" and not quote:
            found.append("")
            continue
        if character in "'\"":
            quote = "" if quote == character else quote or character
        found[-1] += character
    return [entry.strip() for entry in found] if source.strip() else []
