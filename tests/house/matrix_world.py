"""The people and things of the matrix: `tests/cast.py` and what its addresses need."""

from datetime import time, timedelta
from io import BytesIO
from types import SimpleNamespace
from uuid import uuid4

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialApp
from django.core.files.base import ContentFile
from django.utils.timezone import now
from PIL import Image

from activity.journal import record
from activity.letters import UNSUBSCRIBE
from activity.models import Delivery, Notification, PausedAddress
from communities.choices import Kind, Listed, MembershipState
from communities.discussions import actions as discussing
from communities.discussions.models import Attachment, Report
from communities.meetings.actions import writing
from communities.meetings.models import (
    ActionPoint,
    AgendaItem,
    Approval,
    CalendarChoice,
    Minutes,
    MinutesVersion,
    Poll,
    Protocol,
    Run,
    RunStep,
    Series,
)
from communities.models import Complaint, HandIn, HomeTask, Introduction, LogbookEntry, YearQuestion
from core import links, streams
from core.time import today
from organisations.arrivals import PURPOSE
from organisations.choices import Function, PartnerKind, RoleKind, SignOnKind
from organisations.models import (
    BulkDeed,
    Invitation,
    Joining,
    Partner,
    RoomRequest,
    SignOn,
    StaffImport,
    StudyDay,
    TimeBudget,
    TimeRule,
)
from participation.impact import actions as impact
from participation.impact.models import Questionnaire, Response, Wave
from tests import cast as make
from tests.house import (
    matrix_coaching,
    matrix_credentials,
    matrix_events,
    matrix_events_after,
    matrix_events_calling,
    matrix_finding,
    matrix_hub_making,
    matrix_hub_sharing,
    matrix_hub_using,
    matrix_lessonstudy,
    matrix_outside,
    matrix_training,
    matrix_visits,
    matrix_whole_year,
)


def build():
    """(people by their column, things by their name in the rows)."""
    cast = make.cast()
    people = _people(cast)
    for role in ("school_leader", "planner", "board_admin", "network_admin", "platform_admin"):
        second_step(people[role])
    things = _things(cast, people)
    return people, SimpleNamespace(**vars(cast), **things)


def _people(cast):
    ex_member, planner = make.person("Otto Kramer"), make.person("Pien de Jong")
    make.works(ex_member, cast.regenboog)
    make.member(cast.maths, ex_member, state=MembershipState.ENDED, ended_at=now())
    make.works(planner, cast.regenboog, Function.SUPPORT)
    make.role(planner, RoleKind.PLANNER, cast.regenboog)
    return {
        "anonymous": None,
        "invitee": cast.els,
        "member": cast.amina,
        "guest": cast.gijs,
        "ex_member": ex_member,
        "facilitator": cast.fatima,
        "school_leader": cast.bram,
        "planner": planner,
        "board_admin": cast.ben,
        "network_admin": cast.noor,
        "platform_admin": cast.paula,
        "stranger": cast.dele,
    }


