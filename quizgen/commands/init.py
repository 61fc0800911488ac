"""`quizgen init`: a project with a small bank to try, ready to be built."""

import re
import secrets
import shlex
from argparse import ArgumentParser, Namespace
from pathlib import Path

from quizgen.commands.project import BANK, Stop, write_files
from quizgen.commands.schema import schema_text
from quizgen.outputs.template import Templates

DESCRIPTION = """\
Start a project: a folder questions/ with a small bank of general knowledge that shows
every type of question, and the schema that lets editors help. Replace the questions
with your own."""

EXAMPLES = """\
examples:
  quizgen init              in this folder
  quizgen init my-course    in a new folder"""

FILES = {
    "questions/general.yaml": "project/questions/general.yaml",
    "build/.gitignore": "project/build/gitignore",
    ".gitattributes": "project/gitattributes",
    ".gitignore": "project/gitignore",
}
"""The files of a new project that stand there as they are in our templates."""


def add_arguments(parser: ArgumentParser) -> None:
    """The options of `init`."""
    parser.add_argument(
        "folder",
        nargs="?",
        type=Path,
        default=Path(),
        help="where to start it (default: this folder)",
    )


def run(args: Namespace) -> int:
    """Write the project, unless a bank stands there already."""
    root: Path = args.folder
    if (root / BANK).exists():
        raise Stop(f"{root / BANK} is there already; nothing was changed.", code=1)
    templates = Templates()
    files = {name: templates.source(template).encode() for name, template in FILES.items()}
    bank = templates.render("project/questions/bank.yaml", {"bank": bank_name(root)})
    files["questions/bank.yaml"] = bank.encode()
    files["questions/quizgen.schema.json"] = schema_text().encode()
    ignored = _ignored(root, files.pop(".gitignore").decode())
    write_files(root, {name: data for name, data in files.items() if not (root / name).exists()})
    write_files(root, {".gitignore": ignored})
    enter = f"cd {shlex.quote(str(root))}\n  " if root != Path() else ""
    print(
        f"Started a project in {root.resolve()}.\n\nNext:\n  {enter}quizgen build\n  quizgen quiz"
    )
    print(
        "\nThen edit questions/general.yaml, or add files beside it. The bank's name in\nquestions/bank.yaml is for ever, like the ids of questions: rename it now or never."
    )
    return 0


def _ignored(root: Path, own: str) -> bytes:
    """The .gitignore with our lines: names of students must not get into git by an oversight."""
    path = root / ".gitignore"
    there = path.read_bytes() if path.exists() else b""
    lines = there.splitlines()
    missing = [line for line in own.encode().splitlines() if line not in lines]
    end = b"\n" if there and not there.endswith(b"\n") else b""
    return there + end + b"".join(line + b"\n" for line in missing)


def bank_name(root: Path) -> str:
    """A name after the folder that no other bank has: two with one name would share their cards."""
    words = re.sub(r"[^a-z0-9]+", "-", root.resolve().name.casefold()).strip("-")
    return f"{words or 'bank'}-{secrets.token_hex(3)}"
