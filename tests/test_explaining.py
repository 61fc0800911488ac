"""`quizgen check --explain CODE`: every code that quizgen prints is one that it explains."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import quizgen
from quizgen.checks.rule import meanings, rules
from quizgen.cli import main

_CODE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*_?")
_OTHERS = {"Known", "Remark", "Rule", "Strategy", "Silencing"}
"""What has a code that is no problem's, or another's."""
_NAMED_APART = {
    "stale_baseline",
    "guessed_by_",
    *(f"not_in_deck_{reason}" for reason in ("exam", "retired", "draft", "key")),
}
"""Codes that are put together before they are handed on."""
_TREES = [
    ast.parse(path.read_text(encoding="utf-8")) for path in Path(quizgen.__path__[0]).rglob("*.py")
]


def places() -> Iterator[tuple[str, int]]:
    """Functions and classes that take a code, and at which place."""
    for tree in _TREES:
        for node in ast.walk(tree):
            match node:
                case ast.FunctionDef(name=name):
                    names = [one.arg for one in node.args.args if one.arg not in ("self", "cls")]
                case ast.ClassDef(name=name):
                    fields = [one.target for one in node.body if isinstance(one, ast.AnnAssign)]
                    names = [one.id for one in fields if isinstance(one, ast.Name)]
                    if name == "Slip" and "code" in names:
                        yield "cls", names.index("code")
                case _:
                    continue
            if "code" in names and name not in _OTHERS:
                yield name, names.index("code")


def codes() -> Iterator[str]:
    """What stands there for a code; and in the threes of code, sentence and fix."""
    taken = set(places())
    for tree in _TREES:
        for node in ast.walk(tree):
            match node:
                case ast.Call():
                    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                    if name in _OTHERS:
                        continue
                    given = [key.value for key in node.keywords if key.arg == "code"]
                    given += [node.args[at] for at in range(len(node.args)) if (name, at) in taken]
                case ast.Return(value=ast.Tuple(elts=[first, ast.JoinedStr(), _])):
                    given = [first]
                case _:
                    continue
            either = [(one.body, one.orelse) for one in given if isinstance(one, ast.IfExp)]
            for one in (*given, *(part for parts in either for part in parts)):
                if isinstance(one, ast.Constant) and isinstance(one.value, str):
                    yield one.value


def test_every_code_is_explained_and_no_other() -> None:
    found = {code for code in codes() if _CODE.fullmatch(code)}
    found |= _NAMED_APART
    assert found >= {"indentation", "unknown_field", "gaps_not_numbered", "missing_file"}
    assert found - rules().keys() == set(meanings())


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("indentation", "indentation\nA line starts in another column"),
        ("guessed_by_longest", "guessed_by_longest\nSomebody who knows nothing"),
        ("longest_is_key", "longest_is_key (warning)\n"),
    ],
)
def test_a_code_is_explained_in_plain_text(
    capsys: pytest.CaptureFixture[str], code: str, said: str
) -> None:
    assert main(["check", "--explain", code]) == 0
    out = capsys.readouterr().out
    assert out.startswith(said)
    assert not re.search(r"^#|```|`", out, re.MULTILINE)


def test_a_rule_is_explained_with_examples_and_how_to_silence_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["check", "--explain", "longest_is_key"]) == 0
    out = capsys.readouterr().out
    assert "\nNot so:\n    - id: " in out
    assert out.endswith("so there:\n    ignore: {longest_is_key: WHY IT IS RIGHT HERE}\n")


def test_a_code_that_there_is_not_is_told_with_the_one_that_is_near(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["check", "--explain", "indentations"]) == 2
    assert 'Did you mean "indentation"?' in capsys.readouterr().err
