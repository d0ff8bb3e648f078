"""A service directory of an agency is read exactly, or refused by its entry and field."""

import json
import time
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.packs import DIRECTORY
from victimid import i18n
from victimid.app.document_words import help_name
from victimid.app.service_directory import HELPS, SERVES, read
from victimid.errors import VictimIDError
from victimid.model.referral import Service

WRITTEN = Service(
    id="harbour-house",
    name="Harbour house (invented)",
    place="Example port",
    country="ZZ",
    serves=("women", "families"),
    helps=("shelter", "legal"),
    languages=("ht", "qu-BO"),
    contact="invented – no real number",
    hours="invented – day and night",
    confirmed_on="2026-10-30",
    confirmed_by="Olga Example",
    example=False,
)


def refusal(text: str) -> tuple[str, object, object]:
    with pytest.raises(VictimIDError, match=r"^content\.(bad|not)_services") as refused:
        read(text)
    return refused.value.code, refused.value.fields.get("entry"), refused.value.fields.get("field")


def changed(field: str, value: str) -> str:
    """Return the directory with another value, written as TOML, of a field."""
    return "\n".join(f"{field} = {value}" if line.startswith(f"{field} ") else line for line in DIRECTORY.splitlines())


def without(field: str) -> str:
    return "\n".join(line for line in DIRECTORY.splitlines() if not line.startswith(f"{field} "))


def second(**fields: object) -> str:
    """Return the directory with a second entry that differs from the first in these fields."""
    entry = DIRECTORY.replace('"harbour-house"', '"second"')
    for name, value in fields.items():
        entry = "\n".join(
            f"{name} = {json.dumps(value, ensure_ascii=False)}" if line.startswith(f"{name} ") else line
            for line in entry.splitlines()
        )
    return DIRECTORY + entry


def test_an_entry_is_read_as_written() -> None:
    assert read(DIRECTORY) == (WRITTEN,)
    (example,) = read(DIRECTORY + "example = true\n")
    assert example.example


def test_the_same_directory_is_read_once() -> None:
    assert read("".join(list(DIRECTORY))) is read("".join(list(DIRECTORY)))


plain = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=200)


@given(
    plain,
    plain,
    st.lists(st.sampled_from(SERVES), unique=True),
    st.lists(st.sampled_from(HELPS), unique=True),
    st.dates(),
)
def test_every_entry_within_the_rules_is_read(
    name: str, place: str, serves: list[str], helps: list[str], on: date
) -> None:
    first, made = read(second(name=name, place=place, serves=serves, helps=helps, confirmed_on=on.isoformat()))
    assert first == WRITTEN
    assert (made.name, made.place, made.confirmed_on) == (name, place, on.isoformat())
    assert (made.serves, made.helps) == (tuple(serves), tuple(helps))


@pytest.mark.parametrize("tongue", ["es", "ar"])
def test_every_known_value_has_words(tongue: str) -> None:
    english, words = i18n.load("documents", "en"), i18n.load("documents", tongue)
    for kind in (*SERVES, *HELPS):
        assert help_name(words, kind) != help_name(english, kind)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", '""'),
        ("id", '"Harbour"'),
        ("id", '"a/b"'),
        ("id", "1"),
        ("id", '["a"]'),
        ("id", f'"{"a" * 65}"'),
        ("name", '""'),
        ("name", '"  "'),
        ("name", f'"{"a" * 201}"'),
        ("name", r'"two\nlines"'),
        ("name", r'"\u202egnoma"'),
        ("name", r'"\u2066a"'),
        ("name", r'"a\u0007"'),
        ("name", "true"),
        ("country", '"zz"'),
        ("country", '""'),
        ("serves", '"women"'),
        ("serves", '["everybody"]'),
        ("serves", '["women", "women"]'),
        ("serves", '[["women"]]'),
        ("helps", '["Shelter"]'),
        ("helps", "[1]"),
        ("languages", '["Creole"]'),
        ("languages", '["e"]'),
        ("languages", json.dumps([f"a{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(101)])),
        ("hours", "24"),
        ("contact", "{a = 1}"),
        ("confirmed_on", "2026-10-30"),
        ("confirmed_on", '"30/10/2026"'),
        ("confirmed_on", '"2026-02-30"'),
        ("confirmed_by", '""'),
        ("confirmed_by", "2"),
    ],
)
def test_a_wrong_value_is_refused_by_its_field(field: str, value: str) -> None:
    assert refusal(changed(field, value)) == ("content.bad_services", 1, field)


@pytest.mark.parametrize("field", [line.split(" ")[0] for line in DIRECTORY.splitlines() if " = " in line])
def test_no_field_may_be_missing(field: str) -> None:
    assert refusal(without(field)) == ("content.bad_services", 1, field)
    assert refusal(DIRECTORY + without(field)) == ("content.bad_services", 2, field)


def test_whoever_confirmed_says_when() -> None:
    assert refusal(changed("confirmed_on", '""')) == ("content.bad_services", 1, "confirmed_by")
    text = changed("confirmed_on", '""').replace('"Olga Example"', '""')
    assert read(text)[0].confirmed_on == ""


@pytest.mark.parametrize(
    ("line", "field"),
    [('example = "yes"', "example"), ('phone = "1"', "phone"), (f'{"a" * 500} = "1"', "a" * 40)],
)
def test_foreign_fields_are_refused_by_name(line: str, field: str) -> None:
    assert refusal(f"{DIRECTORY}{line}\n") == ("content.bad_services", 1, field)


def test_two_services_of_one_id_are_refused() -> None:
    assert refusal(DIRECTORY + DIRECTORY) == ("content.bad_services", 2, "id")
    assert len(read(second())) == 2


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# nothing",
        "service = []",
        "service = [1]",
        'service = "none"',
        '[service]\nid = "a"',
        "[[services]]",
        f"version = 1\n{DIRECTORY}",
        f"{DIRECTORY}[[service]",
        f"{DIRECTORY}[service.more]\nwhat = 1",
        "[" * 100_000,
        f"service = {'[' * 2_000}{']' * 2_000}",
        f"service = {'9' * 5_000}",
        f"{DIRECTORY}# {'x' * 1024 * 1024}",
        "\n".join("[[service]]" for _ in range(2_001)),
    ],
    ids=lambda text: text[:20],
)
def test_what_is_no_directory_is_refused_as_a_whole(text: str) -> None:
    assert refusal(text) == ("content.not_services", None, None)


@pytest.mark.parametrize(
    "text",
    [
        "a." * 500_000 + "b = 1",
        "\n".join(f"b{number}." + "a." * 480 + "k = 1" for number in range(1_000)),
        "[" + "a." * 490 + "a]\n" + "\n".join("a." * 490 + f"k{number} = 1" for number in range(1_000)),
        '"""\\' * 250_000,
        '"\\' * 500_000,
    ],
    ids=["one key", "many keys", "a table of keys", "long text", "texts"],
)
def test_a_file_made_to_keep_the_program_busy_is_refused_soon(text: str) -> None:
    began = time.process_time()
    assert refusal(text)[0] == "content.not_services"
    assert time.process_time() - began < 10


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused_with_a_code(text: str) -> None:
    for each in (text, DIRECTORY + text, f"service = [{text}]"):
        with suppress(VictimIDError):
            assert read(each)


@pytest.mark.parametrize(
    "hours", ['"a.b # c"', "'''it's 8.30'''", '"""8.30 to 17.00"""', r'"8.30 \" 9.30"', '"" # 8.30', '"""a"""""']
)
def test_points_stand_in_texts_and_comments(hours: str) -> None:
    assert len(read(changed("hours", hours))) == 1
