"""Corners of the expression language, each as XPath 1.0, the ODK specification or ODK's engine has it."""

from contextlib import suppress
from datetime import UTC, datetime

import pytest

from tests.support.form_files import calculated, clock, xform
from victimid.errors import VictimIDError
from victimid.forms.effort import Effort
from victimid.forms.patterns.automaton import compile_pattern
from victimid.forms.session import Session

LIST = '<instance id="l"><root><item k="1"><n>a</n><n>b</n></item><item k="2"><n>c</n></item></root></instance>'


def listed(expression: str) -> str:
    """Evaluate an expression beside an instance with two items."""
    quoted = expression.replace("<", "&lt;").replace('"', "&quot;")
    form = xform("<a>1</a><it/>", f'<bind nodeset="/data/it" calculate="{quoted}"/>', extra=LIST)
    return Session(form, clock=clock).node("/data/it").value


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("pow(0, -1)", "Infinity"),
        ("pow(-10, 401)", "-Infinity"),
        ("pow(10, 400)", "Infinity"),
        ("pow(-8, 1 div 3)", ""),
        ("pow(1, 1 div 0)", ""),
        ("pow(2, number('x'))", ""),
        ("exp(1000)", "Infinity"),
        ("log(0)", "-Infinity"),
        ("log(-1)", ""),
        ("round(1 div 0)", "Infinity"),
        ("round(number('x'))", ""),
        ("round(number('1.7E308'), 300) > 1", "true"),
        ("0 div 0", ""),
        ("1 div 0 mod 2", ""),
        ("5 mod 0", ""),
        ("-1 div 0", "-Infinity"),
        ("1 = true()", "true"),
        ("true() != 'x'", "false"),
        ("'' = false()", "true"),
        ("/data/* = true()", "true"),
        ("/data/a = /data/*", "true"),
        ("'5' < /data/*", "false"),
        ("7 >= /data/*", "true"),
        ("6 <= /data/*", "false"),
        ("3 > /data/*", "false"),
        ("/data/* != 'x'", "true"),
        ("/data/gone = 'x'", "false"),
        ("'a' and 1 and /data/a", "true"),
        ("'' or 0 or /data/gone", "false"),
        ("boolean(/data/*[9])", "false"),
        ("if(true(), /data/a, 3) + 1", "6"),
        ("boolean(if(true(), /data/a, 3))", "true"),
        ("count(if(true(), /data/a, /data/a))", "1"),
        ("string(if(false(), 'x', 3))", "3"),
        ("concat(string(/data), '.')", "5."),
        ("count(/)", "1"),
        ("count(/data//*)", "4"),
        ("count(//a)", "1"),
        ("string(/data/a/text())", ""),
        ("count(/data/processing-instruction('x'))", "0"),
        ("(/data/*)[1]", "5"),
        ("(/data/*)[position() = 1]", "5"),
        ("(/data/*)[7]", ""),
        ("current()/../a", "5"),
        ("/data/*[-(1) + 2]", "5"),
        ("/data/*[1.5]", ""),
        ("/data/*[string-length(name()) = 1 and . = 5]", "5"),
        ("/data/a[position() = -(-1)]", "5"),
        ("name((/data/*)[2])", "it"),
        ("name(/data/gone)", ""),
        ("local-name()", "it"),
        ("substring-before('ab', '')", ""),
        ("substring-after('ab', '')", "ab"),
        ("substring('12345', 1 div 0)", ""),
        ("substring('12345', 0 div 0)", ""),
        ("substr('12345', 0 div 0, 2)", "12"),
        ("substr('12345', -2)", "45"),
        ("regex('ab', concat('a', 'b'))", "true"),
        ("regex('ab', concat('(', ''))", "false"),
        ("digest('a', 'NO')", ""),
        ("base64-decode('!')", ""),
        ("base64-decode('aGk=')", "hi"),
        ("decimal-time('nonsense')", ""),
        ("decimal-time('06:00')", "0.25"),
        ("decimal-time('99:00')", ""),
        ("date(true())", ""),
        ("date(10 div 0)", "Invalid Date"),
        ("string(date(date('2001-02-03')))", "2001-02-03"),
        ("decimal-date-time('x')", ""),
        ("decimal-date-time('')", ""),
        ("date('9999-12-31T23:59:59.000-14:00') > 0", "false"),
        ("area('0 0;0 1;1 1;0 0')", "6195628067.9"),
        ("area('0 0;0 1')", "0"),
        ("area('0 0;0 1;1 1')", "6195628067.9"),
        ("distance('1 2;1 2; ')", "0"),
        ("distance('x y')", ""),
        ("distance('1')", ""),
        ("distance('91 0;0 0')", ""),
        ("geofence('0.5 0.5', '0 0;0 1;1 1;1 0;0 0')", "true"),
        ("geofence('0.5 0.5', '0 0;0 1;1 1')", "false"),
        ("geofence('x', '0 0;0 1;1 1;0 0')", "false"),
        ("checklist(2, 2, /data/*)", "true"),
        ("checklist(3, -1, /data/*)", "false"),
        ("weighted-checklist(5, 5, /data/a, /data/a)", "true"),
        ("string-length(uuid())", "36"),
        ("string-length(uuid(5))", "5"),
        ("uuid(number('x'))", ""),
        ("string-length(uuid(80))", "80"),
        ("random() < 1", "true"),
        ("selected-at('a b', number('x'))", ""),
        ("selected-at('a b', 5)", ""),
        ("jr:itext('nosuch')", ""),
        ("jr:choice-name('x', '/data/a')", ""),
        ("position(/data/a)", "1"),
        ("position(/data/gone)", ""),
        ("sum(/data/gone)", ""),
        ("max(/data/gone)", ""),
        ("string(1e21 * 10)", "10000000000000000000000"),
        ("string(0.0000001)", "0.0000001"),
        ("string(-0.5 + 0.5)", "0"),
        ("string(123456789012345680000)", "123456789012345680000"),
        ("count(/data/a/ancestor::*)", "1"),
        ("count(/data/a/ancestor-or-self::*)", "2"),
        ("count(/data/a/following::*)", "3"),
        ("count(/data/it/preceding::*)", "1"),
        ("count(/data/it/preceding-sibling::*)", "1"),
        ("count(/data/descendant::*)", "4"),
        ("count(/data/a/namespace::*)", "0"),
        ("count(/data/@*)", "2"),
        ("/data/@id", "t"),
        ("count(/following-sibling::*)", "0"),
        ("count(current()/..)", "1"),
        ("--/data/a", "5"),
        ("---2", "-2"),
        ("not(0) = 1", "true"),
        ("once('x')", "x"),
        ("number(true())", "1"),
        ("pulldata('none', 'a', 'b', 'c')", ""),
        ("instance('none')/root/item", ""),
    ],
)
def test_value(expression: str, value: str) -> None:
    assert calculated(expression, a="5") == value


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("count(instance('l')/root/item/n)", "3"),
        ("instance('l')/root/item[n = 'c']/@k", "2"),
        ("instance('l')/root/item[. = 'c']/n", "c"),
        ("instance('l')/root/item[n = /data/a]/n", ""),
        ("instance('l')/root/item[../item/n = 'c' and position() = 2]/n", "c"),
        ("count(instance('l')/root/item | instance('l')/root/item[1])", "2"),
        ("count(randomize(instance('l')/root/item))", "2"),
        ("join('', randomize(instance('l')/root/item/n, 'seed')) != ''", "true"),
        ("join('', randomize(instance('l')/root/item/n, 1 div 0)) != ''", "true"),
        ("join('', randomize(instance('l')/root/item/n, -1 div 0)) != ''", "true"),
        ("join('', randomize(instance('l')/root/item/n, '')) != ''", "true"),
        ("count(randomize(instance('l')/root/item)[n = 'c']/..)", "1"),
        ("pulldata('l', 'n', 'n', 'c')", "c"),
        ("pulldata('l', 'n', 'n', 'zz')", ""),
        ("concat(instance('l')/root/item/n, '!')", "abc!"),
        ("count((instance('l')/root/item | /data/a)/n)", "3"),
        ("count(instance('l')/root/item[-1])", "0"),
        ("count(instance('l')/root/gone[5])", "0"),
    ],
)
def test_value_from_an_instance(expression: str, value: str) -> None:
    assert listed(expression) == value


