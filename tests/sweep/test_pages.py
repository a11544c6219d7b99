"""Every page, as everybody who gets there by following links, looked at with a browser."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.sweep.looking import Look
from tests.sweep.walking import Example, view_names

BASE = Path(__file__).resolve().parent.parent.parent
CHECKER = BASE / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


@pytest.mark.parametrize("view", [*view_names(), "nowhere"])
def test_anybody_can_use(view, found, site, browser, record_property):
    examples = found.examples.get(view)
    if not examples:
        pytest.skip("No link leads here.")
    faults = []
    for example in examples:
        for language in ("nl", "en"):
            with Look(site, browser, example, language) as look:
                faults += look.everything()
    record_property("pages", len(examples))
    record_property("violations", len(faults))
    assert not faults, "\n" + "\n".join(faults)


def test_every_part_in_the_gallery_can_be_used(developers_site, browser, record_property):
    with Look(developers_site, browser, Example("gallery", "/ui/", "teacher", html=""), "nl") as look:
        look.appearances()
        look.keyboard()
        look.states()
    record_property("violations", len(look.faults))
    assert not look.faults, "\n" + "\n".join(look.faults)


def test_every_link_leads_somewhere(found, record_property):
    record_property("violations", len(found.dead))
    assert not found.dead, "\n" + "\n".join(found.dead)


def test_html_is_valid(found, tmp_path, record_property):
    if not shutil.which("java") or not CHECKER.exists():
        pytest.skip("The W3C checker needs Java and node_modules/vnu-jar.")
    names = {}
    for view, examples in found.examples.items():
        for number, example in enumerate(examples):
            path = tmp_path / f"{view.replace(':', '-')}-{number}.html"
            path.write_text(example.html)
            names[path.name] = str(example)
    command = ["java", "-Xmx512m", "-jar", CHECKER, "--errors-only", "--format", "json", "--exit-zero-always", tmp_path]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    messages = json.loads(done.stderr)["messages"]
    faults = sorted(
        {f"{names[Path(each['url']).name]}: {each['message']} {each.get('extract', '')!r}" for each in messages}
    )
    record_property("violations", len(faults))
    assert not faults, "\n" + "\n".join(faults)
