"""What Amina has to show: one that counts, one that waits, one that is suspended; of a programme of the platform."""

from django.utils.timezone import now

from core.time import today
from training.choices import Part
from training.credentials import actions, keys, quality
from training.credentials.choices import Kind
from training.credentials.facts import Facts
from training.models import Group, GroupMember, Programme, ProgrammeVersion


def things(cast, people):
    """By their names in the rows."""
    keys.rotate()
    programme = Programme.objects.create(key="to-show", form="trajectory")
    programme.current = ProgrammeVersion.objects.create(
        programme=programme, number=1, title="PLG-facilitator", published_at=now()
    )
    programme.save()
    group = Group.objects.create(version=programme.current, title="Najaar", starts_on=today())
    GroupMember.objects.create(group=group, person=people["facilitator"], part=Part.TRAINER)

    def waiting(title):
        said = Facts(title=title, description="Een PLG begeleiden.", criteria="Alles is voldoende.")
        return actions.propose(people["member"], Kind.CERTIFICATE, said, programme=programme)

    def issued(title):
        return actions.issue(actions.approve(waiting(title), by=cast.noor), by=cast.noor)

    one = issued("PLG-facilitator")
    return {
        "credential": one,
        "credential_uuid": str(one.uuid),
        "credential_key": one.key,
        "credential_list": one.status_list,
        "credential_waiting": waiting("Nabespreken"),
        "credential_approved": actions.approve(waiting("Observeren"), by=cast.noor),
        "credential_suspended": actions.suspend(issued("Protocollen"), by=cast.noor, because="We zoeken iets uit."),
        "credential_programme": programme,
        "credential_quality": quality.fill(
            programme, by=cast.noor, assured_by="Hogeschool De Vaart", procedure="Visitatie.", assessment="Portfolio."
        ),
        "credential_register": quality.accredit(programme, by=cast.noor, register="SRPO", number="1"),
    }
