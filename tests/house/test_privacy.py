"""What is kept of a person: no table can be forgotten, in the download as little as in erasure."""

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models

from core.privacy import Section, Table, writings
from core.registry import erasures, exports, terms

User = get_user_model()
#: Tables that name a person and are none of ours to describe, each with its reason.
NOT_ONES_OWN = {
    "people.User_groups": "of the technical pages; erasing empties it",
    "people.User_user_permissions": "of the technical pages; erasing empties it",
    "pghistory.MiddlewareEvents": "a view over the history tables, without a table of its own",
    "people.Erasure": "the number of who was erased, so that a backup put back erases her again",
}


def names_a_person(model):
    """The columns of a model that point at a person or hold a mail address."""
    keys = {
        field.name
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and not field.many_to_many and field.related_model is User
    }
    return keys | {field.name for field in model._meta.concrete_fields if isinstance(field, models.EmailField)}


def all_models():
    return [each for each in apps.get_models(include_auto_created=True) if each._meta.managed]


def tables():
    return {table.model: table for section in exports.values() for table in section.tables}


def forgotten(found, known):
    """Columns that name a person, of which no section says anything."""
    missing = []
    for model in found:
        if model._meta.label in NOT_ONES_OWN:
            continue
        columns = known[model].columns if model in known else set()
        missing += [f"{model._meta.label}.{name}" for name in sorted(names_a_person(model) - columns)]
    return missing


def test_each_column_that_names_a_person_is_downloaded_or_erased():
    assert forgotten(all_models(), tables()) == []


@pytest.mark.parametrize("label", ["activity.Notification", "discussions.Post", "activity.Silence"])
def test_a_table_that_is_forgotten_is_noticed(label):
    known = tables()
    del known[apps.get_model(label)]
    assert any(each.startswith(label) for each in forgotten(all_models(), known))


#: Texts in which nobody writes about colleagues, or whose app sees to them; each with its reason.
NO_WRITING = {
    "Attachment.media_type": "made by us",
    "AgendaItem.attachment_type": "made by us",
    "HandIn.file_type": "made by us",
    "Meeting.link": "an address",
    "Protocol.basis": "where a way of working comes from",
    "Protocol.sort_name": "follows the name",
    "Community": "what a PLG is called and for whom; its texts are in the list",
    "Membership.name": "goes with its row",
    "Draft": "hers goes with its row",
    "SearchText": "follows what it is a copy of",
    "Response": "numbers, and texts without names",
    "Board School FormerName Network Partner StudyDay TimeRule TermReport": "places and days, no people",
    "Affiliation Invitation": "goes with its row",
    "Qualification.title": "what a programme is called",
    "StaffImport BulkDeed RoomRequest": "organisations.privacy.let_go",
    "User Bounce": "goes with its row",
    "Activity": "the function of the owner",
    "Ask Delivery": "activity.privacy.forget_words",
    "ScanAnswer": "marks from one to five",
}


def test_each_text_in_which_people_write_is_known():
    known = {each for names in NO_WRITING for each in names.split()}
    silent = []
    for model in all_models():
        if not model.__module__.startswith(("activity", "people", "organisations", "communities", "participation")):
            continue
        columns = writings[model._meta.label].columns if model._meta.label in writings else ()
        for field in model._meta.concrete_fields:
            is_short = isinstance(field, models.CharField) and ((field.max_length or 0) < 80 or field.choices)
            is_text = isinstance(field, models.TextField | models.CharField | models.JSONField) and not is_short
            is_mail = isinstance(field, models.EmailField)
            name = f"{model.__name__}.{field.name}"
            if is_text and not is_mail and field.name not in columns and not {model.__name__, name} & known:
                silent.append(name)
    assert [each for each in silent if "Event." not in each] == []


def test_a_file_is_downloaded_or_goes_with_its_row():
    of_tables = {table.model for table in tables().values()}
    homeless = [
        f"{model._meta.label}.{field.name}"
        for model in all_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.FileField) and model not in of_tables
    ]
    assert homeless == []


def test_what_is_downloaded_is_erased_as_well():
    assert set(exports) <= set(erasures)


def test_what_is_hers_is_downloaded_or_it_is_said_why_not():
    silent = []
    for name, section in exports.items():
        for table in section.tables:
            is_history = table.label.endswith("Event")  # what the row says, it says of each moment
            if (table.hers or table.said) and not table.shows and not is_history and table.label not in section.untold:
                silent.append(f"{name}: {table.label}")
    assert silent == []


@pytest.mark.parametrize("name", list(exports))
def test_a_section_is_said_in_whole_sentences(name):
    section = exports[name]
    assert isinstance(section, Section)
    assert str(section.title)
    for sentence in (section.seen_by, section.after):
        assert str(sentence).endswith(".")
    assert not section.term or section.term in terms


@pytest.mark.parametrize("name", list(exports))
def test_the_columns_of_a_section_exist(name, cast):
    for table in exports[name].tables:
        assert isinstance(table, Table)
        rows = table.rows(cast.amina)
        list(rows.values(*table.shows)[:1])
        for column in (*table.said, *table.did):
            if "__" not in column and not table.is_last:
                assert table.model._meta.get_field(column).null, f"{table.label}.{column} cannot stand without her"
