"""The published rule, against the published vectors and the worked examples."""

import json
from pathlib import Path

import pytest

from victimid import assets
from victimid.model.answer import Kind, NonAnswer
from victimid.model.finding import Dimension, Evidence, Findings, Reading, Strength
from victimid.screening.catalogue import Catalogue, RuleSet, load_catalogue, load_rule_sets
from victimid.screening.findings import findings
from victimid.screening.rules import dimension_met

VECTORS = json.loads((Path(__file__).parents[2] / "data" / "dimension_rule_vectors.json").read_text("utf-8"))["vectors"]
ADULT, CHILD = "ilo-2009-adult-labour", "ilo-2009-child-labour"

DECEIVED = ("DR.job", "DR.wages")
FORCED = ("CR.violence", "CR.documents")
HARDSHIP = ("AV.economic", "AV.information", "AV.false_success")
EXPLOITED = ("EX.hours", "EX.wage_manipulation")
HELD = ("CD.documents", "CD.isolation")
STRANDED = ("AD.dependency", "AD.unknown_area", "AD.economic")


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(assets.folder("forms") / "signs.toml")


@pytest.fixture(scope="module")
def rule_sets(catalogue: Catalogue) -> dict[str, RuleSet]:
    return dict(load_rule_sets(assets.folder("forms") / "rules", catalogue))


def found(signs: tuple[str, ...], rule_set: RuleSet, catalogue: Catalogue) -> Findings:
    evidence = [Evidence(sign, f"/data/q{n}", n, Kind.STATEMENT) for n, sign in enumerate(signs, 1)]
    return findings(evidence, rule_set, catalogue, {})


def met(result: Findings) -> set[Dimension]:
    return {dimension.dimension for dimension in result.dimensions if dimension.met}


@pytest.mark.parametrize(("strong", "medium", "weak", "expected"), VECTORS)
def test_published_vectors(strong: int, medium: int, weak: int, *, expected: bool) -> None:
    assert dimension_met(strong, medium, weak) is expected


def test_both_notations_of_the_rule_agree() -> None:
    for strong in range(6):
        for medium in range(8):
            for weak in range(8):
                long_notation = (
                    strong >= 2 or (strong >= 1 and medium + weak >= 1) or medium >= 3 or (medium >= 2 and weak >= 1)
                )
                assert dimension_met(strong, medium, weak) is long_notation, (strong, medium, weak)


def test_one_strong_sign_alone_and_any_number_of_weak_ones_meet_nothing() -> None:
    assert not dimension_met(1, 0, 0)
    assert not dimension_met(0, 0, 7)
    assert not dimension_met(0, 1, 7)


@pytest.mark.parametrize(
    ("signs", "expected"),
    [
        (("DR.job", "DR.wages"), {Dimension.DECEPTIVE_RECRUITMENT}),
        (("EX.hours", "EX.wage_manipulation"), {Dimension.EXPLOITATION}),
        (("CD.documents", "CD.isolation"), {Dimension.COERCION_AT_DESTINATION}),
        (("AV.economic", "AV.information"), set()),
        (("AV.economic", "AV.information", "AV.false_success"), {Dimension.RECRUITMENT_BY_VULNERABILITY}),
    ],
)
def test_worked_examples_for_adults(
    signs: tuple[str, ...], expected: set[Dimension], catalogue: Catalogue, rule_sets: dict[str, RuleSet]
) -> None:
    assert met(found(signs, rule_sets[ADULT], catalogue)) == expected


def test_worked_example_of_a_child_needs_no_means(catalogue: Catalogue, rule_sets: dict[str, RuleSet]) -> None:
    result = found(("EX.hours", "EX.school"), rule_sets[CHILD], catalogue)
    assert met(result) == {Dimension.EXPLOITATION}
    assert result.reading is Reading.SIGNS_OF_TRAFFICKING


