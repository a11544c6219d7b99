"""The letter itself: words, headers, the two parts."""

import pytest

from activity import letters, outbox, sending
from activity.markup import dress, plain
from activity.models import Delivery


@pytest.fixture
def letter(record_news, cast, mailserver):
    """The letter that Amina gets."""

    def make(**facts):
        record_news(cast.amina, **facts)
        sending.send_due()
        (letter,) = mailserver.letters
        return letter

    return make


def test_the_headers_let_a_mail_program_unsubscribe_in_one_click(letter, settings):
    made = letter()
    assert made["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert made["List-Unsubscribe"].startswith(f"<{settings.BASE_URL}/activity/unsubscribe/")
    assert made["Auto-Submitted"] == "auto-generated"
    assert made["Reply-To"] is None
    assert made["From"] == settings.DEFAULT_FROM_EMAIL


@pytest.mark.parametrize("tail", ["\nBcc: dief@evil.example", "\r\n\r\nDit is de brief", "\x0b\x85\u2028X: y"])
def test_a_name_with_line_breaks_injects_no_header(letter, tail):
    made = letter(tail=tail)
    assert made["Bcc"] is None
    assert made["X"] is None
    assert made["Subject"].startswith("Nieuws uit PLG Rekenen ")
    assert "Er gebeurde iets" in made.get_body(("plain",)).get_content()


def test_names_are_plain_in_the_subject_and_escaped_in_the_letter(letter, cast):
    cast.maths.name = "PLG <b>Rekenen</b> & co"
    cast.maths.save()
    made = letter()
    assert made["Subject"] == "Nieuws uit PLG <b>Rekenen</b> & co"
    assert "PLG &lt;b&gt;Rekenen&lt;/b&gt; &amp; co" in made.get_body(("html",)).get_content()
    assert "PLG <b>Rekenen</b> & co" in made.get_body(("plain",)).get_content()


def test_the_letter_fetches_nothing_from_anywhere(letter):
    html = letter().get_body(("html",)).get_content()
    assert not any(word in html for word in ("<img", "src=", "url(", "<script", "@import", "<link"))


def test_the_plain_part_reads_well(letter, settings, cast):
    text = letter().get_body(("plain",)).get_content()
    assert f"Bekijk het:\n{settings.BASE_URL}/communities/{cast.maths.pk}/" in text
    assert "<" not in text
    assert "\n\n\n" not in text


def test_links_are_made_from_the_setting(letter, settings):
    settings.BASE_URL = "https://plg.example"
    html = letter().get_body(("html",)).get_content()
    assert "https://plg.example/activity/unsubscribe/" in html
    assert "testserver" not in html


def test_two_letters_never_share_a_message_id(news, cast):
    for slot in ("week", "day"):
        outbox.put("tests.happened", occasion="one", slot=slot, people=[cast.amina, cast.tom])
    ids = {letters.message_id(delivery) for delivery in Delivery.objects.all()}
    assert len(ids) == 4


def test_attachments_go_along(letter, news):
    news(attachments=lambda delivery, about, person: [("plg.ics", "BEGIN:VCALENDAR", "text/calendar")])
    (attachment,) = letter().iter_attachments()
    assert (attachment.get_filename(), attachment.get_content_type()) == ("plg.ics", "text/calendar")


# The markup --------------------------------------------------------------------------------------


def test_bare_html_is_dressed_for_mail_programs():
    html = dress('<p>Dag &amp; <b>hoi</b></p><a class="button" href="/x?a=1&amp;b=2">Ik kom</a>')
    assert html.startswith('<p class="ink" style="font-family:')
    assert "Dag &amp; <b>hoi</b>" in html
    assert 'href="/x?a=1&amp;b=2" style="' in html


def test_on_the_green_card_words_are_white():
    html = dress('<div class="strong"><h2>Kom je?</h2><p>Ja</p></div><p>Daarna</p>')
    card, after = html.split("</td></tr></table>")
    assert 'bgcolor="#0b6e63"' in card
    assert card.count("color:#ffffff") == 2
    assert "color:#1f2a30" in after


def test_text_has_paragraphs_lists_and_addresses():
    text = plain(
        "<h2>Nieuw</h2><p>Een lange zin " + "woord " * 20 + "</p><ul><li>een</li><li>twee</li></ul>"
        '<p><a class="button" href="https://x.example/1">Ja</a> <a class="button quiet" href="https://x.example/2">Nee</a></p>'
        "<p>1 &lt; 2 &amp; 3</p>"
    )
    assert text.startswith("Nieuw\n\nEen lange zin woord")
    assert "\n- een\n- twee\n\n" in text
    assert "\nJa:\nhttps://x.example/1\nNee:\nhttps://x.example/2\n" in text
    assert text.endswith("1 < 2 & 3")
    assert max(len(line) for line in text.splitlines()) <= 76


def test_an_invitation_greets_by_the_name_that_came_with_the_address(cast):
    from activity.letters import reader_name
    from communities.models import Membership

    invited = Membership.objects.create(
        community=cast.maths, address="saskia@school.example", name="Saskia Nieuw", state="invited"
    )
    assert reader_name(None, invited) == "Saskia"
    assert reader_name(cast.amina, invited) == "Amina"
    assert reader_name(None, cast.maths) == ""  # the name of a PLG is no reader's
