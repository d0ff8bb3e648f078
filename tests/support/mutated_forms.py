"""XForms as other tools write them: random changes to what our converter makes, for comparison with other engines."""

import random
from copy import deepcopy

from lxml import etree

XF = "{http://www.w3.org/2002/xforms}"
JR = "{http://openrosa.org/javarosa}"
_TYPED = {"range", "upload", "rank", "select", "select1"}
_VALUES = ("", "a", "5", "-2.5", "red", "b a", "2001-02-03", "x y", "n1", "OK")
_AXES = (
    ("count({0})", "count(//{1})"),
    ("", "string(/data/*[2])"),
    ("", "count(/data/*[. = ''])"),
    ("", "name(/data/*[last()])"),
    ("", "sum(/data//*[number(.) = number(.) and count(*) = 0])"),
    ("", "concat(/data/*[1], ../*[1], ../../*[1])"),
    ("", "count(ancestor::*) + count(following-sibling::*)"),
    ("", "preceding-sibling::*[1]"),
    ("", "(../*)[2]"),
    ("", "current()/../*[1]"),
    ("", "string(../*[position() = 2]/text())"),
    ("", "local-name(/data/*[3])"),
    ("", "not(/data/nothing) and ../*[1] = ../*[2]"),
)


def mutated(xform: str, seed: int) -> str:
    """Return the form changed in a few places; the same seed makes the same changes."""
    chance = random.Random(seed)  # noqa: S311 - reproducible on purpose
    root = etree.fromstring(xform.encode())
    (primary, *_) = next(root.iter(f"{XF}instance"))
    changes = [_values, _instances, _templates, _types, _listed, _relative, _computed, _actions, _preloads, _fixed]
    for change in chance.sample(changes, chance.randint(2, 5)):
        change(root, primary, chance)
    return etree.tostring(root, encoding="unicode")


def _above(element: etree._Element) -> etree._Element:
    """Return the element around another, which every element here has."""
    above = element.getparent()
    assert above is not None
    return above


def _leaves(primary: etree._Element) -> list[etree._Element]:
    return [
        each
        for each in primary.iter("*")
        if not len(each) and each is not primary and "meta" not in str(_above(each).tag)
    ]


def _path(element: etree._Element) -> str:
    names = [etree.QName(each).localname for each in (element, *element.iterancestors())]
    return "/" + "/".join(reversed(names[: names.index("instance")]))


def _some(found: list[etree._Element], chance: random.Random, share: float = 0.3) -> list[etree._Element]:
    return [each for each in found if chance.random() < share]


def _values(_root: etree._Element, primary: etree._Element, chance: random.Random) -> None:
    """Give questions defaults, of their type or not."""
    for leaf in _some(_leaves(primary), chance):
        leaf.text = chance.choice(_VALUES)


def _instances(root: etree._Element, primary: etree._Element, chance: random.Random) -> None:
    """Begin repeats with several instances."""
    for path in dict.fromkeys(each.get("nodeset", "") for each in root.iter(f"{XF}repeat")):
        for element in [
            each for each in primary.iter("*") if _path(each) == path and JR + "template" not in each.attrib
        ]:
            for _ in range(chance.choice((1, 2))):
                again = deepcopy(element)
                for leaf in _leaves(again):
                    leaf.text = chance.choice(_VALUES)
                element.addnext(again)
            break


def _templates(_root: etree._Element, primary: etree._Element, chance: random.Random) -> None:
    """Drop repeat templates, or put values into them."""
    for element in [each for each in primary.iter("*") if JR + "template" in each.attrib]:
        if chance.random() < 0.4:
            _above(element).remove(element)
        else:
            for leaf in _some(_leaves(element), chance):
                leaf.text = chance.choice(_VALUES)


def _types(root: etree._Element, _primary: etree._Element, chance: random.Random) -> None:
    """Bind questions and calculations to other types."""
    controls = {each.get("ref") for each in root.iter("*") if etree.QName(each).localname in _TYPED}
    for bind in _some([each for each in root.iter(f"{XF}bind") if each.get("nodeset") not in controls], chance):
        kinds = ["string", "int", "decimal", "date", "xsd:string", "boolean", "time", "dateTime", "geopoint"]
        bind.set("type", chance.choice(kinds))


def _listed(root: etree._Element, _primary: etree._Element, chance: random.Random) -> None:
    """List choices in the control itself, as older forms do."""
    for control in _some([*root.iter(f"{XF}select1"), *root.iter(f"{XF}select")], chance, 0.5):
        itemset = control.find(f"{XF}itemset")
        if itemset is None:
            continue
        control.remove(itemset)
        for value in ("red", "a", "n1", "yes"):
            item = etree.SubElement(control, f"{XF}item")
            etree.SubElement(item, f"{XF}label").text = f"Choice {value}"
            etree.SubElement(item, f"{XF}value").text = value


def _relative(root: etree._Element, _primary: etree._Element, chance: random.Random) -> None:
    """Drop labels, hints and the references of groups."""
    for group in _some(list(root.iter(f"{XF}group")), chance, 0.2):
        if group.find(f"{XF}repeat") is None:
            group.attrib.pop("ref", "")
    for label in _some([*root.iter(f"{XF}hint")], chance, 0.2):
        _above(label).remove(label)


def _computed(root: etree._Element, primary: etree._Element, chance: random.Random) -> None:
    """Compute with axes and predicates that form tools do not write but people do."""
    names = [etree.QName(each).localname for each in _leaves(primary)]
    for bind in _some([each for each in root.iter(f"{XF}bind") if each.get("calculate")], chance, 0.4):
        plain, other = chance.choice(_AXES)
        name = chance.choice(names)
        if name != bind.get("nodeset", "").rpartition("/")[2]:
            bind.set("calculate", other.format("", name) or plain)


def _actions(root: etree._Element, primary: etree._Element, chance: random.Random) -> None:
    """Set values when things happen."""
    events = ["odk-instance-first-load", "odk-instance-load", "xforms-value-changed"]
    leaves = [each for each in _leaves(primary) if etree.QName(each).localname != "instanceID"]
    controls = [each for each in root.iter("*") if each.tag in {f"{XF}input", f"{XF}select1"}]
    model = next(root.iter(f"{XF}model"))
    for control in _some(controls, chance, 0.3):
        target = chance.choice(leaves)
        action = etree.Element(f"{XF}setvalue", event=chance.choice(events[2:3] * 3 + events), ref=_path(target))
        if chance.random() < 0.6:
            action.set(
                "value",
                chance.choice(["'set'", "1 + 1", f"{control.get('ref')}", f"concat('v', {control.get('ref')})"]),
            )
        else:
            action.text = chance.choice(["", "7", "text"])
        (control if action.get("event") == events[2] else model).append(action)


def _preloads(root: etree._Element, _primary: etree._Element, chance: random.Random) -> None:
    """Preload what says nothing of the moment."""
    for bind in _some(list(root.iter(f"{XF}bind")), chance, 0.1):
        if JR + "preload" not in bind.attrib:
            bind.set(JR + "preload", "property")
            bind.set(JR + "preloadParams", chance.choice(["deviceid", "email", "username"]))


def _fixed(root: etree._Element, _primary: etree._Element, chance: random.Random) -> None:
    """Let the form decide how many instances there are."""
    for repeat in _some(list(root.iter(f"{XF}repeat")), chance, 0.5):
        if JR + "count" not in repeat.attrib:
            repeat.set(
                *chance.choice([(JR + "noAddRemove", "true()"), (JR + "count", "2"), (JR + "count", " 1 + 1.5 ")])
            )
