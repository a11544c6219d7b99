"""What runs once a night, each app asked by name."""

from celery import shared_task


@shared_task
def nightly():
    """Clear away what is over its time."""
    from django.core.management import call_command

    from activity import clearing
    from communities import actions as communities
    from communities.meetings import tasks as meetings
    from organisations import actions as organisations

    call_command("clearsessions")
    clearing.nightly()
    communities.pass_on_offers()
    communities.close_expired()
    meetings.nightly()
    organisations.end_due()
    organisations.forget_staff_lists()
