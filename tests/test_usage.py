"""`quizgen check` refuses options that it would ignore beside others, and says which."""

from pathlib import Path

import pytest

from quizgen.cli import main
from tests.broken_banks import project

REFUSED = {
    "--audit --fix": "--audit looks at the bank as a whole, not at its problems: it would ignore --fix.",
    "--grounding --fix": "--grounding prints what became of the citations alone: it would ignore --fix.",
    "--update-digests --fix": "--update-digests writes digests and numbers of paragraphs alone: it would ignore --fix.",
    "--diff --format json": "--diff shows what --fix would write, and no problems: it would ignore --format json.",
    "--write-baseline -f json": "--write-baseline writes down what is found, and prints none of it: it would ignore --format json.",
    "--audit --grounding --diff": "--audit looks at the bank as a whole, not at its problems: it would ignore --grounding and --diff.",
    "--grounding --strict": "it would ignore --strict",
    "--explain clang --audit": "--explain explains a code and checks nothing: it would ignore --audit.",
    "--max-warnings -1": 'argument --max-warnings: "-1" is no whole number from 0 on',
    "--limit -3": 'argument --limit: "-3" is no whole number from 0 on',
    "--limit ten": 'argument --limit: "ten" is no whole number from 0 on',
}
TAKEN = (
    "--audit --strict --plain",
    "--audit --format github",
    "--fix --format json",
    "--fix --strict --max-warnings 0 --limit 0",
    "--diff --rule clang --notes",
    "--write-baseline --rule clang --notes --fix",
    "--explain clang --plain",
)


@pytest.fixture
def command(tmp_path: Path) -> list[str]:
    text = "questions:\n- {id: a, stem: What is not?, answer: x, distractors: [y]}\n"
    return ["check", "-C", str(project(tmp_path, q=text))]


@pytest.mark.parametrize(("options", "sentence"), REFUSED.items())
def test_an_option_that_would_be_ignored_is_wrong_usage(
    command: list[str], options: str, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is read or written: the exit code is 2."""
    before = (Path(command[2]) / "questions" / "q.yaml").read_bytes()
    try:
        code = main([*command, *options.split()])
    except SystemExit as stopped:  # argparse, at a word that is no number
        code = int(stopped.code or 0)
    said = capsys.readouterr()
    assert (code, said.out) == (2, "")
    assert sentence in said.err
    assert (Path(command[2]) / "questions" / "q.yaml").read_bytes() == before


@pytest.mark.parametrize("options", TAKEN)
def test_options_that_all_have_a_say_are_taken(command: list[str], options: str) -> None:
    assert main([*command, *options.split()]) in (0, 1)
