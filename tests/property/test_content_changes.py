"""What a content pack changes: whatever is or was there is told once, by what becomes of it."""

from hypothesis import given
from hypothesis import strategies as st

from victimid.app.content_changes import Change, changes
from victimid.model.installed_content import PackForm

FORMS = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(["1", "2"])).map(
    lambda versions: [PackForm(each, each, version, (), version) for each, version in versions.items()]
)


@given(FORMS, FORMS)
def test_each_entry_is_told_once_and_what_stays_comes_last(before: list[PackForm], after: list[PackForm]) -> None:
    told = changes(before, after)
    was, is_now = ({form.id: form for form in forms} for forms in (before, after))
    assert sorted(form.id for form, _ in told) == sorted(was | is_now)
    for form, change in told:
        assert (form.id in was, form.id in is_now) == (change is not Change.NEW, change is not Change.GONE)
        assert form == (is_now.get(form.id) or was[form.id])
        assert (was.get(form.id) == is_now.get(form.id)) == (change is Change.SAME)
    ranks = [list(Change).index(change) for _, change in told]
    assert ranks == sorted(ranks)


@given(FORMS)
def test_the_same_pack_changes_nothing_and_keeps_its_order(forms: list[PackForm]) -> None:
    assert changes(forms, forms) == tuple((form, Change.SAME) for form in forms)
