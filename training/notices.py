"""What people hear of training, and what is asked of them; each part has its lines here."""

from django.utils.translation import gettext_lazy as _

from activity.kinds import register, register_ask
from core.links import address
from organisations.rules import standing as at_work
from training.actions import assessing, coaching, feedback, learning, practice
from training.models import Assessment, Coaching, Enrolment, Group, GroupSession, PeerFeedback, Practice, Submission
from training.rules import standing

OF_ENROLMENT = ("person", "version__programme", "school", "community", "coach")
OF_WORK = ("assignment", "enrolment__person", "enrolment__version")
OF_PRACTICE = ("enrolment__person", "enrolment__coach", "community", "meeting")
OF_PEER = ("version__submission__assignment", "version__submission__enrolment__person", "asked")


def trains(person):
    """She trains, coaches or assesses learners."""
    mine = standing(person)
    return bool(mine.trains | mine.coaches | mine.assesses)


def learns(person):
    """She learns, or learned."""
    return bool(standing(person).learns)


def takes_part(person):
    """Either of the two."""
    return trains(person) or learns(person)


def leads_school(person):
    return bool(at_work(person).schools_led)


def is_coached(person):
    """She coaches or is coached, learns, or offers to coach: others find no news of coaching."""
    return bool(standing(person).coaching) or takes_part(person)


#: By what one may do with what it is about: to whom such news may ever come.
CONCERNS = {"guide": trains, "learn": learns, "consent": leads_school, "view": takes_part}


def sample_of(model, related, **which):
    """The newest of these, else any, for the previews."""

    def sample():
        rows = model.objects.select_related(*related).order_by("-pk")
        return rows.filter(**which).first() or rows.first(), {}

    return sample


# Enrolling ----------------------------------------------------------------------------------------
def of_enrolment(verb, label, power="view", **which):
    """A kind about an enrolment."""
    more = {"concerns": CONCERNS[power]} | {key: which.pop(key) for key in ("still_right", "url") if key in which}
    register(
        f"training.{verb}", label, power=power, related=OF_ENROLMENT,
        sample=sample_of(Enrolment, OF_ENROLMENT, **which), **more,
    )  # fmt: skip


def is_asked(delivery, enrolment, person):
    """The leader was asked, and nobody answered yet."""
    return enrolment.state == "requested" and not enrolment.consented_at


def consent_page(about, person, facts):
    """Where a leader answers."""
    return address("training:consent", about.pk)


of_enrolment("asked_leader", _("a colleague of my school asks whether she can be trained"), power="consent",
             still_right=is_asked, url=consent_page, school__isnull=False)  # fmt: skip
of_enrolment("enrolled", _("somebody asks to join a group that I train"), power="guide", state="requested")
of_enrolment("agreed", _("the school leader agrees with a training"), consented_at__isnull=False)
of_enrolment("admitted", _("I am admitted to a training"), power="learn", state="admitted")
of_enrolment("declined", _("I am not admitted to a training"), power="learn", state="declined")
of_enrolment("completed", _("I completed a training"), power="learn", state="completed")
of_enrolment("failed", _("a training of mine is not sufficient yet"), power="learn", state="insufficient")
of_enrolment("once_more", _("I can try a training once more"), power="learn")
of_enrolment("coach_named", _("a learner and I are put together as learner and coach"), coach__isnull=False)
of_enrolment("stopped", _("somebody stops with a training"), state="stopped")
register_ask(learning.CONSENT, icon="rubber-stamp", power="consent", related=OF_ENROLMENT)
register_ask(learning.ADMIT, icon="user-plus", power="guide", related=OF_ENROLMENT)
register_ask("training.go_on", icon="book-2", power="learn", related=OF_ENROLMENT)

of_enrolment("not_yet", _("an assessment is not sufficient yet"), state="insufficient")
of_enrolment("found_sufficient", _("my portfolio is found sufficient"), power="learn")
of_enrolment("appeal_lost", _("somebody looked anew at my portfolio"), power="learn")
TRAINER = {"power": "guide", "url": lambda row, person, facts: address("training:assessors", row.pk)}
of_enrolment("assessor_wanted", _("an assessor is wanted for a group that I train"), **TRAINER)
of_enrolment("handed_back", _("an assessor hands an assessment back"), **TRAINER)
of_enrolment("assessment_late", _("an assessor is late with somebody in a group that I train"), **TRAINER)
of_enrolment("assessors_differ", _("two assessors differ about somebody in a group that I train"), **TRAINER)
of_enrolment("appealed", _("somebody in a group that I train does not agree with an assessment"), **TRAINER)
register_ask(assessing.NAME, icon="user-plus", power="guide", related=OF_ENROLMENT)


# Assessing ----------------------------------------------------------------------------------------
def to_judge(row, person):
    """It was asked of her, she is no coach of the learner, and the learner still takes part."""
    going = row.enrolment.state in ("going", "paused") or row.place == assessing.APPEAL
    hers = row.assessor_id == person.pk and row.enrolment.coach_id != person.pk
    return row.state == "asked" and hers and going


