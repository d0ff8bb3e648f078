"""Safeguards of the talk that are decisions on values alone: who is treated as a child."""

from collections.abc import Mapping
from datetime import date

from victimid.errors import VictimIDError
from victimid.screening.catalogue import Population, RuleSet

ADULT_AGES = frozenset({"18_24", "25_39", "40_59", "60_up"})
"""Values of the forms' question ``age`` that say the person is an adult."""

_ADULT_FROM = 18
_NO_DOUBT = "no"


def child_or_doubt(age: str, may_be_child: str, born: date | None, today: date) -> bool:
    """Say whether the person is under 18 or may be; every doubt, and no answer at all, counts as a child.

    ``age`` and ``may_be_child`` are values of the forms' questions of these names, empty where unanswered.
    Without an age the officer's plain "no" is needed. Source: Council of Europe Convention, article 10 (3).
    """
    if born is not None and years(born, today) < _ADULT_FROM:
        return True
    if age:
        return age not in ADULT_AGES or may_be_child not in {"", _NO_DOUBT}
    return may_be_child != _NO_DOUBT


def years(born: date, today: date) -> int:
    """Count full years of age."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def scored_rule_set(rule_sets: Mapping[str, RuleSet], *, child: bool) -> RuleSet:
    """Return the rule set with weights for children or adults; raises ``screening.no_rule_set``."""
    population = Population.CHILD if child else Population.ADULT
    for rule_set in rule_sets.values():
        if rule_set.scored and rule_set.population is population:
            return rule_set
    raise VictimIDError("screening.no_rule_set", population=population.value)
