"""Pictures of every letter, under var/shots/letters/: phone and desktop, light and dark, in both languages.

make letters                                 all of them, and sheets of many on one picture
make letters ARGS="--only meetings --dark"   of one app, dark

They are drawn from the rows of the demo; what its links lead to does not matter here.
"""

import argparse
import os
import sys
from pathlib import Path

BASE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(BASE))
os.environ |= {"DEBUG": "1", "DEMO": "1", "DJANGO_SETTINGS_MODULE": "plg_platform.settings"}
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's loop runs in this thread

WIDTHS = (390, 660)
A_SHEET = {390: 6, 660: 4}  # letters beside each other
CHROMIUM = Path("/usr/bin/chromium")


def main():
    parser = argparse.ArgumentParser(description="Pictures of every letter.")
    parser.add_argument("--only", default="", help="kinds whose name begins like this")
    parser.add_argument("--language", default="", help="nl or en; otherwise both")
    parser.add_argument("--light", action="store_true", help="light only")
    parser.add_argument("--dark", action="store_true", help="dark only")
    parser.add_argument("--out", type=Path, default=BASE / "var" / "shots" / "letters")
    wish = parser.parse_args()
    import shots  # its neighbour

    shots.prepare()
    wish.out.mkdir(parents=True, exist_ok=True)
    made = {language: list(letters(language, wish.only)) for language in languages(wish.language)}
    schemes = [name for name in ("light", "dark") if getattr(wish, name)] or ["light", "dark"]
    for language, found in made.items():
        (wish.out / f"{language}.txt").write_text(texts(found))
        for name, letter in found:
            (wish.out / f"{name}-{language}.html").write_text(letter.html)
    take(made, schemes, wish.out)


def languages(wanted):
    from django.conf import settings

    return [code for code, _name in settings.LANGUAGES if wanted in ("", code)]


def letters(language, only):
    """(name of the kind, its letter to the teacher of the demo) of all of which there is an example."""
    from django.utils import translation

    from activity.kinds import kinds
    from people.models import User
    from plg_platform.demo import staff
    from plg_platform.development import preview_of

    reader = User.objects.get(email=staff.main_address("teacher"))
    reader.language = language
    with translation.override(language):
        for name, kind in kinds.items():
            if name.startswith(only):
                made = preview_of(kind, reader, whole=True)
                if made.letter:
                    yield name, made.letter
                else:
                    print(f"{name}: {made.trouble}")


def texts(found):
    """The plain parts beneath each other."""
    return "\n".join(f"{'=' * 78}\n{name}\nSubject: {letter.subject}\n\n{letter.text}" for name, letter in found)


def take(made, schemes, out):
    """A picture of each letter, and sheets with many of them."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = str(CHROMIUM) if CHROMIUM.exists() else None
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        for scheme in schemes:
            for width in WIDTHS:
                page = browser.new_page(viewport={"width": width, "height": 400}, color_scheme=scheme)
                for language, found in made.items():
                    names = [
                        photograph(page, out, f"{name}-{language}", f"{width}-{scheme}") for name, _letter in found
                    ]
                    sheets(browser, out, names, f"{language}-{width}-{scheme}", width)
                page.close()
        browser.close()


def photograph(page, out, name, way):
    page.goto((out / f"{name}.html").as_uri())
    sideways = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if sideways:
        print(f"{name} {way}: {sideways} px too wide")
    picture = f"{name}-{way}.png"
    page.screenshot(path=out / picture, full_page=True)
    return picture


def sheets(browser, out, names, called, width):
    """Contact sheets: so many letters beside each other, cut off where they are very long."""
    step = 2 * A_SHEET[width]
    for start in range(0, len(names), step):
        figures = "".join(
            f'<figure><figcaption>{name.rsplit("-", 3)[0]}</figcaption><img src="{name}"></figure>'
            for name in names[start : start + step]
        )
        style = (
            "body{margin:8px;display:flex;flex-wrap:wrap;gap:8px;background:#888;font:14px sans-serif}"
            f"figure{{margin:0;width:{width}px;max-height:1100px;overflow:hidden}}img{{display:block}}"
        )
        sheet = out / "sheet.html"
        sheet.write_text(f"<!doctype html><style>{style}</style>{figures}")
        page = browser.new_page(viewport={"width": (width + 8) * A_SHEET[width] + 16, "height": 600})
        page.goto(sheet.as_uri())
        page.screenshot(path=out / f"sheet-{called}-{start // step + 1}.png", full_page=True)
        page.close()
    (out / "sheet.html").unlink(missing_ok=True)


if __name__ == "__main__":
    main()
