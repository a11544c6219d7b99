"""The same hunt in letters as the mail server gets them: headers, both parts and files, and the PLG letter."""

import pytest
from django.utils.timezone import now

from activity import digest, outbox, sending
from activity.journal import ask, record
from activity.kinds import ask_kinds, kinds
from communities.discussions.models import Post, Topic
from communities.meetings.models import ActionPoint, AgendaItem, Meeting, Minutes, Poll
from communities.models import HomeTask, LogbookEntry
from people.models import User
from tests.activity._every_letter import everything

ABOUT = {
    "discussions.opened": Topic, "discussions.announced": Topic, "discussions.replied": Post,
    "discussions.mentioned": Post, "discussions.accepted": Post, "meetings.agreed": ActionPoint,
    "meetings.action_changed": ActionPoint, "meetings.action_dropped": ActionPoint, "meetings.reminder_act": Meeting,
    "meetings.reminder_week": Meeting, "meetings.reminder_day": Meeting, "meetings.moved": Meeting,
    "meetings.planned": Meeting, "meetings.cancelled": Meeting, "meetings.item_proposed": AgendaItem,
    "meetings.item_placed": AgendaItem, "meetings.item_kept": AgendaItem, "meetings.item_dropped": AgendaItem,
    "meetings.minutes_proposed": Minutes, "meetings.poll_opened": Poll, "communities.home_task_set": HomeTask,
    "communities.entry_shared": LogbookEntry, "meetings.calendar": Meeting,
}  # fmt: skip
ASKED = {
    "meetings.answer": Meeting, "meetings.act": ActionPoint, "meetings.vote": Poll, "meetings.approve": Minutes,
    "communities.hand_in": HomeTask,
}  # fmt: skip


def whole(message):
    """All of a message in words: headers and every part, decoded."""
    parts = [part.get_content() for part in message.walk() if not part.is_multipart()]
    parts = [part if isinstance(part, str) else part.decode(errors="replace") for part in parts]
    names = [part.get_filename() or "" for part in message.walk()]
    return "\n".join([*(f"{name}: {value}" for name, value in message.items()), *names, *parts])


@pytest.mark.parametrize("language", ["nl", "en"])
def test_of_texts_and_of_cases_no_post_carries_anything(cast, mailserver, language):
    secret = everything(cast)
    User.objects.update(language=language)
    reader = User.objects.get(pk=cast.amina.pk)
    for name, model in ABOUT.items():
        for row in model.objects.order_by("pk"):
            facts = {"number": 1}
            outbox.put(name, occasion=f"{name}:{row.pk}", about=row, people=[reader], facts=facts)
            record(name, by=cast.fatima, about=row, tell=[reader], community=cast.maths, **facts)
    for name, model in ASKED.items():
        for row in model.objects.order_by("pk"):
            ask(name, about=row, url="/x/", people=[reader], community=cast.maths)
    reader.digest_next_at = now()
    reader.save()
    digest.put_due()
    while sending.send_due():
        pass
    found = {message["Subject"]: secret.in_(whole(message)) for message in mailserver.letters}
    assert {subject: places for subject, places in found.items() if places} == {}
    sent = {message["List-ID"].strip("<>").rpartition(".example")[0] for message in mailserver.letters}
    assert any("activity.letter" in name for name in sent)
    assert len(mailserver.letters) > 8
    assert set(ABOUT) <= set(kinds)
    assert set(ASKED) <= set(ask_kinds)
