"""`quizgen check --explain CODE`: what a code means, as text for a person, piped or not."""

import re
import sys
from collections.abc import Iterator

from quizgen.checks.rule import UNSILENCED, Rule, meanings, rules
from quizgen.commands.outcome import no_rule
from quizgen.commands.project import Stop
from quizgen.commands.report import COLOURS, paint
from quizgen.study.words import wrapped

_STRATEGY = "guessed_by_"
"""What codes of strategies start with; all of them mean the same."""
_MARKS = re.compile(r"`([^`]+)`|\*([^*\s][^*]*)\*")


def explained(code: str, columns: int) -> Iterator[str]:
    """The lines that explain a code, each at most `columns` wide but for examples; of a rule also
    a question that breaks it and one that keeps it. Raises Stop where there is no such code.
    """
    rule = rules().get(code)
    meaning = meanings().get(_STRATEGY if code.startswith(_STRATEGY) else code)
    if rule is not None:
        yield from _of_rule(rule, columns)
    elif meaning:
        yield paint(code, "1", sys.stdout)
        yield from wrapped(meaning, columns)
    else:
        raise Stop(no_rule(code, also=meanings()))


def _of_rule(rule: Rule, columns: int) -> Iterator[str]:
    severity = paint(rule.severity, COLOURS[rule.severity], sys.stdout)
    yield f"{paint(rule.code, '1', sys.stdout)} ({severity})"
    yield from wrapped(_plain(f"{rule.title} {rule.why}"), columns)
    for label, example in (("Not so:", rule.bad), ("But:", rule.good)):
        if example:
            yield ""
            yield paint(label, "1", sys.stdout)
            yield from (f"    {line}".rstrip() for line in example.rstrip().splitlines())
    more = []
    if rule.sure:
        more.append(f"Reported only where {rule.sure}.")
    if rule.mend:
        more.append(f"quizgen check --fix {rule.mend}.")
    for text in more:
        yield ""
        yield from wrapped(_plain(text), columns)
    if rule.code not in UNSILENCED:
        yield ""
        yield "Where it is wrong for a question, say so there:"
        yield f"    ignore: {{{rule.code}: WHY IT IS RIGHT HERE}}"


def _plain(text: str) -> str:
    """A text without the marks of Markdown."""
    return _MARKS.sub(lambda found: found[1] or found[2], text)
