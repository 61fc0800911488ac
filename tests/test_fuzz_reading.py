"""Whatever stands in the files, reading ends, with problems whose places lie in them."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quizgen.bank import locate, read_bank
from quizgen.bank.ids import left_alone, missing_ids
from quizgen.bank.limits import DEPTH
from quizgen.checks.catalogue import check
from quizgen.problem import Problem
from tests.broken_banks import project, read
from tests.broken_banks_answers import ANSWERS
from tests.broken_banks_form import FORM
from tests.broken_banks_items import ITEMS
from tests.broken_banks_options import OPTIONS
from tests.broken_banks_quotes import QUOTES
from tests.broken_banks_settings import SETTINGS
from tests.conftest import ROOT
from tests.strategies import mutations, question_files_without_ids

QUESTIONS = [broken.yaml for broken in (*FORM, *QUOTES, *ITEMS, *OPTIONS, *ANSWERS)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return project(tmp_path_factory.mktemp("fuzzed"))


def read_through(folder: Path, name: str, data: bytes) -> None:
    """Read the project with this file in it, check it, and look at every place that is told."""
    path = folder / "questions" / f"{name}.yaml"
    before = path.read_bytes() if path.exists() else None
    path.write_bytes(data)
    try:
        reading = read_bank(folder)
        problems = reading.problems
        if reading.bank is not None:
            problems += locate(check(reading.bank), reading.origin)
        for problem in problems:
            _look_at(problem, folder)
        for item in reading.bank.items if reading.bank else ():
            place = reading.origin.items[item.id]
            assert place.column <= len(_lines(folder / place.file)[place.line - 1])
        missing_ids(folder)
        left_alone(folder)
    finally:
        if before is None:
            path.unlink()
        else:
            path.write_bytes(before)


def _look_at(problem: Problem, folder: Path) -> None:
    assert problem.message
    assert problem.message[-1] in ".?!"
    assert problem.code.replace("_", "").isalnum()
    where = problem.where
    assert where is not None
    lines = _lines(folder / where.file)
    assert 1 <= where.line <= len(lines)
    assert 1 <= where.column <= len(lines[where.line - 1]) + 1


def _lines(path: Path) -> list[str]:
    text = path.read_bytes().decode("utf-8-sig", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


@given(st.binary(max_size=200))
@example(b"\xff\xfeq\x00")
@example(b"\xef\xbb\xbf")
@example(b"%YAML 9.9\n---\n")
@example(b"questions:\n- ")
@example(b"questions: [[], {}, null, '', [[]], {passage: }]")
@example(b"? {a: b}\n: c\n")
@example(b"\r\r\n- \r")
def test_any_bytes_end_in_problems(folder: Path, data: bytes) -> None:
    read_through(folder, "q", data)
    read_through(folder, "bank", data)


@given(st.text(st.sampled_from("[]{}:,-?&*!|>'\"%@`# \n\tab=<\\"), max_size=60))
@example("---")
@example("\t?")
@example("\t- [a,b]")
def test_any_signs_of_yaml_end_in_problems(folder: Path, text: str) -> None:
    read_through(folder, "q", text.encode())
    read_through(folder, "q", f"questions:\n- id: one\n  stem: {text}".encode())
    read_through(folder, "bank", f"bank: b\ntitle: B\ntopics: {text}".encode())


@given(mutations(st.sampled_from(QUESTIONS) | question_files_without_ids()))
def test_broken_and_sound_files_with_slips_of_the_hand_end_in_problems(
    folder: Path, data: bytes
) -> None:
    """Bytes changed, lines lost, doubled and moved, signs of YAML put in anywhere."""
    read_through(folder, "q", data)


@given(mutations(st.sampled_from([broken.yaml for broken in SETTINGS])))
def test_settings_with_slips_of_the_hand_end_in_problems(folder: Path, data: bytes) -> None:
    read_through(folder, "bank", data)


@given(mutations(st.just((ROOT / "questions" / "bank.yaml").read_text(encoding="utf-8"))))
def test_the_own_settings_with_slips_of_the_hand_end_in_problems(folder: Path, data: bytes) -> None:
    read_through(folder, "bank", data)


# --- What ends other readers ---------------------------------------------------------------------

MONSTERS: dict[str, Callable[[], str]] = {
    "brackets": lambda: "questions: " + "[" * 30_000,
    "brackets and braces": lambda: "questions: " + "[{a: " * 100_000,
    "closed brackets": lambda: "questions: " + "[" * 30_000 + "]" * 30_000,
    "dashes": lambda: "questions:\n" + "- " * 50_000,
    "an alias bomb": lambda: (
        "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 200))
    ),
    "a line of ten megabytes": lambda: "questions:\n- {id: one, front: " + "a " * 5_000_000 + "}",
    "a megabyte of commas": lambda: "questions: [" + "a,b, " * 200_000 + "]",
    "ten megabytes of spaces": lambda: "questions:\n- stem: a:" + " " * 10_000_000 + "b: c",
    "a quote that never ends": lambda: 'questions:\n- stem: "' + "a\n  " * 2_000_000,
    "a name of ten megabytes": lambda: "? " + "k" * 10_000_000 + "\n: x\n",
    "a number of ten megabytes": lambda: (
        "questions:\n- {id: one, stem: a, number: " + "9" * 10_000_000 + "}"
    ),
    "a hundred thousand errors": lambda: "questions:\n" + "- front: *\n" * 100_000,
    "dashes that go on with a text": lambda: (
        "questions:\n- - a\n" + "\n" * 50_000 + "    - b\n     c\n" * 50_000
    ),
    "a hundred thousand names": lambda: "".join(f"k{n}: x\n" for n in range(100_000)),
    "fifty thousand empty questions": lambda: "questions:\n" + "- {}\n" * 50_000,
    "backslashes": lambda: 'questions:\n- front: "' + "\\" * 5_000_000 + '"',
    "tabs": lambda: "questions:\n" + "\t- a\n" * 100_000,
}
PROGRAM = """
import sys
from pathlib import Path
from quizgen.bank import read_bank
print(len(read_bank(Path(sys.argv[1])).problems))
"""


@pytest.mark.parametrize("name", MONSTERS)
def test_monsters_end_in_problems_and_soon(name: str, tmp_path: Path) -> None:
    """In a process of its own, which neither crashes nor runs for long."""
    project(tmp_path, q=MONSTERS[name]())
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-500:]
    assert int(run.stdout) >= 1


def test_deep_nesting_is_told_and_hides_no_other_question(tmp_path: Path) -> None:
    deep = "[" * (DEPTH + 10) + "]" * (DEPTH + 10)
    text = f"questions:\n- id: one\n  front: {deep}\n  back: b\n- {{id: two, front: a, back: b}}\n"
    reading = read(tmp_path, q=text)
    assert [problem.code for problem in reading.problems] == ["too_deep"]
    assert reading.bank is not None
    assert [item.id for item in reading.bank.items] == ["two"]
