"""A PLG in which everything exists that a letter can be about; whatever no mail may say has a word of its own."""

from datetime import timedelta
from uuid import uuid4

from django.utils.timezone import now

from activity.kinds import ask_kinds, kinds
from communities.discussions.models import Post, Topic
from communities.meetings.choices import ActionKind, ItemKind, MinutesState
from communities.meetings.models import (
    ActionPoint,
    AgendaItem,
    Answer,
    Minutes,
    MinutesVersion,
    Poll,
    PollOption,
)
from communities.models import HandIn, HomeTask, Introduction, LogbookEntry, SchoolPair
from core.time import today
from events import releases
from events.models import Answer as Evaluated
from events.models import Certificate, Dates, EvaluationToken
from knowledgehub.actions import approving, objecting, reviewing, using
from knowledgehub.finding.models import SavedSearch
from knowledgehub.questions import actions as asking
from knowledgehub.questions import films
from organisations.models import Invitation
from participation.funding.models import Grant
from participation.impact.models import Questionnaire, Response, Wave
from participation.learning.models import Cycle, Scan, ScanAnswer, Talk
from participation.reports.models import Report
from plg_platform.development import preview_of
from tests.cast import meeting, plg, resource
from tests.events import world as labs
from tests.lessonstudy import world
from tests.lessonstudy.visits import world as visits
from tests.training import credentials_world
from tests.training import world as learning
from training.credentials import keys
from training.models import Assessment, Coaching, Goal, Note, PortfolioItem, Practice, Submission
from training.models import Talk as CoachingTalk

SECRET = "Kwetsbaar"


class Words:
    """Words that no letter may have, each with the field in which it stands."""

    def __init__(self):
        self.places = {}

    def of(self, place):
        word = f"{SECRET}{chr(ord('a') + len(self.places) // 26)}{chr(ord('a') + len(self.places) % 26)}"
        self.places[word] = place
        return word

    def in_(self, said):
        """The fields of which something stands in this text."""
        return sorted(place for word, place in self.places.items() if word.lower() in said.lower())


