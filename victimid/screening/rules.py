"""The published rules: when a dimension is met, and what a combination of dimensions may be called."""

from collections.abc import Set as AbstractSet

from victimid.model.finding import Dimension, Reading
from victimid.screening.catalogue import Population, RuleSet

_RECRUITMENT = frozenset({Dimension.DECEPTIVE_RECRUITMENT, Dimension.COERCIVE_RECRUITMENT})


def dimension_met(strong: int, medium: int, weak: int) -> bool:
    """Say whether counts of signs meet a dimension.

    Two strong; one strong with any other; three medium; or two medium and one weak. Weak signs alone do not.
    Source: ILO and European Commission, operational indicators (2009), as restated by a secondary source.
    """
    return (strong >= 1 and strong + medium + weak >= 2) or (medium >= 2 and medium + weak >= 3)


def reading(met: AbstractSet[Dimension], rule_set: RuleSet, *, any_sign: bool) -> Reading:
    """Name the combination of the dimensions that are met; the absence of signs is not a clearance.

    Means at recruitment without exploitation keep their own reading: at a border most people have not been
    exploited yet, and the law asks for the purpose only. Coercion in recruitment followed by exploitation is
    read as deception followed by exploitation, the nearest row of the published table.
    """
    exploited = Dimension.EXPLOITATION in met
    if exploited and rule_set.population is Population.CHILD:
        return Reading.SIGNS_OF_TRAFFICKING
    if exploited and Dimension.COERCION_AT_DESTINATION in met and met & (_RECRUITMENT | rule_set.secondary_means):
        return Reading.SIGNS_OF_TRAFFICKING
    if met & _RECRUITMENT:
        return Reading.DECEPTION_AND_EXPLOITATION if exploited else Reading.SIGNS_BEFORE_DESTINATION
    if exploited:
        return Reading.EXPLOITATION
    return Reading.SIGNS_PRESENT if any_sign else Reading.NO_SIGNS_RECORDED


def rests_on_secondary_means(met: AbstractSet[Dimension], rule_set: RuleSet) -> bool:
    """Say whether an adult's reading of trafficking stands only by a means known at second hand."""
    return (
        rule_set.population is Population.ADULT
        and reading(met, rule_set, any_sign=True) is Reading.SIGNS_OF_TRAFFICKING
        and not met & _RECRUITMENT
    )
