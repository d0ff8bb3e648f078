"""Recording in a running interview: answers, instances of repeats and the end, each durable on return."""

from victimid.app import interview_repeats
from victimid.app.interview_answer import Given, answer_of
from victimid.app.interview_running import Running, after
from victimid.model.answer import NonAnswer


def record(running: Running, ref: str, given: Given) -> None:
    """Keep an answer, or why there is none, and go on to what follows it."""
    session = running.session
    following = after(running.stops(), ref)
    tags = running.officer_tag, running.person_tag
    answer = answer_of(running.ask_both(ref), tags, given, session.officer_id, session.clock())
    session.vault.interviews.save_answer(
        running.interview.id, answer, following, running.state.instance_xml(), _gone(running)
    )
    running.position, running.answered = following, ref


def move(running: Running, position: str) -> None:
    """Keep where the interview stands."""
    session = running.session
    session.vault.interviews.move(running.interview.id, position, session.officer_id, session.clock())
    running.position, running.answered = position, ""


def add_instance(running: Running, repeat_ref: str) -> None:
    """Add an instance to a repeat and go to its first question."""
    with running.all_or_nothing():
        running.state.add(repeat_ref)
        repeats = {repeat.ref: repeat for repeat in running.state.repeats(running.officer)}
        added = f"{repeat_ref}[{repeats[repeat_ref].instances}]"
        inside = (stop for stop in running.stops() if interview_repeats.within(stop, added))
        position = next(inside, interview_repeats.page(repeat_ref))
        session = running.session
        session.vault.interviews.add_instance(
            running.interview.id, added, position, running.state.instance_xml(), session.officer_id
        )
    running.position = position


def remove_instance(running: Running, instance_ref: str) -> None:
    """Remove a repeat instance; what comes after it moves up."""
    with running.all_or_nothing():
        running.state.remove(instance_ref)
        where = interview_repeats.after_removal(instance_ref)
        position = where(running.position) or interview_repeats.page(instance_ref.rpartition("[")[0])
        session, instance = running.session, running.state.instance_xml()
        session.vault.interviews.remove_instance(
            running.interview.id, instance_ref, where, position, instance, session.officer_id, session.clock()
        )
    running.position = position


def finish(running: Running) -> None:
    """Close the interview; what was never put to the person is recorded as not asked."""
    interviews, interview_id = running.session.vault.interviews, running.interview.id
    recorded = {answer.ref for answer in interviews.answers(interview_id)}
    for ref in running.state.questions():
        question = running.ask(ref)
        if ref not in recorded and question.type != "note" and not question.readonly:
            record(running, ref, Given(non_answer=NonAnswer.NOT_ASKED))
    interviews.finish(interview_id, running.session.clock(), running.session.officer_id)
    running.interview = interviews.get(interview_id)


def _gone(running: Running) -> list[str]:
    """List recorded answers whose instance is no more, because the form now counts fewer."""
    if not any(definition.count is not None for definition in running.form.model.definitions):
        return []
    recorded = (answer.ref for answer in running.session.vault.interviews.answers(running.interview.id))
    repeated = [ref for ref in recorded if "[" in ref]
    standing = {node.ref for node in running.state.state()} if repeated else set()
    return [ref for ref in repeated if ref not in standing]
