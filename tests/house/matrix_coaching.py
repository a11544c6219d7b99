"""A guest of the PLG learns as well: assessed by a stranger, coached by who left the PLG. The two write about seaweed.

Nobody else may ever read that word: tests/training/test_wall.py looks for it everywhere.
"""

from datetime import timedelta

from django.core.files.base import ContentFile
from django.utils.timezone import now

from core.held import hash_of
from core.time import today
from tests.training import world
from training.models import Assessment, Coaching, CoachOffer, Goal, Note, Outcome, PortfolioItem, PortfolioLink, Talk

SECRET = "Zeewier"


def things(cast, people):
    """Rows by the names that the matrix has for them."""
    trajectory = world.programme("begeleider-twee", title="PLG-begeleider, tweede groep")
    group = world.group(cast, trajectory, trainer=people["facilitator"], places=9)
    learner = world.learner(cast, group, people["guest"], coach=people["planner"])
    other = world.learner(cast, group, people["ex_member"], coach=None)
    given = Assessment.objects.create(
        enrolment=learner, assessor=people["stranger"], state="given", verdict="insufficient", given_at=now()
    )
    item = PortfolioItem(enrolment=learner, title="Kijkkader", text="Zo deed ik het.")
    item.file.save("werk.pdf", ContentFile(b"%PDF-1.4"), save=False)
    item.file_name, item.file_type = "werk.pdf", "application/pdf"
    item.save()
    item.outcomes.set(Outcome.objects.filter(version=learner.version_id))
    key = "k" * 43
    link = PortfolioLink.objects.create(
        enrolment=learner, key_hash=hash_of(key), expires_on=today() + timedelta(days=9)
    )
    return {
        "portfolio_enrolment": learner,
        "portfolio_item": item,
        "portfolio_link": link,
        "portfolio_key": key,
        "assessed_enrolment": other,
        "assessment_given": given,
        "assessment_asked": Assessment.objects.create(enrolment=other, assessor=people["stranger"]),
        "coach_offer": CoachOffer.objects.create(person=people["ex_member"], kinds=["coaching"], capacity=9),
        **_coaching(people["ex_member"], people["guest"]),
    }


def _coaching(coach, coachee):
    row = Coaching.objects.create(
        coach=coach, coachee=coachee, proposed_by=coachee, state="active", accepted_at=now(), wish=f"{SECRET} wens",
        reached=f"{SECRET} bereikt", keep=f"{SECRET} houden", stop=f"{SECRET} stoppen",
    )  # fmt: skip
    own = Note.objects.create(coaching=row, author=coachee, text=f"{SECRET} alleen van mij")
    Note.objects.create(coaching=row, author=coachee, kind="shared", text=f"{SECRET} samen")
    Note.objects.create(coaching=row, author=coach, text=f"{SECRET} van de coach")
    return {
        "coaching": row,
        "coaching_goal": Goal.objects.create(coaching=row, text=f"{SECRET} doel", indicator=f"{SECRET} teken"),
        "coaching_talk": Talk.objects.create(coaching=row, held_on=today(), said=f"{SECRET} besproken"),
        "coaching_note": own,
    }
