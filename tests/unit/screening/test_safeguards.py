"""Who is treated as a child."""

from datetime import date

import pytest

from victimid import assets
from victimid.errors import VictimIDError
from victimid.screening.catalogue import Population, load_catalogue, load_rule_sets
from victimid.screening.safeguards import child_or_doubt, scored_rule_set, years

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("age", "may_be_child", "born", "expected"),
    [
        ("25_39", "no", None, False),
        ("18_24", "", None, False),
        ("", "no", None, False),
        ("25_39", "no", date(2000, 1, 1), False),
        ("under_18", "no", None, True),
        ("not_sure", "no", None, True),
        ("18_24", "cannot_tell", None, True),
        ("60_up", "yes", None, True),
        ("", "", None, True),
        ("", "cannot_tell", None, True),
        ("18_24", "no", date(2008, 11, 22), True),
        ("18_24", "no", date(2008, 11, 21), False),
    ],
)
def test_every_doubt_counts_as_a_child(age: str, may_be_child: str, born: date | None, *, expected: bool) -> None:
    assert child_or_doubt(age, may_be_child, born, TODAY) is expected


def test_a_birthday_on_the_last_of_february_counts_from_the_first_of_march() -> None:
    assert years(date(2008, 2, 29), date(2026, 2, 28)) == 17
    assert years(date(2008, 2, 29), date(2026, 3, 1)) == 18


def test_a_child_is_read_by_the_rule_set_for_children() -> None:
    forms = assets.folder("forms")
    rule_sets = load_rule_sets(forms / "rules", load_catalogue(forms / "signs.toml"))
    for child, population in ((True, Population.CHILD), (False, Population.ADULT)):
        chosen = scored_rule_set(rule_sets, child=child)
        assert chosen.scored
        assert chosen.population is population
    with pytest.raises(VictimIDError, match=r"screening\.no_rule_set"):
        scored_rule_set({}, child=False)
