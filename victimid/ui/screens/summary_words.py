"""Words of the summary: groups of signs, what a published rule says, what an officer can decide."""

from victimid.i18n import Words
from victimid.model.answer import NonAnswer
from victimid.model.finding import DimensionFinding, Outcome, Reading, Strength


def rule_state(words: Words, found: DimensionFinding) -> str:
    """Say what the published rule says about one group of signs."""
    if found.met is None:
        return words.gettext("no published weights")
    if found.context_only:
        return words.gettext("context only")
    # Translators: about the published rule that combines signs; neither word says anything about the person.
    return words.gettext("rule met") if found.met else words.gettext("rule not met")


def strength(words: Words, weight: Strength) -> str:
    """Name the published weight of a sign."""
    match weight:
        case Strength.STRONG:
            return words.pgettext("weight of a sign", "strong")
        case Strength.MEDIUM:
            return words.pgettext("weight of a sign", "medium")
        case Strength.WEAK:
            return words.pgettext("weight of a sign", "weak")
        case Strength.UNWEIGHTED:
            return words.pgettext("weight of a sign", "no weight")


def reading(words: Words, found: Reading) -> str:
    """Say in careful words what the combination of signs may mean."""
    match found:
        case Reading.SIGNS_OF_TRAFFICKING:
            return words.gettext(
                "Signs in several groups come together in the way the published rule describes trafficking. "
                "Protection comes first."
            )
        case Reading.SIGNS_BEFORE_DESTINATION:
            return words.gettext(
                "There are signs of deception or coercion in recruitment; exploitation is not shown by the answers so "
                "far. At a border this is what one would see before it happens: advice on protection is due now."
            )
        case Reading.DECEPTION_AND_EXPLOITATION:
            return words.gettext(
                "There are signs of deception or coercion in recruitment and of exploitation afterwards."
            )
        case Reading.EXPLOITATION:
            return words.gettext(
                "There are signs of exploitation at work. Rights at work and help may be due, whatever else is found."
            )
        case Reading.SIGNS_PRESENT:
            return words.gettext(
                "Some signs are there; no published rule is met. Small things told early are often part of more."
            )
        case Reading.NO_SIGNS_RECORDED:
            return words.gettext(
                "No sign is recorded so far. This says nothing about what the person has not been able to tell."
            )


def outcome(words: Words, decided: Outcome) -> str:
    """Name a decision."""
    match decided:
        case Outcome.REFER:
            return words.gettext("Refer to a protection service")
        case Outcome.INFORM:
            return words.gettext("Give information, no referral")
        case Outcome.CONTINUE_LATER:
            return words.gettext("Continue another day")
        case Outcome.NO_FURTHER_STEP:
            return words.gettext("No further step now")


def unanswered(words: Words, reason: NonAnswer, count: int) -> str:
    """Count one kind of non-answer."""
    match reason:
        case NonAnswer.DECLINED:
            # Translators: number of questions the person did not want to answer.
            return words.ngettext("{count} not wanted to be answered", "{count} not wanted to be answered", count)
        case NonAnswer.UNKNOWN:
            # Translators: number of questions to which the person does not know the answer.
            return words.ngettext("{count} not known", "{count} not known", count)
        case NonAnswer.NOT_UNDERSTOOD:
            # Translators: number of questions the person did not understand.
            return words.ngettext("{count} not understood", "{count} not understood", count)
        case NonAnswer.NOT_ASKED:
            # Translators: number of questions that were never put to the person.
            return words.ngettext("{count} not asked", "{count} not asked", count)
        case NonAnswer.DEFERRED:
            # Translators: number of questions left for later.
            return words.ngettext("{count} left for later", "{count} left for later", count)