def _things(cast, people):
    member, board = people["member"], cast.board
    second_step(member)  # to be lost and helped with
    member.photo.save("photo.jpg", ContentFile(_photo()))
    invited = make.member(
        cast.maths,
        people["invitee"],
        state=MembershipState.INVITED,
        joined_at=None,
        invited_by=people["facilitator"],
        invitation_until=now() + timedelta(days=10),
    )
    learning = make.plg(
        cast.network,
        "Brede vorming",
        kind=Kind.LEARNING_NETWORK,
        listed=Listed.EVERYONE,
        wants_pairs=True,
        seats_max=40,
    )
    confidant = make.person("Coen Vermeer")
    meeting, held = make.meeting(cast.maths, 7), make.meeting(cast.maths, -7)
    visited, visit = make.meeting(cast.maths, 21), cast.maths.memberships.get(person=people["guest"])
    visited.guests.add(visit)
    record("meetings.planned", by=people["facilitator"], about=meeting, tell=[member], community=cast.maths, count=1)
    invitation = Invitation.objects.create(
        email="nieuw@school.example", school=cast.regenboog, invited_by=people["board_admin"]
    )
    app = SocialApp.objects.create(
        provider="openid_connect",
        provider_id="de-brug",
        name="De Brug",
        client_id="x",
        settings={"server_url": "http://127.0.0.1:9"},
    )
    task = HomeTask.objects.create(community=cast.maths, title="Stroken", text="Vouw.", due_on=held.held_on)
    hand_in = HandIn(task=task, membership=cast.maths.memberships.get(person=member), text="Drie stroken.")
    hand_in.file.save("werk.jpg", ContentFile(_photo()), save=False)
    hand_in.file_name, hand_in.file_type = "werk.jpg", "image/jpeg"
    hand_in.save()
    # The session of last week's meeting, which nobody ended: it can be looked at on any day
    run = Run.objects.create(
        about=held, community=cast.maths, title=held.called, code="1234", started_by=people["facilitator"]
    )
    RunStep.objects.bulk_create(RunStep(run=run, order=n, title=f"Stap {n + 1}", minutes=10) for n in range(3))
    point, minutes = _promise(cast, member, people["facilitator"], held), _minutes(held, people["facilitator"])
    return {
        "failed_letter": Delivery.objects.create(person=member, kind="meetings.moved", occasion="f", state="failed"),
        "paused_address": PausedAddress.objects.create(address="weg@school.example"),
        "point": point,
        "told_point": _told(cast.maths, member),
        "csv": "csv",
        "year": 2026,
        "act_token": links.sign("meetings.act", point=point.pk, person=member.pk, went="tried"),
        "approve_token": links.sign("meetings.approve", minutes=minutes.pk, person=member.pk, number=1),
        "home_task": task,
        "hand_in": hand_in,
        **_logbook(cast.maths, member),
        **matrix_whole_year.things(cast),
        **matrix_visits.things(cast),
        "introduction": Introduction.objects.create(
            network=cast.network, one=cast.maths, other=learning, message="Jullie kijken allebei naar breuken."
        ),
        **_dates(cast, member),
        **_talk(cast, member),
        **_impact(cast, people),
        **matrix_hub_making.things(cast, people, _photo()),
        **matrix_hub_sharing.things(cast, people, _photo()),
        **matrix_hub_using.things(cast, people),
        **matrix_events.things(cast, people),
        **matrix_events_calling.things(cast, people),
        **matrix_events_after.things(cast, people),
        **matrix_finding.things(people),
        **matrix_outside.things(cast, people),
        **matrix_lessonstudy.things(cast),
        **matrix_credentials.things(cast, people),
        **matrix_training.things(cast, people),
        **matrix_coaching.things(cast, people),
        "plg": cast.maths,
        "learning_network": learning,
        "invited": invited,
        "membership": cast.maths.memberships.get(person=member),
        "visited": visited,
        "guest_membership": visit,
        "complaint": Complaint.objects.create(
            community=cast.maths, by=member, confidant=confidant, text="Er werd gelachen toen ik iets vroeg."
        ),
        "meeting": meeting,
        "held": held,
        "run": run,
        "line": writing.write(run, by=member, text="Een besluit", kind="decision", key=uuid4()),
        "item": _item(meeting, people["facilitator"]),
        "own_protocol": _own_protocol(cast.maths),
        **_time(cast, member),
        "notification": Notification.objects.get(person=member, activity__kind="meetings.planned"),
        "bulk_deed": BulkDeed.objects.create(
            by=people["board_admin"],
            verb="function",
            wishes={"function": "care"},
            affiliations=list(member.affiliations.values_list("pk", flat=True)),
        ),
        "bulk_row": member.affiliations.get(),
        "year_question": YearQuestion.objects.create(community=cast.maths, year=2027, asked_by=people["board_admin"]),
        "joining": Joining.objects.create(network=cast.network, school=cast.regenboog, by=people["network_admin"]),
        "partner": Partner.objects.create(name="Pabo De Landen", kind=PartnerKind.TEACHER_TRAINING),
        "affiliation": member.affiliations.get(),
        "role": people["school_leader"].roles.get(),
        "invitation": invitation,
        "staff_list": StaffImport.objects.create(board=board, by=people["board_admin"], file_name="lijst.csv"),
        "sign_on": SignOn.objects.create(board=board, kind=SignOnKind.OTHER, app=app),
        "member": member,
        # What stands in letters and calendars
        "feed_key": CalendarChoice.objects.create(person=member, way="feed", key="k" * 43).key,
        "plg_invitation_token": links.sign(
            "communities.invitation", membership=invited.pk, address=people["invitee"].email
        ),
        "invitation_token": links.sign(PURPOSE, invitation=invitation.pk, email=invitation.email),
        "answer_token": links.sign("meetings.answer", meeting=meeting.pk, person=member.pk, coming="room"),
        "letter_token": links.sign("activity.read_letter", person=member.pk, rows=[1]),
        "unsubscribe_token": links.sign(UNSUBSCRIBE, kind="meetings.planned", person=member.pk),
        "stream_token": streams.address(member, f"person:{member.pk}").rpartition("/")[2],
    }


def _time(cast, member):
    """An agreement of the board, what of it is the member's, and room in the timetable that she asked."""
    rule = TimeRule.objects.create(board=cast.board, year=2026, name="PLG-tijd", minutes=2400)
    budget = TimeBudget.objects.create(person=member, school=cast.regenboog, rule=rule, factor=1, minutes=2400)
    asked = RoomRequest.objects.create(
        person=member, school=cast.regenboog, held_on=today() + timedelta(days=7), starts=time(13), ends=time(15)
    )
    return {"time_rule": rule, "time_budget": budget, "room_request": asked}


def _told(plg, member):
    """A try-out of which the member told how it went."""
    return ActionPoint.objects.create(
        community=plg, person=member, text="Laat kinderen schatten", went="tried", answered_at=now(), sentence="Ja."
    )


