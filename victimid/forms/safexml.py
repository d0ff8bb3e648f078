"""The one place where XML is read: no document type, entities, network or comments, bounded in size and depth."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import IO, Final, TypeVar, cast

from lxml import etree

from victimid.errors import VictimIDError
from victimid.forms import limits

Element = etree._Element  # noqa: SLF001 - lxml's public name for elements is only a factory

XFORMS: Final = "http://www.w3.org/2002/xforms"
XHTML: Final = "http://www.w3.org/1999/xhtml"
JAVAROSA: Final = "http://openrosa.org/javarosa"
ODK: Final = "http://www.opendatakit.org/xforms"
OPENROSA: Final = "http://openrosa.org/xforms"
_ILLEGAL: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DECLARES: Final = re.compile(rb"<!(DOCTYPE|ENTITY)")
VICTIMID: Final = "https://victimid.example/xforms"

T = TypeVar("T")


def parse(content: bytes) -> Element:
    """Parse a document; raises ``form.not_xml``, ``form.refused_xml`` or ``form.too_large``."""
    limits.require(limits.FILE_BYTES, len(content), "bytes")
    try:
        root = etree.fromstring(content, _safe(etree.XMLParser)())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _refusal(content, error) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise VictimIDError("form.refused_xml")
    _require_shape(root)
    return root


def elements(stream: IO[bytes], *tags: str) -> Iterator[Element]:
    """Yield the elements of these names as they end, each empty before the next; raises what lxml raises.

    For what may be larger than a document that is kept as a whole. A document type is refused here as well, in
    whatever encoding it is hidden: raises ``form.refused_xml``.
    """
    for number, (_, element) in enumerate(_safe(etree.iterparse)(stream, tag=tags)):
        if not number and element.getroottree().docinfo.internalDTD is not None:
            raise VictimIDError("form.refused_xml")
        yield element
        element.clear()


def parse_text(text: str) -> Element:
    """Parse a document that is kept as text; raises the errors of ``parse``."""
    return parse(text.encode("utf-8", "surrogatepass"))


def _safe(reader: Callable[..., T]) -> Callable[..., T]:
    """Return a reader that loads, fetches and replaces nothing, and passes over comments and instructions."""
    return partial(
        reader,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def _refusal(content: bytes, error: Exception) -> VictimIDError:
    """Tell bombs from what is merely broken."""
    if _DECLARES.search(content.replace(b"\0", b"")):
        return VictimIDError("form.refused_xml")
    if "depth" in str(error):
        return VictimIDError("form.too_large", what="xml depth", limit=limits.XML_DEPTH)
    return VictimIDError("form.not_xml", line=getattr(error, "lineno", None) or 0)


def _require_shape(root: Element) -> None:
    if root.xpath(f"boolean((/descendant::*)[{limits.XML_NODES + 1}])"):
        raise VictimIDError("form.too_large", what="xml nodes", limit=limits.XML_NODES)
    if root.xpath(f"boolean(/descendant::*/@*[{limits.XML_ATTRIBUTES + 1}])"):
        raise VictimIDError("form.too_large", what="xml attributes", limit=limits.XML_ATTRIBUTES)
    if root.xpath(f"boolean({'/*' * (limits.XML_DEPTH + 1)})"):
        raise VictimIDError("form.too_large", what="xml depth", limit=limits.XML_DEPTH)


def local(element: Element) -> str:
    """Return the name without its namespace."""
    return element.tag.rpartition("}")[2]


def child(parent: Element, name: str) -> Element | None:
    """Return the first child element of this local name."""
    return next(parent.iterchildren(f"{{*}}{name}"), None)


def attributes(element: Element) -> dict[str, str]:
    """Return the attributes by their names, qualified where they have a namespace."""
    return cast("dict[str, str]", dict(element.items()))


def by_name(parent: Element) -> dict[str, list[Element]]:
    """Return the child elements by their local names."""
    found: dict[str, list[Element]] = {}
    for element in parent:
        found.setdefault(local(element), []).append(element)
    return found


def legal(text: str) -> str:
    """Leave out characters that no XML document can hold, such as NUL."""
    return _ILLEGAL.sub("", text)


def to_text(element: Element) -> str:
    """Serialise as text without declaration."""
    return etree.tostring(element, encoding="unicode", with_tail=False)
