"""A portfolio that fills, an assessor from elsewhere, and two people who coach; others can ask the coach too."""

from datetime import time, timedelta

from activity.models import Ask, Delivery, Notification
from core.time import today
from people.models import User
from plg_platform.demo.days import last_until
from plg_platform.demo.staff import main_address
from training.choices import CoachingState, Part, PracticeState, SubmissionState
from training.models import Coaching, CoachOffer, Enrolment, Goal, GroupMember, Note, PortfolioItem, Talk


def fill(builder):
    """Of the teacher who learns, and the facilitator who coaches her."""
    people = User.objects.in_bulk([main_address(part) for part in ("teacher", "facilitator")], field_name="email")
    if len(people) < 2:
        return
    teacher, coach = people[main_address("teacher")], people[main_address("facilitator")]
    row = Enrolment.objects.filter(person=teacher, coach=coach).select_related("group", "school", "version").first()
    if row is None:
        return
    _portfolio(row)
    _assessor(row)
    _coaching(teacher, coach)
    _offers(coach, row)
    for made in (Delivery, Ask, Notification):
        kind = "activity__kind" if made is Notification else "kind"
        made.objects.filter(**{f"{kind}__startswith": "training.coaching"}).delete()


def _portfolio(row):
    outcomes = list(row.version.outcomes.order_by("order"))
    work = row.submissions.filter(state=SubmissionState.APPROVED).order_by("pk").last()
    practice = row.practices.filter(state=PracticeState.SUFFICIENT).first()
    if work:
        item = PortfolioItem.objects.create(
            enrolment=row, title="Ons kijkkader", submission=work, order=1,
            text="Wij gebruiken het nu bij elke onderzoeksles. De laatste kolom blijft leeg tot na de les.",
        )  # fmt: skip
        item.outcomes.set(outcomes[3:5])
    if practice:
        item = PortfolioItem.objects.create(
            enrolment=row, title="Mijn eerste nabespreking", practice=practice, order=2,
            text="Ik wachtte na elke vraag. Daardoor vertelden ook de stillere collega's wat zij zagen.",
        )  # fmt: skip
        item.outcomes.set(outcomes[5:6])


def _assessor(row):
    """Somebody of another board, who knows her from nowhere."""
    board = row.school.board_id if row.school else None
    others = User.objects.filter(is_active=True, affiliations__school__isnull=False, affiliations__until_on=None)
    person = others.exclude(affiliations__school__board=board).order_by("pk").first()
    if person:
        GroupMember.objects.get_or_create(group=row.group, person=person, part=Part.ASSESSOR)


def _coaching(teacher, coach):
    began = today() - timedelta(weeks=5)
    row = Coaching.objects.create(
        coach=coach, coachee=teacher, proposed_by=teacher, state=CoachingState.ACTIVE,
        wish="Ik praat zelf te veel in de nabespreking. Dat wil ik anders.",
    )  # fmt: skip
    Goal.objects.create(
        coaching=row, order=0, reached=2, text="Na een vraag wacht ik.",
        indicator="Ik tel tot vijf voor ik weer iets zeg.",
    )  # fmt: skip
    Talk.objects.create(
        coaching=row, held_on=last_until(began + timedelta(weeks=1), ("Midden",)), starts=time(15, 45), was_held=True,
        said="Els probeert het eerst bij één vraag: ‘Wat zag je?’",
    )  # fmt: skip
    coming = last_until(today() + timedelta(days=9), ("Midden",))
    Talk.objects.create(coaching=row, held_on=coming, starts=time(15, 45))
    Note.objects.create(
        coaching=row, author=teacher, kind="shared", text="Lezen voor volgende keer: module 4, nabespreken."
    )
    Note.objects.create(coaching=row, author=teacher, text="Stilte voelt nog als falen. Vragen hoe zij dat deed.")
    Note.objects.create(coaching=row, author=coach, text="Niet te snel met eigen voorbeelden komen.")


def _offers(coach, row):
    CoachOffer.objects.create(
        person=coach, kinds=["coaching", "mentoring"], themes=["maths", "organisation"], capacity=3,
        says="Ik kijk mee bij je nabespreking en stel vragen. Rust en geduld.",
    )  # fmt: skip
    others = User.objects.filter(is_active=True, memberships__role="facilitator", affiliations__school__isnull=False)
    others = others.exclude(pk__in=[coach.pk, row.person_id]).exclude(roles__kind="school_leader")
    for person, kinds in zip(
        others.distinct().order_by("pk")[:2], (["coaching"], ["mentoring", "coaching"]), strict=False
    ):
        CoachOffer.objects.create(
            person=person, kinds=kinds, themes=person.themes or ["maths"], capacity=2,
            says="Ik begeleid al een paar jaar een PLG. Vraag me gerust.",
        )  # fmt: skip
