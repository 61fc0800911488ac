"""What a rule is, and the table of them all: `rules.toml` beside this file, in order of severity.

`codes.toml` says of all other codes what they mean.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from quizgen.model import Frozen
from quizgen.problem import Severity


class Rule(Frozen, frozen=True, kw_only=True):
    """A rule by its stable code: what it reports, why, and a question that breaks and one that keeps it.

    The examples are as they stand in a file; `bad` is empty where no short one shows it. `mend` is
    what `--fix` does about it; empty where that takes judgement. `sure` is what must hold for an
    error, so that it is one whatever the author meant; empty for all else.
    """

    code: str
    severity: Severity
    title: str
    why: str
    bad: str
    good: str
    mend: str = ""
    sure: str = ""


@cache
def rules() -> Mapping[str, Rule]:
    """All rules by code, errors first; read when they are first asked for."""
    table = tomllib.loads(files(__package__).joinpath("rules.toml").read_text(encoding="utf-8"))
    return {code: Rule(code=code, **row) for code, row in table.items()}


@cache
def meanings() -> Mapping[str, str]:
    """What each code means that is no rule's, by code: those of reading, building and grading."""
    table: Mapping[str, str] = tomllib.loads(
        files(__package__).joinpath("codes.toml").read_text(encoding="utf-8")
    )
    return table


def page(rule: Rule) -> str:
    """A rule for authors, as Markdown: what, why, examples, and how to silence it."""
    lines = [f"### {rule.code}", "", f"*{rule.severity}.* {rule.title} {rule.why}", ""]
    for label, example in (("Not so", rule.bad), ("But", rule.good)):
        if example:
            lines += [f"{label}:", "", "```yaml", example.rstrip(), "```", ""]
    if rule.sure:
        lines += [f"Reported only where {rule.sure}.", ""]
    if rule.mend:
        lines += [f"`quizgen check --fix` {rule.mend}.", ""]
    if rule.code not in UNSILENCED:
        silenced = f"`ignore: {{{rule.code}: WHY IT IS RIGHT HERE}}`"
        lines += [f"Where it is wrong for a question, say so there: {silenced}.", ""]
    return "\n".join(lines)


UNSILENCED = frozenset(("no_key", "two_keys", "duplicate_ids", "unknown_source"))
"""What keeps a question from being read, so that nothing can silence it."""
