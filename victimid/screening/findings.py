"""From evidence to findings: which signs are there, from which answers, and what the rule set says."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from victimid.model.answer import NonAnswer
from victimid.model.finding import Dimension, DimensionFinding, Evidence, Findings, RaisedSign, Strength
from victimid.screening.catalogue import Catalogue, RuleSet
from victimid.screening.rules import dimension_met, reading, rests_on_secondary_means


def findings(
    evidence: Iterable[Evidence],
    rule_set: RuleSet,
    catalogue: Catalogue,
    unanswered: Mapping[NonAnswer, int],
) -> Findings:
    """Say what a rule set says about the evidence of one interview.

    A sign counts once however many answers raised it. Non-answers are counted for the officer and raise
    nothing. Signs the catalogue does not know are named apart and count for nothing.
    """
    by_sign: dict[str, list[Evidence]] = {}
    for item in dict.fromkeys(evidence):
        by_sign.setdefault(item.sign_id, []).append(item)
    raised = tuple(
        RaisedSign(sign, rule_set.strengths.get(sign.id, Strength.UNWEIGHTED), _ordered(by_sign[sign.id]))
        for sign in catalogue.signs.values()
        if sign.id in by_sign
    )
    dimensions = tuple(_dimension(dimension, raised, rule_set) for dimension in Dimension)
    met = frozenset(found.dimension for found in dimensions if found.met)
    return Findings(
        rule_set_id=rule_set.id,
        rule_set_version=rule_set.version,
        dimensions=dimensions,
        reading=reading(met, rule_set, any_sign=bool(by_sign)),
        unanswered=tuple((kind.value, unanswered[kind]) for kind in NonAnswer if unanswered.get(kind)),
        unknown_signs=tuple(sorted(by_sign.keys() - catalogue.signs.keys())),
        rests_on_secondary_means=rests_on_secondary_means(met, rule_set),
    )


def _dimension(dimension: Dimension, raised: Sequence[RaisedSign], rule_set: RuleSet) -> DimensionFinding:
    signs = tuple(found for found in raised if found.sign.dimension is dimension)
    counts = Counter(found.strength for found in signs)
    met = dimension_met(counts[Strength.STRONG], counts[Strength.MEDIUM], counts[Strength.WEAK])
    return DimensionFinding(dimension, signs, met if rule_set.scored else None, dimension in rule_set.context_only)


def _ordered(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    return tuple(sorted(evidence, key=lambda item: (item.number, item.ref)))