def _logbook(plg, member):
    """An entry that only the member reads, with a photo; and one that she shares with her PLG."""
    entry = LogbookEntry.objects.create(person=member, happened_on=today(), tried="Stroken vouwen")
    photo = entry.photos.model(entry=entry)
    photo.image.save("werk.jpg", ContentFile(_photo()))
    shared = LogbookEntry.objects.create(
        person=member, happened_on=today(), saw="Ze halveerden zelf.", community=plg, shared_at=now()
    )
    return {"entry": entry, "entry_photo": photo, "shared_entry": shared}


def _promise(cast, member, by, held):
    """Something that the member promised, with a photo."""
    point = ActionPoint(community=cast.maths, meeting=held, person=member, by=by, text="Vouw stroken")
    point.photo.save("werk.jpg", ContentFile(_photo()))
    return point


def _minutes(held, by):
    """Minutes that were proposed and have one yes."""
    minutes = Minutes.objects.create(meeting=held, state="proposed", proposed_by=by, proposed_at=now())
    text = [{"key": "decisions", "kind": "decisions", "title": "", "text": "- We vouwen eerst"}]
    version = MinutesVersion.objects.create(minutes=minutes, number=1, sections=text, by=by)
    Approval.objects.create(version=version, person=by)
    return minutes


def _dates(cast, member):
    """A series, a date poll and a study day."""
    series = Series.objects.create(community=cast.maths, weekday=3, cadence_weeks=6, starts=time(15, 30), ends=time(17))
    poll = Poll.objects.create(community=cast.maths, deadline=today() + timedelta(days=7))
    poll.options.create(held_on=today() + timedelta(days=30), starts=time(15, 30), ends=time(17))
    days = {"first": today(), "last": today() + timedelta(days=1)}
    return {
        "series": series,
        "in_series": make.meeting(cast.maths, 42, series=series),
        "poll": poll,
        "vote_token": links.sign("meetings.vote", poll=poll.pk, person=member.pk),
        "study_day": StudyDay.objects.create(school=cast.regenboog, name="studiedag", **days),
    }


def _talk(cast, member):
    """A conversation that the member began, with a file, of which somebody reported a post."""
    topic = discussing.open_topic(cast.maths, by=member, title="Breukenstroken", text="Wie gebruikt ze?")
    post = topic.posts.get()
    file = Attachment(post=post, name="werk.jpg", media_type="image/jpeg")
    file.file.save("werk.jpg", ContentFile(_photo()))
    return {
        "topic": topic,
        "post": post,
        "attachment": file,
        "report": Report.objects.create(post=post, by=cast.tom, reason="Dit herkennen ouders."),
    }


def _impact(cast, people):
    """What a PLG is asked: this year with each other, with a panel of pupils; last year alone; and a network's."""
    facilitator, day = people["facilitator"], today()
    waves = [("start", day, day + timedelta(days=20)), ("end", day + timedelta(days=40), day + timedelta(days=60))]
    row = impact.set_up(cast.maths, by=facilitator, year=2026, waves=waves)
    start, end = row.waves.order_by("opens_on")
    impact.begin_together(start, by=facilitator, people=3)
    panel = impact.open_panel(start, by=facilitator, audience="pupils", ceiling=20, until=day + timedelta(days=9))
    before = Questionnaire.objects.create(community=cast.maths, year=2025)
    for moment, back in (("start", 300), ("end", 200)):
        days = {"opens_on": day - timedelta(days=back), "closes_on": day - timedelta(days=back - 20)}
        wave = Wave.objects.create(
            questionnaire=before, moment=moment, way="alone", closed_at=now(), people=6, counted=6, **days
        )
        Response.objects.bulk_create(Response(wave=wave, answers={"aim": 3}) for _n in range(6))
    return {
        "questionnaire": row,
        "questionnaire_before": before,
        "questionnaire_of_network": impact.set_up(cast.network, by=people["network_admin"], year=2026, waves=waves),
        "wave": start,
        "wave_to_come": end,
        "panel": panel,
        "panel_key": panel.key,
        "said_by_pupil": Response.objects.create(panel=panel, answers={"ask": 3}, text="Leuk"),
    }


def second_step(person):
    """An app with codes, if she has none: who has a role needs one."""
    Authenticator.objects.get_or_create(user=person, type="totp", defaults={"data": {"secret": "x"}})


def _photo():
    picture = BytesIO()
    Image.new("RGB", (8, 8), "green").save(picture, "JPEG")
    return picture.getvalue()


def _item(meeting, by):
    """On the agenda, with a file."""
    item = AgendaItem(community=meeting.community, meeting=meeting, title="Kinderwerk", proposed_by=by)
    item.attachment_name, item.attachment_type = "werk.jpg", "image/jpeg"
    item.attachment.save("werk.jpg", ContentFile(_photo()))
    return item


def _own_protocol(plg):
    original = Protocol.objects.create(code="voorbeeld", name="Voorbeeld", purpose="Kijken", steps=[])
    words = {"name": "Ons voorbeeld", "purpose": "Kijken", "steps": []}
    return Protocol.objects.create(community=plg, copied_from=original, **words)
