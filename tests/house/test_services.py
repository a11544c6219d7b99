"""The services under the tests are real, and this process has them to itself."""

import smtplib

from django.core import mail
from django.core.cache import cache


def test_a_letter_goes_through_a_real_mail_server(mailserver):
    mail.send_mail("Overleg op dinsdag", "Kom je ook?", "plg@plg.example", ["amina@school.example"])
    (letter,) = mailserver.to("amina@school.example")
    assert letter["Subject"] == "Overleg op dinsdag"
    assert letter.get_content() == "Kom je ook?\n"


def test_the_mail_server_can_refuse(mailserver):
    mailserver.refuse("451 Later")
    try:
        mail.send_mail("Overleg", "Kom je ook?", "plg@plg.example", ["amina@school.example"])
    except smtplib.SMTPDataError as error:
        assert error.smtp_code == 451
    assert mailserver.letters == []


def test_the_cache_is_the_broker(valkey):
    cache.set("word", "leervraag")
    assert cache.get("word") == "leervraag"
    assert any(b"word" in key for key in valkey.scan_iter())


def test_no_test_starts_with_what_another_left(valkey):
    assert valkey.keys() == []


def test_a_browser_reaches_the_platform_as_gunicorn_serves_it(page, website):
    answer = page.goto(f"{website.url}/health/live")
    assert answer.json() == {"status": "ok"}
    assert page.goto(f"{website.stream_url}/health/live").ok
