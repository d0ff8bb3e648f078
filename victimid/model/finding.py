"""Signs, rule sets and findings: what a published rule says about answers and why; never a score."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from victimid.model.answer import Kind


class Dimension(StrEnum):
    """The six groups of signs of the ILO and the European Commission (2009)."""

    DECEPTIVE_RECRUITMENT = "deceptive_recruitment"
    COERCIVE_RECRUITMENT = "coercive_recruitment"
    RECRUITMENT_BY_VULNERABILITY = "recruitment_by_vulnerability"
    EXPLOITATION = "exploitation"
    COERCION_AT_DESTINATION = "coercion_at_destination"
    VULNERABILITY_AT_DESTINATION = "vulnerability_at_destination"


class Strength(StrEnum):
    """Weight of a sign within its set and dimension; unweighted where none is published or verified."""

    STRONG = "strong"
    MEDIUM = "medium"
    WEAK = "weak"
    UNWEIGHTED = "unweighted"


class Reading(StrEnum):
    """What a rule set says about the combination of dimensions; words for a named officer to weigh."""

    SIGNS_OF_TRAFFICKING = "signs_of_trafficking"
    SIGNS_BEFORE_DESTINATION = "signs_before_destination"
    DECEPTION_AND_EXPLOITATION = "deception_and_exploitation"
    EXPLOITATION = "exploitation"
    SIGNS_PRESENT = "signs_present"
    NO_SIGNS_RECORDED = "no_signs_recorded"


@dataclass(frozen=True, slots=True)
class Sign:
    """A recognised circumstance of the catalogue; ``text`` is English and translated where shown."""

    id: str
    dimension: Dimension
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """An answer that raised a sign: question number as shown, reference, and whether said, seen or judged."""

    sign_id: str
    ref: str
    number: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class RaisedSign:
    """A sign with its weight in the rule set and every answer that raised it."""

    sign: Sign
    strength: Strength
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class DimensionFinding:
    """What a rule set says about one dimension; ``met`` is None where it applies no rule."""

    dimension: Dimension
    signs: tuple[RaisedSign, ...]
    met: bool | None
    context_only: bool


@dataclass(frozen=True, slots=True)
class Findings:
    """What a rule set says about one interview; ``unanswered`` counts non-answers, which raise nothing.

    ``rests_on_secondary_means``: the reading stands only by abuse of vulnerability as the means, which is
    known from a secondary source; whoever shows the reading says so.
    """

    rule_set_id: str
    rule_set_version: str
    dimensions: tuple[DimensionFinding, ...]
    reading: Reading
    unanswered: tuple[tuple[str, int], ...]
    unknown_signs: tuple[str, ...] = ()
    rests_on_secondary_means: bool = False


class Outcome(StrEnum):
    """What a named officer decided."""

    REFER = "refer"
    INFORM = "inform"
    CONTINUE_LATER = "continue_later"
    NO_FURTHER_STEP = "no_further_step"


@dataclass(frozen=True, slots=True)
class Decision:
    """A named officer's decision with its reason; the program never decides."""

    case_ref: str
    outcome: Outcome
    reason: str
    rule_set_id: str
    rule_set_version: str
    by: str
    at: datetime
