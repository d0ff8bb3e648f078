"""Phones, plates, handles and names compare as the things they name."""

from dataclasses import replace

import pytest

from tests.support.vaults import an_answer
from victimid.model.answer import Kind, Wording
from victimid.model.link import Identifier, LinkKind
from victimid.store.identifiers import identifier, of_answer


@pytest.mark.parametrize(
    ("kind", "spellings"),
    [
        (LinkKind.PHONE, ["099 123 4567", "+593 99 123 4567", "٠٩٩١٢٣٤٥٦٧", "00593991234567", "(099) 123-4567"]),
        (LinkKind.PLATE, ["PBA-1234", "pba 1234", "ＰＢＡ１２３４"]),
        (LinkKind.PLATE, ["А123ВС77", "A 123 BC 77"]),
        (LinkKind.MAIL, ["Ana@Example.org", "ana+work@example.org", "<ana@example.org>"]),
        (
            LinkKind.HANDLE,
            ["@Ana_Ruiz", "ana_ruiz", "https://some.example/Ana_Ruiz?x=1", "some.example/in/ana_ruiz/"],
        ),
        (LinkKind.HANDLE, ["https://social.example/profile.php?id=100012345", "100012345"]),
        (LinkKind.NAME, ["Juan Pérez", "PÉREZ, Juan", "perez juan"]),
        (LinkKind.NAME, ["王小明", "王 小明"]),
        (LinkKind.NAME, ["أحمد عليّ", "احمد علي"]),
        (LinkKind.ADDRESS, ["Calle Bolívar 12", "12, calle bolivar"]),
        (LinkKind.PLACE, ["Río Verde", "rio verde"]),
        (LinkKind.PLACE, ["서울", "\u1109\u1165\u110b\u116e\u11af"]),
        (LinkKind.NAME, ["김구", "김구."]),
        (LinkKind.NAME, ["葛城", "葛\U000e0100城"]),
        (LinkKind.NAME, ["Ana Ruiz", "Ana Ruiz \u2764\ufe0f"]),
    ],
)
def test_spellings_of_one_thing_are_one(kind: LinkKind, spellings: list[str]) -> None:
    found = {identifier(kind, text, "EC") for text in spellings}
    assert len(found) == 1
    assert None not in found


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (LinkKind.PHONE, "12"),
        (LinkKind.PHONE, "no phone"),
        (LinkKind.PLATE, "A1"),
        (LinkKind.MAIL, "ana at example"),
        (LinkKind.HANDLE, "@x"),
        (LinkKind.HANDLE, "http://[broken"),
        (LinkKind.NAME, "?"),
        (LinkKind.PLACE, ""),
    ],
)
def test_what_is_nothing_of_the_kind_names_nothing(kind: LinkKind, text: str) -> None:
    assert identifier(kind, text, "EC") is None


def test_names_of_the_same_characters_in_another_order_differ() -> None:
    assert identifier(LinkKind.NAME, "王小明", "EC") != identifier(LinkKind.NAME, "明小王", "EC")


def test_phones_are_found_in_what_the_person_said() -> None:
    said = "Me llamó del 099 123 4567 el 12/03/2024 y pidió 2500 dólares"
    wanted = {Identifier(LinkKind.PHONE, "+593991234567")}
    assert of_answer(replace(an_answer(), own_words=said), "EC") == wanted
    assert of_answer(replace(an_answer(value=said), officer_wording=Wording("es", "¿?", said)), "EC") == wanted


@pytest.mark.parametrize("between", [" ", "  ", "/", " / ", " - ", ".", ", ", ";", "\n", "\t"])
@pytest.mark.parametrize("written", ["0991{:06}", "+5939911{:05}", "00593991{:06}"])
def test_every_number_of_a_long_list_is_found_whatever_stands_between(written: str, between: str) -> None:
    numbers = [written.format(number) for number in range(60)]
    said = replace(an_answer(), own_words=between.join(numbers))
    assert of_answer(said, "EC") == {identifier(LinkKind.PHONE, number, "EC") for number in numbers}


@pytest.mark.parametrize("number", ["00593 991234567", "+593 99 123 4567", "0991234567 ext. 12", "099/1234567"])
def test_a_number_written_in_pieces_stays_one(number: str) -> None:
    said = replace(an_answer(), own_words=f"Call {number} or 0990000000")
    [first, other] = sorted(each.value for each in of_answer(said, "EC"))
    assert (first, other[:13]) == ("+593990000000", "+593991234567")


def test_a_number_that_is_said_again_and_again_leaves_room_for_others() -> None:
    """As in a chat that was copied: thousands of lines, few numbers, and the last one may be the one that matters."""
    said = "12/03/24, 10:15 - +593 99 123 4567: ven\n" * 2500 + "0990000000"
    found = of_answer(replace(an_answer(), own_words=said), "EC")
    assert {each.value for each in found} == {"+593991234567", "+593990000000"}


def test_of_a_list_without_end_the_first_two_thousand_numbers_count() -> None:
    said = " ".join(f"099{number:07}" for number in range(2500))
    found = {each.value for each in of_answer(replace(an_answer(), own_words=said), "EC")}
    assert found == {f"+59399{number:07}" for number in range(2000)}


def test_what_officers_write_is_searched_for_phones_only_where_the_form_asks_for_one() -> None:
    seen = replace(an_answer(), own_words="Llamé al 099 123 4567", kind=Kind.OBSERVATION)
    assert of_answer(seen, "EC") == frozenset()
    assert of_answer(replace(seen, link=LinkKind.PHONE), "EC") == {Identifier(LinkKind.PHONE, "+593991234567")}


def test_a_choice_or_a_date_is_no_phone() -> None:
    dated = replace(an_answer(value="2024-03-12"), own_words="", officer_wording=Wording("es", "¿?", "12 mar 2024"))
    assert of_answer(replace(dated, link=LinkKind.PLATE), "EC") == frozenset()


def test_a_question_for_a_plate_gives_a_plate() -> None:
    typed = replace(an_answer(value="PBA-1234"), officer_wording=Wording("es", "¿?", "PBA-1234"), link=LinkKind.PLATE)
    assert of_answer(typed, "EC") == {Identifier(LinkKind.PLATE, "PBA1234")}