def everything(cast):
    """All rows; returns the words that may stand in no mail."""
    secret = Words()
    maths, by, one = cast.maths, cast.fatima, cast.amina
    for field in ("question", "ambition", "description", "commitments", "outcome"):
        setattr(maths, field, secret.of(f"community.{field}"))
    maths.save()
    seat = maths.memberships.get(person=one)
    case = Topic.objects.create(community=maths, title=secret.of("case.title"), author=by, is_case=True)
    text = secret.of("post.text")
    for number in (1, 2):
        Post.objects.create(topic=case, number=number, author=by, text=text, html=f"<p>{text}</p>")
    asked = Topic.objects.create(
        community=maths, title="Rekenrek of getallenlijn?", author=by, audience="network", network=cast.network
    )
    Post.objects.create(topic=asked, number=1, author=by, text=text, html=f"<p>{text}</p>")
    held = meeting(maths, days=-9, title="Breuken vouwen")
    coming = meeting(maths, title="Breuken meten", preparation=secret.of("meeting.preparation"))
    Answer.objects.create(meeting=coming, person=one, coming="absent", reason=secret.of("answer.reason"))
    for at, proposed_by in ((coming, one), (None, one)):
        AgendaItem.objects.create(
            community=maths,
            meeting=at,
            kind=ItemKind.CASE,
            title=secret.of("item.title"),
            instruction=secret.of("item.instruction"),
            private_note=secret.of("item.private_note"),
            attachment_name=secret.of("item.attachment_name"),
            dropped_because=secret.of("item.dropped_because"),
            proposed_by=proposed_by,
            presenter=seat,
        )
    for kind in ActionKind:
        ActionPoint.objects.create(
            community=maths,
            meeting=held,
            kind=kind,
            person=one,
            by=by,
            is_case=True,
            text=secret.of("action.text"),
            sentence=secret.of("action.sentence"),
            dropped_because=secret.of("action.dropped_because"),
            due_on=today(),
        )
    minutes = Minutes.objects.create(meeting=held, state=MinutesState.PROPOSED, proposed_by=by, proposed_at=now())
    sections = [{"key": "x", "kind": "notes", "title": secret.of("section.title"), "text": secret.of("section.text")}]
    MinutesVersion.objects.create(
        minutes=minutes, number=1, sections=sections, because=secret.of("version.because"), by=by
    )
    poll = Poll.objects.create(community=maths, deadline=today() + timedelta(days=5), created_by=by, title="Wanneer?")
    for days in (20, 21):
        PollOption.objects.create(poll=poll, held_on=today() + timedelta(days=days), starts="15:30", ends="17:00")
    task = HomeTask.objects.create(
        community=maths, title="Tel mee", text=secret.of("task.text"), due_on=today() + timedelta(days=8), set_by=by
    )
    HandIn.objects.create(
        task=task,
        membership=seat,
        question=secret.of("hand_in.question"),
        text=secret.of("hand_in.text"),
        answer=secret.of("hand_in.answer"),
        file_name=secret.of("hand_in.file_name"),
        answered_by=by,
        answered_at=now(),
    )
    LogbookEntry.objects.create(
        person=one,
        community=maths,
        happened_on=today(),
        shared_at=now(),
        **{field: secret.of(f"entry.{field}") for field in ("tried", "saw", "changes", "text")},
    )
    other = plg(cast.wissel, "PLG Taal", question=secret.of("other.question"))
    Introduction.objects.create(network=cast.network, by=cast.noor, one=maths, other=other, message="Kijk mee.")
    SchoolPair.objects.create(community=maths, school=cast.wissel)
    Invitation.objects.create(email="nieuw@school.example", school=cast.regenboog, invited_by=cast.ben)
    asked = Questionnaire.objects.create(community=maths, year=2026, created_by=by)
    wave = Wave.objects.create(questionnaire=asked, moment="start", opens_on=today(), closes_on=today())
    Response.objects.create(wave=wave, answers={"aim": 1}, text=secret.of("response.text"))
    _whole_year(cast, secret)
    _hub(cast, secret)
    _visit(cast, secret)
    _lesson_study(cast, secret)
    _training(cast, secret)
    _credentials(cast)
    _events(cast, secret)
    return secret


def _training(cast, secret):
    """Somebody who learns, practises, hands in and is assessed; and two who coach, of which no letter says a word."""
    group = learning.group(cast, learning.programme())
    row = learning.learner(cast, group, cast.amina, why=secret.of("enrolment.why"))
    work = row.version.modules.first().assignments.get()
    version = Submission.objects.create(enrolment=row, assignment=work, state="revised").versions.create(
        number=1, text=secret.of("submission.text"), submitted_at=now()
    )
    version.feedback.create(by=cast.tom, feedback=secret.of("feedback.feedback"), verdict="insufficient")
    other = learning.learner(cast, group, cast.gijs)
    version.peer_feedback.create(asked=other, text=secret.of("peer.text"))
    Practice.objects.create(
        enrolment=row, community=cast.maths, meeting=meeting(cast.maths, -5), aim=secret.of("practice.aim"),
        reflection=secret.of("practice.reflection"), feedback=secret.of("practice.feedback"),
    )  # fmt: skip
    PortfolioItem.objects.create(enrolment=row, title=secret.of("item.of_portfolio"), text=secret.of("item.shows"))
    Assessment.objects.create(enrolment=row, assessor=cast.dele, says=secret.of("assessment.says"))
    two = Coaching.objects.create(
        coach=cast.tom, coachee=cast.amina, proposed_by=cast.tom, wish=secret.of("coaching.wish"),
        reached=secret.of("coaching.reached"), keep=secret.of("coaching.keep"), stop=secret.of("coaching.stop"),
    )  # fmt: skip
    Goal.objects.create(coaching=two, text=secret.of("goal.text"), indicator=secret.of("goal.indicator"))
    CoachingTalk.objects.create(coaching=two, held_on=today(), said=secret.of("talk.said"))
    Note.objects.create(coaching=two, author=cast.tom, text=secret.of("note.text"))