@pytest.mark.parametrize(
    "expression",
    ["weighted-checklist(1, 2, 3)", "count('x')", "a:b:c", "self::node(", "bad::x", "1 2", "$x", "@", "x[", "'a' | 1"],
)
def test_refused(expression: str) -> None:
    with pytest.raises(VictimIDError):
        calculated(expression)


@pytest.mark.parametrize(
    "pattern",
    ["a{2,1}", "[b-a]", "(", "[a", "a{1", "(?<x)", "a**", "\\", "[\\d-z]", "x{9999}", "(?=a)", "[[:x:]]", "*a"],
)
def test_patterns_are_refused_or_bounded(pattern: str) -> None:
    with suppress(VictimIDError):
        assert compile_pattern(pattern).search("a", Effort()) in {True, False}


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        (r"[\b]", "\b", True),
        (r"[\w-]+", "a-b", True),
        (r"\u0041", "A", True),
        (r"\x41", "A", True),
        (r"\t", "\t", True),
        (r"[^\d]", "5", False),
    ],
)
def test_escapes_in_patterns(pattern: str, text: str, *, found: bool) -> None:
    assert compile_pattern(pattern).search(text, Effort()) is found


def test_times_without_a_calendar_are_blank() -> None:
    early = datetime(2026, 3, 14, 0, 0, tzinfo=UTC)
    form = xform(
        "<it/>", "<bind nodeset=\"/data/it\" calculate=\"format-date-time(date('0001-01-01T00:00:00.000Z'), '%Y')\"/>"
    )
    assert Session(form, clock=lambda: early).node("/data/it").value in {"0001", ""}


def test_once_keeps_what_is_there_however_it_came_there() -> None:
    """A default, a saved answer, and what a question had before it was hidden for a while."""
    binds = (
        '<bind nodeset="/data/kept" calculate="once(\'new\')"/><bind nodeset="/data/drawn" calculate="once(uuid())"/>'
        '<bind nodeset="/data/hidden" calculate="once(uuid())" relevant="/data/shown != \'no\'"/>'
    )
    form = xform("<shown>yes</shown><kept>default</kept><drawn/><hidden/>", binds)
    session = Session(form, clock=clock)
    drawn, hidden = session.node("/data/drawn").value, session.node("/data/hidden").value
    assert session.node("/data/kept").value == "default"
    resumed = Session(form, instance=session.instance_xml(), clock=clock)
    assert (resumed.node("/data/drawn").value, resumed.node("/data/hidden").value) == (drawn, hidden)
    for shown in ("no", "yes"):
        resumed.set("/data/shown", shown)
    assert resumed.node("/data/hidden").value == hidden


def test_once_of_what_holds_others_is_their_text() -> None:
    assert listed("count(instance('l')/root/item[once('z') = 'ab'])") == "1"
    form = xform("<g><a>1</a><b>2</b></g><n/>", '<bind nodeset="/data/n" calculate="count(/data/g[once(0) = 12])"/>')
    assert Session(form, clock=clock).node("/data/n").value == "1"
