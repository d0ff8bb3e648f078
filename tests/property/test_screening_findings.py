"""Laws of the findings, for any set of signs and any non-answers."""

from collections.abc import Collection

import pytest
from hypothesis import given
from hypothesis import strategies as st

from victimid import assets
from victimid.model.answer import Kind, NonAnswer
from victimid.model.finding import Dimension, Evidence, Findings, Reading
from victimid.screening.catalogue import load_catalogue, load_rule_sets
from victimid.screening.findings import findings

CATALOGUE = load_catalogue(assets.folder("forms") / "signs.toml")
RULE_SETS = load_rule_sets(assets.folder("forms") / "rules", CATALOGUE)
SIGNS = st.sets(st.sampled_from(sorted(CATALOGUE.signs)), max_size=25)
RULES = st.sampled_from(sorted(RULE_SETS))
CONTEXT = {Dimension.RECRUITMENT_BY_VULNERABILITY, Dimension.VULNERABILITY_AT_DESTINATION}


def found(signs: Collection[str], rule_set: str, unanswered: dict[NonAnswer, int] | None = None) -> Findings:
    evidence = [Evidence(sign, f"/data/{sign}", 1, Kind.STATEMENT) for sign in sorted(signs)]
    return findings(evidence, RULE_SETS[rule_set], CATALOGUE, unanswered or {})


def met(result: Findings) -> set[Dimension]:
    return {found.dimension for found in result.dimensions if found.met}


@given(SIGNS, RULES, st.dictionaries(st.sampled_from(list(NonAnswer)), st.integers(0, 40)))
def test_non_answers_never_change_what_is_found(
    signs: set[str], rule_set: str, unanswered: dict[NonAnswer, int]
) -> None:
    silent, asked = found(signs, rule_set), found(signs, rule_set, unanswered)
    assert (asked.dimensions, asked.reading) == (silent.dimensions, silent.reading)


@given(SIGNS, SIGNS, RULES)
def test_more_signs_never_unmeet_a_dimension(signs: set[str], more: set[str], rule_set: str) -> None:
    assert met(found(signs, rule_set)) <= met(found(signs | more, rule_set))


@given(SIGNS, SIGNS, RULES)
def test_more_signs_never_take_a_reading_of_trafficking_away(signs: set[str], more: set[str], rule_set: str) -> None:
    if found(signs, rule_set).reading is Reading.SIGNS_OF_TRAFFICKING:
        assert found(signs | more, rule_set).reading is Reading.SIGNS_OF_TRAFFICKING


@given(SIGNS, RULES)
def test_no_signs_recorded_means_exactly_that(signs: set[str], rule_set: str) -> None:
    assert (found(signs, rule_set).reading is Reading.NO_SIGNS_RECORDED) is (not signs)


@given(st.lists(st.tuples(st.sampled_from(sorted(CATALOGUE.signs)), st.integers(1, 5)), max_size=30), RULES)
def test_repeated_answers_and_their_order_change_nothing(raised: list[tuple[str, int]], rule_set: str) -> None:
    evidence = [Evidence(sign, f"/data/q{number}", number, Kind.STATEMENT) for sign, number in raised]
    forwards, backwards = (
        findings(items, RULE_SETS[rule_set], CATALOGUE, {}) for items in (evidence, [*evidence, *evidence][::-1])
    )
    assert forwards == backwards


@pytest.mark.parametrize("rule_set", sorted(RULE_SETS))
def test_every_hardship_together_raises_no_reading(rule_set: str) -> None:
    hardships = {sign.id for sign in CATALOGUE.signs.values() if sign.dimension in CONTEXT}
    assert found(hardships, rule_set).reading is Reading.SIGNS_PRESENT


@given(SIGNS)
def test_hardship_raises_an_adult_reading_only_beside_exploitation_and_coercion_met_by_their_own_signs(
    signs: set[str],
) -> None:
    result = found(signs, "ilo-2009-adult-labour")
    bare = found({sign for sign in signs if CATALOGUE.signs[sign].dimension not in CONTEXT}, "ilo-2009-adult-labour")
    own = {Dimension.EXPLOITATION, Dimension.COERCION_AT_DESTINATION} <= met(bare)
    raised = result.reading is not bare.reading and bare.reading is not Reading.NO_SIGNS_RECORDED
    assert raised is result.rests_on_secondary_means
    assert own or not result.rests_on_secondary_means
