"""What is installed works as the checkout does."""

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with quizgen from its wheel; dependencies are this environment's."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT],
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.glob("*.whl")
    home = folder / "env"
    venv.create(home, with_pip=False)
    scripts = home / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / ("python.exe" if os.name == "nt" else "python")
    paths = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    # A path line brings in the dependencies, but not the checkout: its own .pth is not followed.
    Path(paths, "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "--python",
            python,
            "install",
            "--no-deps",
            "--no-index",
            wheel,
        ],
        check=True,
        capture_output=True,
    )
    return scripts / "quizgen"


def test_a_wheel_makes_a_project_and_builds_it(installed: Path, tmp_path: Path) -> None:
    """From the installed wheel: init, then a deck, forms and keys, with the templates inside it."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    for words in (["init", "course"], ["build", "-C", "course"]):
        run = subprocess.run(
            [installed, *words],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 0, run.stdout + run.stderr
    build = tmp_path / "course" / "build"
    assert list(build.glob("*.apkg"))
    assert list((build / "students").glob("*-A-*.html"))
    assert list((build / "teacher").glob("*.html"))
