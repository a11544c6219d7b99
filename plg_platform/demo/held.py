"""What the demo's past meetings came to: minutes, try-outs with their answers, and the hours of the year."""

import io
from collections import defaultdict
from datetime import datetime, timedelta
from uuid import UUID

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from activity.journal import ask
from communities.choices import State
from communities.meetings import ledger, promises
from communities.meetings import minutes as reading
from communities.meetings.choices import ActionKind, ActionState, MinutesState, Tried
from communities.meetings.models import ActionPoint, Approval, Attendance, Meeting, Minutes, MinutesVersion
from organisations import hours
from plg_platform.demo import held_texts, staff, texts

WITH_TRY_OUTS = 3  # the last meetings of each PLG
#: Where the minutes of the last meeting are not approved yet.
LATEST = {texts.REKENEN.name: MinutesState.PROPOSED, texts.MIDDENBOUW.name: MinutesState.DRAFT}


def fill(builder):
    """Write it all in a few inserts; what is still open is asked as the deeds themselves ask it."""
    past = defaultdict(list)
    for meeting in Meeting.objects.past(builder.moment).select_related("community").order_by("starts_at", "pk"):
        past[meeting.community.name].append(meeting)
    _minutes(builder, past)
    _try_outs(builder, past)
    hours.write_all(ledger.entries(Attendance.objects.all()))


def words_of(community, place):
    """What the meeting at this place in the year came to."""
    held = (*held_texts.OTHERS, *held_texts.HELD.get(community.theme, ()))
    return held[place % len(held)]


# Minutes ------------------------------------------------------------------------------------------


def _minutes(builder, past):
    rows, versions = [], []
    for name, meetings in past.items():
        by = builder.communities[name].created_by
        for back, meeting in enumerate(reversed(meetings)):
            place = _place(back)
            state = MinutesState.APPROVED
            if back == 0:
                state = LATEST.get(name, state)
            written = meeting.ends_at + timedelta(hours=20)
            minutes = Minutes(
                meeting=meeting,
                state=state,
                proposed_by=None if state == MinutesState.DRAFT else by,
                proposed_at=None if state == MinutesState.DRAFT else written,
                approved_at=written + timedelta(days=3) if state == MinutesState.APPROVED else None,
            )
            rows.append(minutes)
            sections = _sections(words_of(meeting.community, place), meeting, place)
            versions.append(MinutesVersion(minutes=minutes, number=1, sections=sections, by=by, at=written, edits=1))
    Minutes.objects.bulk_create(rows)
    MinutesVersion.objects.bulk_create(versions)
    _approvals(builder, versions)


def _place(back):
    """Counted so that the last meeting has the last of the words."""
    return -1 - back


def _sections(held, meeting, place):
    takes = [held_texts.TAKES_ALONG[(place + n) % len(held_texts.TAKES_ALONG)] for n in range(3)]
    done = ["Rondje: hoe zit je erbij?", meeting.called, "Wat proberen we?"]
    wanted = [
        ("done", "done", "", "\n".join(f"- {line}" for line in done)),
        ("heart", "step", meeting.called, held.notes),
        ("decisions", "decisions", "", f"- {held.decision}"),
        ("insights", "insights", "", f"- {held.insight}"),
        ("later", "later", "", f"- {held.later}"),
        ("tickets", "tickets", "", "\n".join(f"- {line}" for line in sorted(takes))),
    ]
    return [{"key": key, "kind": kind, "title": title, "text": text} for key, kind, title, text in wanted]


