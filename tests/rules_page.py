"""docs/rules.md: what each rule is for, and how well it agrees with the labelled questions.

`python -m tests.rules_page` writes it; tests/test_rules.py tells where it is stale.
"""

from functools import cache
from typing import NamedTuple

from quizgen.bank import read_bank
from quizgen.checks import check
from quizgen.checks.rule import page, rules
from quizgen.problem import Severity
from tests.conftest import ROOT
from tests.rule_cases import LABELLED, RULES, labelled

PAGE = ROOT / "docs" / "rules.md"
_TOP = """\
# The rules of `quizgen check`

`quizgen check` is to questions what a linter is to code. **Errors** are wrong by construction: a product must not be
built with them. **Warnings** are what careful reviewers object to; where in doubt, a rule is silent. **Notes** are a
matter of taste and are printed with `--notes`. `quizgen check --explain CODE` prints what stands here of a rule.

A question silences a rule with a reason, `ignore: {longest_is_key: Terms are as long as they are.}`, where the rule is
wrong for it; drafts and retired questions are not checked.
"""
_MEASURED = """\
## How far they can be trusted

Measured on the {count} questions of `tests/data/labelled/`, whose labels were written before the rules and apart from
them: of what a rule reports, the share that the reviewer named as well (precision), and of what he named, the share
that the rule reports (recall). Few questions are behind each line, and several rules were mended by what these very
questions showed: on others they will do less well. Rules without a label are not listed.

| rule | labelled | reported | precision | recall |
|---|---:|---:|---:|---:|
"""
_HEADINGS: dict[Severity, str] = {"error": "Errors", "warning": "Warnings", "note": "Notes"}


class Measure(NamedTuple):
    """How often reviewer, rule, and both named a question."""

    labelled: int
    reported: int
    both: int

    @property
    def precision(self) -> float:
        return self.both / self.reported if self.reported else 1.0

    @property
    def recall(self) -> float:
        return self.both / self.labelled if self.labelled else 1.0


@cache
def measured() -> dict[str, Measure]:
    """Each rule that the reviewer or `check` names in the labelled bank, in the order of the rules."""
    bank = read_bank(LABELLED).bank
    assert bank is not None
    reported = {(problem.code, problem.item) for problem in check(bank)}
    named = {(label.rule, label.item) for labels in labelled().values() for label in labels}
    found = {}
    for rule in (rule for rule in RULES if rule.code in rules()):
        ours = {item for code, item in reported if code == rule.code}
        theirs = {item for code, item in named if code == rule.code}
        if ours or theirs:
            found[rule.code] = Measure(len(theirs), len(ours), len(ours & theirs))
    return found


def text() -> str:
    """The whole page."""
    parts = [_TOP]
    for severity, heading in _HEADINGS.items():
        parts.append(f"## {heading}\n")
        parts += [page(rule) for rule in rules().values() if rule.severity == severity]
    rows = "".join(
        f"| {code} | {one.labelled} | {one.reported} | {one.precision:.2f} | {one.recall:.2f} |\n"
        for code, one in measured().items()
    )
    parts.append(_MEASURED.format(count=len(labelled())) + rows)
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(text(), encoding="utf-8")
