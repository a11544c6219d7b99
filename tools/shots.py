"""Screenshots of the main pages as the people of the demo see them, phone and desktop, under var/shots/.

make shots                                  all of them
make shots ARGS="--only teacher --dark"     one role, dark
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

BASE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(BASE))
os.environ |= {"DEBUG": "1", "DEMO": "1", "DJANGO_SETTINGS_MODULE": "plg_platform.settings"}
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's loop runs in this thread

WIDTHS = {390: 844, 1320: 900}
CHROMIUM = Path("/usr/bin/chromium")


def main():
    parser = argparse.ArgumentParser(description="Screenshots of the main pages.")
    parser.add_argument("--only", default="", help="pages whose name begins like this")
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--out", type=Path, default=BASE / "var" / "shots")
    wish = parser.parse_args()
    prepare()
    wish.out.mkdir(parents=True, exist_ok=True)
    from plg_platform import embedded
    from tests.website import Website

    with Website({**os.environ, **embedded.missing_urls()}, BASE / "var") as site:
        take(site.url, wish)


def prepare():
    """A migrated database with the demo in it."""
    subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity=0"], cwd=BASE, check=True)
    import django

    django.setup()
    from people.models import User
    from plg_platform.demo import staff

    if not User.objects.filter(email=staff.main_address("teacher")).exists():
        subprocess.run([sys.executable, "manage.py", "demo", "--fresh"], cwd=BASE, check=True)


def pages():
    """(role, name, path) of every page worth looking at."""
    from django.urls import reverse

    from communities.meetings.models import Meeting
    from communities.models import Community
    from organisations.models import Board, Network, School
    from people.models import User
    from plg_platform.demo import staff, texts

    plg = {community.name: community for community in Community.objects.all()}
    maths, reading, playing = (plg[text.name] for text in (texts.REKENEN, texts.LEZEN, texts.SPELEND))
    network_plg, language, newcomers = (
        plg[text.name] for text in (texts.BREDE_VORMING, texts.MIDDENBOUW, texts.NIEUWKOMERS)
    )
    coming = Meeting.objects.filter(community=maths).upcoming().first()
    today = Meeting.objects.filter(community=reading).upcoming().first()
    held = Meeting.objects.filter(community=reading).past().first()
    board, network = Board.objects.get(number="99001"), Network.objects.get()
    school = School.objects.get(code="98RA00")
    els = User.objects.get(email=staff.main_address("teacher"))
    wanted = {
        "": [
            ("landing", "home"),
            ("sign-in", "account_login"),
            ("sign-up", "account_signup"),
            ("code", "account_request_login_code"),
            ("privacy", "privacy"),
            ("accessibility", "accessibility"),
            ("help", "help"),
            ("gallery", "gallery"),
        ],
        "teacher": [
            ("today", "home"),
            ("plgs", "communities:index"),
            ("directory", "communities:directory"),
            ("plg", "communities:home", maths.pk),
            ("plg-members", "communities:members", maths.pk),
            ("plg-invited", "communities:home", newcomers.pk),
            ("plg-join", "communities:join", plg[texts.FORMATIEF.name].pk),
            ("start", "communities:start"),
            ("agenda", "meetings:agenda"),
            ("meetings", "meetings:index", maths.pk),
            ("meeting", "meetings:detail", coming.pk),
            ("calendar", "meetings:calendar_choice"),
            ("bell", "activity:bell"),
            ("mail", "activity:paces"),
            ("profile", "people:profile"),
            ("rhythm", "people:rhythm"),
            ("security", "people:security"),
            ("sessions", "usersessions_list"),
        ],
        "facilitator": [
            ("today", "home"),
            ("plg", "communities:home", reading.pk),
            ("plg-edit", "communities:edit", reading.pk),
            ("plg-invite", "communities:invite", reading.pk),
            ("plg-members", "communities:members", playing.pk),
            ("plg-close", "communities:close", reading.pk),
            ("plan", "meetings:plan", playing.pk),
            ("add", "meetings:add", playing.pk),
            ("meeting", "meetings:detail", today.pk),
            ("meeting-edit", "meetings:edit", today.pk),
            ("meeting-move", "meetings:move", today.pk),
            ("meeting-cancel", "meetings:cancel", today.pk),
            ("attendance", "meetings:attendance", held.pk),
        ],
        "school_leader": [
            ("today", "home"),
            ("today-teacher", "home", "?as=teacher"),
            ("school", "organisations:school", school.pk),
            ("plg-card", "communities:home", maths.pk),
            ("plg-pairs", "communities:pairs", network_plg.pk),
        ],
        "network_admin": [
            ("today", "home"),
            ("network", "organisations:network", network.pk),
            ("appoint", "communities:appoint", language.pk),
            ("plg-card", "communities:home", language.pk),
            ("partners", "organisations:partners"),
        ],
        "board_admin": [
            ("today", "home"),
            ("places", "organisations:index"),
            ("board", "organisations:board", board.pk),
            ("people", "organisations:people"),
            ("person", "organisations:person", els.pk),
            ("invitations", "organisations:invitations"),
            ("invite", "organisations:invite"),
            ("staff", "organisations:staff_import", board.pk),
        ],
        "platform_admin": [("platform", "organisations:platform"), ("sign-on", "organisations:sign_ons")],
    }
    for role, rows in wanted.items():
        for name, view, *more in rows:
            arguments = [part for part in more if not isinstance(part, str)]
            query = "".join(part for part in more if isinstance(part, str))
            yield role, name, reverse(view, args=arguments) + query


def take(url, wish):
    """Go to every page at both widths and keep what it looks like; say which did not answer as a page."""
    from playwright.sync_api import sync_playwright

    rows = [row for row in pages() if f"{row[0]}-{row[1]}".startswith(wish.only)]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(CHROMIUM) if CHROMIUM.exists() else None,
            args=["--no-sandbox", "--disable-gpu"],
        )
        for width, height in WIDTHS.items():
            for role in dict.fromkeys(row[0] for row in rows):
                context = browser.new_context(
                    viewport={"width": width, "height": height},
                    locale="nl-NL",
                    color_scheme="dark" if wish.dark else "light",
                    reduced_motion="reduce",
                    has_touch=width < 600,
                )
                if role:
                    sign_in(context, url, role)
                for name, path in [row[1:] for row in rows if row[0] == role]:
                    shoot(context, url, path, wish.out / f"{role or 'public'}-{name}-{width}.png")
                context.close()
        browser.close()


def sign_in(context, url, role):
    """As the demo's person of this role, as the button on the sign-in page would."""
    from django.conf import settings
    from django.test import Client

    from people.models import User
    from plg_platform.demo import staff

    client = Client()
    person = User.objects.get(email=staff.main_address(role))
    client.force_login(person, backend="people.backends.PersonBackend")
    session = client.session
    session["demo"] = True
    session.save()
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": url}])


def shoot(context, url, path, file):
    """One page; it says when a phone would have to scroll sideways."""
    from playwright.sync_api import Error

    page = context.new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    try:
        answer = page.goto(url + path, wait_until="load")
    except Error as trouble:
        print(f"{file.name:<45} {str(trouble).splitlines()[0]}", flush=True)
        page.close()
        return
    page.wait_for_timeout(150)
    page.screenshot(path=file, full_page=True)
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    troubles = [
        *([f"answered {answer.status}"] if answer.status != 200 else []),
        *(["scrolls sideways"] if wide else []),
        *errors,
    ]
    print(f"{file.name:<45} {'; '.join(troubles) or 'ok'}", flush=True)
    page.close()


if __name__ == "__main__":
    main()
