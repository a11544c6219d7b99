"""What is over its time goes at night."""

from datetime import timedelta

from django.utils.timezone import now

from activity import sending
from activity.journal import answered, ask
from activity.models import Activity, Ask, Delivery, Notification
from organisations.terms import carry_out


def test_letters_go_after_half_a_year_and_news_after_a_year_but_not_the_journal(
    record_news, cast, mailserver, time_machine
):
    record_news(cast.amina)
    ask("tests.asked", about=cast.maths, url="/", people=[cast.amina, cast.tom])
    answered("tests.asked", about=cast.maths, person=cast.amina)
    sending.send_due()
    began = now()

    def left(days):
        time_machine.move_to(began + timedelta(days=days))
        carry_out()
        return [model.objects.count() for model in (Delivery, Notification, Ask, Activity)]

    assert left(179) == [1, 1, 2, 1]
    assert left(181) == [0, 1, 2, 1]
    assert left(366) == [0, 0, 1, 1]


def test_a_letter_that_still_waits_is_never_cleared(record_news, cast, time_machine):
    record_news(cast.amina)
    time_machine.move_to(now() + timedelta(days=400))
    carry_out()
    assert Delivery.objects.count() == 1
