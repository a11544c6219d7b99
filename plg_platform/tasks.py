"""What runs once a night, each app asked by name."""

from celery import shared_task

from core.night import each_by_itself


@shared_task
def nightly():
    """Clear away what is over its time, and let follow what must follow today."""
    from django.core.management import call_command

    from activity import clearing
    from communities import actions as communities
    from communities.discussions import nightly as discussions
    from communities.meetings import tasks as meetings
    from communities.search import index as search
    from knowledgehub import tasks as knowledgehub
    from knowledgehub.finding import actions as hub_finding
    from knowledgehub.finding import index as hub_search
    from knowledgehub.outside import tasks as outside
    from lessonstudy.actions import outcomes
    from organisations import actions as organisations
    from organisations import regions, terms
    from participation.funding import actions as funding
    from participation.impact import nightly as impact
    from participation.learning import actions as learning
    from people import erasing
    from training import tasks as training

    each_by_itself(
        erasing.erase_due,
        organisations.end_due,  # who stopped working somewhere comes first: roles end with it
        regions.follow,
        communities.pass_on_offers,
        communities.close_expired,
        communities.forget_addresses,
        meetings.nightly,
        discussions.nightly,
        knowledgehub.nightly,
        outside.nightly,
        outcomes.close_due,
        impact.nightly,
        learning.close_due,
        funding.ask_again,
        training.nightly,
        clearing.nightly,
        organisations.forget_staff_lists,
        organisations.forget_deeds,
        terms.carry_out,
        lambda: call_command("clearsessions"),
        hub_search.heal,
        hub_finding.tell_new,  # of what is found now
        search.heal_all,  # last: it compares everything, and has the time
    )
