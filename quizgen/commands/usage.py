"""Options of `check` that would be ignored beside one another: refused, so that nobody waits for them."""

from argparse import ArgumentTypeError, Namespace
from typing import NamedTuple

from quizgen.commands.listing import LIMIT
from quizgen.commands.project import Stop


class _Alone(NamedTuple):
    """An option that has `check` do one thing, beside which others have no say."""

    option: str
    does: str
    ignored: tuple[str, ...]


_FAILING = ("--strict", "--max-warnings")
_WRITING = ("--fix", "--diff", "--write-baseline")
_FORMATS = ("--format json", "--format github")
_ALONE = (
    _Alone(
        "--explain",
        "explains a code and checks nothing",
        (
            *("--audit", "--grounding", "--update-digests", *_WRITING, "--watch"),
            *(*_FORMATS, *_FAILING, "--limit", "--rule", "--source"),
        ),
    ),
    _Alone(
        "--audit",
        "looks at the bank as a whole, not at its problems",
        ("--grounding", "--update-digests", *_WRITING, "--max-warnings", "--limit", "--rule"),
    ),
    _Alone(
        "--grounding",
        "prints what became of the citations alone",
        (
            *("--update-digests", *_WRITING, "--format github"),
            *(*_FAILING, "--limit", "--rule"),
        ),
    ),
    _Alone(
        "--update-digests",
        "writes digests and numbers of paragraphs alone",
        (
            *("--fix", "--write-baseline", *_FORMATS),
            *(*_FAILING, "--limit", "--rule"),
        ),
    ),
    _Alone(
        "--diff",
        "shows what --fix would write, and no problems",
        ("--write-baseline", *_FORMATS, *_FAILING, "--limit"),
    ),
    _Alone(
        "--write-baseline",
        "writes down what is found, and prints none of it",
        (*_FORMATS, *_FAILING, "--limit", "--no-baseline"),
    ),
)


def refuse_ignored(args: Namespace) -> None:
    """Raise Stop where an option would be ignored, with all that would be."""
    given = _given(args)
    for option, does, ignored in _ALONE:
        if option in given and (beside := [one for one in ignored if one in given]):
            raise Stop(
                f"{option} {does}: it would ignore {' and '.join(beside)}. Call check for each."
            )


def _given(args: Namespace) -> set[str]:
    """The options that say anything else than `check` does by itself."""
    states = {
        "--audit": args.audit,
        "--diff": args.diff,
        "--explain": args.explain,
        "--fix": args.fix,
        f"--format {args.format}": args.format != "text",
        "--grounding": args.grounding,
        "--limit": args.limit != LIMIT,
        "--max-warnings": args.max_warnings is not None,
        "--no-baseline": not args.baseline,
        "--rule": args.rule,
        "--source": args.source,
        "--strict": args.strict,
        "--update-digests": args.update_digests,
        "--watch": args.watch,
        "--write-baseline": args.write_baseline,
    }
    return {option for option, state in states.items() if state}


def whole_number(text: str) -> int:
    """A number from 0 on, for argparse."""
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise ArgumentTypeError(f'"{text}" is no whole number from 0 on')
    return int(text)