def _approvals(builder, versions):
    """Of what stands most said yes; of what was proposed only the one who did, and one more."""
    approvals = []
    for version in versions:
        minutes = version.minutes
        if minutes.state == MinutesState.DRAFT:
            continue
        meeting = minutes.meeting
        people = [each for each in builder.members[meeting.community.name] if not isinstance(each, str)]
        others = [each for each in people if each != version.by and each.name != staff.MAIN["teacher"]]
        enough = reading.needed(len(people)) - (minutes.state == MinutesState.PROPOSED)
        yes = [version.by, *others][: max(1, enough if minutes.state == MinutesState.APPROVED else min(2, enough))]
        approvals += [Approval(version=version, person=each, at=version.at) for each in yes]
        if minutes.state == MinutesState.PROPOSED:
            silent = [each for each in people if each not in yes]
            ask(reading.KIND, about=minutes, url=minutes.get_absolute_url(), people=silent, community=meeting.community)
    Approval.objects.bulk_create(approvals)


# Try-outs -----------------------------------------------------------------------------------------


def _try_outs(builder, past):
    points = []
    for name, meetings in past.items():
        if builder.communities[name].state == State.ACTIVE:
            for back, meeting in enumerate(reversed(meetings[-WITH_TRY_OUTS:])):
                points += _of_meeting(builder, name, meeting, back)
    ActionPoint.objects.bulk_create(points)
    promises.ask_for([point for point in points if point.is_open])
    first = next((point for point in points if point.sentence and point.community.name == texts.REKENEN.name), None)
    if first:
        first.photo.save("stroken.jpg", ContentFile(strips()))


def _of_meeting(builder, name, meeting, back):
    """One try-out for everybody: answered by most of who was asked before, and by some of who was asked lately."""
    held = words_of(meeting.community, _place(back))
    people = [each for each in builder.members[name] if not isinstance(each, str)]
    following = Meeting.objects.filter(community=meeting.community_id, starts_at__gt=meeting.starts_at)
    due_on = following.order_by("starts_at").values_list("held_on", flat=True).first()
    leader = builder.communities[name].created_by
    waits = staff.MAIN["teacher"] if name == texts.REKENEN.name else ""  # for her it is one of her requests
    told = [each for each in people if each != leader and each.name != waits]
    late = told[-1] if told else None
    answers = dict(zip(told, held.answers, strict=False))
    for person in people:
        waiting = back == 0 and (person in (leader, late) or person.name == waits)
        went, sentence = answers.get(person, ("", "") if waiting else ("tried", ""))
        if back and went == Tried.NOT_YET:
            went, sentence = Tried.TRIED, "Later dan beloofd, maar gedaan."
        yield ActionPoint(
            community=meeting.community,
            meeting=meeting,
            kind=ActionKind.TRY_OUT,
            text=held.try_out,
            person=person,
            due_on=due_on,
            given_together=UUID(int=meeting.pk),
            state=ActionState.DONE if went == Tried.TRIED or back else ActionState.OPEN,
            went=went,
            sentence=sentence,
            answered_at=_when(builder, meeting, back, len(sentence)) if went else None,
            by=leader,
            at=meeting.ends_at,
        )


def _when(builder, meeting, back, salt) -> datetime:
    """Before the next meeting, or in these days; never in the future."""
    if back == 0:
        return max(meeting.ends_at, builder.moment - timedelta(days=1 + salt % 5, hours=salt % 7))
    return meeting.ends_at + timedelta(days=3 + salt % 9, minutes=salt)


def strips():
    """A drawing as children make it: a long and a short strip, of each a quarter is coloured."""
    picture = Image.new("RGB", (960, 400), "#f3efe7")
    draw = ImageDraw.Draw(picture)
    for left, top, width, colour in ((60, 70, 820, "#e8a33d"), (60, 240, 480, "#2f8579")):
        draw.rectangle((left, top, left + width, top + 100), fill="#fffdf8", outline="#cfc5b2", width=4)
        draw.rectangle((left + 4, top + 4, left + width // 4, top + 96), fill=colour)
        for part in (1, 2, 3):
            x = left + width * part // 4
            draw.line((x, top, x, top + 100), fill="#a99d86", width=4)
    kept = io.BytesIO()
    picture.save(kept, "JPEG", quality=85)
    return kept.getvalue()
