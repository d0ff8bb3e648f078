"""Words of the talk that no form holds: kinds of answers, why there is none, how a question was put."""

from victimid import i18n
from victimid.app.interview_view import InterviewView, QuestionView
from victimid.formats import isolated
from victimid.i18n import Words
from victimid.model.answer import Delivery, Kind, NonAnswer

NON_ANSWER_KEYS = {
    NonAnswer.DECLINED: "7",
    NonAnswer.UNKNOWN: "8",
    NonAnswer.NOT_UNDERSTOOD: "9",
    NonAnswer.DEFERRED: "0",
    NonAnswer.NOT_ASKED: "-",
}
"""The key of each non-answer, in the order in which they are offered."""


def kind_tag(words: Words, kind: Kind) -> str:
    """Name the source of an answer to the question on screen."""
    match kind:
        case Kind.STATEMENT:
            return words.gettext("Said by the person")
        case Kind.OBSERVATION:
            return words.gettext("Seen by you")
        case Kind.ASSESSMENT:
            return words.gettext("Your assessment")


def kind_short(words: Words, kind: Kind) -> str:
    """Name the source of a recorded answer in one word."""
    match kind:
        case Kind.STATEMENT:
            # Translators: the person interviewed said it; in small letters inside a tag such as "said · Q11".
            return words.pgettext("source of an answer", "said")
        case Kind.OBSERVATION:
            # Translators: the officer saw it; in small letters inside a tag such as "seen · Q4".
            return words.pgettext("source of an answer", "seen")
        case Kind.ASSESSMENT:
            # Translators: the officer judged it; in small letters inside a tag such as "judged · Q20".
            return words.pgettext("source of an answer", "judged")


def non_answer(words: Words, reason: NonAnswer) -> str:
    """Say why there is no answer, about the person."""
    match reason:
        case NonAnswer.DECLINED:
            # Translators: about the person interviewed; must sound neutral, a refusal is the person's right.
            return words.gettext("Does not want to answer")
        case NonAnswer.UNKNOWN:
            return words.gettext("Does not know")
        case NonAnswer.NOT_UNDERSTOOD:
            return words.gettext("Did not understand")
        case NonAnswer.DEFERRED:
            # Translators: the question is left for a later moment of the talk.
            return words.pgettext("why there is no answer", "Later")
        case NonAnswer.NOT_ASKED:
            return words.pgettext("why there is no answer", "Not asked")


def non_answer_by_person(words: Words, reason: NonAnswer) -> str:
    """Say why there is no answer, as the person says it; ``words`` are in the person's language."""
    match reason:
        case NonAnswer.DECLINED:
            # Translators: the person speaks, to the officer; plain everyday words.
            return words.gettext("I do not want to answer")
        case NonAnswer.UNKNOWN:
            # Translators: the person speaks, to the officer; plain everyday words.
            return words.gettext("I do not know")
        case NonAnswer.NOT_UNDERSTOOD:
            # Translators: the person speaks, to the officer; plain everyday words.
            return words.gettext("I did not understand")
        case NonAnswer.DEFERRED:
            # Translators: the person speaks, to the officer; plain everyday words.
            return words.gettext("Later, please")
        case NonAnswer.NOT_ASKED:
            return ""


def delivery(words: Words, how: Delivery) -> str:
    """Say how a question reached the person."""
    match how:
        case Delivery.READ:
            # Translators: the officer read the question aloud.
            return words.pgettext("how a question was put", "Read aloud")
        case Delivery.SHOWN:
            # Translators: the officer showed the question on the screen.
            return words.pgettext("how a question was put", "Shown")
        case Delivery.AUDIO:
            # Translators: a recording was played.
            return words.pgettext("how a question was put", "Recording played")
        case Delivery.INTERPRETER:
            return words.pgettext("how a question was put", "Through an interpreter")
        case Delivery.SELF:
            # Translators: the person read the question and answered on the screen without the officer.
            return words.pgettext("how a question was put", "Answered on screen")


def source_tag(words: Words, kind: Kind, number: int) -> str:
    """Name the answer that raised a sign, for example "said · Q11"."""
    # Translators: {source} is "said", "seen" or "judged"; Q stands for question.
    return words.gettext("{source} · Q{number}", source=kind_short(words, kind), number=number)


def reasons(words: Words, question: QuestionView) -> list[tuple[NonAnswer, str]]:
    """List why a question may stay without an answer; what only the officer answers cannot be declined."""
    if question.audience != "officer":
        return [(reason, non_answer(words, reason)) for reason in NON_ANSWER_KEYS]
    return [
        # Translators: the officer cannot say whether something is so.
        (NonAnswer.UNKNOWN, words.gettext("Cannot say")),
        (NonAnswer.DEFERRED, non_answer(words, NonAnswer.DEFERRED)),
        # Translators: the officer has not looked at something.
        (NonAnswer.NOT_ASKED, words.gettext("Not looked at")),
    ]


def announcement(words: Words) -> str:
    """Announce a sensitive question to the person; ``words`` are in the language of whoever reads it."""
    # Translators: said to the person before a sensitive question; warm, plain, without pressure.
    return words.gettext("The next question may be hard to answer. You do not have to answer it. We can take a break.")


def language_names(view: InterviewView) -> tuple[str, str]:
    """Return the own names of the officer's and the person's language."""
    return i18n.language(view.officer_language).own_name, i18n.language(view.person_language).own_name


def language_note(words: Words, view: InterviewView) -> str:
    """Say what the officer must know about the language in which the person gets the question on screen."""
    question, language = view.question, i18n.language(view.person_language)
    if question is None or question.audience == "officer":
        return ""
    if view.person_language != view.officer_language and question.label.person.text == question.label.officer.text:
        return words.gettext("This form is not in that language: its questions will show in the form's own language.")
    if language.reviewed:
        return ""
    return words.gettext(
        "{language}: this translation is a draft that no speaker in the field has reviewed. Check that the person "
        "understands.",
        language=isolated(language.own_name),
    )
