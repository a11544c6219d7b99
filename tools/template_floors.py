"""The floors, held for templates: no linter sees what they name.

The templates of an app (``templates/<app>/``) may include, extend, load and link to what stands on
their own floor or below. The frame of the house (``templates/*.html``) belongs to the roof and may name
anything; extending the frame is not looking upward, it is standing in the house. What an upper app adds
to a lower page reaches it through a registry. The floors are read from import-linter's contracts.
"""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

BASE = Path(__file__).resolve().parent.parent
TEMPLATES = BASE / "templates"
ROOF = "plg_platform"
TAG = re.compile(r"""\{%\s*(url|include|extends)\s+["']([^"']+)["']|\{%\s*(load)\s+([^%]+?)\s*%\}""")
SHARED_NAMES = {"home"}  # the way back to one's own first page


def floors() -> dict[str, float]:
    """The floor of each app by its label, the ground being zero."""
    contracts = tomllib.loads((BASE / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    house = next(contract["layers"] for contract in contracts if "containers" not in contract)
    known = {app: float(floor) for floor, app in enumerate(reversed(house))}
    for contract in contracts:
        for container in contract.get("containers", ()):
            for label in re.findall(r"\w+", contract["layers"][0]):  # the upper storey of this app
                known[label] = known[container] + 0.5
    return known


def folder_of(label: str) -> Path:
    return next((path for path in (BASE / label, BASE / "communities" / label) if path.is_dir()), BASE / label)


def owners(apps: dict[str, float]) -> tuple[dict[str, str], dict[str, str]]:
    """Whose is a URL name without namespace, and whose is a template library?"""
    names, libraries = {}, {}
    for app in sorted(apps, key=apps.__getitem__, reverse=True):
        folder = folder_of(app)
        for library in folder.glob("templatetags/*.py"):
            libraries[library.stem] = app
        urls = [folder / "urls.py", *folder.glob("urls/*.py")]
        for path in urls:
            if path.exists():
                names.update(dict.fromkeys(url_names(ast.parse(path.read_text())), app))
    return names, libraries


def url_names(module: ast.Module) -> Iterator[str]:
    """The names an urls.py gives, unless it has a namespace of its own."""
    for node in ast.walk(module):
        if isinstance(node, ast.Assign) and any(getattr(it, "id", "") == "app_name" for it in node.targets):
            return
    for node in ast.walk(module):
        if isinstance(node, ast.Call):
            for keyword in node.keywords:
                if keyword.arg == "name" and isinstance(keyword.value, ast.Constant):
                    yield str(keyword.value.value)


def app_of(path: str, apps: dict[str, float]) -> str | None:
    """The app of a template's path: its innermost folder that bears an app's name."""
    folders = path.split("/")[:-1]
    return next((folder for folder in reversed(folders) if folder in apps), None)


def named(text: str, names: dict[str, str], libraries: dict[str, str], apps: dict[str, float]) -> Iterator[tuple]:
    """Each thing a template names, with the line, the tag, and the app it belongs to."""
    for match in TAG.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        if match[3]:
            for word in match[4].split(" from ")[-1].split():
                yield line, "load", word, libraries.get(word)
        elif match[1] == "url":
            namespaces = [part for part in match[2].split(":")[:-1] if part in apps]
            owner = namespaces[-1] if namespaces else names.get(match[2])
            yield line, "url", match[2], None if match[2] in SHARED_NAMES else owner
        else:
            yield line, match[1], match[2], app_of(match[2], apps)


def upward(templates: Path = TEMPLATES) -> Iterator[str]:
    """A sentence for each template that looks upward."""
    apps = floors()
    names, libraries = owners(apps)
    for path in sorted(templates.rglob("*.html")) + sorted(templates.rglob("*.txt")):
        inside = path.relative_to(templates)
        app = app_of(str(inside), apps) or (ROOF if len(inside.parts) == 1 or inside.parts[0] != "ui" else "core")
        for line, tag, name, owner in named(path.read_text(), names, libraries, apps):
            if owner and apps[owner] > apps[app]:
                yield f"templates/{inside}:{line}: {app} looks up to {owner}: {{% {tag} {name} %}}"


def main() -> int:
    found = list(upward())
    for sentence in found:
        print(sentence)
    print(f"Templates look only downward: {'broken' if found else 'kept'}.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
