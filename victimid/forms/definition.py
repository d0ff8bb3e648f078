"""The compiled form: what each node of the instance is, without any answer in it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from victimid.forms.datatypes import Normalise
    from victimid.forms.nodes import Node
    from victimid.forms.wording import Wording
    from victimid.forms.xpath.code import Boolean, Nodes, Number, Scene, Text

Kind = Literal["input", "select", "model-value", "note", "trigger", "range", "rank", "upload", "group"]


class ItemLabel(NamedTuple):
    """The label of an item: quickly as the text that stands in the form, and as the wording that a screen shows.

    The wording is read at the select.
    """

    text: "Text"
    wording: "Callable[[Node, Scene], Wording]"


class Itemset(NamedTuple):
    """Where the choices of a select come from.

    ``varies`` says that which choices there are depends on answers, ``quotes`` that their labels do.
    """

    nodes: "Nodes"
    value: "Text"
    label: ItemLabel | None
    varies: bool
    quotes: bool = False


@dataclass(frozen=True, slots=True)
class Action:
    """Sets ``target`` to a value when an event happens; ``source`` is the control that holds it, if any."""

    events: tuple[str, ...]
    target: "Definition"
    source: "Definition | None"
    value: "Text"


@dataclass(eq=False, slots=True)
class Definition:
    """One node of the primary instance, known by its path; compared by identity.

    ``chain`` is the way from the document to this node, itself included; ``relevance_fixed`` says that no
    answer decides whether it is relevant.
    """

    name: str
    parent: "Definition | None"
    index: int
    path: str
    depth: int
    tag: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    repeats: bool = False
    leaf: bool = False
    children: list["Definition"] = field(default_factory=list)
    by_name: dict[str, "Definition"] = field(default_factory=dict)
    template: "Seed | None" = None

    kind: Kind = "model-value"
    type: str = "string"
    control: str = ""
    appearance: str = ""
    number: int = 0
    readonly_always: bool = False
    maybe_readonly: bool = False
    normalise: "Normalise" = str
    relevant: "Boolean | None" = None
    relevance_fixed: bool = False
    readonly: "Boolean | None" = None
    required: "Boolean | None" = None
    constraint: "Boolean | None" = None
    calculate: "Text | None" = None
    calculates_answers: bool = False
    count: "Number | None" = None
    fixed_count: bool = False
    preload: tuple[str, str] = ("", "")
    label: "Wording | None" = None
    hint: "Wording | None" = None
    constraint_message: "Wording | None" = None
    required_message: "Wording | None" = None
    itemset: Itemset | None = None
    bounds: tuple[float, float] | None = None
    parameters: Mapping[str, str] = field(default_factory=dict)
    vid: Mapping[str, str] = field(default_factory=dict)
    marks: "tuple[tuple[str, Boolean], ...]" = ()
    actions: list[Action] = field(default_factory=list)

    rank: int = 0
    looped: bool = False
    readers: "list[Reader]" = field(default_factory=list)
    structure_readers: "list[Reader]" = field(default_factory=list)
    position_readers: "list[Reader]" = field(default_factory=list)
    chain: "tuple[Definition, ...]" = field(init=False)

    def repeat(self) -> "Definition | None":
        """Return the nearest repeat this node is in or is."""
        found: Definition | None = self
        while found is not None and not found.repeats:
            found = found.parent
        return found

    def __post_init__(self) -> None:
        above = self.parent.chain if self.parent is not None else ()
        self.chain = (*above, self)


@dataclass(frozen=True, slots=True)
class Seed:
    """Values to start an instance from: the form's defaults, a repeat template or a saved interview."""

    value: str
    children: Mapping[str, tuple["Seed", ...]]


# What of a node is to be worked out again, as bits so that several causes add up.
# LABELS are those of choices: of no matter to the value, but shown, and read by jr:choice-name.
RELEVANT, CALCULATE, ITEMS, COUNT, VIEW, ABOVE, LABELS = 1, 2, 4, 8, 16, 32, 64


@dataclass(frozen=True, slots=True)
class Reader:
    """A node that reads another: what of it to work out again, and how far from the change to look.

    ``scope`` is the repeat whose instance both share, None where all instances read; ``down`` are the
    names from there, or from the document, to the reader; ``index`` is that of its definition where there is
    only ever one node of it, else None.
    """

    definition: Definition
    what: int
    scope: Definition | None
    down: tuple[str, ...]
    index: int | None


@dataclass(frozen=True, slots=True)
class Model:
    """A whole compiled form; ``document`` is the parent of the root node.

    ``texts`` and ``text_media`` are by language and text; ``files`` are the SHA-256 of the media files of the
    form by their names.
    """

    document: Definition
    definitions: tuple[Definition, ...]
    seed: Seed
    instances: "Mapping[str, Node]"
    languages: tuple[str, ...]
    default_language: str
    texts: Mapping[str, Mapping[str, str]]
    text_media: Mapping[str, Mapping[str, Mapping[str, str]]]
    files: Mapping[str, str]
    worded: Mapping[tuple[Definition, str], "Wording"]
    actions: tuple[Action, ...]
    language_readers: tuple[Definition, ...]
    namespaces: Mapping[str | None, str]
