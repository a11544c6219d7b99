"""The technical pages have no door of their own: who comes there signs in as everywhere, with the second step."""

import pytest
from django.contrib.auth import get_user
from django.test import Client
from django.urls import reverse

from tests.cast import PASSWORD, second_step


@pytest.fixture
def operator(cast):
    cast.dele.is_staff = True
    cast.dele.save()
    second_step(cast.dele)
    return cast.dele


def test_a_password_alone_opens_no_technical_page(operator):
    browser = Client()
    answer = browser.post(reverse("admin:login"), {"username": operator.email, "password": PASSWORD})
    assert not get_user(browser).is_authenticated
    assert answer.url.startswith(reverse("account_login"))


def test_who_signed_in_is_let_through_and_nobody_else(cast, operator, signed_in):
    assert signed_in(operator).get(reverse("admin:index")).status_code == 200
    assert signed_in(cast.amina).get(reverse("admin:login")).status_code == 403