OF_ASSESSMENT = ("enrolment__person", "enrolment__version", "assessor")
register("training.asked_to_assess", _("I am asked to assess a portfolio"), related=OF_ASSESSMENT, visible=to_judge,
         concerns=trains,
         sample=sample_of(Assessment, OF_ASSESSMENT, state="asked"),
         url=lambda row, person, facts: address("training:assessment", row.pk))  # fmt: skip
register_ask(assessing.ASSESS, icon="checklist", related=OF_ASSESSMENT, visible=to_judge)


# Coaching: who, and that; never what --------------------------------------------------------------
OF_TWO = ("coach", "coachee", "proposed_by")


def of_two(verb, label, **more):
    """A kind about two people who coach; only they see it."""
    more.setdefault("concerns", is_coached)
    register(f"training.{verb}", label, related=OF_TWO, sample=sample_of(Coaching, OF_TWO), **more)


def is_unanswered_proposal(delivery, row, person):
    return row.state == "proposed"


def to_answer(row, person):
    """It is proposed to one of the two, and not answered."""
    return row.state == "proposed" and person.pk in (row.coach_id, row.coachee_id)


of_two("coaching_proposed", _("somebody asks me for coaching or mentoring, or offers it"),
       still_right=is_unanswered_proposal, concerns=lambda person: True)  # fmt: skip
of_two("coaching_accepted", _("somebody says yes to coaching with me"))
of_two("coaching_declined", _("coaching does not suit somebody"))
of_two("coaching_stopped", _("coaching with me stops"))
of_two("coaching_closed", _("coaching with me is closed"))
of_two("talk_planned", _("a talk with my coach or coachee gets a date"))
register_ask(coaching.ANSWER, icon="message-2", related=OF_TWO, visible=to_answer)


# Handing in ---------------------------------------------------------------------------------------
def of_work(verb, label, power, **which):
    """A kind about a submission."""
    register(
        f"training.{verb}", label, power=power, related=OF_WORK, concerns=CONCERNS[power],
        sample=sample_of(Submission, OF_WORK, **which),
    )  # fmt: skip


of_work("handed_in", _("somebody hands in work that I read"), "guide", state="submitted")
of_work("overdue", _("work of a learner waits too long for feedback"), "guide", state="submitted")
of_work("sent_back", _("there is feedback on my work"), "learn", state="revised")
of_work("approved", _("my work is approved"), "learn", state="approved")
of_work("peer_gave", _("a fellow learner said something about my work"), "learn")
register_ask(feedback.READ, icon="message-2", power="guide", related=OF_WORK)

register(
    "training.peer_asked", _("a fellow learner asks what I think of her work"), related=OF_PEER, concerns=learns,
    visible=lambda row, person: row.asked.person_id == person.pk, sample=sample_of(PeerFeedback, OF_PEER),
    url=lambda row, person, facts: address("training:peer", row.pk),
)  # fmt: skip
register_ask(feedback.PEER, icon="users", related=OF_PEER, visible=lambda row, person: row.asked.person_id == person.pk)


# Practising ---------------------------------------------------------------------------------------
def of_practice(verb, label, power, **more):
    """A kind about a practice session."""
    more.setdefault("concerns", CONCERNS[power])
    register(
        f"training.{verb}", label, power=power, related=OF_PRACTICE, sample=sample_of(Practice, OF_PRACTICE), **more
    )


def is_unanswered(delivery, row, person):
    """The PLG was asked, and said neither yes nor no."""
    return row.state == "planned" and not (row.consented_at or row.refused_at)


of_practice("practice_planned", _("a coach would like to look on at a meeting of my PLG"), "consent",
            still_right=is_unanswered, concerns=lambda person: True)  # fmt: skip
of_practice("plg_agreed", _("a PLG agrees that a coach looks on"), "view")
of_practice("plg_refused", _("a PLG does not want a coach to look on"), "view")
of_practice("reflected", _("a learner that I coach looked back on a practice session"), "guide")
of_practice("practise_again", _("my coach gave feedback: once more"), "learn")
of_practice("practised", _("my coach gave feedback: sufficient"), "learn")
register_ask(practice.CONSENT, icon="eye", power="consent", related=OF_PRACTICE)
register_ask("training.coach_feedback", icon="message-2", power="guide", related=OF_PRACTICE)
register_ask("training.look_back", icon="message-2", power="learn", related=OF_PRACTICE)


# Groups -------------------------------------------------------------------------------------------
def a_day_gone():
    """A group with a day that it had, for the previews."""
    day = GroupSession.objects.order_by("-pk").first()
    return day and day.group, {"title": day.title, "day": day.held_on.isoformat()} if day else {}


register("training.named", _("I train, coach or assess in a group"), related=("version",),
         sample=sample_of(Group, ("version",)))  # fmt: skip
register("training.day_added", _("my group of learners gets a date"), related=("group",), concerns=takes_part,
         sample=sample_of(GroupSession, ("group",)),
         url=lambda day, person, facts: day.group.get_absolute_url())  # fmt: skip
register("training.day_changed", _("a date of my group of learners changes"), related=("group",), concerns=takes_part,
         sample=sample_of(GroupSession, ("group",)),
         url=lambda day, person, facts: day.group.get_absolute_url())  # fmt: skip
register("training.day_removed", _("a date of my group of learners goes"), related=("version",), concerns=takes_part,
         sample=a_day_gone)  # fmt: skip
