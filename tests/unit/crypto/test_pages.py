"""Pages of a real encrypted database are told from what was never written there under the key."""

from contextlib import closing
from pathlib import Path

import pytest

from victimid.crypto.pages import PAGE_BYTES, SALT_BYTES, PageCheck
from victimid.crypto.secret import DataKey
from victimid.errors import VictimIDError
from victimid.store.connection import open_database

KEY = DataKey(bytearray(range(32)))
OTHER = DataKey(bytearray(range(1, 33)))


@pytest.fixture
def pages(tmp_path: Path) -> list[bytes]:
    with closing(open_database(tmp_path / "records.db", KEY)) as database:
        database.execute("CREATE TABLE words (word BLOB)")
        database.execute("INSERT INTO words VALUES (randomblob(30000))")
    content = (tmp_path / "records.db").read_bytes()
    return [content[at : at + PAGE_BYTES] for at in range(0, len(content), PAGE_BYTES)]


def whole(pages: list[bytes], key: DataKey = KEY) -> list[int]:
    """Return the numbers of the pages that are whole."""
    with closing(PageCheck(key, pages[0][:SALT_BYTES])) as check:
        return [number for number, page in enumerate(pages, 1) if check.whole(number, page)]


def test_every_page_that_sqlcipher_wrote_is_whole_under_its_key_alone(pages: list[bytes]) -> None:
    assert len(pages) > 5
    assert whole(pages) == list(range(1, len(pages) + 1))
    assert whole(pages, OTHER) == []


@pytest.mark.parametrize("at", [SALT_BYTES, 2000, PAGE_BYTES - 80, PAGE_BYTES - 64, PAGE_BYTES - 1])
def test_every_byte_of_a_page_counts(pages: list[bytes], at: int) -> None:
    for number in (0, 3):
        page = pages[number]
        altered = page[:at] + bytes([page[at] ^ 1]) + page[at + 1 :]
        assert number + 1 not in whole([*pages[:number], altered, *pages[number + 1 :]])


def test_another_page_less_of_a_page_or_nothing_is_not_whole(pages: list[bytes]) -> None:
    for instead in (pages[4], pages[3][:-1], bytes(PAGE_BYTES), b""):
        assert 4 not in whole([*pages[:3], instead, *pages[4:]])


def test_the_page_of_the_locks_at_one_gibibyte_holds_nothing(pages: list[bytes]) -> None:
    number = 2**30 // PAGE_BYTES + 1
    with closing(PageCheck(KEY, pages[0][:SALT_BYTES])) as check:
        assert check.whole(number, bytes(PAGE_BYTES))
        assert not check.whole(number - 1, bytes(PAGE_BYTES))
        assert not check.whole(number + 1, bytes(PAGE_BYTES))


def test_a_wiped_key_checks_nothing(pages: list[bytes]) -> None:
    key = DataKey(bytearray(range(32)))
    key.wipe()
    with pytest.raises(VictimIDError, match=r"keyfile\.locked"):
        PageCheck(key, pages[0][:SALT_BYTES])
