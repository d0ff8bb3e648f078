"""Binds: what may be seen, entered and computed for each node."""

from collections.abc import Mapping
from typing import Final

from victimid.forms.datatypes import normaliser
from victimid.forms.definition import CALCULATE, RELEVANT, VIEW, Definition
from victimid.forms.safexml import JAVAROSA, VICTIMID, Element, attributes
from victimid.forms.wording import Wording, Words
from victimid.forms.xform.draft import Draft
from victimid.forms.xform.itext import Itext, by_reference
from victimid.forms.xpath.code import Boolean, as_boolean, as_text
from victimid.forms.xpath.compiler import Compiled

Bind = Mapping[str, str]
_PRELOAD: Final = f"{{{JAVAROSA}}}preload"
_PRELOAD_PARAMS: Final = f"{{{JAVAROSA}}}preloadParams"
_CONSTRAINT_MESSAGE: Final = f"{{{JAVAROSA}}}constraintMsg"
_REQUIRED_MESSAGE: Final = f"{{{JAVAROSA}}}requiredMsg"
_OWN: Final = f"{{{VICTIMID}}}"
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
    bind = attributes(element)
    definition = draft.find(bind.get("nodeset", ""), "bind")
    if definition is None:
        return
    definition.type = value_type(bind.get("type", ""), definition.control)
    definition.normalise = normaliser(definition.type)
    relevant = _condition(draft, bind, definition, "relevant", RELEVANT)
    if relevant is not None:
        definition.relevant = as_boolean(relevant.code)
        definition.relevance_fixed = "random" not in bind["relevant"] and not relevant.dependencies.answers()
    definition.readonly = _shown(draft, bind, definition, "readonly")
    definition.readonly_always = bind.get("readonly", "").replace(" ", "") == "true()"
    definition.required = _shown(draft, bind, definition, "required")
    definition.constraint = _shown(draft, bind, definition, "constraint")
    if calculate := bind.get("calculate"):
        compiled = draft.compile(calculate, definition, CALCULATE, "calculate")
        definition.calculate = as_text(compiled.code) if compiled is not None else None
        definition.calculates_answers = compiled is not None and compiled.dependencies.answers()
    definition.preload = (bind.get(_PRELOAD, ""), bind.get(_PRELOAD_PARAMS, ""))
    definition.constraint_message = _message(draft, itext, bind.get(_CONSTRAINT_MESSAGE, ""), definition)
    definition.required_message = _message(draft, itext, bind.get(_REQUIRED_MESSAGE, ""), definition)
    own = {key[len(_OWN) :]: value for key, value in bind.items() if key.startswith(_OWN)}
    if own:
        _own_attributes(draft, own, definition)


def value_type(declared: str, control: str) -> str:
    """Return the bind type that counts: known by its local name, else text."""
    if control == "trigger":
        return "trigger"
    name = declared.rpartition(":")[2]
    name = _TYPES.get(name, name)
    if name in _KNOWN:
        return name
    return "binary" if control == "upload" and not name else "string"


def _shown(draft: Draft, bind: Bind, definition: Definition, name: str) -> Boolean | None:
    """Compile a condition that only matters to how a node looks."""
    compiled = _condition(draft, bind, definition, name, VIEW)
    return as_boolean(compiled.code) if compiled is not None else None


def _condition(draft: Draft, bind: Bind, definition: Definition, name: str, what: int) -> Compiled | None:
    source = bind.get(name)
    if not source or source.replace(" ", "") == ("true()" if what == RELEVANT else "false()"):
        return None
    return draft.compile(source, definition, what, name)


def _message(draft: Draft, itext: Itext, source: str, definition: Definition) -> Wording | None:
    if not source:
        return None
    if source.strip().startswith("jr:itext("):
        return by_reference(draft, itext, source, definition, "message")
    return Wording(plain=Words((source,)))


def _own_attributes(draft: Draft, own: Bind, definition: Definition) -> None:
    """Read the attributes of our namespace; signs pair with conditions, entries separated by ``;``."""
    definition.vid = own
    signs, conditions = entries(own.get("sign", "")), entries(own.get("when", ""))
    marks = []
    for index, sign in enumerate(signs):
        condition = conditions[index] if index < len(conditions) else ""
        compiled = draft.compile(condition or ". != ''", definition, 0, "vid:when")
        if compiled is not None:
            marks.append((sign, as_boolean(compiled.code)))
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