def _credentials(cast):
    """A certificate that counts, with what it says of her; the letters carry its title and nothing of the work."""
    keys.rotate()
    credentials_world.issued(cast)


def _hub(cast, secret):
    """Lessons that are asked about, looked along at, used and objected to; a question to the network, and of a film."""
    said = {"text": secret.of("version.text"), "needs": secret.of("version.needs")}
    lesson = resource(cast.amina, cast.tom, title="Breuken leggen", audience="plg", of=cast.maths, **said)
    using.tell(
        lesson, by=cast.fatima, used_on=today(), again="yes", level=secret.of("experience.level"), is_adapted=True,
        changed=secret.of("experience.changed"), pupils_did=secret.of("experience.pupils_did"),
    )  # fmt: skip
    objecting.report(lesson, by=cast.fatima, what="pupils", reason=secret.of("objection_to_resource.reason"))
    SavedSearch.objects.create(person=cast.amina, title="breuken", query="q=breuken")
    asked = resource(cast.amina, cast.tom, title="Breuken met touw", audience="plg", of=cast.maths, published=False)
    approving.put_forward(asked.versions.get(), by=cast.amina)
    offered = resource(cast.amina, title="Breuken eten", audience="plg", of=cast.maths, published=False)
    reviewing.offer(offered.versions.get(), by=cast.amina, place=cast.maths, text=secret.of("remark.text"))
    question = asking.ask(
        by=cast.amina,
        network=cast.network,
        title="Breuken beginnen?",
        text=secret.of("question.text"),
        tags=["breuken"],
    )
    asking.answer(question, by=cast.tom, text=secret.of("answer_to_question.text"))
    film = resource(cast.amina, title="Breuken zien", kind="video", audience="plg", of=cast.maths)
    moment = films.ask_at(film.versions.get(), by=cast.tom, seconds=5, text=secret.of("moment.text"))
    films.answer_at(moment, by=cast.amina, answer=secret.of("moment.answer"))


def _visit(cast, secret):
    """A class visit that is planned, and what the two said of an earlier one."""
    for state in ("planned", "visited"):
        visit = visits.a_visit(cast, state, look_at=secret.of(f"{state}.look_at"))
        type(visit).objects.filter(pk=visit.pk).update(question=secret.of(f"{state}.question"))
        visit.moves.create(verb="plan", was="cover", became="planned", reason=secret.of(f"{state}.reason"))
    for field in ("went", "aims", "facts", "effect", "first_step", "takes_along"):
        type(visit.feedback).objects.update(**{field: secret.of(f"feedback.{field}")})


def _lesson_study(cast, secret):
    """A cycle whose team is asked to agree, with everything in it that is for the team alone."""
    cycle = world.a_cycle(cast, "sharing")
    for field in ("question", "pupil_goal", "halt_why"):
        setattr(cycle, field, secret.of(f"cycle.{field}"))
    cycle.save()
    cycle.moves.create(verb="discuss", was="given", became="discussing", round=1, reason=secret.of("move.reason"))
    type(cycle.charter).objects.update(text=secret.of("charter.text"))
    cycle.pupils.update(start=secret.of("pupil.start"), target=secret.of("pupil.target"))
    cycle.plan.stages.update(teacher_does=secret.of("stage.teacher_does"))
    lesson = cycle.lessons.get()
    cycle.lessons.update(class_label=secret.of("lesson.class_label"))
    lesson.observations.update(fact=secret.of("observation.fact"))
    lesson.interviews.update(learned=secret.of("interview.learned"))
    outcome = {name: secret.of(f"outcome.{name}") for name in ("pupils_learned", "teachers_learned", "limits")}
    type(cycle.outcome).objects.update(**outcome)


