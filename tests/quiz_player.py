"""A learner for the tests of `quizgen quiz`: the real program in a terminal of its own."""

import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pexpect

BANK = "bank: lakes\ntitle: Lakes\nsources:\n  reader: {title: Reader}\n"
NINE = """\
topic: Lakes
questions:
- id: deepest
  stem: Which lake is the deepest?
  answer: Baikal
  distractors: [Victoria, {text: Superior, why: It is only the widest.}]
  explain: It fills a rift.
  hint: It is in Asia.
  source: {document: reader, paragraph: 15}
- {id: african, stem: Which lakes lie in Africa?, answers: [Victoria, Tanganyika], distractors: [Baikal, Ladoga]}
- {id: salt, statement: The Dead Sea is salt., answer: true}
- {id: change, stem: "Ice turns to vapour by what?", accept: sublimation, kind: term}
- {id: depth, stem: How deep is Lake Baikal?, number: 1642, unit: m}
- {id: gaps, cloze: "The lake lies in {{c1::Siberia}} and fills a {{c2::rift}}."}
- {id: pairs, stem: Match lake and continent., match: {Baikal: Asia, Victoria: Africa}, extra: [Europe]}
- {id: heat, stem: Coldest first., order: [ice, water, steam]}
- {id: dew, stem: Where does dew come from?, model: From vapour., rubric: [Vapour., Cool air.]}
- {id: water, front: Formula of water?, back: H2O, reverse: true}
"""
ANSWERS = {
    "Which lake is the deepest?": ("Baikal",),
    "Which lakes lie in Africa?": ("Victoria", "Tanganyika"),
    "The Dead Sea is salt.": "t",
    "Ice turns to vapour by what?": "sublimation",
    "How deep is Lake Baikal?": "1642",
    "The lake lies in [______] and fills a [...].": "Siberia",
    "The lake lies in Siberia and fills a [______].": "rift",
    "Coldest first.": ("ice", "water", "steam"),
    "Number ": ("yes",),
}
REQUEST = r"(?:, or :?\? for help|y yes, n not yet|0 for none|or Enter to end|q stops): $"


def project(root: Path, questions: str = NINE) -> Path:
    """A project of these questions in a folder."""
    (root / "questions").mkdir()
    (root / "questions" / "bank.yaml").write_text(BANK, encoding="utf-8")
    (root / "questions" / "lakes.yaml").write_text(questions, encoding="utf-8")
    return root


def environment(root: Path, **more: str) -> dict[str, str]:
    """This environment with a state folder of its own and no colours."""
    kept = {name: value for name, value in os.environ.items() if name not in ("TERM", "NO_COLOR")}
    return (
        kept
        | {
            "XDG_STATE_HOME": str(root / ".state"),
            "PYTHONUTF8": "1",
            "NO_COLOR": "1",
            "TERM": "xterm",
        }
        | more
    )


class Player:
    """The program with its terminal; `page` is what it said since the last line typed."""

    def __init__(self, root: Path, *words: str, plain: bool = True, **more: str) -> None:
        arguments = ["-m", "quizgen", "quiz", *(["--plain"] if plain else []), *words]
        self.child = pexpect.spawn(
            sys.executable,
            arguments,
            cwd=str(root),
            env=environment(root, **more),
            encoding="utf-8",
            timeout=20,
            dimensions=(60, 80),
            echo=False,
        )
        self._request = REQUEST if plain else r"\n  > $"
        self.page = ""

    def read(self) -> str:
        """Wait for the next request and give what was said before it."""
        self.child.expect(self._request)
        self.page = (self.child.before + self.child.after).replace("\r\n", "\n")
        return self.page

    def type(self, line: str) -> str:
        """Type a line and give what is said to it."""
        self.child.sendline(line)
        return self.read()

    def ended(self) -> tuple[int | None, str]:
        """Wait for the end; the exit code and the last words."""
        self.child.expect(pexpect.EOF)
        words = str(self.child.before).replace("\r\n", "\n")
        self.child.close()
        return self.child.exitstatus, words

    def right(self) -> str:
        """The line that answers the question on the page."""
        return right_answer(self.page)

    def play(self) -> tuple[int | None, str]:
        """Answer everything rightly to the end."""
        for _ in range(100):
            self.child.sendline(self.right())
            if self.child.expect([self._request, pexpect.EOF]) == 1:
                words = str(self.child.before).replace("\r\n", "\n")
                self.child.close()
                return self.child.exitstatus, words
            self.page = (self.child.before + self.child.after).replace("\r\n", "\n")
        raise AssertionError(self.page)


def right_answer(page: str) -> str:
    """The right line to type for a page of plain sentences."""
    if page.rstrip().endswith(
        ("Enter for the next, or ? for help:", "Enter to end:", "to see it, or ? for help:")
    ):
        return ""
    if "Did you know it?" in page:
        return "y"
    if "0 for none" in page:
        return "a"
    marks = {text: mark for mark, text in re.findall(r"^(\w+)\. (.+)$", page, flags=re.MULTILINE)}
    if "Match lake and continent." in page:
        return f"{marks['Baikal']}{marks['Asia']} {marks['Victoria']}{marks['Africa']}"
    answer: Any = next((known for stem, known in ANSWERS.items() if stem in page), "")
    return answer if isinstance(answer, str) else " ".join(marks[text] for text in answer)


def rows(root: Path, columns: str = "*") -> list[Mapping[str, Any]]:
    """The answers in the file of progress that count, in order."""
    import sqlite3

    connection = sqlite3.connect(root / ".state" / "quizgen" / "progress.db")
    connection.row_factory = sqlite3.Row
    try:
        found = connection.execute(
            f"SELECT {columns} FROM answer WHERE NOT undone ORDER BY session, number"  # noqa: S608
        ).fetchall()
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    finally:
        connection.close()
    return [dict(row) for row in found]
