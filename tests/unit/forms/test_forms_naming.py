"""What nodes are called, in which namespace and language, which version asks; and files that are not relevant."""

import pytest

from tests.support.form_files import clock, xform, xform_text
from victimid.forms.loading import from_xform
from victimid.forms.session import Session

XFORMS, OPENROSA = "http://www.w3.org/2002/xforms", "http://openrosa.org/xforms"
ITEMS = (
    '<instance id="i"><root xml:lang="en-GB"><item id="a"><name>n</name></item>'
    '<item xml:lang="es"><name>m</name></item></root></instance>'
)
NAMES = "instance('i')/root/item/name"


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("namespace-uri()", XFORMS),
        ("namespace-uri(..)", XFORMS),
        ("namespace-uri(/data/meta/instanceID)", OPENROSA),
        (f"namespace-uri({NAMES})", XFORMS),
        ("namespace-uri(/data/gone)", ""),
        ("namespace-uri(/data/@id)", ""),
        (f"count({NAMES}[lang('en')])", "1"),
        (f"count({NAMES}[lang('EN-gb')])", "1"),
        (f"count({NAMES}[lang('e')])", "0"),
        (f"string({NAMES}[lang('es')])", "m"),
        ("lang('en')", "false"),
        ("count(id('a'))", "0"),
        ("concat('v', version())", "v7"),
    ],
)
def test_names_and_languages(expression: str, value: str) -> None:
    form = xform("<it/>", f'<bind nodeset="/data/it" calculate="{expression}"/>', "", ITEMS)
    assert Session(form, clock=clock).node("/data/it").value == value


@pytest.mark.parametrize(
    ("attribute", "version"), [(f'o:version="8" xmlns:o="{OPENROSA}"', "8"), ('version=""', ""), ("", "")]
)
def test_the_version_may_be_in_the_namespace_of_openrosa_or_absent(attribute: str, version: str) -> None:
    text = xform_text("<it/>", '<bind nodeset="/data/it" calculate="version()"/>').replace('version="7"', attribute)
    form = from_xform(text)
    session = Session(form, clock=clock)
    assert (form.version, session.node("/data/it").value) == (version, version)
    again = Session(form, instance=session.instance_xml(), clock=clock)
    assert again.instance_xml() == session.instance_xml()
    assert (f'version="{version}"' in session.instance_xml()) is bool(attribute)


def test_a_file_that_is_not_relevant_stays_but_is_not_handed_in() -> None:
    binds = (
        '<bind nodeset="/data/f" type="binary" relevant="/data/a != \'no\'"/>'
        '<bind nodeset="/data/t" relevant="/data/a != \'no\'"/>'
        '<bind nodeset="/data/told" calculate="concat(/data/f, /data/t)"/>'
    )
    body = '<input ref="/data/a"/><upload ref="/data/f" mediatype="image/*"/><input ref="/data/t"/>'
    session = Session(xform("<a/><f/><t/><told/>", binds, body), clock=clock)
    session.set("/data/f", "door.png")
    session.set("/data/t", "x")
    session.set("/data/a", "no")
    assert (session.node("/data/f").relevant, session.node("/data/told").value) == (False, "door.png")
    assert "<f>" not in session.instance_xml(submission=True)