def _whole_year(cast, secret):
    """A year report before the members, a network's, funding with a day, a self-scan and a conversation."""
    section = {"key": "theme", "kind": "step", "title": secret.of("report.title"), "text": secret.of("report.text")}
    for place in ({"community": cast.maths}, {"network": cast.network}):
        report = Report.objects.create(
            **place, year=2026, state="laid", laid_at=now(), until_on=today() + timedelta(days=14), laid_by=cast.fatima
        )
        report.versions.create(number=1, sections=[section])
        report.objections.create(person=cast.tom, reason=secret.of("objection.reason"))
    grant = Grant.objects.create(
        network=cast.network, name="Samen leren", source="Gemeente", amount=100, starts_on=today(), ends_on=today(),
        conditions=secret.of("grant.conditions"),
    )  # fmt: skip
    grant.dates.create(what="Eindverslag", due_on=today() + timedelta(days=9))
    cycle = Cycle.objects.create(school=cast.regenboog, year=2026, wish=secret.of("cycle.wish"))
    scan = Scan.objects.create(cycle=cycle, closes_on=today() + timedelta(days=7))
    ScanAnswer.objects.create(scan=scan, marks={"time": 1})
    Talk.objects.create(community=cast.maths, starter="dare", by=cast.bram)


def every_letter(reader):
    """(kind, its letter or what went wrong) of every kind, in the language that is active."""
    for kind in kinds.values():
        yield kind, preview_of(kind, reader, whole=True)


def every_ask(reader):
    """The same of what is asked on Vandaag and in the PLG letter."""
    for kind in ask_kinds.values():
        yield kind, preview_of(kind, reader)


def _events(cast, secret):
    """An innovation lab whose day is over, with everything that people said of themselves and of each other."""
    event = labs.an_event(cast, "over", programme=True, budget_note=secret.of("event.budget_note"))
    said = {name: secret.of(f"registration.{name}") for name in ("diet", "needs")}
    hers = labs.comes(event, cast.amina, answers={"1": secret.of("registration.answer")}, **said)
    his = labs.comes(event, cast.tom)
    for person, state in (
        (cast.fatima, "offered"),
        (cast.gijs, "declined"),
        (cast.dele, "expired"),
        (cast.bram, "waiting"),
    ):
        until = now() + timedelta(days=1) if state == "offered" else None
        labs.comes(event, person, state, offered_until=until)
    brought = event.contributions.create(
        title="Breuken zien", created_by=cast.amina, state="accepted", needs=secret.of("contribution.needs"),
        answers={"1": secret.of("contribution.answer")},
    )  # fmt: skip
    brought.authors.create(person=cast.amina)
    brought.reviews.create(reviewer=cast.tom, scores=[2, 3, 2], remark=secret.of("review.remark"))
    session = event.sessions.filter(kind="workshop").first()
    during = (session.slot.starts_at, session.slot.ends_at)
    session.seats.create(registration=hers, during=during, rank=1, why="Je eerste keus.")
    session.speakers.add(cast.amina)
    release = event.releases.create(number=2, content=releases.content_of(event), html={})
    type(event).objects.filter(pk=event.pk).update(released=release)
    event.allocations.create(seed=1)
    dates = Dates.objects.create(session=session)
    dates.all_rounds.create(number=1).wishes.create(by=hers, other=his)
    event.announcements.create(text="De soep staat klaar.", by=cast.noor)
    EvaluationToken.objects.create(registration=hers)
    Certificate.objects.create(registration=hers, minutes=200, content={})
    answer = {"takes_along": secret.of("evaluation.takes_along"), "better": secret.of("evaluation.better")}
    Evaluated.objects.create(event=event, worth=2, on=today(), place=uuid4(), **answer)
