"""From a deed to a letter at a real mail server."""

from activity import sending
from activity.choices import State
from activity.models import Delivery


def test_what_happened_arrives_as_a_letter(record_news, cast, mailserver):
    record_news(cast.amina, cast.tom)
    assert sending.send_due() == 2
    (letter,) = mailserver.to(cast.amina.email)
    assert letter["Subject"] == "Nieuws uit PLG Rekenen"
    assert "Er gebeurde iets in PLG Rekenen." in letter.get_body(("plain",)).get_content()
    assert set(Delivery.objects.values_list("state", flat=True)) == {State.SENT}
