"""The catalogue of signs and the rule sets that ship, and what is refused in damaged ones."""

from collections import Counter
from pathlib import Path

import pytest

from victimid import assets
from victimid.errors import VictimIDError
from victimid.model.finding import Dimension, Strength
from victimid.screening.catalogue import load_catalogue, load_rule_set, load_rule_sets

FORMS = assets.folder("forms")
PUBLISHED_COUNTS = [10, 10, 16, 9, 15, 7]

SIGNS = """
[own]
title = "T"
verification = "V"
[own.signs.exploitation]
"EX.hours" = "Works far too long"
"""
RULES = """
id = "r"
version = "1"
title = "T"
source = "own"
verification = "V"
rule = "R"
population = "adult"
scored = true
context_only = []
secondary_means = []
[strengths]
"EX.hours" = "strong"
"""


def test_adult_labour_set_has_the_published_number_of_signs_per_dimension() -> None:
    catalogue = load_catalogue(FORMS / "signs.toml")
    rule_set = load_rule_set(FORMS / "rules" / "ilo-2009-adult-labour.toml", catalogue)
    counts = Counter(catalogue.signs[sign].dimension for sign in rule_set.strengths)
    assert [counts[dimension] for dimension in Dimension] == PUBLISHED_COUNTS


def test_only_the_labour_sets_are_scored_and_all_carry_their_verification() -> None:
    catalogue = load_catalogue(FORMS / "signs.toml")
    rule_sets = load_rule_sets(FORMS / "rules", catalogue)
    assert {name for name, rule_set in rule_sets.items() if rule_set.scored} == {
        "ilo-2009-adult-labour",
        "ilo-2009-child-labour",
    }
    for rule_set in rule_sets.values():
        assert rule_set.verification
        assert rule_set.scored is (Strength.UNWEIGHTED not in rule_set.strengths.values())
        assert catalogue.sources[rule_set.source].title


def test_weights_differ_between_adults_and_children_where_the_source_says_so() -> None:
    catalogue = load_catalogue(FORMS / "signs.toml")
    rule_sets = load_rule_sets(FORMS / "rules", catalogue)
    weights = [
        rule_sets[f"ilo-2009-{population}-labour"].strengths["CD.threat_violence"] for population in ("adult", "child")
    ]
    assert weights == [Strength.MEDIUM, Strength.STRONG]


@pytest.mark.parametrize(
    ("signs", "code"),
    [
        ("[own", "screening.not_toml"),
        ('[own]\ntitle = "T"\n', "screening.missing_field"),
        (SIGNS.replace("signs.exploitation", "signs.guesswork"), "screening.unknown_word"),
        (SIGNS.replace('"Works far too long"', '" "'), "screening.missing_field"),
        (SIGNS + SIGNS.replace("own", "other"), "screening.sign_twice"),
    ],
)
def test_damaged_catalogues_are_refused(tmp_path: Path, signs: str, code: str) -> None:
    path = tmp_path / "signs.toml"
    path.write_text(signs, "utf-8")
    with pytest.raises(VictimIDError) as refused:
        load_catalogue(path)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('"EX.hours"', '"EX.other"', "screening.unknown_sign"),
        ('"strong"', '"huge"', "screening.unknown_word"),
        ('"strong"', '"unweighted"', "screening.weights_unfit"),
        ("scored = true", "scored = false", "screening.weights_unfit"),
        ('"adult"', '"everybody"', "screening.unknown_word"),
        ('source = "own"', 'source = "hearsay"', "screening.unknown_word"),
        ('version = "1"', "version = 1", "screening.missing_field"),
        ("context_only = []", "", "screening.missing_field"),
        ("[strengths]", "[weights]", "screening.missing_field"),
    ],
)
def test_damaged_rule_sets_are_refused(tmp_path: Path, old: str, new: str, code: str) -> None:
    signs, rules = tmp_path / "signs.toml", tmp_path / "rules.toml"
    signs.write_text(SIGNS, "utf-8")
    rules.write_text(RULES.replace(old, new), "utf-8")
    with pytest.raises(VictimIDError) as refused:
        load_rule_set(rules, load_catalogue(signs))
    assert refused.value.code == code