@pytest.mark.parametrize(
    ("signs", "expected", "secondary"),
    [
        ((), Reading.NO_SIGNS_RECORDED, False),
        (("OB.fear",), Reading.SIGNS_PRESENT, False),
        (HELD, Reading.SIGNS_PRESENT, False),
        (HARDSHIP + STRANDED, Reading.SIGNS_PRESENT, False),
        (EXPLOITED, Reading.EXPLOITATION, False),
        (EXPLOITED + HARDSHIP + STRANDED, Reading.EXPLOITATION, False),
        (EXPLOITED + HELD, Reading.EXPLOITATION, False),
        (EXPLOITED + HELD + STRANDED, Reading.EXPLOITATION, False),
        (DECEIVED, Reading.SIGNS_BEFORE_DESTINATION, False),
        (FORCED, Reading.SIGNS_BEFORE_DESTINATION, False),
        (HARDSHIP, Reading.SIGNS_PRESENT, False),
        (DECEIVED + EXPLOITED, Reading.DECEPTION_AND_EXPLOITATION, False),
        (FORCED + EXPLOITED, Reading.DECEPTION_AND_EXPLOITATION, False),
        (DECEIVED + EXPLOITED + HELD, Reading.SIGNS_OF_TRAFFICKING, False),
        (FORCED + EXPLOITED + HELD, Reading.SIGNS_OF_TRAFFICKING, False),
        (HARDSHIP + EXPLOITED + HELD, Reading.SIGNS_OF_TRAFFICKING, True),
        (HARDSHIP + DECEIVED + EXPLOITED + HELD, Reading.SIGNS_OF_TRAFFICKING, False),
    ],
)
def test_readings_for_adults(
    signs: tuple[str, ...],
    expected: Reading,
    *,
    secondary: bool,
    catalogue: Catalogue,
    rule_sets: dict[str, RuleSet],
) -> None:
    result = found(signs, rule_sets[ADULT], catalogue)
    assert result.reading is expected
    assert result.rests_on_secondary_means is secondary


def test_dimensions_three_and_six_are_marked_as_context(catalogue: Catalogue, rule_sets: dict[str, RuleSet]) -> None:
    result = found(HARDSHIP + STRANDED, rule_sets[ADULT], catalogue)
    assert {found.dimension for found in result.dimensions if found.context_only} == met(result)


def test_a_sign_counts_once_and_keeps_every_answer_that_raised_it(
    catalogue: Catalogue, rule_sets: dict[str, RuleSet]
) -> None:
    answers = [Evidence("CD.documents", f"/data/q{n}", n, Kind.STATEMENT) for n in (9, 3, 3)]
    result = findings(answers, rule_sets[ADULT], catalogue, {})
    assert not met(result)
    (sign,) = next(found.signs for found in result.dimensions if found.dimension is Dimension.COERCION_AT_DESTINATION)
    assert sign.strength is Strength.STRONG
    assert [evidence.number for evidence in sign.evidence] == [3, 9]


def test_sets_without_published_weights_meet_nothing_and_still_show_their_signs(
    catalogue: Catalogue, rule_sets: dict[str, RuleSet]
) -> None:
    result = found(DECEIVED + EXPLOITED + HELD + ("CD.sexual_acts",), rule_sets["ilo-2009-adult-sexual"], catalogue)
    assert [found.met for found in result.dimensions] == [None] * len(Dimension)
    assert result.reading is Reading.SIGNS_PRESENT
    strengths = {sign.strength for found in result.dimensions for sign in found.signs}
    assert strengths == {Strength.UNWEIGHTED}


def test_a_sign_of_another_catalogue_is_named_and_counts_for_nothing(
    catalogue: Catalogue, rule_sets: dict[str, RuleSet]
) -> None:
    result = found(("XX.other", "DR.job"), rule_sets[ADULT], catalogue)
    assert result.unknown_signs == ("XX.other",)
    assert not met(result)


def test_non_answers_are_counted_in_a_fixed_order_and_raise_nothing(
    catalogue: Catalogue, rule_sets: dict[str, RuleSet]
) -> None:
    unanswered = {NonAnswer.DEFERRED: 1, NonAnswer.DECLINED: 4, NonAnswer.UNKNOWN: 0}
    result = findings([], rule_sets[ADULT], catalogue, unanswered)
    assert result.unanswered == (("declined", 4), ("deferred", 1))
    assert result.reading is Reading.NO_SIGNS_RECORDED
