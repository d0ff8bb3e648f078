"""The chain of bundles as pure logic: what continues, repeats or contradicts it, and its gaps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from victimid.errors import VictimIDError
from victimid.headquarters.chain import Link, gaps, judge

CHAIN = {number: Link(number, f"h{number}", f"h{number - 1}") for number in range(1, 8)}


@given(st.permutations(sorted(CHAIN)))
def test_any_order_of_arrival_is_new_and_then_again(order: list[int]) -> None:
    known: dict[int, Link] = {}
    for number in order:
        assert judge(CHAIN[number], known) == "new"
        known[number] = CHAIN[number]
    assert all(judge(link, known) == "again" for link in CHAIN.values())


@given(st.sets(st.sampled_from(sorted(CHAIN)), min_size=1), st.data())
def test_another_history_is_refused_wherever_it_touches(present: set[int], data: st.DataObject) -> None:
    known = {number: CHAIN[number] for number in present}
    number = data.draw(st.sampled_from(sorted(CHAIN)))
    other = Link(number, f"other{number}", f"other{number - 1}")
    if present & {number - 1, number, number + 1}:
        with pytest.raises(VictimIDError, match=r"register\.fork"):
            judge(other, known)
    else:
        assert judge(other, known) == "new"


@given(st.sets(st.integers(1, 60)))
def test_gaps_and_numbers_together_are_everything_up_to_the_highest(present: set[int]) -> None:
    missing = [number for first, last in gaps(sorted(present)) for number in range(first, last + 1)]
    assert sorted([*missing, *present]) == list(range(1, max(present, default=0) + 1))
    assert all(first <= last for first, last in gaps(sorted(present)))
